"""Today: how are you, one practice that might fit, and what a member makes of the offer."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from starlette.responses import Response

from attunement.domain.decision import Decision
from attunement.domain.errors import Invalid
from attunement.programme.check_ins import access_risk, do_check_in
from attunement.programme.consents import access_consents, access_permissions
from attunement.programme.corrections import access_read
from attunement.programme.decisions import access_decision, access_status, access_unfinished, do_answer, do_offer
from attunement.programme.members import access_member
from attunement.programme.reach.offers import access_waiting, do_open_offer
from attunement.programme.reach.settings import access_reach_settings, do_stop_reaching
from attunement.programme.text import LONGEST
from attunement.web.access import Role
from attunement.web.pages.check_in_view import Care, care_help, care_of, who_reads
from attunement.web.pages.forms import affect_of, needs_of, text_of, typed_check_in
from attunement.web.pages.offer_view import needs_help, offer_view
from attunement.web.pages.page import Page, page_for
from attunement.web.pages.reading import unread_words
from attunement.web.pages.talk_help import recent_help

router = APIRouter(include_in_schema=False)
MemberPage = Annotated[Page, Depends(page_for(Role.MEMBER))]


@router.get("/today")
def today(page: MemberPage, care: Care = Care.NONE, nothing: bool = False) -> Response:
    """The check-in; or, with ``nothing``, that none of the practices fits now."""
    return _nothing(page, care) if nothing else _today(page, {}, {})


def _today(page: Page, typed: dict[str, object], errors: dict[str, str], status: int = 200) -> Response:
    with page.house.store.read() as connection:
        allowed = access_permissions(page.house, connection, page.member)
        waiting = access_waiting(page.house, connection, page.member)
        may_stop = access_reach_settings(connection, page.member).on
        asked = bool(access_consents(connection, page.member))
        kept = recent_help(page, connection)
    return page.render(
        "today.html", status=status, at="/today", typed=typed, errors=errors, max_text=LONGEST,
        unfinished=_unfinished(page), waiting=waiting, may_stop=may_stop, who_reads=who_reads(page, allowed),
        asked=asked, draft_key=page.draft_key("today"), kept_help=kept,
    )  # fmt: skip


def _unfinished(page: Page) -> dict[str, str] | None:
    with page.house.store.read() as connection:
        found = access_unfinished(page.house, connection, page.member)
    return {"title": found[1].title, "href": f"/practice/{found[0]}"} if found else None


@router.post("/today")
def check_in(page: MemberPage) -> Response:
    """Take the check-in and offer a practice; an empty check-in gets an offer too."""
    form, moment, care = page.form, None, Care.NONE
    try:
        affect, needs, text = affect_of(form), needs_of(form), text_of(form, "text")
        if affect or needs or text.strip():
            moment = do_check_in(page.house, page.member, affect=affect, needs=needs, text=text)
            care = care_of(danger=moment.help_shown, text=text, violence=moment.violence)
        decision = do_offer(page.house, page.member, after=moment)
    except Invalid as error:
        return _today(page, typed_check_in(form), {"text": page.words_of(error)}, error.status)
    return page.redirect(_at(decision, care), said="alerted" if moment and moment.alerted else "")


@router.post("/today/stop")
def stop(page: MemberPage) -> Response:
    """Let no offer come by itself any more; the one that waits is still theirs to look at."""
    with page.house.store.write() as transaction:
        do_stop_reaching(page.house, transaction, page.member)
    return page.redirect("/today", said="reaching-off")


def _at(decision: Decision | None, care: Care) -> str:
    """The address of an offer, or of none; it keeps what comes first even where nothing that was read may be."""
    if decision is None:
        return f"/today?nothing=1&care={care}"
    return f"/offer/{decision.id}?care={care}" if care else f"/offer/{decision.id}"


def _nothing(page: Page, care: Care, *, fragment: bool = False) -> Response:
    with page.house.store.read() as connection:
        danger = needs_help(access_risk(page.house, connection, page.member))
        country = access_member(connection, page.member).country
    help = care_help(page, country, max(care, care_of(danger=danger, text="")))
    template = "parts/nothing.html" if fragment else "nothing.html"
    response = page.render(template, at="/today", fragment=fragment, help=help)
    if fragment:
        response.headers["HX-Replace-Url"] = _at(None, care)
    return response


@router.get("/offer/{decision}")
def offer(page: MemberPage, decision: str, care: Care = Care.NONE) -> Response:
    """One offer with its reasons."""
    with page.house.store.read() as connection:
        made = access_decision(page.house, connection, page.member, decision)
        answered = access_status(connection, page.member, decision)
    do_open_offer(page.house, page.member, decision)
    if answered in ("started", "done"):
        return page.redirect(f"/practice/{decision}" if answered == "started" else f"/feedback/{decision}")
    return _offer(page, made, care=care)


def _offer(page: Page, decision: Decision, *, care: Care, fragment: bool = False) -> Response:
    with page.house.store.read() as connection:
        danger = needs_help(access_risk(page.house, connection, page.member))
        read = access_read(page.house, connection, page.member, decision.moment)
        country = access_member(connection, page.member).country
    care = max(care, care_of(danger=danger, text=read.text if read else ""))
    help = care_help(page, country, care)
    unread = unread_words(page, read.text, read.reading) if read and read.reading else ""
    view = offer_view(page.house, decision, page.gettext, help=help, unread=unread) | {
        "read_at": read.moment if read else None, "care": int(care)
    }  # fmt: skip
    response = page.render("parts/offer.html" if fragment else "offer.html", at="/today", fragment=fragment, **view)
    if fragment:  # so that loading the page again brings this offer, and not the one that was refused
        response.headers["HX-Replace-Url"] = _at(decision, care)
    return response


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
def otherwise(
    page: MemberPage, decision: str, act: Literal["different", "less"], care: Care = Care.NONE
) -> Response:  # fmt: skip
    """Something different, or less like this: a new offer, in place where htmx asks."""
    answer: Literal["something-different", "less-like-this"] = (
        "something-different" if act == "different" else "less-like-this"
    )
    made = do_answer(page.house, page.member, decision, answer)
    if not page.wants_fragment:
        return page.redirect(_at(made, care))
    return _offer(page, made, care=care, fragment=True) if made else _nothing(page, care, fragment=True)
