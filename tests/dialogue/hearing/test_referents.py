"""Nobody is said to have died who may not have."""

from __future__ import annotations

import pytest

from attunement.dialogue.hearing.referents import with_referent


@pytest.mark.parametrize(
    ("said", "text", "told"),
    [
        ("he threw a plate", "I live with my boyfriend. He threw a plate.", "your boyfriend threw a plate"),
        ("she laughed", "My best friend was there. She laughed.", "your best friend laughed"),
        ("she laughed", "My mum told my friend. She laughed.", "she laughed"),
        ("he laughed", "My mum was there. He laughed.", "he laughed"),
        ("he's gone", "My dad left. He's gone.", "he's gone"),
        ("she loves your wife", "I fear my wife. She loves my wife.", "she loves your wife"),
        ("you laughed", "My mum was there. I laughed.", "you laughed"),
    ],
)
def test_a_pronoun_is_named_only_where_one_person_can_be_meant(said: str, text: str, told: str) -> None:
    """One of that sex, or of either; where two may be meant, or none was named, the pronoun stays."""
    assert with_referent(said, text) == told
