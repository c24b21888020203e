"""Finds what a member asks to be reminded of: what they said in this talk about something they name."""

from __future__ import annotations

import re

from attunement.dialogue.gist import Gist
from attunement.dialogue.mirror import mirrored
from attunement.dialogue.plain import sentences
from attunement.dialogue.talk import Talk
from attunement.domain.reading import RiskLevel
from attunement.reading.risk import read_rules

_ASKING_WORDS = (
    "what who where when how did was it that have said say tell told write wrote written mention mentioned call called "
    "just already again actually exactly remember recall know read still can you the and but for with about before "
    "remind repeat please they them then this name named"
)
_ASKING = frozenset(_ASKING_WORDS.split())
LETTERS = 3


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
