"""A bare answer is an answer: an age, a mark out of ten, a day; what is asked next goes on from it."""

from __future__ import annotations

import re

import numpy as np
import pytest
from tests.dialogue.conftest import member

from attunement.dialogue.answer import Answer
from attunement.dialogue.companion import Companion
from attunement.dialogue.hearing.plain import sentences
from attunement.dialogue.hearing.tone import bit_of
from attunement.dialogue.replying.seed import seed_of
from attunement.domain.conversation import Line, Speaker
from attunement.library.companion_words import CompanionWords, load_companion_words
from attunement.library.resources import content_folder


@pytest.fixture(scope="module")
def words() -> CompanionWords:
    """What the companion can say."""
    return load_companion_words(content_folder())


def after(companion: Companion, asked: str, text: str) -> Answer:
    """The answer to a line after such a question of the companion's."""
    return companion.reply([*member("I started at the bakery."), Line(Speaker.COMPANION, asked), *member(text)])


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("I'm 26", "age"), ("im 29 btw", "age"), ("I am seventy", "age"), ("I just turned 40", "age"),
        ("im 12", "age_child"), ("I'm eleven years old", "age_child"),
        ("u?", "are_you_real"), ("do u die when i close the app", "are_you_real"),
        ("and you?", "are_you_real"), ("hbu", "are_you_real"),
        ("fine, and you?", "are_you_real"), ("its raining", "weather"), ("it's cold here", "weather"),
    ],
)  # fmt: skip
def test_a_few_letters_can_be_all_of_an_answer(companion: Companion, text: str, moment: str) -> None:
    """They are read, and not asked for in other words."""
    assert after(companion, "What else?", text).moment == moment


@pytest.mark.parametrize("text", ["26", "7/10", "3pm", "2019"])
def test_a_number_is_readable(companion: Companion, text: str) -> None:
    """It is no sum to do, either."""
    assert after(companion, "How was it?", text).moment == ""


@pytest.mark.parametrize(
    "text",
    [
        "I'm 5 minutes late", "I'm 30 and still alone", "I'm sad, and you?", "I'm one of four", "I'm 11k in debt",
        "it's cold between us", "it's raining bills", "I'm twelve weeks pregnant",
    ],
)  # fmt: skip
def test_what_goes_on_is_no_age_and_no_weather(companion: Companion, text: str) -> None:
    """What follows is what it is about."""
    assert after(companion, "What else?", text).moment == ""


def test_a_child_is_told_of_grown_ups(companion: Companion) -> None:
    """Kindly, and without being sent away."""
    assert re.search(r"grown-up|teacher", after(companion, "What else?", "im 12").text)


@pytest.mark.parametrize(
    ("asked", "text", "kind"),
    [
        ("How long has that been so?", "since March", "long"), ("When did it begin?", "two years ago", "long"),
        ("When does that come up most?", "Sundays", "when"), ("Who else knows?", "my sister, maybe", "who"),
        ("Is it the hours, or the people?", "the people", "which"), ("Is it the hours, or the people?", "both", "both"),
        ("What did you eat?", "pasta", "what"), ("How is the place?", "loud", "how"),
    ],
)  # fmt: skip
def test_what_is_asked_next_goes_on_from_the_answer(
    companion: Companion, words: CompanionWords, asked: str, text: str, kind: str
) -> None:
    """By what was asked."""
    said = after(companion, asked, text).text
    assert [line for line in words.parts[f"answer_{kind}"] if line in said], said


@pytest.mark.parametrize(("asked", "text"), [("How long has that been so?", "pasta"), ("What happened?", "a crash")])
def test_what_is_no_answer_to_it_is_not_taken_for_one(
    companion: Companion, words: CompanionWords, asked: str, text: str
) -> None:
    """Nor is what happened asked apart."""
    tied = [line for name, lines in words.parts.items() if name.startswith("answer_") for line in lines]
    assert not [line for line in tied if line in after(companion, asked, text).text]


@pytest.mark.parametrize(
    ("text", "bit"),
    [("The old flat", "the old flat"), ("One of them was late", "one of them was late"), ("Petra, mostly", "Petra"),
     ("THANKED me", ""), ("No it's back", "")],
)  # fmt: skip
def test_a_bit_is_taken_up_as_it_reads_within_a_sentence(text: str, bit: str) -> None:
    """A first word that is no name is small, and a verb or a clause alone is no bit."""
    assert bit_of(sentences(text)) == bit


@pytest.mark.parametrize("salt", "abcdef")
def test_a_word_that_only_begins_the_line_with_a_capital_begins_the_echo(companion: Companion, salt: str) -> None:
    """It may be a name, and may be none."""
    lines = [*member("She praised me."), Line(Speaker.COMPANION, "How was that?"), *member("Confusing")]
    said = companion.reply(lines, rng=np.random.default_rng(seed_of(lines, salt=salt))).text
    assert "So Confusing" not in said
