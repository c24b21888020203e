"""What was offered, with which probability, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Reason:
    """One additive part of why the offered practice scored above the average of what was eligible.

    ``weight`` is in units of expected reward (the weights of a decision sum to the offered practice's expected
    reward minus that average). ``about`` names the part (``need:calm``); ``fact`` is what makes it true of this
    member, in data a page can word.
    """

    about: str
    weight: float
    fact: Mapping[str, str | float | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a policy chose among candidates.

    ``probabilities`` holds each eligible practice and sums to 1; ``offered`` was sampled from exactly these.
    ``alternatives`` are shown beside it. ``expected`` is the posterior mean reward of the offered practice.
    ``features`` holds what the policy saw of each practice shown, so that it can learn from whichever is done.
    ``inclusion`` is the chance of each practice shown to be shown, offered or beside; up to ``inclusion_error`` more
    where candidates were too many to tell (0 where exact). Empty where the policy does not tell. ``guarded`` says that
    the guard against over-personalising spoke.
    """

    offered: str
    probabilities: Mapping[str, float]
    alternatives: tuple[str, ...]
    reasons: tuple[Reason, ...]
    expected: float
    policy: str
    policy_version: int
    features: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    inclusion: Mapping[str, float] = field(default_factory=dict)
    inclusion_error: float = 0.0
    guarded: bool = False

    @property
    def probability(self) -> float:
        """The exact probability with which the offered practice was sampled."""
        return self.probabilities[self.offered]


@dataclass(frozen=True, slots=True)
class Decision:
    """A choice made for a member at a moment, as it was logged.

    ``used`` and ``not_used`` list the data (``text``, ``self_report``, ``interactions``, ``body``) that was and was not
    looked at; the latter for want of consent. ``sentence`` is the reason in words for the member.
    """

    id: str
    member: str
    moment: str | None
    at: datetime
    choice: Choice
    used: tuple[str, ...]
    not_used: tuple[str, ...]
    sentence: str

    @property
    def offered(self) -> str:
        """The id of the offered practice."""
        return self.choice.offered

    @property
    def probability(self) -> float:
        """The exact probability with which it was sampled."""
        return self.choice.probability
