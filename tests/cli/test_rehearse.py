"""``attune rehearse``: whom it plays, and what is said where there is nobody to play."""

from __future__ import annotations

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
