"""Cases for supporters' practice are whole, quoted word for word, and faults name their file."""

from __future__ import annotations

from pathlib import Path

import pytest

from attunement.domain.errors import Invalid
from attunement.domain.reply import Mechanism
from attunement.library.cases import Case, load_cases, read_cases
from attunement.library.resources import content_folder
from attunement.reading.reply_reader import ReplyReader

CASES = load_cases(content_folder())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_good_reply_shows_all_three(case: Case) -> None:
    """Its parts name each way of showing empathy, and at least two of them are read from it."""
    assert {part.shows for part in case.parts} == set(Mechanism)
    reading = ReplyReader().read([(case.post, case.reply)])[0]
    assert sum(found.level > 0 for found in reading.empathy.values()) >= 2


def test_there_are_twelve_different_ones() -> None:
    """Ids, titles and people differ."""
    assert len(CASES) == len({c.title for c in CASES}) == len({c.who for c in CASES}) == 12


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("id: third-time", "id: fourth-time", "the file is named 'third-time'"),
        ("like a child", "like a kid", "word for word"),
        ("shows: explorations", "shows: kindness", "shows"),
    ],
)
def test_a_fault_names_its_file_and_what_to_change(tmp_path: Path, old: str, new: str, says: str) -> None:
    """A case with a fault is not loaded, and loading says why."""
    text = (content_folder() / "cases" / "third-time.yaml").read_text("utf-8")
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "third-time.yaml").write_text(text.replace(old, new, 1), "utf-8")
    cases, faults = read_cases(tmp_path)
    assert cases == ()
    assert says in str(faults[0])
    with pytest.raises(Invalid, match="third-time"):
        load_cases(tmp_path)
