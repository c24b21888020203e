"""The companion's words are checked before anyone meets them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from attunement.domain.errors import ErrorCode, Invalid
from attunement.library.companion_words import check_companion_words, load_companion_words, read_companion_words
from attunement.library.personas import read_personas
from attunement.library.resources import content_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the companion's words that may be spoilt."""
    shutil.copytree(content_folder() / "companion", tmp_path / "companion")
    return tmp_path


def test_what_ships_has_no_fault() -> None:
    """Words and personas that come with the program can be used."""
    assert check_companion_words(content_folder()) == []
    assert read_personas(content_folder())[1] == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"So {clause}."', '"So {claus}."', "unknown slots"),
        ('"So {clause}."', '"So {clause}!"', "shouts"),
        ('"So {clause}."', '"I feel that {clause}."', "as if a person did"),
        ('"So {clause}."', '"I\'m so sorry that {clause}."', "as if a person did"),
        ('"So {clause}."', f'"{"so " * 70}"', "longer than"),
        ("version: 11", "version: one", "version"),
    ],
)
def test_a_fault_is_told_with_its_file(folder: Path, old: str, new: str, says: str) -> None:
    """Unknown slots, shouting, speaking as a person, long lines and wrong types are named, and nothing is loaded."""
    file = folder / "companion" / "replies.yaml"
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    words, faults = read_companion_words(folder)
    assert words is None
    assert any(says in fault.change and fault.file == file for fault in faults)


@pytest.mark.parametrize("cues", ["['(?:🙏']", "['(?:🙏', '🙌)']", "['[🙏', '🙌]']"])
def test_a_cue_that_is_no_pattern_is_told(folder: Path, cues: str) -> None:
    """Also where the next one closes what it opens, which together would be a pattern."""
    file = folder / "companion" / "moments.yaml"
    text = file.read_text("utf-8")
    broken = text.replace("""cues:\n      - '^[\\W_]*🙏[\\W_]*$'\n""", f"cues: {cues}\n")
    assert broken != text
    file.write_text(broken, "utf-8")
    words, faults = read_companion_words(folder)
    assert words is None
    assert any("is no regular expression" in fault.change and fault.file == file for fault in faults)


@pytest.mark.parametrize(
    ("old", "new", "at", "says"),
    [
        ("  wish:", "  wishes:", "parts:", "parts: 'wish' is missing; write at least three lines"),
        ('"So {clause}."', '"So {clause}: {second}."', '"So {clause}: {second}."', "['second'] is not known there"),
        ('"I see."', '"I see, {Feeling}."', '"I see, {Feeling}."', "['Feeling'] is not known there; use none."),
    ],
)
def test_a_part_of_an_organisations_own_is_told_with_its_place(
    folder: Path, old: str, new: str, at: str, says: str
) -> None:
    """A part that is missing would break a talk off, and a line whose slots are never known would never be said."""
    file = folder / "companion" / "replies.yaml"
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    words, (fault,) = read_companion_words(folder)
    assert words is None
    assert says in fault.change
    assert at in file.read_text("utf-8").splitlines()[fault.line - 1]
    with pytest.raises(Invalid, match=r"replies\.yaml") as told:
        load_companion_words(folder)
    assert told.value.code is ErrorCode.BAD_CONTENT


def test_other_lines_for_the_same_parts_are_fine(folder: Path) -> None:
    """Words of one's own may use what the part knows, small or capital, and there may be parts nobody asks for."""
    file = folder / "companion" / "replies.yaml"
    old = "The thought that {clause} must be a heavy one to live with."
    text = file.read_text("utf-8").replace(old, "{Clause}?")
    file.write_text(f'{text}\n  ours: ["One.", "Two.", "Three."]\n', "utf-8")
    words, faults = read_companion_words(folder)
    assert faults == []
    assert words is not None
    assert words.parts["harsh"][0] == "{Clause}?"


@pytest.mark.parametrize(
    "line", ["I'm sorry you are alone.", "I am really glad.", "I'm afraid so.", "I hope it helps.", "I feel that."]
)
def test_no_line_of_any_file_claims_a_feeling_of_the_machines_own(folder: Path, line: str) -> None:
    """Put in place of a line of warmth, of a moment, of a topic or of safety, it is a fault."""
    for name, old in {
        "feelings": "You are not alone with it here.", "moments": '"Hello there, come in."',
        "topics": "What were they like?",
        "safety": "You are not alone with this here.",
    }.items():  # fmt: skip
        file = folder / "companion" / f"{name}.yaml"
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, f'"{line}"'), "utf-8")
        assert any("as if a person did" in fault.change for fault in read_companion_words(folder)[1])
        file.write_text(text, "utf-8")


def test_outside_danger_no_line_asks_two_things() -> None:
    """One question a turn begins with one question a line."""
    words = read_companion_words(content_folder())[0]
    assert words is not None
    lines = [line for moment in words.moments.values() for part in moment.say for line in part]
    lines += [line for part in words.parts.values() for line in part]
    assert not [line for line in lines if line.count("?") > 1]


def test_what_stands_beside_a_question_asks_nothing_itself() -> None:
    """Ideas about a topic are followed by a question, and a sentence to say stands before one."""
    words = read_companion_words(content_folder())[0]
    assert words is not None
    assert not [idea for topic in words.topics.values() for idea in topic.ideas if "?" in idea]
    sayable = [line for name, lines in words.parts.items() if name.startswith("wording") for line in lines]
    assert not [line for line in sayable for quoted in re.findall('"(.*?)"', line) if "?" in quoted]


def test_who_can_tell_a_fact_fits_into_the_sentence_about_it() -> None:
    """Each is named as somebody who "can tell you for sure"."""
    words = read_companion_words(content_folder())[0]
    assert words is not None
    assert [topic.knows for topic in words.topics.values() if topic.knows]
    assert not [topic.knows for topic in words.topics.values() if topic.knows[-1:] in {".", "?"}]
    assert all("{knows}" in line.lower() for line in words.parts["fact"])


def test_a_step_of_safety_without_words_is_a_fault(folder: Path) -> None:
    """It is found when the words are checked, and not when somebody is in danger."""
    file = folder / "companion" / "safety.yaml"
    file.write_text(file.read_text("utf-8").replace("  child: # the", "  infant: # the"), "utf-8")
    assert any("'child'" in fault.change for fault in read_companion_words(folder)[1])


def test_a_file_without_words_for_an_emergency_anywhere_gets_those_of_the_program(folder: Path) -> None:
    """An organisation's own file of before is fine, and an emergency call is named all the same."""
    file = folder / "companion" / "safety.yaml"
    text = file.read_text("utf-8")
    file.write_text(re.sub(r"  anywhere:.*\n(?:    - .*\n)+", "", text), "utf-8")
    words, faults = read_companion_words(folder)
    assert faults == []
    assert words is not None
    assert "emergency number" in words.safety.help.anywhere[0]
    file.write_text(re.sub(r"(  anywhere:.*\n    - ).*", r'\1"Call {emergency}."', text), "utf-8")
    assert any("without slots" in fault.change for fault in read_companion_words(folder)[1])


def test_there_is_warmth_for_every_mood_and_weight() -> None:
    """At least eight openings for each kind of feeling, more than forty kind words beside them, none of them twice."""
    words = read_companion_words(content_folder())[0]
    assert words is not None
    assert [name for name, one in words.feelings.items() if len(one.warm) < 8] == []
    kind = [line for name, lines in words.parts.items() if name.startswith(("kind", "warm")) for line in lines]
    assert len(kind) > 40
    warm = kind + [line for one in words.feelings.values() for line in (*one.warm, *one.grave)]
    assert len(set(warm)) == len(warm)


def test_what_may_be_felt_is_said_as_a_guess() -> None:
    """Each fits after "and" in a sentence, says that it is read and not known, and stands once."""
    words = read_companion_words(content_folder())[0]
    assert words is not None
    felt = [line for one in words.feelings.values() for line in one.felt]
    assert len(set(felt)) == len(felt) > 80
    hedged = re.compile(r"(?:it (?:sounds|must|seems)|that must|I can see) [^.?!]+$")
    assert [line for line in felt if not hedged.match(line)] == []
    assert [line for line in felt if re.search(r"\byou (?:must|are (?:sad|angry|afraid))\b", line)] == []


def test_a_folder_without_words_of_its_own_is_fine(tmp_path: Path) -> None:
    """An organisation's folder may leave them out."""
    assert check_companion_words(tmp_path) == []
