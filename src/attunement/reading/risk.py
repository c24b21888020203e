"""Reads signs of danger to life from patterns; the words are in ``risk_patterns.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from attunement.domain.reading import RiskLevel
from attunement.reading.plain_text import normalise
from attunement.reading.risk_rules import NEAR, beside, risk_rules

QUOTED = re.compile(r""""[^"]{1,200}"|(?<!\w)'(?=\w)(?:[^']|(?<=\w)'(?=\w)){1,100}'(?!\w)""")
FICTION = re.compile(
    r"\b(?:songs?|lyrics?|chorus|verse|poem|novel|story|film|movie|series|episode|play|character|villain|game|book|"
    r"subtitles|thriller|training|course|module|role-?play\w*|script|scene|"
    r"subtitl\w+|translat\w+|crossword|clue|posters?|ringtone|track|proverb|parrot)\b"
)
STORY = re.compile(
    r"\b(?:characters?|villain|hero|heroine|vampire|novel|film|movie|tv series|season \w+|episode|ep \d+|chapter|"
    r"act (?:one|two|three|\d)|scene|screenplay|fanfic|role-?play|opera|drama club|musical|a play|improv|puppet)\b"
)
"""Words that make of whoever is told of an invented person; no word for a game, a course or a song: real people are in
those, or write them."""
SAME = re.compile(
    r"\b(?:same|me too|(?:was|is|about) me|that'?s (?:me|my)|my own|(?:made?|make) (?:it|anything|nothing) up)\b"
)
"""Words of somebody who sees themselves in a story."""
OF_MINE = re.compile(r"\bmy (?!(?:\w+ )?(?:character|novel|film|screenplay|fanfic|hero|heroine|vampire|villain)\b)")
SELF = re.compile(r"\b(?:i|i'?m|i'?ve|i'?d|me|my ?self)\b")
PASSED_ON = re.compile(
    r"\b(?:text(?:ed|s)|messaged|posted|left a note|"
    r"(?:wrote|written|sent|told|tel+s|said|says|rang|cal+ed|left) (?:to )?(?:me|us))\b"
)
"""What somebody passed on in their own words is no fiction, whatever else the sentence is about."""
END_OF_SENTENCE = re.compile(r"[.!?;\n]")
SENTENCE = re.compile(r"[^.!?;\n]+[.!?;\n]*|[.!?;\n]+")
SET_ASIDE = "\N{NULL}"  # in no normalised text
FEWEST_LEFT = 4
"""Words beside an idiom or a denial in its sentence from which danger can be read."""
LONG_OVER = "Danger is named and told as long over."
CLOSE, FAR = 15, 600
"""Characters beside a match: those that say whose it is, and those that may take it back."""
OWN = re.compile(r"\b(?:i|i'?m|i'?ve|i'?d|me|my|my ?self)\b")
_NOW = re.compile(
    r"\bi(?:'m| am|'l+| wil+|'ve| have| want| wanna| need| think| keep| feel| can'?t| cannot)\b|"
    r"\b(?:going to|gonna|wil+|next time|this time)\b"
)
"""Words of how it is with the writer now, or is to be."""
DOUBTED = {RiskLevel.INDIRECT, RiskLevel.EXPLICIT}
RULE_P = {
    RiskLevel.NONE: 0.0,
    RiskLevel.DISTRESS: 0.05,
    RiskLevel.INDIRECT: 0.7,
    RiskLevel.EXPLICIT: 0.95,
    RiskLevel.IMMINENT: 0.98,
}
"""The probability of danger that a rule which finds a level stands for."""


@dataclass(frozen=True, slots=True)
class RuleReading:
    """The highest level a pattern speaks of, and why.

    ``harmless`` where an idiom, a denial or a line of fiction was set aside; ``left`` is then what else there is. Both
    what is left and what a pattern matched are told by places in the normalised text: ``places`` has one for each
    character of ``left``, and ``matched`` is ``(start, end)``, None where no pattern spoke. It is ``doubted`` where the
    pattern is (`Rule`) and no time is near: what is to be soon always stands.
    """

    level: RiskLevel
    why: str = ""
    harmless: bool = False
    left: str = ""
    places: Sequence[int] = ()
    matched: tuple[int, int] | None = None
    doubted: bool = False


@dataclass(frozen=True, slots=True)
class _Kept:
    """What is kept of a text; ``places`` says where each character of it stood."""

    text: str
    places: Sequence[int]

    def without(self, spans: Iterable[tuple[int, int]]) -> _Kept:
        """The same with `SET_ASIDE` in the place of each span."""
        text, places, end = list[str](), list[int](), 0
        for start, stop in spans:
            text += [self.text[end:start], SET_ASIDE]
            places += [*self.places[end:start], self.places[start]]
            end = stop
        return _Kept("".join([*text, self.text[end:]]), [*places, *self.places[end:]]) if end else self


def read_rules(text: str) -> RuleReading:
    """What the patterns find in a text of any spelling.

    >>> read_rules("I wanna d1eeee").level.value
    'explicit'
    >>> read_rules("This homework is killing me").level.value
    'none'
    >>> read_rules("I don’t want to die").level.value
    'distress'
    """
    return read_plain(normalise(text))


def read_plain(plain: str) -> RuleReading:
    """What the patterns find in a text that is normalised."""
    known = risk_rules()
    kept = _Kept(plain, range(len(plain))).without(_fiction(plain))
    undenied = kept.without(match.span() for match in known.denials.finditer(kept.text))
    marked = undenied.without(match.span() for match in known.idioms.finditer(undenied.text))
    found = _highest(marked)
    if found.level is not RiskLevel.NONE:
        return found
    left, harmless = _left(marked), marked.text != plain
    if undenied.text != kept.text:
        return RuleReading(RiskLevel.DISTRESS, "Danger is named and denied.", True, left.text, left.places)
    return RuleReading(RiskLevel.NONE, "", harmless, left.text, left.places)


def is_past(text: str) -> bool:
    """Whether a text tells of a time that is past, and in nothing of how it is now or is to be.

    >>> is_past("I tried it years ago."), is_past("I tried it years ago, and I'll do it right this time.")
    (True, False)
    """
    known, plain = risk_rules(), normalise(text)
    here = known.again.search(plain) or known.soon.search(plain) or _NOW.search(plain)
    return bool(known.past.search(plain)) and not here


def _left(marked: _Kept) -> _Kept:
    """What there is beside what was set aside, without the few words that it leaves of a sentence."""
    text, places = list[str](), list[int]()
    for sentence in SENTENCE.finditer(marked.text):
        words = sentence.group().replace(SET_ASIDE, " ")
        if SET_ASIDE not in sentence.group() or len(re.findall(r"\w+", words)) >= FEWEST_LEFT:
            text.append(words)
            places += marked.places[sentence.start() : sentence.end()]
    return _Kept("".join(text), places)


def _highest(marked: _Kept) -> RuleReading:
    """The highest level of all matches: what is told of others, or as past, must not hide what is so now."""
    left, found = marked.text.replace(SET_ASIDE, " "), RuleReading(RiskLevel.NONE)
    for rule in risk_rules().rules:  # the highest first; only an explicit match may turn out higher, or lower
        for match in rule.pattern.finditer(left):
            if found.level.rank >= rule.level.rank and rule.level is not RiskLevel.EXPLICIT:
                return found
            if not rule.speaks(left, match):
                continue
            level = _about_whom_and_when(rule.level, left, match)
            if level.rank > found.level.rank:
                why = LONG_OVER if level is RiskLevel.DISTRESS and rule.level is not level else rule.why
                matched = (marked.places[match.start()], marked.places[match.end() - 1] + 1)
                found = RuleReading(level, why, matched=matched, doubted=rule.doubted and level in DOUBTED)
            if found.level is RiskLevel.IMMINENT:
                return found
    return found


def _fiction(plain: str) -> list[tuple[int, int]]:
    """Where in a normalised text something is quoted and a song, a book, a game or a lesson is spoken of near it."""
    unquoted = QUOTED.sub(lambda match: "_" * len(match.group()), plain)
    found = []
    for match in QUOTED.finditer(plain):
        start, stop = match.span()
        before, after = unquoted[max(0, start - NEAR) : start], unquoted[stop : stop + NEAR]
        near = f"{END_OF_SENTENCE.split(before)[-1]} {END_OF_SENTENCE.split(after)[0]}"
        if FICTION.search(f"{before} {after}") and not PASSED_ON.search(near):
            found.append((start, stop))
    return found


def _about_whom_and_when(level: RiskLevel, text: str, match: re.Match[str]) -> RiskLevel:
    """No level in a story, at most distress where it is long over.

    An explicit level told of others or as past is indirect, and imminent where it is to be soon.
    """
    if _is_story(text, match):
        return RiskLevel.NONE
    if _is_over(text, match):
        return min(level, RiskLevel.DISTRESS, key=lambda one: one.rank)
    if level is not RiskLevel.EXPLICIT:
        return level
    before, around = beside(text, match, NEAR)[0], "".join(beside(text, match, NEAR))
    known = risk_rules()
    if not OWN.search(match.group()) and known.others.search(before):
        return RiskLevel.INDIRECT
    if known.soon.search(around):
        return RiskLevel.IMMINENT
    return RiskLevel.INDIRECT if known.past.search(around) else level


def _is_story(text: str, match: re.Match[str]) -> bool:
    """Whether a match is told of an invented person: not of oneself, nor of somebody of one's own."""
    before, found, after = beside(text, match, NEAR)
    before = END_OF_SENTENCE.split(before)[-1]
    told = f"{before} {END_OF_SENTENCE.split(after)[0]}"
    if not STORY.search(told) or SELF.search(before[-CLOSE:] + found):
        return False
    return not (OF_MINE.search(told) or PASSED_ON.search(told) or SAME.search("".join(beside(text, match, FAR))))


def _is_over(text: str, match: re.Match[str]) -> bool:
    """Whether a match is told as long past, with a word beside it that life went on and none that it is back."""
    known, (before, found, after) = risk_rules(), beside(text, match, NEAR)
    told, around = END_OF_SENTENCE.split(before)[-1] + found, before + found + after
    if not (known.over.search(told) and known.long_ago.search(around) and known.well.search(around)):
        return False
    return not known.again.search("".join(beside(text, match, FAR)))
