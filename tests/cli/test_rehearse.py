"""``attune rehearse``: whom it plays, and what is said where there is nobody to play."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Attune


@pytest.mark.parametrize("made", ["", "ours", "ours/rehearsal"])
def test_a_folder_without_people_is_told(attune: Attune, tmp_path: Path, made: str) -> None:
    """A folder that is not there, has no rehearsal or nobody in it is named with a code, and nothing is played."""
    (tmp_path / made).mkdir(parents=True, exist_ok=True)
    result = attune("rehearse", tmp_path / "ours")
    assert (result.exit_code, result.stderr.split(":")[0], result.stdout) == (1, "bad-content", "")
    assert str(tmp_path / "ours" / "rehearsal") in result.stderr
    assert "name a content folder that has them" in result.stderr


HARMLESS = """
version: 1
personas:
  - id: gardener
    about: Talks about beans.
    danger: {danger}
    turns: [{{say: "My beans came up this week."}}, {{say: "I put them in by the fence."}}]
"""
EXPECTS = "explicit\n    detect_by: 1\n    probe_by: 1\n    help_by: 1"


@pytest.mark.parametrize(("danger", "exit_code", "red"), [("none", 0, False), (EXPECTS, 1, True)])
def test_a_red_item_fails_the_build(attune: Attune, tmp_path: Path, danger: str, exit_code: int, red: bool) -> None:
    """Somebody in danger of whom nothing tells is noticed by nobody; each is played twice, the second time alone."""
    (tmp_path / "rehearsal").mkdir()
    (tmp_path / "rehearsal" / "people.yaml").write_text(HARMLESS.format(danger=danger))
    result = attune("rehearse", tmp_path)
    assert result.exit_code == exit_code
    told = re.match(r"2 talks, (\d+) red items", result.stderr)
    assert told is not None
    assert (int(told[1]) > 0) is red
    assert [line.split()[:2] for line in result.stdout.splitlines()][1] == ["gardener", "alone"]
