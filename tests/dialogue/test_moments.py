"""Special messages are known for what they are, and answered truthfully."""

from __future__ import annotations

import re

import pytest

from attunement.dialogue.companion import Companion
from attunement.domain.conversation import Line, Speaker


def member(text: str) -> list[Line]:
    return [Line(Speaker.MEMBER, text)]


@pytest.mark.parametrize("text", ["Write me a poem about cats", "What is 2+2?", "tell me a joke"])
def test_what_it_is_not_for_is_said_kindly_and_without_pity(companion: Companion, text: str) -> None:
    """It says what it is for instead."""
    answer = companion.reply(member(text))
    assert answer.moment == "off_purpose"
    assert re.search(r"\bfor\b", answer.text)
    assert "hard for you" not in answer.text


@pytest.mark.parametrize(
    "text", ["I have to write a poem for my mother's funeral", "I want to write him a letter", "He never plays with me"]
)
def test_what_a_member_has_to_write_is_no_order(companion: Companion, text: str) -> None:
    """Telling of a task is telling of oneself."""
    assert companion.reply(member(text)).moment == ""


def test_it_tells_truly_what_it_remembers_and_where_to_erase_it(companion: Companion) -> None:
    """Only chosen lines, only with consent, to be seen and taken out."""
    answer = companion.reply(member("Are you going to remember this?"))
    assert answer.moment == "memory"
    assert "/talk/memory" in answer.text
    assert re.search(r"allow|consent|agree", answer.text)


@pytest.mark.parametrize(
    "text", ["what do you think of football?", "do you like cats?", "what's your favourite colour"]
)
def test_asked_for_its_taste_it_has_none_and_asks_for_theirs(companion: Companion, text: str) -> None:
    """It pretends to no opinion, and is not taken for somebody in need."""
    answer = companion.reply(member(text))
    assert answer.moment == "opinion"
    assert re.search(r"program", answer.text)
    assert answer.text.endswith("?")


@pytest.mark.parametrize(
    "text", ["what do you think of what he did?", "what do you think I should do?", "do you like him"]
)
def test_asked_about_their_own_life_it_does_not_plead_to_have_no_taste(companion: Companion, text: str) -> None:
    """That is a question about them."""
    assert companion.reply(member(text)).moment != "opinion"


def test_asked_whether_it_may_be_asked_something_it_says_yes(companion: Companion) -> None:
    """It is no deep question."""
    assert companion.reply(member("can I ask you something?")).moment == "may_ask"


def test_what_one_thinks_one_may_be_is_no_plan(companion: Companion) -> None:
    """Nobody is asked what speaks against it."""
    assert not re.search(r"step|concrete|workable|go about", companion.reply(member("I think I might be gay")).text)


def test_a_riddle_is_given_up_and_its_answer_asked_for(companion: Companion) -> None:
    """A joke is no question that turns in anybody's head."""
    assert companion.reply(member("Why did the chicken cross the road?")).moment == "riddle"


def test_whether_it_gets_bored_is_no_boredom_of_theirs(companion: Companion) -> None:
    """It is asked of the machine, and answered by it."""
    answer = companion.reply(member("do you ever get bored?"))
    assert answer.moment == "are_you_real"
    assert "bored" not in answer.text
