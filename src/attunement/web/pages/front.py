"""The front door: welcome, joining, signing in and out, setting up; and help and about, open to anyone."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

import attunement
from attunement.domain import programme_events
from attunement.domain.errors import AttunementError, Invalid
from attunement.library.countries import countries
from attunement.programme.accounts import access_is_set_up, do_join, do_set_up
from attunement.programme.demo import DEMO_NAMES, do_enter_demo
from attunement.programme.members import access_member
from attunement.programme.sessions import access_account, do_open_session, do_sign_in, do_sign_out
from attunement.web.access import Role
from attunement.web.pages.countries import country_choices
from attunement.web.pages.forms import text_of, time_zone_of
from attunement.web.pages.offer_view import help_view
from attunement.web.pages.page import HOMES, Page, page_for

router = APIRouter(include_in_schema=False)
ANYONE = (Role.ANONYMOUS, Role.MEMBER, Role.SUPPORTER, Role.STEWARD)
OpenPage = Annotated[Page, Depends(page_for(*ANYONE))]
FIELD_OF = {"bad-invitation": "code", "weak-passphrase": "passphrase", "name-taken": "name", "bad-input": "name"}


@router.get("/")
def welcome(page: OpenPage) -> Response:
    """What this is; whoever is signed in goes on to their own first page."""
    if page.caller.role in HOMES:
        return page.redirect(HOMES[page.caller.role])
    return page.render("welcome.html", can_set_up=not access_is_set_up(page.house))


@router.get("/sign-in")
def sign_in_form(page: OpenPage) -> Response:
    """Name and passphrase."""
    return page.render("sign_in.html", typed={}, errors={})


@router.post("/sign-in")
def sign_in(page: OpenPage) -> Response:
    """Open a session, or say what to look at again."""
    name = text_of(page.form, "name")
    try:
        token = do_sign_in(page.house, name, text_of(page.form, "passphrase"), ip=page.address)
    except AttunementError as error:
        errors = {"passphrase": page.words_of(error)}
        return page.render("sign_in.html", status=error.status, typed={"name": name}, errors=errors)
    return page.enter(token, access_account(page.house, token).role, "/")


@router.get("/join")
def join_form(page: OpenPage) -> Response:
    """A code, a name, a passphrase."""
    return page.render("join.html", typed={}, errors={})


@router.post("/join")
def join(page: OpenPage) -> Response:
    """Join, and go on to what one's data may be used for."""
    typed = {"code": text_of(page.form, "code"), "name": text_of(page.form, "name")}
    try:
        account = do_join(
            page.house, typed["code"], typed["name"], text_of(page.form, "passphrase"), language=page.tag,
            country=page.territory, time_zone=time_zone_of(page.form), ip=page.address,
        )  # fmt: skip
        token = do_open_session(page.house, account.id, account.role)
    except AttunementError as error:
        errors = {FIELD_OF.get(error.code, "code"): page.words_of(error)}
        return page.render("join.html", status=error.status, typed=typed, errors=errors)
    return page.enter(token, account.role, "/consent" if account.member else "/")


@router.get("/set-up")
def set_up_form(page: OpenPage) -> Response:
    """The first steward; afterwards this page leads to the front door."""
    if access_is_set_up(page.house):
        return page.redirect("/")
    return page.render("set_up.html", typed={}, errors={})


@router.post("/set-up")
def set_up(page: OpenPage) -> Response:
    """Become the first steward."""
    name = text_of(page.form, "name")
    try:
        account = do_set_up(page.house, name, text_of(page.form, "passphrase"))
        token = do_open_session(page.house, account.id, account.role)
    except Invalid as error:
        errors = {FIELD_OF.get(error.code, "name"): page.words_of(error)}
        return page.render("set_up.html", status=error.status, typed={"name": name}, errors=errors)
    return page.enter(token, account.role, "/steward")


@router.post("/sign-out")
def sign_out(page: Annotated[Page, Depends(page_for(Role.MEMBER, Role.SUPPORTER, Role.STEWARD))]) -> Response:
    """End the session."""
    do_sign_out(page.house, page.token)
    response = page.redirect("/")
    page.forget_session(response)
    return response


@router.post("/demo/enter")
def enter_demo(page: OpenPage) -> Response:
    """Look around a demonstration in one of its roles."""
    wanted = text_of(page.form, "role")
    role: programme_events.Role = next((known for known in DEMO_NAMES if known == wanted), "member")
    return page.enter(do_enter_demo(page.house, role), role, "/")


@router.get("/help")
def help(page: OpenPage, country: str = "") -> Response:
    """Helplines by country; nothing about opening it is kept."""
    own = None
    if page.caller.member:
        with page.house.store.read() as connection:
            own = access_member(connection, page.caller.member).country
    help = page.house.helplines.for_country(country or own or page.territory)
    return page.render(
        "help.html", countries=country_choices(page, page.house.helplines.countries, help.code), help=help_view(help),
        violence=help.violence, own_countries=country_choices(page, countries(), own) if page.caller.member else [],
    )  # fmt: skip


@router.get("/about")
def about(page: OpenPage) -> Response:
    """What this is, in a page."""
    library = page.house.library
    return page.render(
        "about.html", version=attunement.__version__, practices=len(library.practices), families=len(library.families)
    )  # fmt: skip
