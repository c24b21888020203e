"""What programs get back about the objective, and about what another would change."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from pydantic import Field

from attunement.domain.reward import RewardDefinition
from attunement.programme.objective_effect import ObjectiveEffect
from attunement.programme.objectives import Objective
from attunement.web.api.answers import Answer


class DefinitionInfo(Answer):
    """What an outcome is worth: a mean, weighted so, of what is known of it."""

    name: str
    rating: float
    finishing: float
    affect: float
    skill: float
    steps: list[float] = Field(description="What each rating from 1 to 5 counts, 0 to 1.")

    @classmethod
    def of(cls, definition: RewardDefinition) -> Self:
        """The same as JSON has it."""
        return cls(name=definition.name, steps=list(definition.steps), **definition.weights)


class ObjectiveInfo(Answer):
    """A definition that was switched on; `at` is null for what every programme begins with."""

    definition: DefinitionInfo
    at: datetime | None
    by: str
    why: str

    @classmethod
    def of(cls, objective: Objective) -> Self:
        """The same as JSON has it."""
        definition = DefinitionInfo.of(objective.definition)
        return cls(definition=definition, at=objective.at, by=objective.by, why=objective.why)


class ObjectivesInfo(Answer):
    """The objective in force, and those before it, newest first."""

    objectives: list[ObjectiveInfo]


class ObjectiveSetInfo(Answer):
    """The version of the shared policy that learned all outcomes anew."""

    policy_version: int


class EstimateInfo(Answer):
    """A mean with its 95 % interval; null where there is not enough to tell."""

    value: float | None
    low: float | None
    high: float | None
    n: int
    ess: float = Field(description="How many equally weighted offers it is worth.")


class FamilyEffectInfo(Answer):
    """One family before and after; null where fewer than five people are behind it."""

    family: str
    title: str
    mean: tuple[float, float] | None = Field(description="What its outcomes are worth on average.")
    rank: tuple[int, int] | None = Field(description="Its place by that; 1 is best.")
    share: tuple[float, float] | None = Field(description="Its expected share of offers.")


class ObjectiveEffectInfo(Answer):
    """What another objective would change; pairs are before and after. Of a decision only what was shown is known."""

    before: DefinitionInfo
    after: DefinitionInfo
    outcomes: int
    people: int
    silent: int = Field(description="Outcomes that tell nothing of what would count.")
    decisions: int
    deciders: int
    families: list[FamilyEffectInfo]
    variety: tuple[float, float] | None = Field(description="How many families it would be if shares were even.")
    rating: tuple[EstimateInfo, EstimateInfo]
    finished: tuple[EstimateInfo, EstimateInfo]

    @classmethod
    def of(cls, effect: ObjectiveEffect) -> Self:
        """The same as JSON has it."""
        return cls(
            before=DefinitionInfo.of(effect.before), after=DefinitionInfo.of(effect.after), outcomes=effect.outcomes,
            people=effect.people, silent=effect.silent, decisions=effect.decisions, deciders=effect.deciders,
            families=[FamilyEffectInfo.model_validate(family) for family in effect.families], variety=effect.variety,
            rating=(EstimateInfo.model_validate(effect.rating[0]), EstimateInfo.model_validate(effect.rating[1])),
            finished=(EstimateInfo.model_validate(effect.finished[0]), EstimateInfo.model_validate(effect.finished[1])),
        )  # fmt: skip
