"""Finds what a member asks to be reminded of: what they said in this talk about something they name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attunement.dialogue.hearing.gist import Gist, gist_of
from attunement.dialogue.hearing.mirror import mirrored
from attunement.dialogue.hearing.plain import sentences
from attunement.dialogue.hearing.talk import Talk
from attunement.domain.reading import RiskLevel
from attunement.library.companion_words import CompanionWords
from attunement.reading.risk import read_rules

_ASKING_WORDS = (
    "what who where when how did was it that have said say tell told write wrote written mention mentioned call called "
    "just already again actually exactly remember recall know read still can you the and but for with about before "
    "remind repeat please they them then this name named she her his him its our right really"
)
_ASKING = frozenset(_ASKING_WORDS.split())
_OF_THEM = frozenset(["anything", "something", "everything", "things", "far", "all", "previous"])
"""Words of a question that asks after whatever there is."""
ASKS_AFTER = frozenset({"recap", "known"})
"""Moments at which they ask after what they told, in this talk or in one before."""
_OF_A_NAME = re.compile(r"\bnames?\b|\b(?:called|named)\b(?! (?:me|him|her|us|them)\b)", re.IGNORECASE)
_NAMES = re.compile(
    r"\bnames?(?:'s| is| was| were| are)\b|(?:'s| is| was| are| were) (?:called|named)\b", re.IGNORECASE
)
NAMED_WITHIN = 4
"""A name told so many statements after whom it is of is theirs."""
LETTERS = 3
MOST_KEPT = 3


def told_before(talk: Talk) -> str:
    """What an earlier line said, told back, that shares most words with the last one; empty where none does.

    Where the question names nothing ("what did I say?") it is what they said just before.
    """
    if _OF_A_NAME.search(talk.now.text):
        return _name_told(talk)
    asked = _telling(talk.now.text)
    told = [one for gist in reversed(talk.gists[:-1]) for one in reversed(_said_in(gist))]
    if not asked:
        return told[0] if told else ""
    shared = {said: len(asked & _telling(said)) for said in told}
    best = max(told, key=lambda said: shared[said], default="")
    return best if best and shared[best] else ""


def _name_told(talk: Talk) -> str:
    """The line that tells the name asked after: soon after whom the question names, or of "her" or "him", the last."""
    asked, said = _telling(talk.now.text), [one for gist in talk.gists[:-1] for one in _said_in(gist)]
    names = [k for k, one in enumerate(said) if _NAMES.search(one)]
    if not asked:
        of = [k for k in names if any(word in said[k].lower().split() for word in _owner(talk.now.text))]
        return said[of[-1]] if of else ""
    spoken = max(range(len(said)), key=lambda k: (len(asked & _telling(said[k])), k), default=-1)
    if spoken < 0 or not asked & _telling(said[spoken]):
        return ""
    return next((said[k] for k in names if spoken <= k <= spoken + NAMED_WITHIN), said[spoken])


def _owner(text: str) -> tuple[str, ...]:
    """The words by which a line tells of whom a question asks: "her" and "she", or any."""
    words = text.lower().split()
    pairs = (("her", "she"), ("his", "he"), ("their", "they"), ("its", "it"))
    return next((pair for pair in pairs if pair[0] in words), ("name", "called", "named"))


def kept_of(talk: Talk, lines: Sequence[str], words: CompanionWords) -> dict[str, str]:
    """What remembered lines tell about what is asked after, told back, by line; all they tell where it names nothing.

    ``lines`` are what the member lets be remembered, newest first; at most `MOST_KEPT` of them are told.
    """
    asked = _telling(talk.now.text) - _OF_THEM
    told = {line: said[0] for line in lines if (said := _said_in(gist_of(line, words)))}
    fitting = [line for line in told if not asked or asked & _telling(line)]
    return {line: told[line] for line in fitting[:MOST_KEPT]}


def _said_in(gist: Gist) -> list[str]:
    """What a line said, told back: its clauses, and else its sentences whole; nothing of danger."""
    if gist.clauses or gist.bit:
        return [clause.said for clause in gist.clauses] or [gist.bit]
    whole = [part.rstrip(".! ") for part in sentences(gist.text) if not part.endswith("?")]
    calm = (part for part in whole if read_rules(part).level is RiskLevel.NONE)
    return [mirrored(part[:1].lower() + part[1:]) for part in calm]


def _telling(text: str) -> frozenset[str]:
    words = re.findall(rf"[a-z]{{{LETTERS},}}", text.lower())
    return frozenset(word for word in words if word not in _ASKING)
