"""Who takes leave is let go: with thanks before it or without, and with no question that would hold them back."""

from __future__ import annotations

import pytest

from attunement.dialogue.companion import Companion
from attunement.dialogue.hearing.leaving import leaves
from attunement.dialogue.replying.moments import looks_ahead
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


@pytest.mark.parametrize(
    "said",
    [
        "right you are. night", "ta for that, off to bed", "gn", "k thx bye", "k cheers laters", "im gonna crash",
        "nn x", "ta-ra love", "got to dash", "g2g mums calling", "cheers, night night", "ill leave it there",
        "think ill try and sleep", "bedtime for me", "ok. signing off", "until tomorrow then", "alright mate, take it easy",  # noqa: E501
        "im going to sleep now thank you",
    ],
)  # fmt: skip
def test_a_leave_in_slang_is_let_go(companion: Companion, said: str) -> None:
    """In whatever words it is taken, it is answered by a leave, without a question."""
    answer = companion.reply([BEFORE, Line(Speaker.MEMBER, said)])
    assert answer.moment == "goodbye"
    assert "?" not in answer.text


@pytest.mark.parametrize(
    "said",
    [
        "night shifts are killing me", "bed is the only place i feel ok", "off work today", "he said laters and left",
        "she went off to bed without a word", "i need to go home for christmas", "im off sick", "later", "sleep",
    ],
)  # fmt: skip
def test_what_only_sounds_like_a_leave_is_none(said: str) -> None:
    assert not leaves(said)
