"""What models say about a text, always with the model's version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from attunement.domain.need import Need


class RiskLevel(StrEnum):
    """How much danger a text speaks of, in rising order."""

    NONE = "none"
    DISTRESS = "distress"
    INDIRECT = "indirect"
    EXPLICIT = "explicit"
    IMMINENT = "imminent"

    @property
    def rank(self) -> int:
        """0 for none to 4 for imminent.

        >>> RiskLevel.INDIRECT.rank
        2
        """
        return list(RiskLevel).index(self)


SIGNS = tuple(level for level in RiskLevel if level.rank >= RiskLevel.INDIRECT.rank)
"""The levels of danger, from signs of it on."""


def gravest(levels: Iterable[RiskLevel]) -> RiskLevel:
    """The highest of some levels, none of none.

    >>> gravest([RiskLevel.DISTRESS, RiskLevel.INDIRECT]).value
    'indirect'
    """
    return max(levels, key=lambda level: level.rank, default=RiskLevel.NONE)


def are_signs(levels: Iterable[RiskLevel]) -> bool:
    """Whether one of some levels is at least a sign of danger."""
    return gravest(levels).rank >= RiskLevel.INDIRECT.rank


def are_grave(levels: Iterable[RiskLevel]) -> bool:
    """Whether one of some levels is danger said plainly."""
    return gravest(levels).rank >= RiskLevel.EXPLICIT.rank


class Harm(StrEnum):
    """What a text tells of harm other than that its writer does to themselves."""

    NONE = "none"
    HURT = "hurt"
    """Somebody hurts, threatens, confines or exploits the writer or somebody near, and it goes on."""
    LIFE = "life"
    """A life is in danger this minute: another's, or the writer's by illness or accident."""
    WORRY = "worry"
    """Somebody else may be about to take their life, or hurts themselves; not this minute."""
    THREAT = "threat"
    """The writer may hurt somebody else, or does."""


class AsAnswer(StrEnum):
    """What a text says as the answer to "Are you having thoughts of killing yourself?"."""

    NONE = "none"
    YES = "yes"
    OPEN = "open"
    NO = "no"
    NOT_MEANT = "not-meant"
    """What was said before was not about that: a film, an idiom, a plant."""
    OTHER = "other"
    """It is about somebody else."""
    ASKS = "asks"
    """Why it is asked, or that it should not be."""


@dataclass(frozen=True, slots=True)
class RiskReading:
    """The level of danger read, and the probability the reader gives to *some* sign of danger (0 to 1).

    ``raised_from`` is the level of the text alone, where what was written before it raised it. ``harm`` is what is told
    of harm by others or to others, which the level does not tell; ``answer`` what the text would say as an answer to
    the plain question about suicide, which means something only where that was asked.
    """

    level: RiskLevel
    p: float
    model: str
    raised_from: RiskLevel | None = None
    harm: Harm = Harm.NONE
    answer: AsAnswer = AsAnswer.NONE


@dataclass(frozen=True, slots=True)
class EmotionReading:
    """Probabilities of the 28 GoEmotions labels, the labels over their thresholds (strongest first), and affect.

    ``valence``, ``arousal``, ``dominance`` run from 1 to 5 as in EmoBank; ``stress`` from 0 to 1.
    """

    emotions: Mapping[str, float]
    labels: tuple[str, ...]
    valence: float
    arousal: float
    dominance: float
    stress: float
    model: str


@dataclass(frozen=True, slots=True)
class NeedReading:
    """How likely each need is (sums to 1)."""

    p: Mapping[Need, float]
    model: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is read from one text. ``language`` is an ISO 639-1 code, or ``und`` where it cannot be told.

    ``left_out`` are the characters ``[start, end)`` of a text so long that only patterns of danger read them.
    """

    emotion: EmotionReading
    need: NeedReading
    risk: RiskReading
    language: str
    model: str
    left_out: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """A word ``text[start:end]`` and how much it moved a score: up where ``weight`` is over 0, down where under.

    Weights are in the score's own unit: log-odds for probabilities, points of the scale for affect.
    """

    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class SignalFound:
    """One signal found in a text a member wrote for a practice, with the character spans that carry it."""

    signal: str
    spans: tuple[tuple[int, int], ...]
