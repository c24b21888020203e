"""Openings: words a person would say, and faults found with their line."""

from __future__ import annotations

from pathlib import Path

import pytest

from attunement.domain.errors import Invalid
from attunement.library.openings import load_openings, read_openings
from attunement.library.resources import content_folder


def test_the_openings_that_ship_are_short_and_different() -> None:
    """Eight, none the same, none longer than a text message, the first with the supporter's name in it."""
    found = load_openings(content_folder())
    assert len({one.text for one in found}) == 8
    assert all(len(one.text) <= 160 for one in found)
    assert found[0].by("Noor").startswith("Hi, I'm Noor.")


def test_a_folder_without_the_file_has_none(tmp_path: Path) -> None:
    """Older content goes on working."""
    assert load_openings(tmp_path) == ()


@pytest.mark.parametrize(("text", "line", "says"), [
    ("openings:\n  - when: To begin\n    text: Hello, I am {you}.\n", 3, "no other braces"),
    ("openings:\n  - when: To begin\n", 2, "is missing"),
    ("openings: []\n", 1, "at least 1 item"),
    ("openings:\n  - when: To begin\n    text: Hello, I am here.\n    who: me\n", 4, "not a known field"),
])  # fmt: skip
def test_a_fault_is_told_with_its_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    """And nothing of the file is used."""
    (tmp_path / "openings.yaml").write_text(text, encoding="utf-8")
    found, (fault,) = read_openings(tmp_path)
    assert (found, fault.line) == ((), line)
    assert says in fault.change
    with pytest.raises(Invalid, match="cannot be used"):
        load_openings(tmp_path)
