"""How alerts are raised and answered in this programme; a steward's to say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, select

from attunement.domain.alert_events import AlertsArranged
from attunement.domain.errors import ErrorCode, Invalid
from attunement.domain.reading import RiskLevel
from attunement.programme.house import House
from attunement.store.schema import alert_settings

LONGEST_MIN = 60


@dataclass(frozen=True, slots=True)
class AlertSettings:
    """Whether check-ins raise alerts, and within how many minutes somebody is to answer one.

    ``explicit_min`` holds for danger that is explicit or imminent, ``indirect_min`` for anything less.
    """

    check_ins: bool = False
    indirect_min: int = 5
    explicit_min: int = 2

    def within(self, level: RiskLevel) -> timedelta:
        """In what time an alert of this level is to be answered.

        >>> AlertSettings().within(RiskLevel.IMMINENT)
        datetime.timedelta(seconds=120)
        """
        urgent = level.rank >= RiskLevel.EXPLICIT.rank
        return timedelta(minutes=self.explicit_min if urgent else self.indirect_min)


def access_alert_settings(connection: Connection) -> AlertSettings:
    """How it is arranged now."""
    row = connection.execute(select(alert_settings)).first()
    return AlertSettings(row.check_ins, row.indirect_min, row.explicit_min) if row else AlertSettings()


def do_arrange_alerts(
    house: House, *, check_ins: bool, indirect_min: int = 5, explicit_min: int = 2, account: str | None = None
) -> None:
    """Arrange it anew; members read on their consent page whether check-ins raise alerts.

    Raises `Invalid` (``bad-input``) where the minutes are not from 1 to 60, or those for the worse are more.
    """
    if not 1 <= explicit_min <= indirect_min <= LONGEST_MIN:
        raise Invalid(
            ErrorCode.BAD_INPUT,
            "Choose minutes from 1 to {most}, and for clear danger no more than for signs of it.", most=LONGEST_MIN,
        )  # fmt: skip
    event = AlertsArranged(
        at=house.clock(), account=account, check_ins=check_ins, indirect_min=indirect_min, explicit_min=explicit_min
    )
    with house.store.write() as transaction:
        transaction.append(event)
