"""``attune alerts``: listed, watched, taken and closed from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from attunement.domain.reading import RiskLevel
from attunement.programme.accounts import do_set_up
from attunement.programme.alerts.raising import do_raise_alert
from attunement.programme.house import open_house
from attunement.programme.members import do_enrol

if TYPE_CHECKING:
    from conftest import Attune


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A programme with a steward, Stella, and an alert about Rosa."""
    address = f"sqlite:///{tmp_path / 'programme.db'}"
    house = open_house(address)
    do_set_up(house, "Stella", "four words in a row")
    do_raise_alert(house, do_enrol(house, name="Rosa"), level=RiskLevel.EXPLICIT, reason="said-so")
    house.close()
    return address


def test_an_alert_is_an_alarm_until_somebody_takes_it(attune: Attune, url: str) -> None:
    """Nobody can be told here, so status ends with 1; taken in Stella's name, with 0; closed, nothing is open."""
    watched = attune("alerts", "status", "--url", url)
    assert watched.exit_code == 1
    assert "ALARM untold" in watched.stdout
    (line,) = attune("alerts", "list", "--json", "--url", url).stdout.splitlines()
    alert = json.loads(line)
    assert (alert["name"], alert["level"], alert["owner"]) == ("Rosa", "explicit", None)
    nobody = attune("alerts", "take", alert["id"], "--by", "Nobody", "--url", url)
    told = "not-found: No supporter or steward is called 'Nobody'. Give the name they sign in with.\n"
    assert (nobody.exit_code, nobody.stderr) == (1, told)
    assert "Stella looks after it" in attune("alerts", "take", alert["id"], "--by", "Stella", "--url", url).stdout
    calm = attune("alerts", "status", "--json", "--url", url)
    assert (calm.exit_code, json.loads(calm.stdout)["alarms"]) == (0, [])
    assert "with Stella" in attune("alerts", "list", "--url", url).stdout
    close = ("alerts", "close", alert["id"], "--by", "Stella", "--url", url, "--done")
    assert attune(*close, "whatever").exit_code == 2
    assert attune(*close, "talked", "--note", "All well.").stdout == "closed\n"
    assert attune("alerts", "list", "--url", url).stdout == "no alert is open\n"
    assert "talked" in attune("alerts", "list", "--closed", "--url", url).stdout
