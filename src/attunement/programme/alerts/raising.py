"""Raising an alert: one stays open about one conversation, and rises where the danger does."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping

from sqlalchemy import Connection, select

from attunement.domain.alert import Audience, Raiser
from attunement.domain.alert_events import AlertRaised, AlertRose
from attunement.domain.errors import ErrorCode, Invalid, NotFound
from attunement.domain.ids import new_id
from attunement.domain.reading import RiskLevel, gravest
from attunement.programme.alerts.alert import Alert, find_alert, opened_row
from attunement.programme.alerts.settings import access_alert_settings
from attunement.programme.alerts.staff import audience_of_one, first_audience
from attunement.programme.house import House
from attunement.store.schema import alerts
from attunement.store.store import Transaction

_REASON = re.compile(r"[a-z][a-z0-9-]{0,39}")
LATE = "raised-late"
"""Why an alert is raised that could not be raised at first, whatever the reason was then."""
_log = logging.getLogger(__name__)


def do_raise_alert(
    house: House, member: str, *, level: RiskLevel, reason: str, by: Raiser = Raiser.READING,
    conversation: str | None = None, moment: str | None = None, account: str | None = None,
) -> Alert:  # fmt: skip
    """Say that a member may be in danger; called inside a write, it is part of it.

    There is one open alert about a conversation, and one about the member beside their conversations. Raised again, it
    is left as it is, unless the level is higher: then it rises, and more people are told.

    Parameters
    ----------
    level:
        How much danger; anything but none.
    reason:
        A code for colleagues, such as ``said-so`` or ``check-in``: small letters, digits and dashes.
    conversation, moment:
        What it is about, where it is about one of the two.
    account:
        Of the supporter who raises it.

    Raises `Invalid` (``bad-input``), `NotFound` (``unknown-member``).
    """
    if level is RiskLevel.NONE or not _REASON.fullmatch(reason):
        raise Invalid(ErrorCode.BAD_INPUT, "An alert needs a level of danger, and a reason such as 'said-so'.")
    about = {"conversation": conversation, "moment": moment, "level": level, "reason": reason, "by": by,
             "account": account}  # fmt: skip
    with house.store.write() as transaction:
        transaction.hold(member)
        cells = alerts.c
        query = select(alerts).where(
            cells.member == member, cells.closed.is_(None), cells.conversation.is_not_distinct_from(conversation)
        )
        row = transaction.connection.execute(query).first()
        if row is None:
            return _raise(house, transaction, member, about)
        found = opened_row(row)
        return _rise(house, transaction, found, about) if level.rank > found.level.rank else found


def do_raise_or_owe_alert(
    house: House, member: str, *, level: RiskLevel, reason: str, conversation: str | None = None
) -> None:
    """The same where something else must go on whatever becomes of it: an alert that cannot be raised is owed.

    What went wrong is logged, it is an alarm at once (`access_alert_status`), and the clock of alerts tries it again.
    """
    try:
        do_raise_alert(house, member, level=level, reason=reason, conversation=conversation)
    except NotFound:  # erased meanwhile
        return
    except Exception as error:  # whatever it is, nobody was told yet
        _log.exception("An alert could not be raised; it is owed, and tried again.")
        now = house.clock()
        alert = Alert(
            id=new_id(), member=member, raised=now, by=Raiser.READING, conversation=conversation, moment=None,
            level=gravest([level, RiskLevel.INDIRECT]), reason=LATE, step=1, step_at=now, audience=Audience.EVERYBODY,
            due=now, owner=None, meant_for=None, answered=None, told=None, closed=None, done=None,
        )  # fmt: skip
        house.owed.add(alert, f"{type(error).__name__}: {error}"[:80])


def do_raise_owed(house: House) -> int:
    """Raise what is owed; returns how many were. What fails again stays owed, and an alarm."""
    raised = 0
    for alert, _ in house.owed.all():
        try:
            do_raise_alert(house, alert.member, level=alert.level, reason=alert.reason, conversation=alert.conversation)
            raised += 1
        except NotFound:  # erased meanwhile
            pass
        except Exception:  # one that fails must not keep the others from it
            _log.exception("An alert that is owed could not be raised yet.")
            continue
        house.owed.remove(alert)
    return raised


def raise_alert_of_words(
    house: House, transaction: Transaction, member: str, risk: RiskLevel, *, reason: str, moment: str | None = None,
    of_another: bool = False,
) -> bool:  # fmt: skip
    """Raise an alert for words written outside of conversations, where their danger is clear and the programme has it
    so; whether people are told.

    What tells of another person's danger is signs of danger, as it is in a conversation.
    """
    if risk.rank < RiskLevel.EXPLICIT.rank or not access_alert_settings(transaction.connection).check_ins:
        return False
    level, reason = (RiskLevel.INDIRECT, "another-person") if of_another else (risk, reason)
    do_raise_alert(house, member, level=level, reason=reason, moment=moment)
    return True


def _raise(house: House, transaction: Transaction, member: str, about: Mapping[str, object]) -> Alert:
    connection, now = transaction.connection, house.clock()
    event = AlertRaised.model_validate({
        **about, "at": now, "alert": new_id(), "audience": first_audience(house, connection),
        "due": now + access_alert_settings(connection).within(RiskLevel(str(about["level"]))),
    })  # fmt: skip
    transaction.append(event, member=member)
    return find_alert(connection, event.alert)


def _rise(house: House, transaction: Transaction, found: Alert, about: Mapping[str, object]) -> Alert:
    """Whoever looks after it is told; where nobody does yet, no fewer than were told before."""
    connection, now = transaction.connection, house.clock()
    event = AlertRose.model_validate({
        **about, "at": now, "alert": found.id, "step": found.step + 1,
        "audience": _audience(house, connection, found),
        "due": now + access_alert_settings(connection).within(RiskLevel(str(about["level"]))),
    })  # fmt: skip
    transaction.append(event, member=found.member)
    return find_alert(connection, found.id)


def _audience(house: House, connection: Connection, found: Alert) -> Audience:
    if found.owner:
        return audience_of_one(house, connection, found.owner)
    if found.audience in (Audience.EVERYBODY, Audience.AGAIN):
        return Audience.EVERYBODY
    return first_audience(house, connection)
