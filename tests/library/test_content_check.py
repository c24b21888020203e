"""Content faults are told by file, line and what to change."""

from __future__ import annotations

from pathlib import Path

import pytest

from attunement.domain.errors import ErrorCode, Invalid, NotFound
from attunement.library.content_check import check_content, read_practice
from attunement.library.library import load_library

WORDS = " ".join(["word"] * 130)
FAMILY = """id: listening
title: Listening well
about: Practices that train listening to another person.
evidence:
  - kind: trial
    says: Trained listeners were rated as more empathic.
    reference: Somebody (2020), A Journal.
    link: https://doi.org/10.0/x
"""
PRACTICE = """---
id: first-one
title: The first one
family: listening
summary: A short practice to try things with.
medium: read
skill: noticing
minutes: 5
intensity: 1
needs: [heard]
viewpoints: [own]
avoid_when: []
not_for: Leave it where it does you no good.
look_for:
  - {signal: self, label: I read it, met: You read it to the end., unmet: Read it once more later.}
  - {signal: self, label: I thought of it, met: You thought of it today., unmet: Think of it on the way home.}
closing: That was the first one of all.
---
## Begin
BODY

## End
BODY
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small content folder without faults."""
    for name in ("practices", "families", "pictures"):
        (tmp_path / name).mkdir()
    (tmp_path / "families" / "listening.yaml").write_text(FAMILY)
    (tmp_path / "practices" / "first-one.md").write_text(PRACTICE.replace("BODY", WORDS))
    return tmp_path


def _faults(folder: Path) -> list[str]:
    return [f"{f.file.name}:{f.line}: {f.change}" for f in check_content(folder)]


def test_a_folder_without_faults_is_a_library(folder: Path) -> None:
    """Good content has no faults and every part of it arrives."""
    assert _faults(folder) == []
    library = load_library(folder)
    practice = library.practice("first-one")
    assert practice in library.practices
    assert "first-one" in library
    assert [step.title for step in practice.steps] == ["Begin", "End"]
    assert library.families["listening"].evidence[0].kind == "trial"
    assert (practice.minutes, practice.ask, practice.rehearsal) == (5, "", ())


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("minutes: 5", "minutes: 90", 8, "minutes: Input should be less than or equal to 20"),
        ("minutes: 5\n", "", 2, "minutes: is missing; add it."),
        ("minutes: 5", "minutes: 5\nmood: good", 9, "mood: is not a known field"),
        ("medium: read", "medium: sing", 6, "medium: "),
        ("needs: [heard]", "needs: [heard, money]", 10, "needs.1: "),
        ("title: The first one", "title: 'The first: one", 3, "not valid YAML"),
        ("title: The first one", "title: The first: one", 3, "not valid YAML"),
        ("id: first-one", "id: another", 2, "make them the same"),
        ("family: listening", "family: nowhere", 1, "there is no 'families/nowhere.yaml'"),
        ("medium: read", "medium: see", 2, "names its 'picture'"),
        ("medium: read", "medium: see\npicture: sea", 1, "there is no 'pictures/sea.svg'"),
        ("medium: read", "medium: write", 2, "needs 'ask'"),
        ("medium: read", "medium: rehearse", 2, "has a 'rehearsal'"),
        ("signal: self, label: I read it", "signal: advice, label: I read it", 2, "add 'ask'"),
        ("medium: read", "medium: read\ntells_of_another: true", 2, "goes with an 'ask'"),
        ("---\n## Begin", "---\nStray.\n## Begin", 19, "text stands before the first"),
        (f"## Begin\n{WORDS}\n\n## End\n{WORDS}\n", f"## All\n{WORDS} {WORDS}\n", 19, "at least two steps"),
        (f"## End\n{WORDS}\n", f"## End\n\n## Last\n{WORDS}\n", 19, "the step 'End' is empty"),
        (WORDS, "few words", 19, "to be doable"),
    ],
)
def test_each_fault_is_told_with_its_line(folder: Path, old: str, new: str, line: int, says: str) -> None:
    """One change that breaks a practice gives its file, the line, and what to change; the library says the same."""
    file = folder / "practices" / "first-one.md"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
    faults = _faults(folder)
    assert any(fault.startswith(f"first-one.md:{line}: ") and says in fault for fault in faults), faults
    with pytest.raises(Invalid, match=r"first-one\.md") as caught:
        load_library(folder)
    assert caught.value.code is ErrorCode.BAD_CONTENT


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "must start with '---'"),
        (b"no front matter", "must start with '---'"),
        (b"---\nid: x\n", "must start with '---'"),
        (b"---\n- a list\n---\n## A\n", "must be 'name: value' lines"),
        (b"---\n\n---\n## A\n", "must be 'name: value' lines"),
        (b"\xff\xfe\x00", "not UTF-8 (byte 0)"),
        (b"---\nid: \x00\n---\n", "not valid YAML"),
        (b"---\n!!python/object/apply:os.system [echo]\n---\n## A\n", "not valid YAML"),
    ],
)
def test_a_file_that_is_no_practice(folder: Path, content: bytes, says: str) -> None:
    """Whatever lies in the folder, the check says what is wrong with it and never fails itself."""
    file = folder / "practices" / "stray.md"
    file.write_bytes(content)
    source, faults = read_practice(file)
    assert source is None
    assert says in str(faults[0])


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("kind: trial", "kind: rumour", "evidence.0.kind"),
        ("https://", "http://", "evidence.0.link"),
        ("id: listening", "id: hearing", "make them the same"),
    ],
)
def test_faults_of_a_family(folder: Path, old: str, new: str, says: str) -> None:
    """A family's evidence is checked as well."""
    file = folder / "families" / "listening.yaml"
    file.write_text(FAMILY.replace(old, new))
    assert any(says in fault and fault.startswith("listening.yaml:") for fault in _faults(folder))


def test_a_family_in_another_encoding(folder: Path) -> None:
    """A family file that is not UTF-8 is a fault, not a crash."""
    (folder / "families" / "listening.yaml").write_bytes(FAMILY.replace("Listening", "H\u00f6ren").encode("latin-1"))
    assert any("not UTF-8" in fault for fault in _faults(folder))


def test_two_practices_of_one_title(folder: Path) -> None:
    """A title can be had once."""
    text = (folder / "practices" / "first-one.md").read_text().replace("id: first-one", "id: second-one")
    (folder / "practices" / "second-one.md").write_text(text)
    assert _faults(folder) == ["second-one.md:1: title: 'first-one.md' has the same; choose another."]


def test_windows_line_ends_are_as_good(folder: Path) -> None:
    """A practice saved with CRLF is read the same."""
    before = load_library(folder).practices
    file = folder / "practices" / "first-one.md"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    after = load_library(folder).practices
    assert [s.title for s in after[0].steps] == [s.title for s in before[0].steps]


def test_a_practice_that_is_not_there(folder: Path) -> None:
    """An unknown id is told, and only the beginning of a long one is repeated."""
    with pytest.raises(NotFound) as caught:
        load_library(folder).practice("x" * 500)
    assert caught.value.code is ErrorCode.UNKNOWN_PRACTICE
    assert len(str(caught.value)) < 250
