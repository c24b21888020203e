"""Comes back, at most once in a talk, to a line the member asked to be remembered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from attunement.dialogue.hearing.clauses import Clause, Kind, clauses
from attunement.dialogue.hearing.gist import gist_of
from attunement.dialogue.hearing.talk import Talk
from attunement.dialogue.replying.filling import literal_of
from attunement.domain.reading import Reading, RiskLevel
from attunement.library.companion_words import CompanionWords

FITTING_MOMENTS = frozenset({"greeting", "ok", "dont_know"})
"""Where there is room for something else than what was just said."""
FROM_TURN = 3
LEAST_VALENCE = 2.2
LEAST_WEIGHT = 1.0
LETTERS = 4
_MEANT = re.compile(r"^you(?:'re| are) (?:going|about|planning) to\b|^you(?:'ll| will)\b|^you want to\b")
_PLAN = re.compile(r"^you (?:were (?:going|about|planning) to|planned to|wanted to|had planned to)\b")
_COMMON_WORDS = "that this with have from your they them were will want going about when what just been"
_COMMON = frozenset(_COMMON_WORDS.split())


@dataclass(frozen=True, slots=True)
class Memory:
    """A remembered line that may be come back to: the line itself, and what it tells, to be said to the member.

    ``plan`` is whether it tells of something they meant to do; what they meant to do then is told as past.
    """

    line: str
    kept: str
    plan: bool


def memory_for(
    talk: Talk, lines: Sequence[str], readings: Sequence[Reading], words: CompanionWords, *, moment: str
) -> Memory | None:
    """The line that belongs here, or None, which it mostly is.

    A plan is asked after where the talk has room for it or is about it; anything else only where the talk is about it.
    What speaks of danger, loss or harsh thoughts, or reads as dark, is never come back to; nor is anything in a first
    line that is no mere greeting, where questions are not wanted, or twice in a talk.

    Parameters
    ----------
    talk:
        The talk so far.
    lines, readings:
        What the member lets be remembered, newest first, and what was read from each.
    words:
        The companion's words.
    moment:
        The moment the last line is, or empty.
    """
    roomy = moment in FITTING_MOMENTS
    early = talk.turn < FROM_TURN and moment != "greeting"
    if early or talk.unasked or (moment and not roomy) or came_back(talk, words):
        return None
    for line, reading in zip(lines, readings, strict=True):
        memory = _memory(line, reading)
        if memory is not None and (_is_about(talk, line, words) or (memory.plan and roomy)):
            return memory
    return None


def came_back(talk: Talk, words: CompanionWords) -> bool:
    """Whether a remembered line was come back to in this talk."""
    patterns = (*words.parts["remember"], *words.parts["remember_plan"])
    return any(talk.was_said(literal_of(pattern).strip()) for pattern in patterns)


def _memory(line: str, reading: Reading) -> Memory | None:
    if reading.risk.level is not RiskLevel.NONE or reading.emotion.valence < LEAST_VALENCE:
        return None
    told = clauses(line)
    if not told or any(clause.kind in {Kind.LOSS, Kind.HARSH} for clause in told):
        return None
    best: Clause = max(told, key=lambda clause: clause.weight)
    if best.weight < LEAST_WEIGHT:
        return None
    kept = _MEANT.sub(lambda m: "you wanted to" if "want" in m.group() else "you were going to", best.said)
    return Memory(line, kept, bool(_PLAN.match(kept)))


def _is_about(talk: Talk, line: str, words: CompanionWords) -> bool:
    """Whether the last line of the talk names the same person, or shares a telling word."""
    then = gist_of(line, words)
    return bool(then.who and then.who == talk.now.who) or bool(_telling(line) & _telling(talk.now.text))


def _telling(text: str) -> set[str]:
    return {word for word in re.findall(rf"[a-z]{{{LETTERS},}}", text.lower()) if word not in _COMMON}
