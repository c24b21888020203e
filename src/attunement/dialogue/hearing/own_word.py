"""Finds the word somebody puts in the place of another: "not weak, more like invisible"."""

from __future__ import annotations

import re
from typing import NamedTuple

from attunement.dialogue.hearing.clause_words import DEATH
from attunement.dialogue.hearing.mirror import mirrored
from attunement.domain.reading import RiskLevel
from attunement.reading.risk import read_rules

MOST = 6
"""Words of one's own are at most so many: more is a story."""
_IT = r"(?:(?:no|well|it's|it is|that's|i'm|i am|i feel|i don't feel|feels?|and|but|so|just|really|maybe),? )*"
_RATHER = r"(?:(?:but|just|rather|it's|it is|i'm|i am|i feel|feels?|maybe) )*(?:(?:more|rather|just|only) )?"
_NOT_BUT = re.compile(
    rf"^{_IT}not (?:(?:really|exactly|so much|even|just|that) )?(?P<other>\w+(?: (?!exactly|really)\w+)?)(?: exactly|"
    rf" really)?(?:,|;| -|\.)? "
    rf"(?=but |more |just |rather |it's |it is |i'm |i feel ){_RATHER}(?:of )?(?P<own>(?:like )?[\w' -]{{3,40}})$",
    re.IGNORECASE,
)
_MORE_THAN = re.compile(
    rf"^{_IT}more (?:of )?(?P<own>(?:like )?[\w' -]{{3,40}}?)(?: than (?P<other>\w+(?: \w+)?))?$",
    re.IGNORECASE,
)
_NOT_THIS = re.compile(r"^(no,? not \w+)[.,;] (?=\w+(?: \w+)?\W*$)", re.IGNORECASE)
"""Two words set against each other with nothing between: "no, not lonely. bored"."""
_NO_STATE = re.compile(
    r"\b(?:he|she|they|you|him|them|his|their|and|than|often|time|money|tomorrow|later)\b|^her$", re.IGNORECASE
)
_NO_FEELING_WORDS = "sure today tomorrow yesterday it that this here there only now yet much enough good bad my"
_NO_FEELINGS = frozenset(_NO_FEELING_WORDS.split())


class OwnWord(NamedTuple):
    """What somebody says it is rather like, told back, and what not (empty where they did not say)."""

    own: str
    other: str


def own_word(text: str) -> OwnWord | None:
    """The word somebody gives of their own accord in the place of another, or None.

    >>> own_word("Not weak, more like invisible"), own_word("more like a heavy coat than sad")
    (OwnWord(own='invisible', other='weak'), OwnWord(own='like a heavy coat', other='sad'))
    >>> own_word("no, not lonely. bored")
    OwnWord(own='bored', other='lonely')
    >>> own_word("I'm not going out, it's raining")
    """
    plain = _NOT_THIS.sub(r"\1, just ", text.replace("’", "'").strip())
    for sentence in re.split(r"(?<=[.!?])\s+|\n+", plain):
        match = _NOT_BUT.match(sentence.strip(" .!")) or _MORE_THAN.match(sentence.strip(" .!"))
        found = _told(match) if match else None
        if found is not None:
            return found
    return None


def _told(match: re.Match[str]) -> OwnWord | None:
    own, other = match["own"].strip(), (match["other"] or "").lower()
    own = re.sub(r"^like (?!(?:an?|the|my|being|i)\b)", "", own, flags=re.IGNORECASE)
    if len(own.split()) > MOST or _NO_STATE.search(own) or DEATH.search(own):
        return None
    if any(word in _NO_FEELINGS or word.endswith("ing") for word in other.split()):
        return None
    if read_rules(own).level.rank >= RiskLevel.INDIRECT.rank:
        return None
    return OwnWord(mirrored(own[:1].lower() + own[1:]), other)
