"""A steward's page of the kinds of people here. No member ever sees it, or which kind they are."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from attunement.domain.messages import N_
from attunement.programme.segments import ENOUGH, SegmentSeen, access_segments
from attunement.programme.traits import FEWEST
from attunement.web.access import Role
from attunement.web.pages.page import Page, page_for

router = APIRouter(include_in_schema=False)
StewardPage = Annotated[Page, Depends(page_for(Role.STEWARD))]
ALIKE = N_("are much like everybody")


@router.get("/steward/people")
def people(page: StewardPage) -> Response:
    """What people here have in common."""
    seen = access_segments(page.house)
    segments = [_segment(page, segment) for segment in seen.segments]
    return page.render(
        "people.html", at="/steward", people=seen.people, enough=seen.enough, least=ENOUGH, times=FEWEST,
        segments=segments,
    )  # fmt: skip


def _segment(page: Page, segment: SegmentSeen) -> dict[str, Any]:
    words = [mark.words(page.gettext) for mark in segment.marks] or [page.gettext(ALIKE)]
    return {"words": words, "people": segment.people, "stability": segment.stability, "families": segment.families}
