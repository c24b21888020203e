"""Finds short and special things a member says: a greeting, thanks, "I don't know", a question about the machine."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attunement.dialogue.hearing.addressed import is_addressed
from attunement.dialogue.hearing.asked_for import asked_for
from attunement.dialogue.hearing.leaving import leaves
from attunement.dialogue.hearing.plain import is_code, typed_out, written_out
from attunement.dialogue.hearing.talk import Talk
from attunement.dialogue.hearing.tone import wants_no_practice
from attunement.dialogue.replying.helping import holds_idea
from attunement.domain.practice import Practice
from attunement.library.companion_words import CompanionWords, Moment
from attunement.reading.plain_text import normalise

_YES = re.compile(
    r"^(?:(?:yes|yea+h*|yep|sure|ok(?:ay)?|let'?s|please|why not|sounds good|alright|gladly|fine)[ ,.!]*(?:$|please|ok(?:ay)?|sure|let'?s|why not|thanks?|i(?:'ll|'d| will| can| could| would)? (?:try(?! (?:so|my|to))|like to|do (?:it|that))|sounds|that(?:'s|'d| is| would| sounds))|i(?:'ll| will| can)? try\b(?! (?:so|my|to)\b))"  # noqa: E501
)
_NO = re.compile(
    r"^(?:no+(?! ?(?:one|body))|nah|nope|not (?:now|really|today)|"
    r"i(?:'d| would) rather (?:not|talk|do something|go on)|rather not|maybe later|"
    r"later(?=\W*(?:$|maybe|perhaps|please|then)))\b|"
    r"^(?:i )?don'?t(?: want (?:it|that|any|one|to)| feel like it| think so)?\W*$"
)
_FAREWELL = re.compile(
    r"^(?:good ?bye|bye+|ciao|good ?night|see (?:you|ya)|take care|talk (?:to you )?(?:later|soon)|"
    r"i(?:'ll|'m going to| will| have to| need to| should| must|'ve got to|'m| am) (?:go(?:ing)? (?:now|to (?:bed|sleep)|off|offline)(?: now)?|go to work now|(?:leave|sleep) now|stop here|head off|go then))(?: now| then| robot| all)*$"  # noqa: E501
)
"""Said at the end of a message of any length, this takes leave; that one should go or leave may be about a home."""
_AHEAD = re.compile(
    r"\b(?:i(?:'ll| will|'m going to)|gonna) (?:tell you (?:(?:all )?about|how|what|if|whether)|let you know|report "
    r"back|(?:write|talk|come back|be back)(?: (?:to you|here|again|and tell you))* (?:tomorrow|later|tonight|after|"
    r"when|on|next))\b|\b(?:see|talk to|speak to) (?:you|ya|u) (?:tomorrow|tonight|next week|(?:on )?(?:mon|tues|"
    r"wednes|thurs|fri|satur|sun)day)\b|\buntil (?:tomorrow|next (?:time|week))\b"
)
_ASKS_MORE = re.compile(
    r"^(?:(?:ok(?:ay)?|hm+|no+|nah|well|yes|and|or|but|thanks?|please|rather|maybe|then)[, ]+)*"
    r"(?:(?:do you have|have you got|have you|you have|got|is there|are there|give me|can i (?:have|get)|what about) )?"
    r"(?:(?:(?:an|any|some) ?other|(?:any|some|one) more|(?:a )?different|(?:a )?new|other|more)(?: (?:ones?|ideas?|"
    r"tips?|suggestions?|advice|exercises?|practices?|things?|options?))?|(?:something|anything|what) (?:else|"
    r"different|other|new))(?: please| then| maybe| instead)*[?.! ]*$"
)
"""Asked after an idea or a practice, this asks for another."""
_TAKES = re.compile(
    r"^(?:(?:ok(?:ay)?|oh|yes|yeah|hm+|well|good|cool|sure|alright)[,.! ]+)*(?:i'll (?:try|give) (?:it|that|this)(?: a (?:go|try))?|(?:i )?(?:will|could|can|might|'ll) do"  # noqa: E501
    r"(?: that| it)?|(?:that |it )?sounds (?:good|great|doable|fine)|i (?:really )?like (?:that|it)|"
    r"(?:that |it )?makes sense)[.! ]*$"
)
"""Said after an idea, this takes it up."""
_OF_IDEAS = re.compile(r"\b(?:ideas?|tips?|suggestions?|advice)\b")
_ASKS_WHO = re.compile(r"(?:^|[.] )(?:And )?(?:Who|Whose|Whom|Is there somebody|Was there somebody)\b[^.?]*\?$")
"""A question after people, to which a no means: nobody."""
ACCEPT_WITHIN = 6
HAND_OVER = "hand_over"
"""The moment at which somebody asks plainly for a person, here and now: then the talk is handed to people."""
_TO_THE_DEAD = frozenset({"attached", "teasing", "helped", "warmly"})
"""What is not taken to be said to the companion where somebody died: it may be said to them."""
_WISHES = frozenset({"unasked", "unpractised"})
"""What holds for the talk wherever it is said, and is answered by itself only where nothing more is told or asked."""
_TO_WHAT_WAS_SAID = frozenset({"puzzled", "kept_back"})
"""What can only be said to something that was said or asked before."""


def moment_of(
    talk: Talk, words: CompanionWords, *, language: str, offered: Practice | None, handing: bool = False
) -> str:
    """The name of the moment (of ``moments.yaml``) a message is, or empty where it is an ordinary one.

    ``handing`` is whether the talk is handed to people, because they were asked for (see `asks_for_person`).
    """
    if handing:
        return HAND_OVER
    plain = written_out(normalise(talk.now.text)).lower()
    n_words = len(re.findall(r"[\w']+", plain))
    if language not in {"en", "und"}:
        return "other_language"
    if of_idea := _of_idea(talk, words, plain, offered):
        return of_idea
    if offered is not None and n_words <= ACCEPT_WITHIN and _answers_offer(plain):
        return _answers_offer(plain)
    if talk.now.right:
        return ""  # "no, I said my brother" is no complaint
    if "goodbye" in words.moments and (leaves(plain) or takes_leave(plain)):
        return "goodbye"
    passed_over = _passed_over(talk)
    for name, moment in words.moments.items():
        if name not in passed_over and _is(moment, plain) and (name not in _WISHES or _is_all(moment, plain)):
            return "nobody" if name == "denied" and _ASKS_WHO.search(talk.last_said) else name
    if not re.search(r"[a-z]{2}|^\W*\d{1,4}(?!\d)", plain) or _is_mash(plain) or is_code(plain):
        return "unreadable"
    return ""


def _of_idea(talk: Talk, words: CompanionWords, plain: str, offered: Practice | None) -> str:
    """The moment of a line that asks for another idea or practice, or takes one up; empty for any other line."""
    idea = holds_idea(talk.last_said, words)
    if _ASKS_MORE.match(plain) and "more" in words.moments and (offered or idea):
        return "practice" if offered is not None and not _OF_IDEAS.search(plain) else "more"
    takes = offered is None and _TAKES.match(plain) and "taken_up" in words.moments
    return "taken_up" if takes and idea else ""


def _passed_over(talk: Talk) -> frozenset[str]:
    """The moments a line cannot be, by what was said before, by whom was lost, and by what else it asks for."""
    asks, refuses = asked_for(talk.now.text) is not None, wants_no_practice([talk.now.text])
    found = (
        (talk.bereaved, _TO_THE_DEAD),
        (not talk.said, _TO_WHAT_WAS_SAID),
        (bool(talk.said) and "?" not in talk.last_said, {"denied"}),
        (asks, _WISHES),
        (refuses, {"practice"}),
    )
    return frozenset({HAND_OVER}).union(*(names for holds, names in found if holds))


def asks_for_person(texts: Sequence[str], words: CompanionWords) -> bool:
    """Whether one of these messages plainly asks to be put through to a person; a mere mention of people is none."""
    moment = words.moments.get(HAND_OVER)
    typed = (plain for text in texts for plain in {normalise(text), typed_out(text)})
    return moment is not None and any(_is(moment, plain) for plain in typed)


def takes_leave(text: str) -> bool:
    """Whether a message ends with a goodbye.

    >>> takes_leave("thanks, it helped. i'll go to bed now"), takes_leave("i'll go on thursday")
    (True, False)
    """
    pieces = [piece.strip() for piece in re.split(r"[.!?;,\n]+", text) if piece.strip()]
    return bool(pieces) and bool(_FAREWELL.match(pieces[-1]))


def looks_ahead(text: str) -> bool:
    """Whether a goodbye says what will be told here, or when they will be back.

    >>> looks_ahead("bye, I'll tell you how it went"), looks_ahead("bye, and thank you for everything")
    (True, False)
    """
    return _AHEAD.search(normalise(text)) is not None


def last_offered(talk: Talk, practices: tuple[Practice, ...]) -> Practice | None:
    """The practice named in what was said last, where one was."""
    return next((p for p in practices if f'"{p.title}"' in talk.last_said), None)


def _is(moment: Moment, plain: str) -> bool:
    """Whether a message holds a cue of a moment, said to the companion where it must be."""
    if moment.pattern is None or len(re.findall(r"[\w']+", plain)) > moment.until:
        return False
    found = moment.pattern.finditer(plain)
    return any(not moment.addressed or is_addressed(plain, *match.span()) for match in found)


def _is_all(moment: Moment, plain: str) -> bool:
    """Whether the cues of a moment make up at least half of a message."""
    found = moment.pattern.finditer(plain) if moment.pattern else ()
    return 2 * sum(len(match.group()) for match in found) >= len(plain)


def _answers_offer(plain: str) -> str:
    if _NO.search(plain):
        return "decline"
    return "accept" if _YES.search(plain) else ""


def _is_mash(plain: str) -> bool:
    """Keys hit at random: one long word with hardly a vowel, or the same few letters again and again."""
    words = re.findall(r"[a-z]+", plain)
    return (
        len(words) == 1
        and not re.fullmatch(r"a*(?:h[aeio]+)+h?", words[0])
        and len(words[0]) > 4
        and (len(re.findall(r"[aeiouy]", words[0])) / len(words[0]) < 0.2 or len(set(words[0])) <= len(words[0]) / 3)
    )
