"""Typed events of what members were offered and what came of it; see `attunement.domain.events`."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from attunement.domain.body_kept import Finite, Signed, Unit
from attunement.domain.event import Event
from attunement.domain.hindrance import Hindrance
from attunement.domain.others_kept import OthersKept


class ReasonKept(BaseModel):
    """One additive reason; see `attunement.domain.decision.Reason`."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    about: str
    weight: Finite
    fact: dict[str, str | float | int] = {}


class DecisionMade(Event):
    """A practice was offered. ``features`` holds, for each practice of the slate, what the policy saw of it.

    ``probabilities`` names each eligible practice; where ``others`` says what all else that was eligible had, only what
    was shown and what had more. ``earlier`` are the check-ins before ``moment`` that counted too, oldest first.
    ``inclusion`` and ``guarded`` are as in `attunement.domain.decision.Choice`. What was not kept yet is empty or
    false.
    """

    kind: ClassVar[str] = "decision-made"
    decision: str
    moment: str | None
    offered: str
    probabilities: dict[str, Unit]
    alternatives: list[str]
    reasons: list[ReasonKept]
    expected: Finite
    policy: str
    policy_version: int
    features: dict[str, dict[str, Finite]]
    used: list[str]
    not_used: list[str]
    sentence: str
    seed: int
    inclusion: dict[str, Unit] = {}
    inclusion_error: Unit = 0.0
    guarded: bool = False
    others: OthersKept | None = None
    earlier: list[str] = []


class DecisionAnswered(Event):
    """What a member did with an offer, short of an outcome."""

    kind: ClassVar[str] = "decision-answered"
    decision: str
    answer: Literal["started", "not-now", "something-different", "less-like-this"]
    practice: str


class OutcomeRecorded(Event):
    """What came of a decision. ``learnable`` is whether the shared model may learn from it (purpose ``learn``).

    ``affect_counted`` and ``skill_counted`` are whether these may count in its reward; None in older events.
    ``features`` are what may be learned from; ``private`` are what else the decision saw of the practice that was done,
    for choosing for this member alone; ``used`` is what the decision and the feedback rest on, None in older events.
    """

    kind: ClassVar[str] = "outcome-recorded"
    decision: str
    practice: str
    offered: bool
    finished: bool
    rating: Annotated[int, Field(ge=1, le=5)] | None = None
    valence_after: Signed | None = None
    arousal_after: Signed | None = None
    affect_change: Finite | None = None
    affect_counted: bool | None = None
    skill_shown: Unit | None = None
    skill_counted: bool | None = None
    text: str = ""
    ticked: list[int] = []
    chosen: dict[int, int] = {}
    hindrances: list[Hindrance] = []
    reward: Unit | None = None
    reward_definition: str
    features: dict[str, Finite] = {}
    private: dict[str, Finite] = {}
    used: list[str] | None = None
    learnable: bool


class OutcomeCorrected(Event):
    """A member said anew what came of a practice. The newest in the log holds; what is None stays as it was.

    ``affect_change`` and ``affect_counted`` go with ``valence_after`` and are as in `OutcomeRecorded`.
    """

    kind: ClassVar[str] = "outcome-corrected"
    decision: str
    rating: Annotated[int, Field(ge=1, le=5)] | None = None
    finished: bool | None = None
    valence_after: Signed | None = None
    arousal_after: Signed | None = None
    affect_change: Finite | None = None
    affect_counted: bool | None = None
