"""Derives how each alert stands from its events. No words are kept here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from attunement.domain import alert_events as a
from attunement.domain.alert import Audience
from attunement.store import schema as s
from attunement.store.log import Logged

_RAISE, _TELL = insert(s.alerts), insert(s.alert_tellings)


def _raised(c: Connection, at: Logged, event: a.AlertRaised) -> None:
    c.execute(_RAISE, {
        "id": event.alert, "member": at.member, "seq": at.seq, "raised": event.at, "by": event.by,
        "conversation": event.conversation, "moment": event.moment, "level": event.level, "reason": event.reason,
        "step": 1, "step_at": event.at, "audience": event.audience, "due": event.due,
    })  # fmt: skip


def _rose(c: Connection, _at: Logged, event: a.AlertRose) -> None:
    """What it is about now is what made it rise, so that whoever looks sees the words that matter."""
    _change(
        c, event.alert, level=event.level, reason=event.reason, by=event.by, conversation=event.conversation,
        moment=event.moment, meant_for=None, **_step(event),
    )  # fmt: skip


def _told(c: Connection, _at: Logged, event: a.AlertTold) -> None:
    """The last word on one way of telling holds: what counted as failed may have gone out in the same moment."""
    cells, whom = s.alert_tellings.c, event.browser or event.account or ""
    c.execute(delete(s.alert_tellings).where(
        cells.alert == event.alert, cells.step == event.step, cells.channel == event.channel,
        cells.whom == whom,
    ))  # fmt: skip
    c.execute(_TELL, {
        "alert": event.alert, "step": event.step, "channel": event.channel, "whom": whom, "at": event.at,
        "out": event.out,
    })  # fmt: skip
    if event.out:
        first = s.alerts.c.id == event.alert, s.alerts.c.told.is_(None)
        c.execute(update(s.alerts).where(*first).values(told=event.at))


def _taken(c: Connection, _at: Logged, event: a.AlertTaken) -> None:
    answered = c.execute(select(s.alerts.c.answered).where(s.alerts.c.id == event.alert)).scalar_one()
    _change(
        c, event.alert, owner=event.account, meant_for=None, audience=Audience.NOBODY, due=event.due,
        answered=answered or event.at,
    )  # fmt: skip


def _passed_on(c: Connection, _at: Logged, event: a.AlertPassedOn) -> None:
    _change(c, event.alert, owner=None, meant_for=event.to, **_step(event))


def _escalated(c: Connection, _at: Logged, event: a.AlertEscalated) -> None:
    _change(c, event.alert, **_step(event))


def _closed(c: Connection, _at: Logged, event: a.AlertClosed) -> None:
    _change(c, event.alert, closed=event.at, done=event.done, audience=Audience.NOBODY)


def _step(event: a.AlertRose | a.AlertPassedOn | a.AlertEscalated) -> dict[str, Any]:
    return {"step": event.step, "step_at": event.at, "audience": event.audience, "due": event.due}


def _change(c: Connection, alert: str, **now: object) -> None:
    c.execute(update(s.alerts).where(s.alerts.c.id == alert).values(**now))


def _address_chosen(c: Connection, at: Logged, event: a.StaffAddressChosen) -> None:
    """The address itself stands sealed in the log, at ``seq``."""
    c.execute(delete(s.staff_addresses).where(s.staff_addresses.c.account == event.account))
    if event.email:
        c.execute(insert(s.staff_addresses), {"account": event.account, "seq": at.seq})


def _browser_given(c: Connection, at: Logged, event: a.StaffBrowserGiven) -> None:
    """As above; a browser is one person's, whose it is now."""
    c.execute(delete(s.staff_browsers).where(s.staff_browsers.c.key == event.key))
    row = {"id": event.browser, "account": event.account, "key": event.key, "seq": at.seq}
    c.execute(insert(s.staff_browsers), row)


def _browser_dropped(c: Connection, _at: Logged, event: a.StaffBrowserDropped) -> None:
    c.execute(delete(s.staff_browsers).where(s.staff_browsers.c.id == event.browser))


def _arranged(c: Connection, at: Logged, event: a.AlertsArranged) -> None:
    c.execute(delete(s.alert_settings))
    c.execute(insert(s.alert_settings), {
        "seq": at.seq, "check_ins": event.check_ins, "indirect_min": event.indirect_min,
        "explicit_min": event.explicit_min,
    })  # fmt: skip


ALERTING: dict[str, Callable[[Connection, Logged, Any], None]] = {
    "alert-raised": _raised,
    "alert-rose": _rose,
    "alert-told": _told,
    "alert-taken": _taken,
    "alert-passed-on": _passed_on,
    "alert-escalated": _escalated,
    "alert-closed": _closed,
    "staff-address-chosen": _address_chosen,
    "staff-browser-given": _browser_given,
    "staff-browser-dropped": _browser_dropped,
    "alerts-arranged": _arranged,
}
