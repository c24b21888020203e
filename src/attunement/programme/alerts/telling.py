"""Telling people of alerts: at each step everybody it is for, each way once, again where it failed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from attunement.delivery.courier import Gone, NotNow
from attunement.domain.alert import Audience
from attunement.domain.alert_events import AlertTold
from attunement.domain.channel import Channel
from attunement.domain.errors import NotFound
from attunement.programme.alerts.alert import Alert, find_alert, find_open_alerts
from attunement.programme.alerts.browsers import access_subscription, give_up_browser
from attunement.programme.alerts.letter import Translate, alert_message
from attunement.programme.alerts.staff import Colleague, access_attends, access_colleagues, access_staff_address
from attunement.programme.alerts.talk import access_talk
from attunement.programme.house import House
from attunement.store.schema import alert_tellings, alert_tries

# A letter to a slow server may outlast a claim, and then come twice: better than late, where a process fell in between.
CLAIMED = timedelta(minutes=1)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=10), timedelta(minutes=2)
AT_ONCE, AT_A_TIME = 24, 8
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Way:
    """How somebody is told; ``account`` is empty for the programme's application, ``browser`` but for notices."""

    channel: Channel
    account: str = ""
    browser: str = ""

    @property
    def key(self) -> tuple[Channel, str]:
        """What it is kept under."""
        return self.channel, self.browser or self.account


@dataclass(frozen=True, slots=True)
class _Due:
    """One way of telling that this process took on."""

    alert: Alert
    way: Way
    tries: int


def do_tell(house: House, translate: Translate) -> int:
    """Tell whoever is to be told and was not yet; returns how many messages went out.

    A way of telling is taken on for a minute before it is tried, so that two processes never try the same; where one
    breaks off, another goes on, under the same message id. Eight are carried at a time: a mail server that hangs must
    not keep the others from hearing of it.
    """
    due = _claim(house)
    if not due:
        return 0
    with ThreadPoolExecutor(AT_A_TIME) as carriers:
        return sum(list(carriers.map(lambda one: _tell(house, one, translate), due)))


def do_note_seen(house: House, account: str, shown: list[Alert]) -> None:
    """Write down that open alerts stood before the eyes of a supporter or steward on their page; each once.

    A page that draws itself again where nobody did anything for ten minutes stands before nobody's eyes.
    """
    query = select(alert_tellings.c.alert).where(
        alert_tellings.c.channel == Channel.PAGE, alert_tellings.c.whom == account,
        alert_tellings.c.alert.in_([alert.id for alert in shown]),
    )  # fmt: skip
    with house.store.read() as connection:
        if not access_attends(house, connection, account):
            return
        before = set(connection.execute(query).scalars())
    for alert in shown:
        if alert.id in before or not alert.is_open:
            continue
        with suppress(NotFound), house.store.write() as transaction:  # erased meanwhile
            transaction.hold(alert.member)
            if alert.id not in set(transaction.connection.execute(query).scalars()):
                transaction.append(told(house, alert, Way(Channel.PAGE, account), out=True), member=alert.member)


def _claim(house: House) -> list[_Due]:
    now = house.clock()
    with house.store.read() as connection:
        if next(_all_due(house, connection, now), None) is None:
            return []
    with house.store.write(alone=True) as transaction:
        due = [one for one, _ in zip(_all_due(house, transaction.connection, now), range(AT_ONCE), strict=False)]
        for one in due:
            _note(transaction.connection, one, now + CLAIMED, "under way")
    return due


def _all_due(house: House, connection: Connection, now: datetime) -> Iterator[_Due]:
    waiting = [alert for alert in find_open_alerts(connection) if alert.audience is not Audience.NOBODY]
    if not waiting:
        return
    colleagues = access_colleagues(house, connection)
    for alert in waiting:
        over = _of_step(connection, alert, alert_tellings)
        tried = _of_step(connection, alert, alert_tries)
        for way in ways_of_telling(house, alert, colleagues):
            before = tried.get(way.key)
            if way.key not in over and (before is None or before.next <= now):
                yield _Due(alert, way, before.tries if before else 0)


def ways_of_telling(house: House, alert: Alert, colleagues: list[Colleague]) -> list[Way]:
    """How the present step of an alert is told, beside the page: to the application, by notice, and by letter."""
    whom = {
        Audience.NOBODY: (),
        Audience.DUTY: [one for one in colleagues if one.there],
        Audience.ONE: [one for one in colleagues if one.id == (alert.owner or alert.meant_for)],
    }.get(alert.audience, colleagues)
    hook = [Way(Channel.WEBHOOK)] if Channel.WEBHOOK in house.outbound.couriers else []
    notices = [Way(Channel.PUSH, one.id, browser) for one in whom for browser in one.browsers]
    return hook + notices + [Way(Channel.EMAIL, one.id) for one in whom if one.letters]


def _of_step(connection: Connection, alert: Alert, table):  # type: ignore[no-untyped-def]
    rows = connection.execute(select(table).where(table.c.alert == alert.id, table.c.step == alert.step))
    return {(Channel(row.channel), row.whom): row for row in rows}


def _tell(house: House, due: _Due, translate: Translate) -> bool:
    """Try one; whatever happens is written down, and nothing of it stops the others."""
    try:
        with house.store.read() as connection:
            now = find_alert(connection, due.alert.id)
            if (now.step, now.audience) != (due.alert.step, due.alert.audience):
                return False
            address = _address(house, connection, due.way)
            talk = access_talk(connection, now, due.way.account)
        message = alert_message(house, now, due.way.channel, due.way.account, translate, talk=talk)
        house.outbound.couriers[due.way.channel].carry(message, address)
    except NotFound:  # erased meanwhile, and the alert with them
        return False
    except Gone as gone:
        _log.warning("an alert could not be told by %s: %s", due.way.channel, gone)
        return _end(house, due, out=False, why=str(gone))
    except NotNow as failure:
        return _put_off(house, due, str(failure))
    except (ValueError, LookupError, ArithmeticError, TypeError) as error:  # a fault of ours must not stop the others
        _log.exception("a message about an alert could not be made or carried")
        return _put_off(house, due, type(error).__name__)
    return _end(house, due, out=True)


def _address(house: House, connection: Connection, way: Way) -> str:
    if way.browser:
        return access_subscription(house, connection, way.browser)
    return access_staff_address(house, connection, way.account) if way.account else ""


def _end(house: House, due: _Due, *, out: bool, why: str = "") -> bool:
    try:
        with house.store.write() as transaction:
            transaction.hold(due.alert.member)
            transaction.append(told(house, due.alert, due.way, out=out, why=why), member=due.alert.member)
            if due.way.browser and not out:
                give_up_browser(house, transaction, due.way.browser)
            transaction.connection.execute(delete(alert_tries).where(*_this(due)))
    except NotFound:  # erased while it was carried
        return False
    return out


def told(house: House, alert: Alert, way: Way, *, out: bool, why: str = "") -> AlertTold:
    """The event that one way of telling ended."""
    return AlertTold(
        at=house.clock(), alert=alert.id, step=alert.step, channel=way.channel, account=way.account or None,
        browser=way.browser or None, out=out, why=why,
    )  # fmt: skip


def _put_off(house: House, due: _Due, why: str) -> bool:
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2**due.tries)
    _log.warning("%s does not work just now (%s); an alert is told again in %s", due.way.channel, why, pause)
    with suppress(NotFound), house.store.write() as transaction:  # erased while it was tried
        transaction.hold(due.alert.member)
        _note(transaction.connection, due, house.clock() + pause, why)
    return False


def _note(connection: Connection, due: _Due, next: datetime, why: str) -> None:
    connection.execute(delete(alert_tries).where(*_this(due)))
    row = {"alert": due.alert.id, "step": due.alert.step, "channel": due.way.channel, "whom": due.way.key[1]}
    connection.execute(insert(alert_tries), {**row, "tries": due.tries + 1, "next": next, "why": why[:80]})


def _this(due: _Due):  # type: ignore[no-untyped-def]
    cells = alert_tries.c
    return (
        cells.alert == due.alert.id, cells.step == due.alert.step, cells.channel == due.way.channel,
        cells.whom == due.way.key[1],
    )  # fmt: skip
