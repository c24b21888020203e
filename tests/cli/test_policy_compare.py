"""``attune policy compare``: the policies side by side, plainly a simulation, or from the log and plainly few."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select
from tests.programme.lessons import came_of, enrolled, offered

from attunement.programme.house import open_house
from attunement.simulation.comparison import POLICIES, WORLDS
from attunement.store.schema import log

if TYPE_CHECKING:
    from conftest import Attune

SMALL = ("--people", "3", "--decisions", "20", "--seeds", "1")


def test_each_policy_is_a_row_and_the_title_says_it_is_a_simulation(attune: Attune) -> None:
    """Each policy there is, three figures each."""
    result = attune("policy", "compare", *SMALL)
    assert result.exit_code == 0
    assert "A simulation" in result.stdout
    assert all(
        name in result.stdout
        for name in ("partial-pooling", "low-rank", "neural-linear", "lin-ucb", "uniform", "popularity")
    )


def test_as_json_each_policy_is_a_line(attune: Attune) -> None:
    """Marked as a simulation, with the figures of each seed."""
    result = attune("policy", "compare", *SMALL, "--json")
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(found) == len(POLICIES)
    assert all(line["simulation"] and set(line["seeds"][0]) == {"reward", "lost", "families"} for line in found)


def test_an_unknown_world_names_those_there_are(attune: Attune) -> None:
    """The message lists them."""
    result = attune("policy", "compare", "--world", "perfect")
    assert result.exit_code == 2
    assert "differ-much" in " ".join(result.stderr.replace("│", " ").split())


def test_the_help_names_every_world(attune: Attune) -> None:
    """Whoever reads it need not guess wrong to learn of one."""
    told = " ".join(attune("policy", "compare", "--help").stdout.replace("│", " ").split())
    assert [world for world in WORLDS if not re.search(rf"\b{world}[,: ]", told)] == []


@pytest.fixture
def url(tmp_path: Path) -> str:
    """Five people with six even draws each of three practices, of which the first was good each time."""
    address = f"sqlite:///{tmp_path / 'programme.db'}"
    house = open_house(address)
    three = [next(p.id for p in house.library.practices if p.family == f) for f in list(house.library.families)[:3]]
    members = [enrolled(house) for _ in range(5)]
    with house.store.write():
        for member in members:
            for practice in three * 2:
                decision = offered(house, member, practice, dict.fromkeys(three, 1 / 3))
                came_of(house, member, decision, practice, good=practice == three[0])
    house.close()
    return address


def _events(url: str) -> int:
    house = open_house(url)
    with house.store.read() as connection:
        n: int = connection.execute(select(func.count()).select_from(log)).scalar_one()
    house.close()
    return n


def test_on_the_log_every_policy_has_its_verdict_and_nothing_is_written(
    attune: Attune, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says from how many offers and people it is, under which definition, and what is too little to tell."""
    monkeypatch.setenv("COLUMNS", "200")
    before = _events(url)
    result = attune("policy", "compare", "--on", "log", "--url", url)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "From the log: 30 offers to 5 people, " in result.stdout
    rows = {line.split("│")[1].strip(): line for line in result.stdout.splitlines() if "│" in line}
    assert {"as served", "partial-pooling", "lin-ucb", "epsilon-greedy", "popularity", "uniform"} <= set(rows)
    assert "0.333 (0.333 to 0.333)" in rows["as served"]
    assert "insufficient evidence" in rows["uniform"]
    assert "helped-1" in result.stdout
    assert _events(url) == before


def test_on_the_log_as_json_it_is_one_line_as_over_http(attune: Attune, url: str) -> None:
    """Of the newest so many, with each estimate whole; too few of them have no number."""
    whole = json.loads(attune("policy", "compare", "--on", "log", "--url", url, "--json").stdout)
    assert (whole["decisions"], whole["people"], whole["synthetic"], whole["value"]["n"]) == (30, 5, 0, 30)
    even = next(one for one in whole["policies"] if one["policy"] == "uniform")
    assert set(even) == {"policy", "value", "gain", "share_ended", "verdict"}
    assert (even["verdict"], even["gain"]["value"]) == ("insufficient evidence", pytest.approx(0))
    few = json.loads(attune("policy", "compare", "--on", "log", "--decisions", "6", "--url", url, "--json").stdout)
    assert (few["decisions"], few["people"], few["value"]["value"]) == (6, 1, None)


def test_on_the_log_what_cannot_be_is_told_with_its_code(attune: Attune, url: str, tmp_path: Path) -> None:
    """More decisions than are looked at, and a database that is not there, which is not made."""
    many = attune("policy", "compare", "--on", "log", "--decisions", "10001", "--url", url)
    assert (many.exit_code, many.stderr.split(":")[0]) == (1, "bad-input")
    missing = tmp_path / "missing.db"
    none = attune("policy", "compare", "--on", "log", "--url", f"sqlite:///{missing}")
    assert (none.exit_code, none.stderr.split(":")[0], missing.exists()) == (1, "not-found", False)


def test_stopped_half_way_it_ends_quietly(attune: Attune, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends it with 130, without a table and without a traceback."""

    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("attunement.programme.policy_comparison.access_past_decisions", stopped)
    result = attune("policy", "compare", "--on", "log", "--url", url)
    assert (result.exit_code, result.stdout) == (130, "")
    assert "Traceback" not in result.stderr
