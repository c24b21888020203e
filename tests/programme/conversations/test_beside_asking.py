"""What a line says beside asking for a person."""

from __future__ import annotations

import pytest

from attunement.library.companion_words import load_companion_words
from attunement.library.resources import content_folder
from attunement.programme.conversations.beside_asking import beside_asking

WORDS = load_companion_words(content_folder())


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("can I talk to a human please", ""),
        ("Could I talk to somebody real about this?", ""),
        ("My dog died. Can I talk to a real person?", "My dog died."),
        ("My dog died. i wanna talk 2 a real person", "My dog died."),
        ("My dog died and I can't cope, can I talk to a human please", "My dog died and I can't cope,"),
        ("My dog died.\nI told my sister I want a human being around.", None),
        ("Nobody talks to me.\n\nNot even at work.", None),
    ],
)
def test_only_the_asking_is_left_out(said: str, told: str | None) -> None:
    """Of a sentence or a clause that merely asks nothing is left; what asks for nobody stays as it was written."""
    assert beside_asking(said, WORDS) == (said if told is None else told)
