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
