"""Finds what a member asks to be reminded of: what they said in this talk about something they name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attunement.dialogue.gist import Gist, gist_of
from attunement.dialogue.mirror import mirrored
from attunement.dialogue.plain import sentences
from attunement.dialogue.talk import Talk
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
LETTERS = 3
MOST_KEPT = 3


def told_before(talk: Talk) -> str:
    """What an earlier line said, told back, that shares most words with the last one; empty where none does.

    Where the question names nothing ("what did I say?") it is what they said just before.
    """
    asked = _telling(talk.now.text)
    told = [one for gist in reversed(talk.gists[:-1]) for one in reversed(_said_in(gist))]
    if not asked:
        return told[0] if told else ""
    shared = {said: len(asked & _telling(said)) for said in told}
    best = max(told, key=lambda said: shared[said], default="")
    return best if best and shared[best] else ""


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
