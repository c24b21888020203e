"""A sentence is set into a draft as its writer would have set it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from attunement.dialogue.coach.voice import in_voice, inserted, replaced, sentences

SENTENCE = "That sounds hard."


@given(st.text(max_size=120), st.booleans())
def test_an_insertion_loses_nothing_of_the_draft(draft: str, last: bool) -> None:
    """Taking the text out again gives the draft back."""
    placed = inserted(draft, SENTENCE, last=last)
    assert placed.start == placed.end
    assert placed.after[: placed.start] + placed.after[placed.start + len(placed.text) :] == draft


def test_a_greeting_stays_first_and_a_question_comes_last() -> None:
    """After "Hi Ana!", and on a line of its own where the draft has no mark at its end."""
    assert inserted("Hi Ana! It passes.", SENTENCE, last=False).after == "Hi Ana! That sounds hard. It passes."
    assert inserted("It passes.", "What now?", last=True).after == "It passes. What now?"
    assert inserted("it passes", "what now?", last=True).after == "it passes\nwhat now?"


def test_a_replacement_changes_its_sentence_only() -> None:
    """What stands before and after it stays."""
    draft = "Hey. Grow up! I'm here."
    assert replaced(draft, sentences(draft)[1], SENTENCE).after == "Hey. That sounds hard. I'm here."


def test_small_letters_stay_small() -> None:
    """A draft without capitals gets none; a short one, or one with some, keeps the sentence."""
    assert in_voice("that sucks man", SENTENCE) == "that sounds hard."
    assert in_voice("ok", SENTENCE) == SENTENCE
    assert in_voice("That sucks", SENTENCE) == SENTENCE
