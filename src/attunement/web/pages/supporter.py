"""What supporters see: people who show them how they are."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from attunement.domain.affect import Affect
from attunement.domain.messages import N_
from attunement.domain.reading import RiskLevel
from attunement.programme.sharing import SharedMember, access_shared
from attunement.web.access import Role
from attunement.web.pages.page import Page, page_for

router = APIRouter(include_in_schema=False)
SupporterPage = Annotated[Page, Depends(page_for(Role.SUPPORTER))]

RISK_WORDS = {
    RiskLevel.INDIRECT: N_(
        "Something they wrote may point to danger. A computer read it and can be wrong; please look."
    ),
    RiskLevel.EXPLICIT: N_("Something they wrote speaks of danger to someone. Please reach out to them now."),
    RiskLevel.IMMINENT: N_("Something they wrote speaks of danger right now. Please act on your programme's plan now."),
}
STEP = 0.15


@router.get("/supporter")
def people(page: SupporterPage) -> Response:
    """People who share, those in danger first."""
    return page.render("supporter.html", at="/supporter", people=[_person(page, m) for m in access_shared(page.house)])


def _person(page: Page, member: SharedMember) -> dict[str, Any]:
    newest = member.moments[0] if member.moments else None
    place = newest and newest.valence is not None and newest.arousal is not None
    risk = RISK_WORDS.get(member.risk) if member.risk else None
    return {
        "name": member.name or page.gettext(N_("(no name)")),
        "made_up": member.synthetic,
        "last": newest.at if newest else None,
        "point": Affect(newest.valence or 0.0, newest.arousal or 0.0) if newest and place else None,
        "trend": page.gettext(_trend(member)),
        "needs": list(newest.needs) if newest else [],
        "words": member.text,
        "practices": [page.house.library.practice(p).title for p in member.practices if p in page.house.library],
        "risk": {"words": page.gettext(risk), "when": member.risk_at} if risk else None,
    }


def _trend(member: SharedMember) -> str:
    values = [m.valence for m in member.moments if m.valence is not None]
    if len(values) < 2:
        return N_("too few check-ins to say where it is going")
    before = sum(values[1:]) / len(values[1:])
    if values[0] - before > STEP:
        return N_("a little brighter than the times before")
    if values[0] - before < -STEP:
        return N_("a little lower than the times before")
    return N_("much like the times before")
