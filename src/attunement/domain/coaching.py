"""What the coach says of a draft: suggestions to take or leave, and cautions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from attunement.domain.reply import Doing, Mechanism, ReplyReading


class Change(StrEnum):
    """What a suggestion does to the draft: ``insert`` at ``start`` (then ``end == start``), or ``replace``."""

    INSERT = "insert"
    REPLACE = "replace"


class Harm(StrEnum):
    """What a reply should not do to somebody: the first four to who is having a hard time, the last to good news."""

    JUDGING = "judging"
    MINIMISING = "minimising"
    HURRYING = "hurrying"
    DIAGNOSING = "diagnosing"
    MISREADING = "misreading"


class DangerOf(StrEnum):
    """What danger a post may point to: to the life of who wrote it, by whom else, to whom else, or in minutes."""

    SUICIDE = "suicide"
    VIOLENCE = "violence"
    """Somebody hurts, threatens or exploits them or somebody near, and it goes on."""
    CHILD = "child"
    """They hurt a child."""
    THREAT = "threat"
    """They may hurt somebody else."""
    ANOTHER = "another"
    """Somebody else may take their life, or be about to die."""
    EMERGENCY = "emergency"
    """A life may be a matter of minutes, by illness, by accident or by what was done already."""


UNHEARD = frozenset({Harm.JUDGING, Harm.MINIMISING, Harm.MISREADING})
"""Beside these a draft does not tell back what somebody wrote, however it reads."""


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
class DangerNotice:
    """That what a draft answers may point to danger: of which kind, in words, and a plain question about it.

    ``asks`` is empty where the draft asks such a question already.
    """

    of: DangerOf
    says: str
    asks: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """All the coach says of a draft: how it reads now, at most three suggestions (best first), and cautions.

    ``notice`` is there where what it answers may point to danger: then it is asked plainly, whatever else is said.
    """

    reading: ReplyReading
    suggestions: tuple[Suggestion, ...]
    cautions: tuple[Caution, ...]
    notice: DangerNotice | None = None

    @property
    def danger(self) -> bool:
        """Whether what it answers may point to danger."""
        return self.notice is not None

    @property
    def mostly(self) -> Doing | None:
        """What the draft mostly does; that it tells back what was understood is not said of a verdict, nor of less."""
        hurts = any(caution.harm in UNHEARD for caution in self.cautions)
        return None if hurts and self.reading.mostly is Doing.REFLECTS else self.reading.mostly
