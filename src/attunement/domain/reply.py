"""What models say about a reply to somebody, always with the model's version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Mechanism(StrEnum):
    """Three ways a reply shows empathy: warmth, saying what was understood, asking on (Sharma et al. 2020, EPITOME)."""

    EMOTIONAL_REACTIONS = "emotional_reactions"
    INTERPRETATIONS = "interpretations"
    EXPLORATIONS = "explorations"


class Strategy(StrEnum):
    """What a supporter's turn does, by the names of ESConv (Liu et al. 2021, after Hill's helping skills)."""

    QUESTION = "Question"
    RESTATEMENT = "Restatement or Paraphrasing"
    REFLECTION = "Reflection of feelings"
    SELF_DISCLOSURE = "Self-disclosure"
    AFFIRMATION = "Affirmation and Reassurance"
    SUGGESTION = "Providing Suggestions"
    INFORMATION = "Information"
    OTHER = "Others"


class Behaviour(StrEnum):
    """What a turn is in motivational interviewing, by the names of AnnoMI (Wu et al. 2022), kinds told apart."""

    SIMPLE_REFLECTION = "simple_reflection"
    COMPLEX_REFLECTION = "complex_reflection"
    OPEN_QUESTION = "open_question"
    CLOSED_QUESTION = "closed_question"
    INPUT = "therapist_input"
    OTHER = "other"


class Doing(StrEnum):
    """What a turn mostly does: it asks, tells back what it understood, or gives information or advice."""

    ASKS = "asks"
    REFLECTS = "reflects"
    INFORMS = "informs"


CLEAR = 0.7
"""How likely a turn must be to do one thing for it to be said that it mostly does that."""
NOT_HEARD = 0.8
"""From how likely it shows no understanding a turn is no reflection, whatever it is built like."""


@dataclass(frozen=True, slots=True)
class MechanismReading:
    """How much of a mechanism a reply shows: 0 none, 1 weak, 2 strong.

    ``p`` are the probabilities of the three levels; ``spans`` the character ranges ``[start, end)`` of the reply that
    carry it, none at level 0. Where level 1 is rare, the level is not always the likeliest one: it is chosen so that
    each level is found about as often as it is there.
    """

    level: int
    p: tuple[float, float, float]
    spans: tuple[tuple[int, int], ...]

    @property
    def expected(self) -> float:
        """The level to be expected, 0 to 2.

        >>> MechanismReading(level=1, p=(0.25, 0.5, 0.25), spans=()).expected
        1.0
        """
        return sum(level * p for level, p in enumerate(self.p))


@dataclass(frozen=True, slots=True)
class ReplyReading:
    """All that is read from a reply and what it answers.

    ``empathy`` has all three mechanisms; ``strategy`` and ``behaviour`` probabilities that sum to 1. ``skill`` (0 to 1)
    is how much the turn is like those of sessions that experts called good motivational interviewing. ``concern`` and
    ``distress`` (1 to 7) are how much empathic concern, and how much distress of their own, the writer tells of.
    ``reflects`` is whether the turn is taken for a reflection: from a probability on that finds about as many as there
    are, though something else may be likelier.
    """

    empathy: Mapping[Mechanism, MechanismReading]
    strategy: Mapping[Strategy, float]
    behaviour: Mapping[Behaviour, float]
    reflects: bool
    skill: float
    concern: float
    distress: float
    language: str
    model: str

    @property
    def likeliest_strategy(self) -> Strategy | None:
        """The strategy with the greatest probability; None where nothing was read, and all are alike."""
        likeliest = max(self.strategy, key=lambda strategy: self.strategy[strategy])
        return likeliest if self.strategy[likeliest] > min(self.strategy.values()) else None

    @property
    def reflection(self) -> float:
        """How likely the turn reflects what was said, simply or adding to it, 0 to 1."""
        return self.behaviour[Behaviour.SIMPLE_REFLECTION] + self.behaviour[Behaviour.COMPLEX_REFLECTION]

    @property
    def mostly(self) -> Doing | None:
        """What the turn mostly does, where that has a probability of `CLEAR` or more; None where it has not.

        It only tells back what it understood where it shows some understanding: statements about somebody are built
        like reflections, and an insult is one.
        """
        p = {
            Doing.ASKS: self.behaviour[Behaviour.OPEN_QUESTION] + self.behaviour[Behaviour.CLOSED_QUESTION],
            Doing.REFLECTS: self.reflection,
            Doing.INFORMS: self.behaviour[Behaviour.INPUT],
        }
        likeliest = max(p, key=lambda doing: p[doing])
        unheard = likeliest is Doing.REFLECTS and self.empathy[Mechanism.INTERPRETATIONS].p[0] > NOT_HEARD
        return likeliest if p[likeliest] >= CLEAR and not unheard else None
