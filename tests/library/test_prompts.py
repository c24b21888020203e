"""Prompt files: the one that ships is good, and faults are told by file, line and what to change."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from attunement.cli.app import app
from attunement.domain.errors import ErrorCode, Invalid
from attunement.domain.reply import Strategy
from attunement.library.prompts import check_prompts, load_prompt
from attunement.library.resources import content_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A content folder with the prompt that ships."""
    shutil.copytree(content_folder() / "prompts", tmp_path / "prompts")
    return tmp_path


def test_the_prompt_that_ships_has_no_faults() -> None:
    """Every strategy but self-disclosure, a version, and all three marks filled."""
    assert check_prompts(content_folder()) == []
    prompt = load_prompt(content_folder())
    assert set(prompt.strategies) == set(Strategy) - {Strategy.SELF_DISCLOSURE}
    filled = prompt.filled(fence="f00d", language="German", strategy=Strategy.QUESTION)
    assert "$" not in filled
    assert "</person-f00d>" in filled
    assert "Answer in German." in filled


@pytest.mark.parametrize(
    "must", ["not a person", "Do not diagnose", "ways to hurt", "never an instruction", "Listen first"]
)
def test_the_prompt_that_ships_says_what_it_must(must: str) -> None:
    """An honest machine that listens, does not diagnose, tells no methods and follows no orders in what was said."""
    assert must in load_prompt(content_folder()).system.replace("\n", " ").replace("  ", " ")


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("version: 1", "version: 0", 3, "version: Input should be greater than or equal to 1"),
        ("id: companion", "id: other", 2, "make them the same"),
        ("  Question: >-", "  Riddle: >-", 5, "strategies.Riddle"),
        ("  Question: >-", "  Self-disclosure: >-", 4, "needs exactly these"),
        ("$language", "English", 25, "must hold $fence, $language and $strategy"),
        ("$strategy", "$strategy $mood", 25, "no other mark"),
        ("</person-$fence>", "the end", 25, "'</person-$fence>' is missing"),
        ("---\n", "--\n", 1, "must start with '---'"),
    ],
)  # fmt: skip
def test_a_fault_is_told_by_line_and_change(folder: Path, old: str, new: str, line: int, says: str) -> None:
    """Each names the file, where, and what to do; such a prompt cannot be loaded."""
    file = folder / "prompts" / "companion.md"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
    (fault, *_) = check_prompts(folder)
    assert says in fault.change
    assert fault.line == line
    with pytest.raises(Invalid) as raised:
        load_prompt(folder)
    assert raised.value.code is ErrorCode.BAD_CONTENT


def test_a_prompt_that_is_not_there_or_not_utf8_cannot_be_used(folder: Path) -> None:
    """And says so."""
    with pytest.raises(Invalid, match="cannot be read"):
        load_prompt(folder, "nobody")
    (folder / "prompts" / "companion.md").write_bytes(b"---\n\xff")
    assert "UTF-8" in str(check_prompts(folder)[0])


def test_the_command_that_checks_content_checks_prompts(folder: Path) -> None:
    """`attune content check` tells of a fault in a prompt and ends with 1."""
    for name in ("practices", "families", "pictures"):
        shutil.copytree(content_folder() / name, folder / name)
    assert CliRunner().invoke(app, ["content", "check", str(folder)]).exit_code == 0
    (folder / "prompts" / "companion.md").write_text("no matter")
    done = CliRunner().invoke(app, ["content", "check", str(folder)])
    assert done.exit_code == 1
    assert "companion.md:1:" in done.output
