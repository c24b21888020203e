"""A member's journey: how they have been, what they met, and what they did."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from starlette.responses import Response

from attunement.domain.consent import Category, Purpose
from attunement.domain.messages import N_
from attunement.domain.need import Need
from attunement.programme.arousal_ahead import access_arousal_ahead
from attunement.programme.body import access_body
from attunement.programme.consents import access_permissions
from attunement.programme.journey import Journey, JourneyMoment, access_journey
from attunement.programme.members import access_member, do_set_breadth
from attunement.programme.outlook import access_outlook
from attunement.programme.variety import access_variety
from attunement.web.access import Role
from attunement.web.charts import AffectPoint, affect_chart, describe_affect
from attunement.web.kinds_chart import kinds_chart
from attunement.web.pages.body_view import told_of
from attunement.web.pages.forms import number_of
from attunement.web.pages.met_view import by_family, by_viewpoint, met_view
from attunement.web.pages.page import Page, page_for

router = APIRouter(include_in_schema=False)
MemberPage = Annotated[Page, Depends(page_for(Role.MEMBER))]
DRAWN = 60
LISTED = 20
READ_LISTED = 10
LIKELY_USUAL = N_("Tomorrow around now you may feel about as is usual for you.")
LIKELY_BRIGHTER = N_("Tomorrow around now you may feel a little brighter than is usual for you.")
LIKELY_LOWER = N_(
    "Tomorrow around now may be a little lower than is usual for you, or it may not. If it is, you need not be alone "
    "with it."
)
LIKELY_STIRRED = N_("Over the next hours you may be more stirred up than is usual for you, or you may not.")
LIKELY_NEEDS = {
    Need.HEARD: N_("About this time you have mostly wanted to be heard."),
    Need.CALM: N_("About this time you have mostly wanted to calm down."),
    Need.UNDERSTAND: N_("About this time you have mostly wanted to understand something."),
    Need.ACT: N_("About this time you have mostly wanted to do something about it."),
    Need.CONNECT: N_("About this time you have mostly wanted to feel closer to someone."),
}
LIKELY = 0.4
SURE = N_("Your check-ins lie close together, so this guess is a fairly good one.")
UNSURE = N_("Your check-ins lie far apart, so this is a loose guess.")
NOTABLE, WIDE = 0.1, 0.8
STIRRED_BY = 0.25


@router.get("/journey")
def journey(page: MemberPage, before: int = 0) -> Response:
    """Charts with their words, and the practices so far."""
    told = access_journey(page.house, page.member, limit=200)
    points = _points(told)
    library = page.house.library
    with page.house.store.read() as connection:
        wide = access_member(connection, page.member).breadth
    done = [p for p in told.practices if p.finished is not None and p.practice in library]
    shown = done[max(0, before) : max(0, before) + LISTED]
    return page.render(
        "journey.html", at="/journey", points=points, affect_text=describe_affect(points, page.tag),
        past=[
            {
                "title": practice.title, "when": p.at, "minutes": practice.minutes, "medium": practice.medium,
                "why": p.sentence, "href": f"/feedback/{p.decision}", "rating": p.rating, "stopped": not p.finished,
            }
            for p in shown
            for practice in [library.practice(p.practice)]
        ],
        read=_read(page, told), body=_body(page), outlook=_outlook(page), stirred=_stirred(page), breadth=wide,
        met=met_view(page, access_variety(page.house, page.member)),
        older=f"/journey?before={before + LISTED}" if len(done) > before + LISTED else None,
    )  # fmt: skip


@router.post("/journey/breadth")
def breadth(page: MemberPage) -> Response:
    """Set how wide the choice is."""
    do_set_breadth(page.house, page.member, number_of(page.form, "breadth"))
    return page.redirect("/journey", said="breadth")


@router.get("/journey/{name}.svg")
def chart(
    page: MemberPage, name: Literal["affect", "families", "viewpoints"], theme: Literal["light", "dark"] = "light",
    width: Literal["narrow", "wide"] = "wide",
) -> Response:  # fmt: skip
    """One chart as SVG; pages carry its words beside it."""
    if name == "affect":
        svg = affect_chart(_points(access_journey(page.house, page.member)), theme, page.tag, width=width)
    else:
        kinds = by_family if name == "families" else by_viewpoint
        svg = kinds_chart(kinds(page, access_variety(page.house, page.member)), theme, page.tag, width=width)
    return Response(svg, media_type="image/svg+xml")


def _read(page: Page, told: Journey) -> list[JourneyMoment]:
    """The newest check-ins whose words were read, newest first; none where words may not be read now."""
    with page.house.store.read() as connection:
        allowed = access_permissions(page.house, connection, page.member)
    if not allowed.allows(Purpose.PERSONALISE, Category.TEXT):
        return []
    return [moment for moment in reversed(told.moments) if moment.was_read][:READ_LISTED]


def _outlook(page: Page) -> dict[str, object] | None:
    """What tomorrow may be like, in words; None where too little is known or may be used."""
    found = access_outlook(page.house, page.member)
    if found is None:
        return None
    apart = found.middle - found.usual
    words = LIKELY_USUAL if abs(apart) < NOTABLE else LIKELY_BRIGHTER if apart > 0 else LIKELY_LOWER
    need = max(found.needs, key=lambda n: found.needs[n])
    wanted = page.gettext(LIKELY_NEEDS[need]) if found.needs[need] >= LIKELY else ""
    sure = SURE if found.high - found.low < WIDE else UNSURE
    return {
        "words": page.gettext(words), "wanted": wanted, "sure": page.gettext(sure), "low": found.low,
        "high": found.high, "check_ins": found.check_ins, "unsteady": bool(found.unsteady),
        "lower": words == LIKELY_LOWER, "taught": found.taught,
    }  # fmt: skip


def _stirred(page: Page) -> str:
    """A word about the next hours where they may be harder than usual; nothing else of arousal helps to know."""
    found = access_arousal_ahead(page.house, page.member)
    if found is None or found.middle - found.usual < STIRRED_BY:
        return ""
    return page.gettext(LIKELY_STIRRED)


def _body(page: Page) -> dict[str, object] | None:
    """When the body was last read, and what it showed in words, empty where nothing is kept; None where nothing may
    be used."""
    with page.house.store.read() as connection:
        allowed = access_permissions(page.house, connection, page.member)
    if not allowed.allows(Purpose.PERSONALISE, Category.BODY):
        return None
    newest = access_body(page.house, page.member, limit=1)
    if not newest:
        return {"words": ""}
    return {"when": newest[0].start, "words": " ".join(page.gettext(words) for words in told_of(newest[0]))}


def _points(told: Journey) -> list[AffectPoint]:
    known = [m for m in told.moments if m.valence is not None and m.arousal is not None]
    return [AffectPoint(m.at, m.valence or 0.0, m.arousal or 0.0) for m in known[-DRAWN:]]
