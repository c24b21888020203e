"""An alert that could not be written down is not forgotten: the clock raises it, and until then it is an alarm."""

from __future__ import annotations

from typing import Any

import pytest

from attunement.domain.errors import ErrorCode, StoreError
from attunement.domain.reading import RiskLevel
from attunement.programme.alerts.alarms import access_alert_status
from attunement.programme.alerts.alert import find_open_alerts
from attunement.programme.alerts.clock import AlertClock
from attunement.programme.alerts.raising import LATE, do_raise_or_owe_alert, do_raise_owed
from attunement.programme.erasure import do_erase
from attunement.programme.house import House
from attunement.programme.members import do_enrol

RAISING = "attunement.programme.alerts.raising.do_raise_alert"


@pytest.fixture
def rosa(house: House) -> str:
    """A member."""
    return do_enrol(house, name="Rosa")


def _owe(house: House, member: str, monkeypatch: pytest.MonkeyPatch, *levels: RiskLevel) -> None:
    def fails(*args: Any, **kwargs: Any) -> Any:
        raise StoreError(ErrorCode.STORE_BUSY, "busy")

    with monkeypatch.context() as patch:
        patch.setattr(RAISING, fails)
        for level in levels:
            do_raise_or_owe_alert(house, member, level=level, reason="present")


def test_the_clock_of_alerts_raises_what_is_owed(house: House, rosa: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the gravest level it was owed at, however often that failed."""
    _owe(house, rosa, monkeypatch, RiskLevel.INDIRECT, RiskLevel.IMMINENT, RiskLevel.EXPLICIT)
    (alarm,) = access_alert_status(house).alarms
    assert (alarm.alert.member, alarm.why) == (rosa, "StoreError: busy")
    AlertClock(house, lambda message, _: message).round(0)
    with house.store.read() as connection:
        (alert,) = find_open_alerts(connection)
    assert (alert.level, alert.reason) == (RiskLevel.IMMINENT, LATE)
    assert house.owed.all() == []


def test_what_is_owed_about_somebody_who_erased_themselves_is_let_go(
    house: House, rosa: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is nobody to look after, and nothing of them stays."""
    _owe(house, rosa, monkeypatch, RiskLevel.EXPLICIT)
    do_erase(house, rosa)
    assert do_raise_owed(house) == 0
    assert access_alert_status(house).alarms == ()


def test_an_alert_that_can_be_raised_is_not_owed(house: House, rosa: str) -> None:
    """It is an alert like any other."""
    do_raise_or_owe_alert(house, rosa, level=RiskLevel.EXPLICIT, reason="present")
    assert house.owed.all() == []
    with house.store.read() as connection:
        assert [alert.reason for alert in find_open_alerts(connection)] == ["present"]
