"""Turns what a member told into what they could say to somebody: "I've asked you three times"."""

from __future__ import annotations

import re
from typing import NamedTuple

from attunement.dialogue.guard_rules import rule_broken_by
from attunement.dialogue.hearing.clauses import Clause, Kind
from attunement.dialogue.hearing.gist import KIN
from attunement.dialogue.hearing.mirror import capital
from attunement.dialogue.hearing.talk import Talk
from attunement.library.companion_matter import speaks_as_a_person

MOST_WORDS, FEWEST = 13, 4
LINES_BACK = 8
_OWN_STATE = re.compile(
    r"^I(?:'(?:m|ve))? (?!(?:think|know|guess|mean|hope|wish|want|would|could|should|might|can ask|don't know|will|"
    r"feel|felt|wonder|suppose|said|told|tell|ask him|ask her|just want|need to know|am not sure|used to|did|do|was|"
    r"am|been)\b)\w"
)
"""What somebody does, gets or bears, and not what they think of it."""
_NEEDED = re.compile(r"^I need (?:the|my|some|more|a|an|at least|\d+)\b")
_OF_HARM = re.compile(
    r"\b(?:hurt|kill|harm|hit|shake|beat|smack|slap|die|dead|suicid\w*)\b|\b(?:wouldn't|would never|didn't mean)\b",
    re.IGNORECASE,
)
"""What nobody should be handed to say: turned to somebody else it would frighten them, or accuse its speaker."""
_OF_THEM = re.compile(r"\b(?:he|she|they|his|their|himself|herself|them|you|your)\b", re.IGNORECASE)
_WISH = re.compile(
    rf"^I (?:just |really |only |do |still )*(?:want|need|wish|would like|'d like) "
    rf"(?:him|her|them|my (?:\w+ )?{KIN}) to (.+)$",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(
    r"\bher (?!(?:to|that|about|for|with|once|twice|three|again|how|what|why|when|if|and|but|a|the|my|not|so|many|"
    r"yesterday|today|every|at|in|on|several|often|before)\b)(?=\w)"
)


class Sayable(NamedTuple):
    """``situation``: how it is, as the member could say it to the other; ``wish``: what they want the other to do.

    Each is empty where nothing told can be put so.
    """

    situation: str
    wish: str


def sayable(talk: Talk) -> Sayable:
    """What can be said to somebody of what was told in a talk and was not yet offered, what matters most first.

    Of the situation only what weighs is taken, and of that what the member does or gets, so that nobody is accused, and
    nothing that would sound as if a program spoke of a life of its own.
    """
    lately = talk.gists[-LINES_BACK:][::-1]
    weighing = [clause for gist in lately if not gist.light for clause in gist.clauses]
    situations = (_situation(clause) for clause in sorted(weighing, key=lambda c: -c.weight))
    wishes = (match.group(1) for gist in lately for clause in gist.clauses if (match := _WISH.match(clause.own)))
    wish = next((w for w in wishes if not _OF_THEM.search(w)), "")
    return Sayable(next((one for one in situations if one and not talk.was_said(one)), ""), wish)


def _situation(clause: Clause) -> str:
    own = clause.own
    told = clause.kind is Kind.PLAIN or _NEEDED.match(own)
    if not told or not FEWEST <= len(own.split()) <= MOST_WORDS or not _OWN_STATE.match(own):
        return ""
    if _OF_THEM.search(own) or _OF_HARM.search(own):
        return ""
    to_them = re.sub(r"\b(?:her|him)\b", "you", _POSSESSIVE.sub("your ", own))
    return "" if speaks_as_a_person(to_them) or rule_broken_by(to_them) else capital(to_them)
