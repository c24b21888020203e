"""Offers at a good moment: choosing whether and how, the offer that came, and the links of messages."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.datastructures import FormData
from starlette.responses import FileResponse, Response

from attunement.domain.channel import Channel
from attunement.domain.errors import AttunementError, ErrorCode, Invalid
from attunement.domain.messages import N_
from attunement.policy.timing import Held
from attunement.programme.members import access_member, do_change_profile
from attunement.programme.reach.addresses import (
    access_addresses,
    do_confirm_address,
    do_drop_address,
    do_give_address,
)
from attunement.programme.reach.links import STOP, member_of_link
from attunement.programme.reach.offers import access_reaches, do_answer_reach
from attunement.programme.reach.settings import (
    MOST_A_DAY,
    ReachSettings,
    access_reach_settings,
    do_set_reach,
    do_stop_reaching,
)
from attunement.web.access import EVERYONE, Allow, AllowByLink, Caller, Role
from attunement.web.moments import UNTOLD
from attunement.web.pages.forms import text_of, time_zone_of
from attunement.web.pages.page import Page, make_page, page_for

router = APIRouter(include_in_schema=False)
MemberPage = Annotated[Page, Depends(page_for(Role.MEMBER))]
OpenPage = Annotated[Page, Depends(page_for(*EVERYONE))]
STATIC = Path(__file__).resolve().parents[1] / "static"
SHOWN, LOOKED_AT = 12, 200
CHANNEL_WORDS = {
    "push": N_("A notice on this phone or computer"),
    "email": N_("A letter to my mail address"),
    "webhook": N_("Through the programme's own app"),
}
HELD_WORDS = {
    "stopped": N_("not sent: you had not turned it on, or stopped it"),
    "quiet-hours": N_("not sent: one of your quiet hours"),
    "care": N_(
        "not sent: something you wrote sounded like danger, or a person was asked to be there for you; then a program "
        "should stay silent"
    ),
    "waiting": N_("not sent: an earlier one was still waiting for you"),
    "too-soon": N_("not sent: you had been here, or heard from us, a short while before"),
    "nothing-fits": N_("not sent: no practice here fitted how you were"),
    "budget-spent": N_("not sent: as many as you agreed to had come that day"),
}
ANSWER_WORDS = {
    None: N_("sent; not opened yet"), "opened": N_("sent; you opened it"), "not-now": N_("sent; you put it off")
}  # fmt: skip


@router.get("/reaching")
def reaching(page: MemberPage) -> Response:
    """Whether, how and when, and what came of it lately."""
    return _reaching(page, {}, {})


def _reaching(
    page: Page, typed: dict[str, str], errors: dict[str, str], status: int = 200, chosen: ReachSettings | None = None
) -> Response:
    house = page.house
    with house.store.read() as connection:
        chosen = chosen or access_reach_settings(connection, page.member)
        addresses = access_addresses(house, connection, page.member)
        past = [one for one in access_reaches(connection, page.member, limit=LOOKED_AT) if one.held != Held.CHANCE]
        zone = access_member(connection, page.member).time_zone
    ways = [channel for channel in house.outbound.channels if channel is not Channel.PAGE]
    return page.render(
        "reaching.html", status=status, at="/privacy", chosen=chosen,
        clock_of="" if zone == UNTOLD else zone.replace("_", " "),
        most_a_day=MOST_A_DAY, typed=typed, errors=errors, push_key=house.outbound.push_key, addresses=addresses,
        ways=[{"value": w, "words": page.gettext(CHANNEL_WORDS[w]), "on": w in chosen.channels} for w in ways],
        past=[{"when": one.at, "words": page.gettext(_told(one.held, one.answer)), "chance": one.probability}
              for one in past[:SHOWN]],
    )  # fmt: skip


def _told(held: str | None, answer: str | None) -> str:
    return HELD_WORDS[held] if held is not None else ANSWER_WORDS[answer]


@router.post("/reaching")
def set_reaching(page: MemberPage) -> Response:
    """Keep what was chosen."""
    form = page.form
    try:
        do_set_reach(
            page.house, page.member, on=bool(form.get("on")), channels=_channels(form.getlist("channel")),
            quiet_from=_clock(text_of(form, "quiet_from")), quiet_until=_clock(text_of(form, "quiet_until")),
            a_day=_whole(text_of(form, "a_day")),
        )  # fmt: skip
    except Invalid as error:
        return _reaching(page, {}, {"quiet_until": page.words_of(error)}, error.status, _typed(form))
    told = time_zone_of(form)
    if str(page.zone) == UNTOLD != told:  # quiet hours are meant by the clock where they are
        do_change_profile(page.house, page.member, time_zone=told)
    return page.redirect("/reaching", said="reaching" if form.get("on") else "reaching-off")


def _channels(values: list[Any]) -> list[Channel]:
    try:
        return [Channel(str(value)) for value in values]
    except ValueError as error:
        raise Invalid(ErrorCode.BAD_INPUT, "The form holds a way that is not known. Reload the page.") from error


def _typed(form: FormData) -> ReachSettings:
    """What was chosen on a form that could not be kept, for showing it again; what cannot be shown is as at first."""
    first, sent = ReachSettings(), [str(value) for value in form.getlist("channel")]
    with suppress(Invalid):
        first = replace(first, quiet_from=_clock(text_of(form, "quiet_from")))
    with suppress(Invalid):
        first = replace(first, quiet_until=_clock(text_of(form, "quiet_until")))
    channels = tuple(channel for channel in Channel if channel in sent)
    a_day = text_of(form, "a_day")
    return replace(first, on=bool(form.get("on")), channels=channels, a_day=_whole(a_day) if a_day.isdecimal() else 1)


def _whole(text: str) -> int:
    if not text.isdecimal() or len(text) > 3:
        raise Invalid(ErrorCode.BAD_INPUT, "The form holds something that is no number. Reload the page.")
    return int(text)


def _clock(text: str) -> time:
    try:
        return time.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError as error:
        raise Invalid(ErrorCode.BAD_INPUT, "Give both ends of the quiet hours, such as 21:00 and 09:00.") from error


@router.post("/reaching/addresses")
def give_address(page: MemberPage) -> Response:
    """Take a mail address, or what the browser gave for its notices."""
    mail, browser = text_of(page.form, "email"), text_of(page.form, "subscription")
    channel, address = (Channel.PUSH, browser) if browser else (Channel.EMAIL, mail)
    try:
        do_give_address(page.house, page.member, channel, address)
    except AttunementError as error:
        return _reaching(page, {"email": mail}, {"email": page.words_of(error)}, error.status)
    return page.redirect("/reaching", said="push-given" if browser else "email-given")


@router.post("/reaching/addresses/{key}/drop")
def drop_address(page: MemberPage, key: str) -> Response:
    """Take one out."""
    do_drop_address(page.house, page.member, key)
    return page.redirect("/reaching", said="address-dropped")


@router.get("/reached/{reach}")
def reached(page: MemberPage, reach: str) -> Response:
    """Go to the offer that came, and note that it was opened."""
    return page.redirect(f"/offer/{do_answer_reach(page.house, page.member, reach, 'opened')}")


@router.post("/reached/{reach}/later")
def later(page: MemberPage, reach: str) -> Response:
    """Put it off."""
    do_answer_reach(page.house, page.member, reach, "not-now")
    return page.redirect("/today", said="later")


@router.get("/stop/{token}")
def stop_form(page: OpenPage, token: str) -> Response:
    """Ask once: programs that look at links in letters should not stop anything."""
    member_of_link(page.house, token, STOP)
    return page.render("link.html", does="stop", done=False)


@router.post("/stop/{token}")
def stop(request: Request, token: str, caller: Annotated[Caller, Depends(AllowByLink())]) -> Response:
    """Stop, for whoever holds the link: a person, their mail program (RFC 8058), or the notice itself."""
    page = make_page(request, caller)
    member = member_of_link(page.house, token, STOP)
    with page.house.store.write() as transaction:
        do_stop_reaching(page.house, transaction, member)
    return page.render("link.html", does="stop", done=True)


@router.get("/confirm/{token}/{key}")
def confirm_form(page: OpenPage, token: str, key: str) -> Response:
    """Ask once, as above."""
    return page.render("link.html", does="confirm", done=False)


@router.post("/confirm/{token}/{key}")
def confirm(request: Request, token: str, key: str, caller: Annotated[Caller, Depends(AllowByLink())]) -> Response:
    """Agree to letters."""
    page = make_page(request, caller)
    do_confirm_address(page.house, token, key)
    return page.render("link.html", does="confirm", done=True)


@router.get("/worker.js", dependencies=[Depends(Allow(*EVERYONE))])
def worker() -> Response:
    """What a browser keeps to show notices; it must lie at the top to serve the whole site."""
    return FileResponse(STATIC / "worker.js", media_type="text/javascript", headers={"Cache-Control": "no-cache"})
