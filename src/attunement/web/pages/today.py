"""Today: how are you, one practice that might fit, and what a member makes of the offer."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from starlette.responses import Response

from attunement.domain.consent import Category, Purpose
from attunement.domain.decision import Decision
from attunement.domain.errors import Invalid
from attunement.programme.check_ins import access_risk, do_check_in
from attunement.programme.consents import access_permissions
from attunement.programme.corrections import access_was_read
from attunement.programme.decisions import access_decision, access_status, access_unfinished, do_answer, do_decide
from attunement.programme.members import access_member
from attunement.programme.reach.offers import access_waiting, do_open_offer
from attunement.programme.text import LONGEST
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
        waiting = access_waiting(page.house, connection, page.member)
    return page.render(
        "today.html", status=status, at="/today", typed=typed, errors=errors, max_text=LONGEST,
        unfinished=_unfinished(page), waiting=waiting, reads_text=allowed.allows(Purpose.PERSONALISE, Category.TEXT),
        draft_key=page.draft_key("today"),
    )  # fmt: skip


def _unfinished(page: Page) -> dict[str, str] | None:
    with page.house.store.read() as connection:
        found = access_unfinished(page.house, connection, page.member)
    return {"title": found[1].title, "href": f"/practice/{found[0]}"} if found else None


@router.post("/today")
def check_in(page: MemberPage) -> Response:
    """Take the check-in and offer a practice; an empty check-in gets an offer too."""
    form = page.form
    moment = None
    try:
        affect, needs, text = affect_of(form), needs_of(form), text_of(form, "text")
        if affect or needs or text.strip():
            moment = do_check_in(page.house, page.member, affect=affect, needs=needs, text=text)
        decision = do_decide(page.house, page.member, after=moment)
    except Invalid as error:
        return _today(page, typed_check_in(form), {"text": page.words_of(error)}, error.status)
    care = "?care=1" if moment and moment.help_shown else ""
    return page.redirect(f"/offer/{decision.id}{care}", said="alerted" if moment and moment.alerted else "")


@router.get("/offer/{decision}")
def offer(page: MemberPage, decision: str, care: bool = False) -> Response:
    """One offer with its reasons."""
    with page.house.store.read() as connection:
        made = access_decision(page.house, connection, page.member, decision)
        answered = access_status(connection, page.member, decision)
    do_open_offer(page.house, page.member, decision)
    if answered in ("started", "done"):
        return page.redirect(f"/practice/{decision}" if answered == "started" else f"/feedback/{decision}")
    return _offer(page, made, care=care)


def _offer(page: Page, decision: Decision, *, care: bool, fragment: bool = False) -> Response:
    with page.house.store.read() as connection:
        care = care or needs_help(access_risk(page.house, connection, page.member))
        country = access_member(connection, page.member).country
        read_at = decision.moment if access_was_read(connection, page.member, decision.moment) else None
    help = page.house.helplines.for_country(country) if care else None
    view = offer_view(page.house, decision, page.gettext, help=help) | {"read_at": read_at}
    return page.render("parts/offer.html" if fragment else "offer.html", at="/today", fragment=fragment, **view)


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
