"""What became of suggestions: told one by one, however much they are alike."""

from __future__ import annotations

from attunement.domain.coaching import Fate
from attunement.programme.suggestion_fate import fates_of

TAKEN = "It sounds like you miss your sister since she left."
LIKE_IT = "What do you miss most about your sister since she left?"
LIKE_BOTH = "You miss your sister since she left, and it hurts."
LINE = f"Oh no. {TAKEN}"


def test_one_that_was_taken_says_nothing_of_those_made_of_the_same_words() -> None:
    """Put away is put away and untouched is unused, though each is alike to the sentence that was taken."""
    fates = fates_of({TAKEN: False, LIKE_IT: True, LIKE_BOTH: False}, LINE)
    assert fates == {TAKEN: Fate.TAKEN, LIKE_IT: Fate.DISMISSED, LIKE_BOTH: Fate.UNUSED}


def test_a_sentence_is_made_of_the_one_it_is_most_like() -> None:
    """Changed a little, one was adapted and its sibling was not; put away before, it counts as put away."""
    said = "It sounds like you really miss your sister since she left."
    assert fates_of({TAKEN: False, LIKE_BOTH: False}, said) == {TAKEN: Fate.ADAPTED, LIKE_BOTH: Fate.UNUSED}
    assert fates_of({TAKEN: True, LIKE_BOTH: False}, said) == {TAKEN: Fate.DISMISSED, LIKE_BOTH: Fate.UNUSED}


def test_beside_one_that_was_taken_another_can_be_adapted() -> None:
    """Each by its own sentence of the line; nothing of an empty line or suggestion."""
    fates = fates_of({TAKEN: False, LIKE_IT: False}, f"{TAKEN} What do you miss the most of your sister?")
    assert fates == {TAKEN: Fate.TAKEN, LIKE_IT: Fate.ADAPTED}
    assert fates_of({TAKEN: False, "": False}, "") == {TAKEN: Fate.UNUSED, "": Fate.UNUSED}


def test_put_away_and_sent_word_for_word_all_the_same_it_was_taken() -> None:
    """What stands in the line was used, whatever was pressed before."""
    assert fates_of({TAKEN: True}, LINE) == {TAKEN: Fate.TAKEN}
