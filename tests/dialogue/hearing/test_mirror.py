"""The first person becomes the second."""

from __future__ import annotations

import pytest

from attunement.dialogue.hearing.mirror import mirrored


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("I am tired and was alone all day", "you are tired and were alone all day"),
        ("my sister was late", "your sister was late"),
        ("he told me I'm too much", "he told you you're too much"),
        ("we lost our flat", "you lost your flat"),
        ("I was there when he was", "you were there when he was"),
        ("i was sure he was there, as i always am", "you were sure he was there, as you always are"),
        ("my cat is mine and myself i am", "your cat is yours and yourself you are"),
        ('my boss said "not my job" to me', 'your boss said "not my job" to you'),
    ],
)
def test_the_first_person_becomes_the_second(said: str, told: str) -> None:
    """Pronouns and the verb "be" next to them follow; everybody else stays."""
    assert mirrored(said) == told
