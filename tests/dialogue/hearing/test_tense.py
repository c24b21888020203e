"""The first verb of a clause tells when it was."""

from __future__ import annotations

import pytest

from attunement.dialogue.hearing.tense import tense_of


@pytest.mark.parametrize(
    ("said", "tense"),
    [
        ("your cat died on Sunday", "past"),
        ("you failed two exams", "past"),
        ("he hit your brother", "past"),
        ("nobody came to your birthday dinner", "past"),
        ("you were diagnosed with diabetes", "past"),
        ("you had to read in class", "past"),
        ("you haven't spoken since the funeral", "perfect"),
        ("you've been sober for a year", "perfect"),
        ("your hand has been numb for a month", "perfect"),
        ("he's been gone since May", "perfect"),
        ("you have a stutter", "present"),
        ("you need a break from all of it", "present"),
        ("you're so tired", "present"),
        ("your boss yells at you", "present"),
        ("they hit you every day", "present"),
        ("you feel left behind", "present"),
        ("you'll have to move", "future"),
        ("you're going to lose the house", "future"),
        ("", "present"),
    ],
)
def test_the_first_verb_tells_the_tense(said: str, tense: str) -> None:
    """Past, perfect, present and future; a verb with one form for now and then is past for one other person."""
    assert tense_of(said).value == tense
