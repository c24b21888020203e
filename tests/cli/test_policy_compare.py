"""``attune policy compare``: the policies side by side, plainly a simulation."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Attune

SMALL = ("--people", "3", "--decisions", "20", "--seeds", "1")


def test_each_policy_is_a_row_and_the_title_says_it_is_a_simulation(attune: Attune) -> None:
    """Six policies, three figures each."""
    result = attune("policy", "compare", *SMALL)
    assert result.exit_code == 0
    assert "A simulation" in result.stdout
    assert all(name in result.stdout for name in ("partial-pooling", "low-rank", "lin-ucb", "uniform", "popularity"))


def test_as_json_each_policy_is_a_line(attune: Attune) -> None:
    """Marked as a simulation, with the figures of each seed."""
    result = attune("policy", "compare", *SMALL, "--json")
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(found) == 6
    assert all(line["simulation"] and set(line["seeds"][0]) == {"reward", "lost", "families"} for line in found)


def test_an_unknown_world_names_those_there_are(attune: Attune) -> None:
    """The message lists them."""
    result = attune("policy", "compare", "--world", "perfect")
    assert result.exit_code == 2
    assert "differ-much" in " ".join(result.stderr.replace("│", " ").split())
