"""What supporters and stewards see of alerts: who, when, and how urgent. Words only as far as the member lets them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from attunement.domain.alert import Audience
from attunement.domain.alert_events import (
    AlertClosed,
    AlertEscalated,
    AlertPassedOn,
    AlertRaised,
    AlertRose,
    AlertTaken,
    AlertTold,
)
from attunement.domain.consent import Category, Purpose
from attunement.domain.event import Event
from attunement.domain.events import CheckedIn
from attunement.programme.alerts.alert import Alert, find_alert, find_open_alerts, opened_row
from attunement.programme.alerts.staff import check_colleague
from attunement.programme.consents import access_permissions
from attunement.programme.house import House
from attunement.programme.members import access_member, access_name
from attunement.store.schema import accounts, alerts, moments

TRAIL = (AlertRaised, AlertRose, AlertTold, AlertTaken, AlertPassedOn, AlertEscalated, AlertClosed)


@dataclass(frozen=True, slots=True)
class SeenAlert:
    """An alert and whom it is about; ``owner`` and ``meant_for`` are names of colleagues, None where nobody is."""

    alert: Alert
    name: str
    language: str
    country: str | None
    time_zone: str
    owner: str | None
    meant_for: str | None


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that happened to an alert, and the names of the colleagues in it (of closed accounts empty)."""

    at: datetime
    event: Event
    who: str
    to: str


def access_alerts(house: House, *, closed: bool = False, limit: int = 200) -> list[SeenAlert]:
    """Open alerts, the most urgent first; or those that are closed, newest first."""
    with house.store.read() as connection:
        if closed:
            query = select(alerts).where(alerts.c.closed.is_not(None)).order_by(alerts.c.closed.desc()).limit(limit)
            found = [opened_row(row) for row in connection.execute(query)]
        else:
            found = find_open_alerts(connection)[:limit]
        names = _names(connection)
        return [_seen(house, connection, alert, names) for alert in found]


def access_alert(house: House, alert: str) -> SeenAlert:
    """One alert; raises `NotFound` (``unknown-alert``)."""
    with house.store.read() as connection:
        return _seen(house, connection, find_alert(connection, alert), _names(connection))


def access_waiting_alerts(house: House) -> int:
    """How many open alerts nobody looks after, or whose owner did not answer: what the navigation shows."""
    query = select(func.count()).select_from(alerts).where(
        alerts.c.closed.is_(None), alerts.c.audience != Audience.NOBODY
    )  # fmt: skip
    with house.store.read() as connection:
        return int(connection.execute(query).scalar_one())


def access_words(house: House, account: str, alert: str) -> str | None:
    """What the member wrote in the check-in an alert is about, for a supporter, where the member lets them see texts.

    Words of a conversation are looked at there, by whoever owns it. Stewards look after the place and see no words.
    """
    with house.store.read() as connection:
        found = find_alert(connection, alert)
        allowed = access_permissions(house, connection, found.member).allows(Purpose.SUPPORTERS, Category.TEXT)
        if found.moment is None or not allowed or check_colleague(connection, account) != "supporter":
            return None
        seq = connection.execute(select(moments.c.seq).where(moments.c.id == found.moment)).scalar()
        if seq is None:
            return None
        logged = next(house.store.events(connection, member=found.member, after=seq - 1, limit=1))
        return logged.event.text or None if isinstance(logged.event, CheckedIn) else None


def access_trail(house: House, alert: str) -> list[Mark]:
    """All that happened to an alert, oldest first: raised, told (to whom, how, whether it went out), taken, closed."""
    with house.store.read() as connection:
        member, names = find_alert(connection, alert).member, _names(connection)
        kinds = tuple(event.kind for event in TRAIL)
        return [
            _mark(logged.event, names)
            for logged in house.store.events(connection, member=member, kinds=kinds)
            if isinstance(logged.event, TRAIL) and logged.event.alert == alert
        ]


def _mark(event: Event, names: dict[str, str]) -> Mark:
    who, to = getattr(event, "account", None), getattr(event, "to", None)
    return Mark(event.at, event, names.get(who or "", ""), names.get(to or "", ""))


def _seen(house: House, connection: Connection, alert: Alert, names: dict[str, str]) -> SeenAlert:
    member = access_member(connection, alert.member)
    return SeenAlert(
        alert=alert, name=access_name(house, connection, alert.member), language=member.language,
        country=member.country, time_zone=member.time_zone,
        owner=names.get(alert.owner, "") if alert.owner else None,
        meant_for=names.get(alert.meant_for, "") if alert.meant_for else None,
    )  # fmt: skip


def _names(connection: Connection) -> dict[str, str]:
    query = select(accounts.c.id, accounts.c.name).where(accounts.c.role != "member")
    return {row.id: row.name for row in connection.execute(query)}
