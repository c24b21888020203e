"""Asked what was said, it tells what was said, or that it cannot find it."""

from __future__ import annotations

import pytest

from attunement.dialogue.companion import Companion
from attunement.domain.conversation import Line, Speaker

TOLD = (
    Line(Speaker.MEMBER, "my parrot learned to say \"not my problem\" from my boss"),
    Line(Speaker.COMPANION, "What is your parrot like, otherwise?"),
    Line(Speaker.MEMBER, "He sings at night. My aunt gave him to me."),
    Line(Speaker.COMPANION, "How is that for you?"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("what did I tell you about my aunt?", "your aunt gave him to you"),
        ("do you remember what I said about the parrot", 'your parrot learned to say "not my problem" from your boss'),
        ("what did i just say", "your aunt gave him to you"),
    ],
)
def test_what_was_said_is_told_back(companion: Companion, asked: str, told: str) -> None:
    """What is quoted in it stays as it was."""
    answer = companion.reply([*TOLD, Line(Speaker.MEMBER, asked)])
    assert answer.moment == "recap"
    assert told in answer.text


def test_what_is_not_there_is_not_made_up(companion: Companion) -> None:
    """It says so and asks."""
    answer = companion.reply([*TOLD, Line(Speaker.MEMBER, "what did I say about my cousin?")])
    assert answer.moment == "recap"
    assert "aunt" not in answer.text
    assert answer.text.endswith("?")


def test_what_went_wrong_is_no_request_to_be_reminded(companion: Companion) -> None:
    """Who asks what they said wrong asks for no minutes."""
    assert companion.reply([*TOLD, Line(Speaker.MEMBER, "what did I say wrong?")]).moment != "recap"
