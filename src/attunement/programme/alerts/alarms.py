"""Whether alerts reach people: one that nobody could be told, or nobody answers, is an alarm of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import Connection, select

from attunement.domain.alert import Audience
from attunement.domain.channel import Channel
from attunement.programme.alerts.alert import Alert, find_open_alerts
from attunement.programme.alerts.staff import access_colleagues
from attunement.programme.house import House
from attunement.store.schema import alert_tries

GRACE = timedelta(minutes=1)


class AlarmKind(StrEnum):
    """What is wrong with how an alert goes on."""

    UNTOLD = "untold"
    """It is a minute old, could not be written down yet, or there is no way to tell anybody; and nobody was told."""
    UNANSWERED = "unanswered"
    """Everybody was told, and in all the time there was nobody answered."""
    STUCK = "stuck"
    """Its next step is overdue: the clock of alerts does not run."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """An open alert that does not reach anybody; ``why`` is what the last try of telling said, or empty."""

    alert: Alert
    kind: AlarmKind
    why: str


@dataclass(frozen=True, slots=True)
class AlertStatus:
    """How alerts stand. ``there`` counts supporters at work; ``ways`` names how people are told beside the page.

    ``waiting`` counts open alerts that nobody looks after, or whose owner did not say in time how they stand.
    """

    open: int
    waiting: int
    there: int
    ways: tuple[Channel, ...]
    alarms: tuple[Alarm, ...]


def access_alert_status(house: House) -> AlertStatus:
    """How it stands now, in one consistent view."""
    with house.store.read() as connection:
        found = find_open_alerts(connection)
        colleagues = access_colleagues(house, connection)
        there = sum(one.there for one in colleagues)
        ways = []
        if Channel.WEBHOOK in house.outbound.couriers:
            ways.append(Channel.WEBHOOK)
        if any(one.letters for one in colleagues):
            ways.append(Channel.EMAIL)
        if any(one.browsers for one in colleagues):
            ways.append(Channel.PUSH)
        alarms = (_alarm(house, connection, alert, reachable=bool(there or ways)) for alert in found)
        owed = [Alarm(alert, AlarmKind.UNTOLD, why) for alert, why in house.owed.all()]
        return AlertStatus(
            open=len(found), waiting=sum(alert.audience is not Audience.NOBODY for alert in found), there=there,
            ways=tuple(ways), alarms=(*(alarm for alarm in alarms if alarm is not None), *owed),
        )  # fmt: skip


def _alarm(house: House, connection: Connection, alert: Alert, *, reachable: bool) -> Alarm | None:
    now = house.clock()
    if alert.told is None and alert.owner is None and (not reachable or now - alert.raised >= GRACE):
        return Alarm(alert, AlarmKind.UNTOLD, _why(connection, alert))
    if now - alert.due >= GRACE:
        return Alarm(alert, AlarmKind.STUCK, "")
    if alert.audience is Audience.AGAIN:
        return Alarm(alert, AlarmKind.UNANSWERED, "")
    return None


def _why(connection: Connection, alert: Alert) -> str:
    """What the last way that failed said."""
    tries = select(alert_tries.c.why).where(alert_tries.c.alert == alert.id).order_by(alert_tries.c.next.desc())
    return connection.execute(tries.limit(1)).scalar() or ""
