"""Looking after an alert: taking it, passing it on, closing it with what was done."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select

from attunement.domain.alert import Audience, Done
from attunement.domain.alert_events import AlertClosed, AlertPassedOn, AlertTaken
from attunement.domain.errors import Conflict, ErrorCode
from attunement.programme.alerts.alert import Alert, find_alert, hold_open_alert
from attunement.programme.alerts.settings import access_alert_settings
from attunement.programme.alerts.staff import audience_of_one, check_colleague, first_audience
from attunement.programme.house import House
from attunement.programme.text import clean_text
from attunement.store.schema import accounts, alert_tries, alerts
from attunement.store.store import Transaction

HELD_FOR = timedelta(minutes=30)
LONGEST_NOTE = 500


def do_take_alert(house: House, account: str, alert: str) -> Alert:
    """Look after an alert; nobody else is told from now on. Taken again by its owner, they say that they still do.

    Whoever has it is asked after half an hour how it stands; where they do not answer, a colleague may take it.
    Raises `NotFound`, `Conflict` (``alert-closed``; ``not-yours`` where a colleague looks after it).
    """
    with house.store.write() as transaction:
        check_colleague(transaction.connection, account)
        found = hold_open_alert(transaction, alert)
        if found.owner != account and found.owner and found.audience in (Audience.NOBODY, Audience.ONE):
            raise _a_colleagues(transaction, found)
        return _take(house, transaction, found, account)


def do_pass_on_alert(house: House, account: str, alert: str, *, to: str | None = None) -> Alert:
    """Pass an alert on to a colleague, or (None) to whoever can; the clock starts anew.

    Its owner may, and a steward. Raises as `do_take_alert`.
    """
    with house.store.write() as transaction:
        connection = transaction.connection
        role = check_colleague(connection, account)
        if to is not None:
            check_colleague(connection, to)
        found = hold_open_alert(transaction, alert)
        if found.owner != account and role != "steward":
            raise _not_the_owner(transaction, found)
        return _pass_on(house, transaction, found, account, to)


def do_close_alert(house: House, account: str, alert: str, done: Done, *, note: str = "") -> Alert:
    """Close an alert with what was done; where nobody had taken it, whoever closes it has.

    ``note`` (up to 500 characters) is kept sealed under the member's key, and is in their export. Its owner may close
    it, and a steward. Raises as `do_take_alert`, and `Invalid` (``text-too-long``, ``bad-text``).
    """
    note = clean_text(note, field="note", longest=LONGEST_NOTE)
    with house.store.write() as transaction:
        role = check_colleague(transaction.connection, account)
        found = hold_open_alert(transaction, alert)
        if found.owner is None:
            found = _take(house, transaction, found, account)
        elif found.owner != account and role != "steward":
            raise _not_the_owner(transaction, found)
        event = AlertClosed(at=house.clock(), alert=found.id, account=account, done=done, note=note)
        transaction.append(event, member=found.member)
        transaction.connection.execute(delete(alert_tries).where(alert_tries.c.alert == found.id))
        return find_alert(transaction.connection, found.id)


def leave_alerts(house: House, transaction: Transaction, account: str) -> None:
    """Pass on to whoever can what an account that is being closed looks after, or was to take."""
    mine = select(alerts.c.id).where(
        alerts.c.closed.is_(None), (alerts.c.owner == account) | (alerts.c.meant_for == account)
    )
    for alert in transaction.connection.execute(mine).scalars().all():
        _pass_on(house, transaction, hold_open_alert(transaction, alert), None, None)


def _take(house: House, transaction: Transaction, found: Alert, account: str) -> Alert:
    if found.owner == account and found.audience is Audience.NOBODY:
        return found
    now = house.clock()
    event = AlertTaken(at=now, alert=found.id, account=account, due=now + HELD_FOR)
    transaction.append(event, member=found.member)
    return find_alert(transaction.connection, found.id)


def _pass_on(house: House, transaction: Transaction, found: Alert, account: str | None, to: str | None) -> Alert:
    connection, now = transaction.connection, house.clock()
    audience = audience_of_one(house, connection, to) if to else first_audience(house, connection, but=account)
    due = now + access_alert_settings(connection).within(found.level)
    event = AlertPassedOn(
        at=now, alert=found.id, account=account, to=to, step=found.step + 1, audience=audience, due=due
    )
    transaction.append(event, member=found.member)
    return find_alert(connection, found.id)


def _a_colleagues(transaction: Transaction, found: Alert) -> Conflict:
    query = select(accounts.c.name).where(accounts.c.id == found.owner)
    name = transaction.connection.execute(query).scalar() or "…"
    return Conflict(ErrorCode.NOT_YOURS, "{name} looks after this alert already. Ask them before you do.", name=name)


def _not_the_owner(transaction: Transaction, found: Alert) -> Conflict:
    if found.owner:
        return _a_colleagues(transaction, found)
    return Conflict(ErrorCode.NOT_YOURS, "Nobody has taken this alert yet. Take it first, then pass it on.")
