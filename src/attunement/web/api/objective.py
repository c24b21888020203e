"""The objective: what outcomes are worth, what another would change, and switching it on."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from attunement.domain.reward import RewardDefinition
from attunement.programme.house import House
from attunement.programme.objective_effect import access_objective_effect
from attunement.programme.objectives import access_definition, access_objectives, do_change_objective
from attunement.web.access import Allow, Caller, Role
from attunement.web.api.bodies import ChangedObjective, NewObjective
from attunement.web.api.objective_answers import (
    ObjectiveEffectInfo,
    ObjectiveInfo,
    ObjectiveSetInfo,
    ObjectivesInfo,
)
from attunement.web.api.once import ExactlyOnce
from attunement.web.api.parts import TheHouse
from attunement.web.api.route import PROBLEMS, ApiRoute

router = APIRouter(prefix="/api/programme", tags=["programme"], route_class=ApiRoute, responses=PROBLEMS)
readers = [Depends(Allow(Role.INTEGRATOR, Role.STEWARD))]
Steward = Annotated[Caller, Depends(Allow(Role.STEWARD))]


@router.get("/objective", dependencies=readers)
def list_objectives(house: TheHouse) -> ObjectivesInfo:
    """What outcomes are worth, and what they were worth before; who changed it, when and why."""
    return ObjectivesInfo(objectives=[ObjectiveInfo.of(one) for one in access_objectives(house)])


@router.post("/objective/effect", dependencies=readers)
def try_objective(body: NewObjective, house: TheHouse) -> ObjectiveEffectInfo:
    """Simulate what another objective would change. Nothing is written."""
    return ObjectiveEffectInfo.of(access_objective_effect(house, _definition(house, body)))


@router.put("/objective")
def set_objective(
    caller: Steward, body: ChangedObjective, exactly: ExactlyOnce, house: TheHouse
) -> ObjectiveSetInfo:  # fmt: skip
    """Switch an objective on: a steward's to do, since it carries their name. All outcomes are learned anew by it.

    Refused with 409 where it is in use already, its name stands for another (`name-taken`), or too few people rated
    anything to count ratings by rank (`too-few`).
    """

    def work() -> ObjectiveSetInfo:
        version = do_change_objective(house, _definition(house, body), why=body.why, account=caller.id)
        return ObjectiveSetInfo(policy_version=version)

    return exactly.once(ObjectiveSetInfo, work, alone=True)


def _definition(house: House, body: NewObjective) -> RewardDefinition:
    return access_definition(
        house, body.name, rating=body.rating, finishing=body.finishing, affect=body.affect, skill=body.skill,
        by_rank=body.by_rank,
    )  # fmt: skip
