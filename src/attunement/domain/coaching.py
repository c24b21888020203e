"""What the coach says of a draft: suggestions to take or leave, and cautions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from attunement.domain.reply import Mechanism, ReplyReading


class Change(StrEnum):
    """What a suggestion does to the draft: ``insert`` at ``start`` (then ``end == start``), or ``replace``."""

    INSERT = "insert"
    REPLACE = "replace"


class Harm(StrEnum):
    """What a reply should not do to somebody who is having a hard time."""

    JUDGING = "judging"
    MINIMISING = "minimising"
    HURRYING = "hurrying"
    DIAGNOSING = "diagnosing"


class CoachFeature(StrEnum):
    """What the coach can show of a draft; each may be there or not, by trial arm."""

    SPANS = "spans"
    SUGGESTIONS = "suggestions"
    CAUTIONS = "cautions"


class Fate(StrEnum):
    """What became of a suggestion that was shown: sent as it was, sent in other words, dismissed, or left alone."""

    TAKEN = "taken"
    ADAPTED = "adapted"
    DISMISSED = "dismissed"
    UNUSED = "unused"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One change to a draft, ``[start, end)`` in characters of the draft, with the reason and what it adds."""

    change: Change
    start: int
    end: int
    text: str
    reason: str
    adds: Mechanism


@dataclass(frozen=True, slots=True)
class Caution:
    """A span of the draft, ``[start, end)``, that may hurt, and why."""

    harm: Harm
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """All the coach says of a draft: how it reads now, at most three suggestions (best first), and cautions."""

    reading: ReplyReading
    suggestions: tuple[Suggestion, ...]
    cautions: tuple[Caution, ...]
