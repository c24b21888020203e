"""What belongs to no one member: practices, helplines, policies, receipts, health."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from attunement import __version__
from attunement.programme.accounts import access_is_set_up
from attunement.programme.conversations.service import access_service
from attunement.programme.drift import do_resume_learning
from attunement.programme.erasure import access_receipt
from attunement.programme.overview import access_versions
from attunement.programme.policy_comparison import access_policy_comparison
from attunement.programme.segments import access_segments
from attunement.programme.standing import access_standing
from attunement.programme.variety_overview import access_variety_overview
from attunement.web.access import EVERYONE, Allow, Role
from attunement.web.api.member_answers import ReceiptInfo
from attunement.web.api.once import ExactlyOnce
from attunement.web.api.parts import Limit, TheHouse
from attunement.web.api.programme_answers import (
    Health,
    HelpInfo,
    PoliciesInfo,
    PolicyComparisonInfo,
    PolicyInfo,
    PracticeDetail,
    PracticeInfo,
    PracticesInfo,
    SegmentsInfo,
    ServiceInfo,
    ServicesInfo,
    StandingInfo,
    VarietyOverviewInfo,
)
from attunement.web.api.route import PROBLEMS, ApiRoute

router = APIRouter(tags=["programme"], route_class=ApiRoute, responses=PROBLEMS)
anyone = [Depends(Allow(*EVERYONE))]
CountryCode = Annotated[str, Query(pattern=r"^([A-Za-z]{2})?$", description="ISO 3166-1; empty for international.")]
Newest = Annotated[int, Query(ge=1, le=500, description="How many offers, the newest.")]


@router.get("/api/practices", dependencies=anyone)
def list_practices(house: TheHouse) -> PracticesInfo:
    """All practices of the library."""
    return PracticesInfo(practices=[PracticeInfo.model_validate(p) for p in house.library.practices])


@router.get("/api/practices/{practice}", dependencies=anyone)
def get_practice(practice: str, house: TheHouse) -> PracticeDetail:
    """One practice with its steps."""
    return PracticeDetail.model_validate(house.library.practice(practice))


@router.get("/api/helplines", dependencies=anyone)
def get_helplines(house: TheHouse, country: CountryCode = "") -> HelpInfo:
    """Whom to call in one country; never empty."""
    return HelpInfo.model_validate(house.helplines.for_country(country))


@router.get("/api/policies", dependencies=[Depends(Allow(Role.INTEGRATOR, Role.STEWARD))])
def list_policies(house: TheHouse, limit: Limit = 20) -> PoliciesInfo:
    """The newest versions of the shared policy, newest first."""
    with house.store.read() as connection:
        versions = access_versions(connection, limit=limit)
    return PoliciesInfo(policies=[PolicyInfo.model_validate(version) for version in versions])


@router.get("/api/policies/comparison", dependencies=[Depends(Allow(Role.INTEGRATOR, Role.STEWARD))])
def compare_policies(house: TheHouse, decisions: Newest = 300) -> PolicyComparisonInfo:
    """How other policies would have done on the newest offers, by estimate; takes some seconds. Nothing is written."""
    return PolicyComparisonInfo.model_validate(access_policy_comparison(house, newest=decisions))


@router.get("/api/variety", dependencies=[Depends(Allow(Role.INTEGRATOR, Role.STEWARD))])
def get_variety_overview(house: TheHouse) -> VarietyOverviewInfo:
    """How varied what members meet is, and for how many the guard against over-personalising spoke."""
    return VarietyOverviewInfo.model_validate(access_variety_overview(house))


@router.get("/api/service", dependencies=[Depends(Allow(Role.INTEGRATOR, Role.STEWARD))])
def get_service(house: TheHouse) -> ServicesInfo:
    """How long people waited for a person in the last four weeks; no talk, and no group of fewer than five people."""
    return ServicesInfo(groups=[ServiceInfo.model_validate(group) for group in access_service(house)])


@router.get("/api/segments", dependencies=[Depends(Allow(Role.STEWARD))])
def get_segments(house: TheHouse) -> SegmentsInfo:
    """Kinds of people here, told by what they share; sizes are rounded, and nobody learns which is theirs."""
    return SegmentsInfo.model_validate(access_segments(house))


@router.get("/api/programme/learning", dependencies=[Depends(Allow(Role.INTEGRATOR, Role.STEWARD))])
def get_learning(house: TheHouse) -> StandingInfo:
    """Whether what is learned is still right: what was expected of offers beside what came of them."""
    return StandingInfo.model_validate(access_standing(house))


@router.post("/api/programme/learning/resume", dependencies=[Depends(Allow(Role.STEWARD))])
def resume_learning(exactly: ExactlyOnce, house: TheHouse) -> StandingInfo:
    """Let learning go on where it is paused; the next version folds in all that came meanwhile."""

    def work() -> StandingInfo:
        do_resume_learning(house)
        return StandingInfo.model_validate(access_standing(house))

    return exactly.once(StandingInfo, work, alone=True)


@router.get("/api/receipts/{receipt}", dependencies=anyone)
def get_receipt(receipt: str, house: TheHouse) -> ReceiptInfo:
    """The receipt of an erasure, for whoever has its number."""
    return ReceiptInfo.model_validate(access_receipt(house, receipt))


@router.get("/healthz", dependencies=anyone)
def health(house: TheHouse) -> Health:
    """Whether the server and its database answer."""
    return Health(status="ok", version=__version__, set_up=access_is_set_up(house))
