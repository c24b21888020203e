"""Today: how are you, one practice that might fit, and what a member makes of the offer."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from sqlalchemy import select
from starlette.responses import Response

from attunement.domain.consent import Category, Purpose
from attunement.domain.decision import Decision
from attunement.domain.errors import Invalid
from attunement.domain.events import CheckedIn
from attunement.domain.reading import RiskLevel
from attunement.programme.check_ins import do_check_in
from attunement.programme.consents import access_permissions
from attunement.programme.decisions import access_decision, access_decision_row, do_answer, do_decide
from attunement.programme.members import access_member
from attunement.programme.text import LONGEST
from attunement.store.schema import decisions
from attunement.web.access import Role
from attunement.web.pages.forms import affect_of, needs_of, text_of, typed_check_in
from attunement.web.pages.offer_view import needs_help, offer_view
from attunement.web.pages.page import Page, page_for

router = APIRouter(include_in_schema=False)
MemberPage = Annotated[Page, Depends(page_for(Role.MEMBER))]


@router.get("/today")
def today(page: MemberPage) -> Response:
    """The check-in."""
    return _today(page, {}, {})


def _today(page: Page, typed: dict[str, object], errors: dict[str, str], status: int = 200) -> Response:
    with page.house.store.read() as connection:
        allowed = access_permissions(page.house, connection, page.member)
    return page.render(
        "today.html", status=status, at="/today", typed=typed, errors=errors, max_text=LONGEST,
        unfinished=_unfinished(page), reads_text=allowed.allows(Purpose.PERSONALISE, Category.TEXT),
        draft_key=page.draft_key("today"),
    )  # fmt: skip


def _unfinished(page: Page) -> dict[str, str] | None:
    """The newest offer, where it was started and not ended."""
    query = select(decisions).where(decisions.c.member == page.member).order_by(decisions.c.seq.desc()).limit(1)
    with page.house.store.read() as connection:
        row = connection.execute(query).first()
    if row is None or row.answer != "started" or row.answered_practice not in page.house.library:
        return None
    return {"title": page.house.library.practice(row.answered_practice).title, "href": f"/practice/{row.id}"}


@router.post("/today")
def check_in(page: MemberPage) -> Response:
    """Take the check-in and offer a practice; an empty check-in gets an offer too."""
    form = page.form
    risk = RiskLevel.NONE
    try:
        affect, needs, text = affect_of(form), needs_of(form), text_of(form, "text")
        if affect or needs or text.strip():
            risk = do_check_in(page.house, page.member, affect=affect, needs=needs, text=text).risk
        decision = do_decide(page.house, page.member, risk=risk)
    except Invalid as error:
        return _today(page, typed_check_in(form), {"text": page.words_of(error)}, error.status)
    care = "?care=1" if needs_help(risk) else ""
    return page.redirect(f"/offer/{decision.id}{care}")


@router.get("/offer/{decision}")
def offer(page: MemberPage, decision: str, care: bool = False) -> Response:
    """One offer with its reasons."""
    with page.house.store.read() as connection:
        made = access_decision(page.house, connection, page.member, decision)
        answered = access_decision_row(connection, page.member, decision).answer
    if answered in ("started", "done"):
        return page.redirect(f"/practice/{decision}" if answered == "started" else f"/feedback/{decision}")
    return _offer(page, made, care=care)


def _offer(page: Page, decision: Decision, *, care: bool, fragment: bool = False) -> Response:
    help = None
    if care or _at_risk(page):
        with page.house.store.read() as connection:
            country = access_member(connection, page.member).country
        help = page.house.helplines.for_country(country)
    view = offer_view(page.house, decision, page.gettext, help=help)
    return page.render("parts/offer.html" if fragment else "offer.html", at="/today", fragment=fragment, **view)


def _at_risk(page: Page) -> bool:
    """Whether the newest check-in, as far as it may be kept, spoke of danger."""
    with page.house.store.read() as connection:
        logged = page.house.store.newest(connection, page.member, CheckedIn.kind)
    reading = logged.event.reading if logged and isinstance(logged.event, CheckedIn) else None
    return reading is not None and needs_help(RiskLevel(reading.risk))


@router.post("/offer/{decision}/start")
def start(page: MemberPage, decision: str) -> Response:
    """Take the offer."""
    do_answer(page.house, page.member, decision, "started")
    return page.redirect(f"/practice/{decision}")


@router.post("/offer/{decision}/choose")
def choose(page: MemberPage, decision: str) -> Response:
    """Take one of the alternatives."""
    do_answer(page.house, page.member, decision, "started", practice=text_of(page.form, "practice"))
    return page.redirect(f"/practice/{decision}")


@router.post("/offer/{decision}/later")
def later(page: MemberPage, decision: str) -> Response:
    """Not now, which is a full answer."""
    do_answer(page.house, page.member, decision, "not-now")
    return page.redirect("/today", said="later")


@router.post("/offer/{decision}/{act}")
def otherwise(page: MemberPage, decision: str, act: Literal["different", "less"]) -> Response:
    """Something different, or less like this: a new offer, in place where htmx asks."""
    answer: Literal["something-different", "less-like-this"] = (
        "something-different" if act == "different" else "less-like-this"
    )
    made = do_answer(page.house, page.member, decision, answer)
    assert made is not None
    if page.wants_fragment:
        return _offer(page, made, care=False, fragment=True)
    return page.redirect(f"/offer/{made.id}")
