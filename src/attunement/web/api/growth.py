"""A supporter's own growth: how their replies read over time, what became of suggestions, and cases to practise on."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path

from attunement.programme.coaching import plain_question
from attunement.programme.growth import access_case, access_growth, access_practised
from attunement.web.api.conversation_bodies import ReplyBody
from attunement.web.api.growth_answers import CaseInfo, CasesInfo, GrowthInfo, PractisedInfo
from attunement.web.api.parts import TheHouse
from attunement.web.api.route import PROBLEMS, ApiRoute
from attunement.web.api.support import SupporterCaller

router = APIRouter(prefix="/api/supporters/me", tags=["support"], route_class=ApiRoute, responses=PROBLEMS)
CaseId = Annotated[str, Path(description="A case's id.")]


@router.get("/growth")
def get_growth(caller: SupporterCaller, house: TheHouse) -> GrowthInfo:
    """How one's own lines read week by week, and how far one leans on the coach; nobody else is shown it."""
    return GrowthInfo.of(access_growth(house, caller.id))


@router.get("/cases")
def list_cases(_: SupporterCaller, house: TheHouse) -> CasesInfo:
    """The written cases to practise on."""
    return CasesInfo(cases=[CaseInfo.model_validate(case) for case in house.cases])


@router.get("/cases/{case}")
def get_case(case: CaseId, _: SupporterCaller, house: TheHouse) -> CaseInfo:
    """One of them, to be answered."""
    return CaseInfo.model_validate(access_case(house, case))


@router.post("/cases/{case}/reply")
def reply_to_case(case: CaseId, caller: SupporterCaller, body: ReplyBody, house: TheHouse) -> PractisedInfo:
    """Hand in a reply: how it reads, what could be added, what may hurt, and a good one beside it. Nothing is kept."""
    done = access_practised(house, case, body.reply)
    return PractisedInfo.of(done, plain_question(house, caller.name, done.feedback.notice))
