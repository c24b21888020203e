"""The words of the coach are checked before anybody meets them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from attunement.domain.errors import Invalid
from attunement.domain.reply import Mechanism
from attunement.library.coach_words import Kind, load_coach_words, read_coach_words
from attunement.library.resources import content_folder

WORDS = load_coach_words(content_folder())


def test_every_kind_can_be_spoken_to_in_each_way() -> None:
    """For what is told back of a sad post there is warmth, understanding and asking."""
    for kind in set(Kind) - {Kind.PLAIN, Kind.THING, Kind.PERSON, Kind.QUOTE, Kind.SAID}:
        adds = {frame.adds for frame in WORDS.sentences.sentences if kind in frame.of}
        assert adds == set(Mechanism), kind


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("sentences", "{clause}", "{story}", "needs a place for what they wrote"),
        ("sentences", "I'm so sorry {clause}.", "I'm so sorry.", "needs a place for what they wrote"),
        ("feelings", "otherwise:", "other:", "not a known field"),
        ("cautions", "harm: judging", "harm: joking", "harm"),
        ("marks", "(?:die|", "(?:die(|", "regular expression"),
    ],
)
def test_a_fault_names_its_file(tmp_path: Path, file: str, old: str, new: str, says: str) -> None:
    """A file with a fault is refused with its line and what to change."""
    shutil.copytree(content_folder() / "coach", tmp_path / "coach")
    path = tmp_path / "coach" / f"{file}.yaml"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    words, faults = read_coach_words(tmp_path)
    assert words is None
    assert any(says in str(fault) and fault.file == path for fault in faults)
    with pytest.raises(Invalid, match=file):
        load_coach_words(tmp_path)
