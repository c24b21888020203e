"""Alerts, for supporters and stewards: what is open, one in full, and what to do about it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from attunement.domain.alert import Done
from attunement.domain.channel import Channel
from attunement.domain.errors import AttunementError, Conflict, ErrorCode, Invalid
from attunement.programme.alerts.alarms import access_alert_status
from attunement.programme.alerts.browsers import access_browsers, do_drop_browser, do_give_browser
from attunement.programme.alerts.owning import LONGEST_NOTE, do_close_alert, do_pass_on_alert, do_take_alert
from attunement.programme.alerts.seeing import access_alert, access_alerts, access_trail, access_words
from attunement.programme.alerts.staff import access_colleagues, access_staff_address, do_choose_staff_address
from attunement.programme.alerts.talk import access_may_step_in
from attunement.programme.alerts.telling import do_note_seen
from attunement.programme.conversations.duty import access_supporter
from attunement.programme.conversations.handing import do_step_in
from attunement.web.access import Role
from attunement.web.pages.alert_view import ALARMS, DONE, alert_view, trail_view
from attunement.web.pages.forms import text_of
from attunement.web.pages.page import Page, page_for

router = APIRouter(include_in_schema=False)
StaffPage = Annotated[Page, Depends(page_for(Role.SUPPORTER, Role.STEWARD))]
SupporterPage = Annotated[Page, Depends(page_for(Role.SUPPORTER))]
CLOSED_SHOWN = 20


@router.get("/alerts")
def alerts(page: StaffPage) -> Response:
    """What is open, the most urgent first."""
    return _alerts(page)


@router.post("/alerts/address")
def choose_address(page: StaffPage) -> Response:
    """Where to be told by letter."""
    email = text_of(page.form, "email")
    try:
        do_choose_staff_address(page.house, page.caller.id, email)
    except Invalid as error:
        return _alerts(page, status=error.status, email=email, errors={"email": page.words_of(error)})
    return page.redirect("/alerts", said=said_of_address(page, email))


def said_of_address(page: Page, email: str) -> str:
    """What is told once an address was kept: letters go there, will one day, or do not any more."""
    if not email.strip():
        return "alert-address-off"
    return "alert-address" if Channel.EMAIL in page.house.outbound.couriers else "alert-address-kept"


@router.post("/alerts/browsers")
def give_browser(page: StaffPage) -> Response:
    """Be told in this browser too."""
    try:
        do_give_browser(page.house, page.caller.id, text_of(page.form, "subscription"))
    except AttunementError as error:
        return _alerts(page, status=error.status, errors={"form": page.words_of(error)})
    return page.redirect("/alerts", said="alert-browser")


@router.post("/alerts/browsers/{browser}/drop")
def drop_browser(page: StaffPage, browser: str) -> Response:
    """Be told there no more."""
    do_drop_browser(page.house, page.caller.id, browser)
    return page.redirect("/alerts", said="alert-browser-off")


def _alerts(page: Page, *, status: int = 200, **shown: Any) -> Response:
    found = access_alerts(page.house)
    do_note_seen(page.house, page.caller.id, [seen.alert for seen in found])
    closed = access_alerts(page.house, closed=True, limit=CLOSED_SHOWN)
    with page.house.store.read() as connection:
        email = access_staff_address(page.house, connection, page.caller.id)
        browsers = access_browsers(page.house, connection, page.caller.id)
    stands = access_alert_status(page.house)
    return page.render(
        "alerts.html", status=status, at="/alerts", alerts=[alert_view(page, seen) for seen in found],
        closed=[alert_view(page, seen) for seen in closed], letters=page.house.outbound.couriers, stands=stands,
        steward=page.caller.role is Role.STEWARD, alarms=alarm_words(page, stands.alarms),
        browsers=browsers, push_key=page.house.outbound.push_key,
        **{"email": email, "errors": {}, **shown},
    )  # fmt: skip


def alarm_words(page: Page, alarms: Any) -> dict[str, str]:
    """What is wrong with each alert that does not reach anybody, by its id."""
    return {one.alert.id: f"{page.gettext(ALARMS[one.kind])} {one.why}".strip() for one in alarms}


@router.get("/alerts/{alert}")
def one_alert(page: StaffPage, alert: str) -> Response:
    """One alert: who, what is known, what happened to it, and what can be done."""
    return _alert(page, alert)


def _alert(page: Page, alert: str, *, status: int = 200, **shown: Any) -> Response:
    seen = access_alert(page.house, alert)
    do_note_seen(page.house, page.caller.id, [seen.alert])
    with page.house.store.read() as connection:
        colleagues = [c for c in access_colleagues(page.house, connection) if c.id != page.caller.id]
        steward = page.caller.role is Role.STEWARD
        may_step_in = not steward and access_may_step_in(connection, seen.alert)
        has_room = may_step_in and access_supporter(page.house, connection, page.caller.id).has_room_for(
            seen.alert.level
        )
    return page.render(
        "alert.html", status=status, at="/alerts", alert=alert_view(page, access_alert(page.house, alert)),
        words=access_words(page.house, page.caller.id, alert),
        trail=trail_view(page, access_trail(page.house, alert)), colleagues=colleagues, longest=LONGEST_NOTE,
        draft_key=page.draft_key(f"alert:{alert}"),
        in_charge=seen.alert.owner == page.caller.id or steward, steward=steward, may_step_in=may_step_in,
        has_room=has_room,
        ways=[{"value": one.value, "words": page.gettext(words)} for one, words in DONE.items()],
        **{"typed": {}, "errors": {}, **shown},
    )  # fmt: skip


@router.post("/alerts/{alert}/take")
def take(page: StaffPage, alert: str) -> Response:
    """Look after it, or say that one still does."""
    try:
        do_take_alert(page.house, page.caller.id, alert)
    except Conflict as error:
        return _refused(page, alert, error, "form")
    return page.redirect(f"/alerts/{alert}", said="alert-taken")


@router.post("/alerts/{alert}/step-in")
def step_in(page: SupporterPage, alert: str) -> Response:
    """Take over the conversation it is about and go to it; who was too late sees how it stands."""
    try:
        talk = do_step_in(page.house, page.caller.id, alert)
    except Conflict as error:
        return _refused(page, alert, error, "form")
    return page.redirect(f"/queue/{talk.id}")


@router.post("/alerts/{alert}/pass-on")
def pass_on(page: StaffPage, alert: str) -> Response:
    """Pass it on to a colleague, or to whoever can."""
    try:
        do_pass_on_alert(page.house, page.caller.id, alert, to=text_of(page.form, "to") or None)
    except Conflict as error:
        return _refused(page, alert, error, "form")
    return page.redirect(f"/alerts/{alert}", said="alert-passed-on")


@router.post("/alerts/{alert}/close")
def close(page: StaffPage, alert: str) -> Response:
    """Close it with what was done."""
    try:
        do_close_alert(page.house, page.caller.id, alert, _done(page), note=text_of(page.form, "note"))
    except Conflict as error:
        return _refused(page, alert, error, "form")
    except Invalid as error:
        return _refused(page, alert, error, "done" if error.code is ErrorCode.BAD_INPUT else "note")
    return page.redirect("/alerts", said="alert-closed")


def _done(page: Page) -> Done:
    try:
        return Done(text_of(page.form, "done"))
    except ValueError as error:
        raise Invalid(ErrorCode.BAD_INPUT, "Say what was done: choose one of these.") from error


def _refused(page: Page, alert: str, error: AttunementError, field: str) -> Response:
    typed = {"done": text_of(page.form, "done"), "note": text_of(page.form, "note")}
    return _alert(page, alert, status=error.status, typed=typed, errors={field: page.words_of(error)})
