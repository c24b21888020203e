"""``attune objective``: seen, tried and set from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from attunement.programme.house import open_house

if TYPE_CHECKING:
    from conftest import Attune

MOSTLY = ("mostly ratings", "--rating", "8", "--finishing", "2")


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A programme with nobody in it."""
    address = f"sqlite:///{tmp_path / 'programme.db'}"
    open_house(address).close()
    return address


def test_try_writes_nothing_and_set_asks_first(attune: Attune, url: str) -> None:
    """Tried as JSON and in words; set without a yes is left; with one it is in use, and show tells why."""
    tried = json.loads(attune("objective", "try", *MOSTLY, "--json", "--url", url).stdout)
    assert (tried["before"]["name"], tried["after"]["rating"], tried["outcomes"]) == ("helped-1", 8, 0)
    words = attune("objective", "try", *MOSTLY, "--url", url).stdout
    assert "not enough to tell" in words
    assert "too few to say" in words
    asked = attune("objective", "set", *MOSTLY, "--why", "As agreed.", "--url", url, given=b"n\n")
    assert asked.exit_code == 1
    assert "Use it from now on?" in asked.stdout
    assert attune("objective", "show", "--url", url).stdout == (
        "helped-1 (from the start): rating 60%, finishing 20%, affect 20%\n"
    )
    done = attune("objective", "set", *MOSTLY, "--why", "As agreed.", "--yes", "--url", url)
    assert done.stdout == "in use; version 1 of the policy has learned by it\n"
    shown = attune("objective", "show", "--url", url).stdout.splitlines()
    assert shown[0].endswith("rating 80%, finishing 20%")
    assert shown[1] == "  at the command line: As agreed."


@pytest.mark.parametrize(
    ("options", "code"), [((), "bad-input"), (("--rating", "1", "--by-rank"), "too-few")]
)  # fmt: skip
def test_what_is_no_definition_is_refused(attune: Attune, url: str, options: tuple[str, ...], code: str) -> None:
    """With the code of what is wrong."""
    result = attune("objective", "try", "r", *options, "--url", url)
    assert (result.exit_code, result.stderr.split(":")[0]) == (1, code)
