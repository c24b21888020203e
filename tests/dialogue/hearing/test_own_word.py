"""A word somebody puts in the place of another is taken up as theirs."""

from __future__ import annotations

import numpy as np
import pytest

from attunement.dialogue.companion import Companion
from attunement.dialogue.hearing.own_word import OwnWord, own_word
from attunement.dialogue.replying.seed import seed_of
from attunement.domain.conversation import Line, Speaker


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I'm not sad, just empty", OwnWord("empty", "sad")),
        ("It isn't really anger. not angry, more like ashamed of us", OwnWord("ashamed of you", "angry")),
        ("more numb than tired", OwnWord("numb", "tired")),
        ("it's more like a wall of glass", OwnWord("like a wall of glass", "")),
        ("Not lonely exactly, more homesick", OwnWord("homesick", "lonely")),
    ],
)
def test_the_own_word_is_found(text: str, found: OwnWord) -> None:
    """With what it is not, where that is said, and turned round."""
    assert own_word(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "I'm not going out, it's raining", "not today but maybe tomorrow", "not him, but her", "it's more than enough",
        "not sad but like I'm dead inside", "not sure, more or less", "I need more time",
    ],
)  # fmt: skip
def test_what_is_no_word_for_it_is_left(text: str) -> None:
    """Plans, people and amounts are none; what speaks of death is not said back."""
    assert own_word(text) is None


@pytest.mark.parametrize("salt", "abcde")
def test_it_is_in_the_reply_and_asked_about(companion: Companion, salt: str) -> None:
    """The reply begins with the member's word, and claims none of its own."""
    lines = [
        Line(Speaker.MEMBER, "They gave my shift to somebody else."), Line(Speaker.COMPANION, "That sounds unfair."),
        Line(Speaker.MEMBER, "Not angry, more like replaceable"),
    ]  # fmt: skip
    said = companion.reply(lines, rng=np.random.default_rng(seed_of(lines, salt=salt))).text
    assert "replaceable" in said.split(".")[0].lower()
    assert said.count("?") <= 1
