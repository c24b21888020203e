"""The clock of alerts: what nobody answers in time is told to more people, until somebody does."""

from __future__ import annotations

import logging
from datetime import timedelta

from sqlalchemy import delete, select

from attunement.domain.alert import Audience
from attunement.domain.alert_events import AlertEscalated
from attunement.domain.channel import Channel
from attunement.domain.errors import Conflict, NotFound, StoreError
from attunement.programme.alerts.alert import Alert, hold_open_alert
from attunement.programme.alerts.letter import Translate
from attunement.programme.alerts.owning import HELD_FOR
from attunement.programme.alerts.raising import do_raise_owed
from attunement.programme.alerts.settings import access_alert_settings
from attunement.programme.alerts.telling import Way, do_tell, told
from attunement.programme.house import House
from attunement.programme.recurring import Recurring
from attunement.store.schema import alert_tellings, alert_tries, alerts, staff_browsers
from attunement.store.store import Transaction

EVERY_S = 2.0
LONGEST_PAUSE = timedelta(minutes=15)
_log = logging.getLogger(__name__)


def do_escalate(house: House) -> int:
    """Bring every alert that is overdue to its next step; returns how many.

    From those at work it goes to everybody, stewards among them, and then to everybody again and again, with pauses
    that double up to a quarter of an hour. When each step is due stands in the log, so a server that was down goes on
    where it was: one step, not all it missed.
    """
    query = select(alerts.c.id).where(alerts.c.closed.is_(None), alerts.c.due <= house.clock())
    with house.store.read() as connection:
        overdue = list(connection.execute(query).scalars())
    return sum(_escalate(house, alert) for alert in overdue)


def _escalate(house: House, alert: str) -> bool:
    try:
        with house.store.write() as transaction:
            found = hold_open_alert(transaction, alert)
            if found.due > house.clock():  # answered, or escalated by another process meanwhile
                return False
            _note_failures(house, transaction, found)
            told_all = found.told and found.audience in (Audience.EVERYBODY, Audience.AGAIN)
            event = AlertEscalated(
                at=house.clock(), alert=found.id, step=found.step + 1,
                audience=Audience.AGAIN if told_all else Audience.EVERYBODY,
                due=house.clock() + _pause(house, transaction, found),
            )  # fmt: skip
            transaction.append(event, member=found.member)
            return True
    except (NotFound, Conflict):  # erased or closed meanwhile
        return False
    except StoreError:  # a busy database passes
        raise
    except Exception:  # one that cannot go on must not keep the others from it; it shows as stuck
        _log.exception("an alert could not go on to its next step")
        return False


def _pause(house: House, transaction: Transaction, found: Alert) -> timedelta:
    if found.owner:
        return HELD_FOR
    within = access_alert_settings(transaction.connection).within(found.level)
    doubled: timedelta = within * 2 ** min(found.step - 1, 10)
    return max(within, min(LONGEST_PAUSE, doubled))


def _note_failures(house: House, transaction: Transaction, found: Alert) -> None:
    """What could not be told at this step goes on record; what was told is there already."""
    over = select(alert_tellings.c.channel, alert_tellings.c.whom).where(
        alert_tellings.c.alert == found.id, alert_tellings.c.step == found.step
    )
    ended = {tuple(row) for row in transaction.connection.execute(over)}
    tried = select(alert_tries).where(alert_tries.c.alert == found.id)
    for row in transaction.connection.execute(tried).all():
        if row.step == found.step and (row.channel, row.whom) not in ended:
            event = told(house, found, _way(transaction, Channel(row.channel), row.whom), out=False, why=row.why)
            transaction.append(event, member=found.member)
    transaction.connection.execute(delete(alert_tries).where(alert_tries.c.alert == found.id))


def _way(transaction: Transaction, channel: Channel, whom: str) -> Way:
    if channel is not Channel.PUSH:
        return Way(channel, whom)
    query = select(staff_browsers.c.account).where(staff_browsers.c.id == whom)
    return Way(channel, transaction.connection.execute(query).scalar() or "", whom)


class AlertClock(Recurring):
    """Runs `do_escalate` and `do_tell` every two seconds in a thread of the server. Several may run."""

    def __init__(self, house: House, translate: Translate, *, every_s: float = EVERY_S) -> None:
        super().__init__("attunement-alerts", every_s=every_s)
        self._house, self._translate = house, translate

    def round(self, number: int) -> None:
        """Raise what is owed, escalate what is overdue, and tell whoever is to be told."""
        try:
            do_raise_owed(self._house)
            do_escalate(self._house)
        finally:  # whatever breaks there, who can be told is told
            do_tell(self._house, self._translate)
