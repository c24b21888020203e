"""``attune segments``: kinds of people in a table and as JSON, and the honest answer where there are none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from tests.conftest import Clock
from tests.programme.kinds import live

from attunement.programme.house import open_house

if TYPE_CHECKING:
    from conftest import Attune


def test_kinds_are_printed_in_words(attune: Attune, tmp_path: Path) -> None:
    """The table and the JSON name the same two kinds; with nobody in it, a programme says there are too few."""
    url = f"sqlite:///{tmp_path / 'programme.db'}"
    house = open_house(url)
    clock = Clock(house.clock())
    clock.forward(days=-6)
    live(house.at(clock), clock, range(16))
    house.close()
    told = json.loads(attune("segments", "--url", url, "--json").stdout)
    assert (told["people"], told["enough"], len(told["segments"])) == (15, True, 2)
    printed = " ".join(attune("segments", "--url", url).stdout.split())
    assert told["segments"][0]["words"][0].split()[0] in printed
    assert printed.count("people who") == 2


def test_too_few_people_is_said(attune: Attune, tmp_path: Path) -> None:
    """Where nobody is, there is nothing to tell apart."""
    url = f"sqlite:///{tmp_path / 'programme.db'}"
    open_house(url).close()
    assert attune("segments", "--url", url).stdout.strip() == "Too few people yet to look for groups."
