"""An alert as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, select

from attunement.domain.alert import Audience, Done, Raiser
from attunement.domain.errors import Conflict, ErrorCode, NotFound
from attunement.domain.ids import is_id
from attunement.domain.reading import RiskLevel
from attunement.store.schema import alerts
from attunement.store.store import Transaction


@dataclass(frozen=True, slots=True)
class Alert:
    """Somebody may be in danger.

    ``conversation`` or ``moment`` (a check-in) is what it is about, where it is about one. ``owner`` is the account of
    whoever looks after it; ``meant_for`` of the colleague it was passed on to, who has not taken it yet. By ``due``
    somebody is to answer, or its owner to say how it stands. ``told`` is when anybody was told first, ``answered`` when
    it was first taken.
    """

    id: str
    member: str
    raised: datetime
    by: Raiser
    conversation: str | None
    moment: str | None
    level: RiskLevel
    reason: str
    step: int
    step_at: datetime
    audience: Audience
    due: datetime
    owner: str | None
    meant_for: str | None
    answered: datetime | None
    told: datetime | None
    closed: datetime | None
    done: Done | None

    @property
    def about(self) -> Literal["conversation", "check-in"] | None:
        """What kind of thing it is about; None where it is about the member beside their conversations."""
        return "conversation" if self.conversation else "check-in" if self.moment else None

    @property
    def is_open(self) -> bool:
        """Whether it is still to be looked after."""
        return self.closed is None


def find_alert(connection: Connection, alert: str) -> Alert:
    """One alert; raises `NotFound` (``unknown-alert``)."""
    row = connection.execute(select(alerts).where(alerts.c.id == alert)).first() if is_id(alert) else None
    if row is None:
        raise NotFound(
            ErrorCode.UNKNOWN_ALERT, "There is no such alert. Where the person erased themselves, it went with them."
        )
    return opened_row(row)


def find_open_alerts(connection: Connection) -> list[Alert]:
    """All that are open, the most urgent first: unanswered before answered, by level, then by when they are due."""
    rows = connection.execute(select(alerts).where(alerts.c.closed.is_(None)))
    return sorted((opened_row(row) for row in rows), key=_urgency)


def hold_open_alert(transaction: Transaction, alert: str) -> Alert:
    """An open alert, kept as it is until the transaction ends; raises `NotFound`, `Conflict` (``alert-closed``)."""
    transaction.hold(find_alert(transaction.connection, alert).member)
    found = find_alert(transaction.connection, alert)
    if not found.is_open:
        raise Conflict(ErrorCode.ALERT_CLOSED, "This alert is closed already. Nothing was changed.")
    return found


def opened_row(row: Any) -> Alert:
    """A row of the table as a value."""
    return Alert(
        id=row.id, member=row.member, raised=row.raised, by=Raiser(row.by), conversation=row.conversation,
        moment=row.moment, level=RiskLevel(row.level), reason=row.reason, step=row.step, step_at=row.step_at,
        audience=Audience(row.audience), due=row.due, owner=row.owner, meant_for=row.meant_for, answered=row.answered,
        told=row.told, closed=row.closed, done=Done(row.done) if row.done else None,
    )  # fmt: skip


def _urgency(alert: Alert) -> tuple[bool, int, datetime, str]:
    return (alert.audience is Audience.NOBODY, -alert.level.rank, alert.due, alert.id)
