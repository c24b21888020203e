"""Who takes leave is let go: with thanks before it or without, and with no question that would hold them back."""

from __future__ import annotations

import pytest

from attunement.dialogue.companion import Companion
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
