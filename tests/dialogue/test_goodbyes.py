"""Who takes leave is let go: with thanks before it or without, and with no question that would hold them back."""

from __future__ import annotations

import pytest

from attunement.dialogue.companion import Companion
from attunement.dialogue.moments import looks_ahead
from attunement.domain.conversation import Line, Speaker

BEFORE = Line(Speaker.MEMBER, "I had a long day.")


@pytest.mark.parametrize(
    "said",
    [
        "bye", "Thanks, I have to go now, goodbye", "Thanks for listening, bye!", "Thank you so much, goodnight",
        "Well, I should leave.", "I have to go now",
    ],
)  # fmt: skip
def test_a_goodbye_is_answered_by_one(companion: Companion, said: str) -> None:
    """The answer is that of a goodbye, and asks nothing."""
    answer = companion.reply([BEFORE, Line(Speaker.MEMBER, said)])
    assert answer.moment == "goodbye"
    assert "?" not in answer.text


@pytest.mark.parametrize(
    "said", ["Thanks!", "Thank you, he never said goodbye", "Thanks but I have to go to work every day and hate it"]
)
def test_thanks_alone_and_other_people_s_goodbyes_are_none(companion: Companion, said: str) -> None:
    """Thanks are no leave, nor is a goodbye that somebody else did not say, nor having to go somewhere."""
    assert companion.reply([BEFORE, Line(Speaker.MEMBER, said)]).moment != "goodbye"


def test_a_goodbye_that_says_when_they_are_back_is_answered_by_one(companion: Companion) -> None:
    """Who means to tell how it went is not held up to be asked how they sleep."""
    before = [Line(Speaker.MEMBER, "I might ask her for a coffee"), Line(Speaker.COMPANION, "What would you need?")]
    answer = companion.reply([*before, Line(Speaker.MEMBER, "Bye, I'll tell you how it went")])
    assert answer.moment == "goodbye"
    assert "?" not in answer.text


@pytest.mark.parametrize(
    ("text", "ahead"),
    [
        ("bye, I'll tell you how it went", True), ("see you tomorrow", True), ("bye, I'll let you know", True),
        ("bye forever", False), ("goodbye, thank you for everything", False), ("see you on the other side", False),
    ],
)  # fmt: skip
def test_only_a_plain_word_of_what_comes_next_looks_ahead(text: str, ahead: bool) -> None:
    """A goodbye with nothing after it does not."""
    assert looks_ahead(text) is ahead
