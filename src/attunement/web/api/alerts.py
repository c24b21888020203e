"""Alerts over HTTP, for the supporters and stewards who answer them; how they stand also for programs that watch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from attunement.programme.alerts.alarms import access_alert_status
from attunement.programme.alerts.alert import Alert
from attunement.programme.alerts.browsers import access_browsers, do_drop_browser, do_give_browser
from attunement.programme.alerts.owning import do_close_alert, do_pass_on_alert, do_take_alert
from attunement.programme.alerts.seeing import access_alert, access_alerts, access_trail, access_words
from attunement.programme.alerts.settings import access_alert_settings, do_arrange_alerts
from attunement.programme.alerts.staff import do_choose_staff_address
from attunement.programme.alerts.talk import access_talk
from attunement.programme.alerts.telling import do_note_seen
from attunement.programme.conversations.handing import do_step_in
from attunement.programme.house import House
from attunement.web.access import Allow, Caller, Role
from attunement.web.api.alert_answers import (
    AlertDetail,
    AlertInfo,
    AlertSettingsBody,
    AlertSettingsInfo,
    AlertsInfo,
    AlertStatusInfo,
    Closing,
    MarkInfo,
    PassOn,
    SeenAlertInfo,
    StaffAddressBody,
    StaffBrowserBody,
    StaffBrowserInfo,
    StaffBrowsersInfo,
)
from attunement.web.api.conversation_answers import ConversationInfo
from attunement.web.api.once import Exactly, ExactlyOnce
from attunement.web.api.parts import Limit, TheHouse
from attunement.web.api.route import PROBLEMS, ApiRoute

router = APIRouter(prefix="/api/alerts", tags=["alerts"], route_class=ApiRoute, responses=PROBLEMS)
Staff = Annotated[Caller, Depends(Allow(Role.SUPPORTER, Role.STEWARD))]
Supporter = Annotated[Caller, Depends(Allow(Role.SUPPORTER))]
Steward = Annotated[Caller, Depends(Allow(Role.STEWARD))]
watchers = [Depends(Allow(Role.SUPPORTER, Role.STEWARD, Role.INTEGRATOR))]
Closed = Annotated[bool, Query(description="Those that are closed instead of those that are open.")]


@router.get("")
def list_alerts(caller: Staff, house: TheHouse, closed: Closed = False, limit: Limit = 50) -> AlertsInfo:
    """Alerts: who, when and how urgent. That the caller was told of those that are open is written down."""
    found = access_alerts(house, closed=closed, limit=limit)
    do_note_seen(house, caller.id, [seen.alert for seen in found])
    with house.store.read() as connection:
        talks = [access_talk(connection, seen.alert, caller.id) for seen in found]
    return AlertsInfo(alerts=[SeenAlertInfo.seen(*pair) for pair in zip(found, talks, strict=True)])


@router.get("/status", dependencies=watchers)
def get_status(house: TheHouse) -> AlertStatusInfo:
    """Whether alerts reach people. It names no member."""
    return AlertStatusInfo.of(access_alert_status(house))


@router.get("/settings", dependencies=[Depends(Allow(Role.STEWARD))])
def get_settings(house: TheHouse) -> AlertSettingsInfo:
    """How alerts are raised and answered."""
    with house.store.read() as connection:
        return AlertSettingsInfo.model_validate(access_alert_settings(connection))


@router.put("/settings")
def set_settings(caller: Steward, body: AlertSettingsBody, exactly: ExactlyOnce, house: TheHouse) -> AlertSettingsInfo:
    """Arrange it anew. Members read whether check-ins raise alerts on their page of choices."""

    def work() -> AlertSettingsInfo:
        do_arrange_alerts(house, account=caller.id, **body.model_dump())
        return AlertSettingsInfo(**body.model_dump())

    return exactly.once(AlertSettingsInfo, work)


@router.put("/address")
def set_address(caller: Staff, body: StaffAddressBody, exactly: ExactlyOnce, house: TheHouse) -> StaffAddressBody:
    """Where the caller is told of alerts by letter."""

    def work() -> StaffAddressBody:
        do_choose_staff_address(house, caller.id, body.email)
        return body

    return exactly.once(StaffAddressBody, work, alone=True)


@router.get("/browsers")
def get_browsers(caller: Staff, house: TheHouse) -> StaffBrowsersInfo:
    """The browsers in which the caller is told by notices (Web Push)."""
    return _browsers(house, caller)


@router.post("/browsers")
def give_browser(caller: Staff, body: StaffBrowserBody, exactly: ExactlyOnce, house: TheHouse) -> StaffBrowsersInfo:
    """Tell the caller in this browser too. A notice says that somebody may need them, never who or why."""

    def work() -> StaffBrowsersInfo:
        do_give_browser(house, caller.id, body.subscription)
        return _browsers(house, caller)

    return exactly.once(StaffBrowsersInfo, work, alone=True)


@router.delete("/browsers/{browser}")
def drop_browser(browser: str, caller: Staff, exactly: ExactlyOnce, house: TheHouse) -> StaffBrowsersInfo:
    """Tell nothing more there; one that is not there is as good."""

    def work() -> StaffBrowsersInfo:
        do_drop_browser(house, caller.id, browser)
        return _browsers(house, caller)

    return exactly.once(StaffBrowsersInfo, work, alone=True)


def _browsers(house: House, caller: Caller) -> StaffBrowsersInfo:
    with house.store.read() as connection:
        found = access_browsers(house, connection, caller.id)
    shown = [StaffBrowserInfo.model_validate(one) for one in found]
    return StaffBrowsersInfo(push_key=house.outbound.push_key, browsers=shown)


@router.get("/{alert}")
def get_alert(alert: str, caller: Staff, house: TheHouse) -> AlertDetail:
    """One alert with all that happened to it."""
    seen = access_alert(house, alert)
    do_note_seen(house, caller.id, [seen.alert])
    with house.store.read() as connection:
        talk = access_talk(connection, seen.alert, caller.id)
    known = SeenAlertInfo.seen(access_alert(house, alert), talk).model_dump()
    trail = [MarkInfo.of(mark) for mark in access_trail(house, alert)]
    return AlertDetail(**known, words=access_words(house, caller.id, alert), trail=trail)


@router.post("/{alert}/take")
def take_alert(alert: str, caller: Staff, exactly: ExactlyOnce, house: TheHouse) -> AlertInfo:
    """Look after it; taken again by its owner, they say that they still do. 409 (`not-yours`) where another does."""
    return _once(exactly, house, caller, lambda: do_take_alert(house, caller.id, alert))


@router.post("/{alert}/step-in")
def step_in(alert: str, caller: Supporter, exactly: ExactlyOnce, house: TheHouse) -> ConversationInfo:
    """Take over the conversation it is about, also while the companion answers in it, where the danger is clear."""

    def work() -> ConversationInfo:
        return ConversationInfo.model_validate(do_step_in(house, caller.id, alert))

    return exactly.once(ConversationInfo, work, member=access_alert(house, alert).alert.member)


@router.post("/{alert}/pass-on")
def pass_on_alert(alert: str, caller: Staff, body: PassOn, exactly: ExactlyOnce, house: TheHouse) -> AlertInfo:
    """Pass it on to a colleague, or to whoever can: its owner may, and a steward."""
    return _once(exactly, house, caller, lambda: do_pass_on_alert(house, caller.id, alert, to=body.to))


@router.post("/{alert}/close")
def close_alert(alert: str, caller: Staff, body: Closing, exactly: ExactlyOnce, house: TheHouse) -> AlertInfo:
    """Close it with what was done: its owner may, a steward, and anybody where nobody had taken it."""
    return _once(exactly, house, caller, lambda: do_close_alert(house, caller.id, alert, body.done, note=body.note))


def _once(exactly: Exactly, house: House, caller: Caller, work: Callable[[], Alert]) -> AlertInfo:
    def info() -> AlertInfo:
        alert = work()
        with house.store.read() as connection:
            return AlertInfo.of(alert, access_talk(connection, alert, caller.id))

    return exactly.once(AlertInfo, info)
