"""Files that commands read and write: what cannot be opened is misuse, told in a line and not in a traceback."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Attune


def unboxed(error: str) -> str:
    """The words of an error in a box, however long a path made its lines break."""
    return re.sub(r"[│\s]+", " ", error)


@pytest.mark.parametrize("command", ["read", "empathy", "strategy", "coach", "reply", "forecast", "body", "replay"])
def test_a_file_that_is_not_there_is_named(attune: Attune, command: str, tmp_path: Path) -> None:
    """Every command that reads a file names the one that is not there, and ends with 2 as misuse does."""
    result = attune(command, tmp_path / "gone.jsonl")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "there is no file" in unboxed(result.stderr)


def test_a_folder_is_no_file(attune: Attune, tmp_path: Path) -> None:
    """A folder in the place of a file is told with the reason of the system."""
    result = attune("read", tmp_path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "cannot be used" in unboxed(result.stderr)


def test_offers_that_cannot_be_written_stop_a_replay_at_once(attune: Attune, posts: Path, tmp_path: Path) -> None:
    """Where the file of a replay's offers cannot be made, nothing is replayed."""
    result = attune("replay", posts, "--out", tmp_path / "no-such-folder" / "offers.jsonl")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--out" in result.stderr


@pytest.mark.parametrize(
    ("value", "kind"), [(3, "a number"), (True, "true or false"), ([], "a list"), ({}, "an object")]
)
def test_what_stands_in_the_place_of_text_is_called_by_its_name(attune: Attune, value: object, kind: str) -> None:
    """A field that holds something else than text is told in the words of JSON."""
    answer = json.loads(attune("read", given=json.dumps({"text": value}).encode()).stdout)
    assert answer["error"]["message"] == f"The field 'text' is {kind}. Give it as text in quotes."
