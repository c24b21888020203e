"""A word for a feeling is one only where nothing gives it another sense."""

from __future__ import annotations

import pytest

from attunement.dialogue.companion import Companion
from attunement.dialogue.hearing.gist import Gist, gist_of
from attunement.library.companion_words import CompanionWords, load_companion_words
from attunement.library.resources import content_folder


@pytest.fixture(scope="module")
def words() -> CompanionWords:
    """What the companion can say."""
    return load_companion_words(content_folder())


def gist(companion: Companion, words: CompanionWords, text: str) -> Gist:
    """The gist of a message, read."""
    return gist_of(text, words, companion._read([text])[0])


@pytest.mark.parametrize(
    "text",
    [
        "I'm rubbish at football", "I'm useless at drawing", "I'm down for a walk", "I'm down with the flu",
        "I'm done with my homework", "I'm done packing", "grey shoes then", "cold pizza", "I'm sick of pasta",
        "so tired of this rain", "I am fed up with the printer", "I got lost in a good book", "stuck in traffic",
    ],
)  # fmt: skip
def test_a_word_with_another_sense_is_no_feeling(companion: Companion, words: CompanionWords, text: str) -> None:
    """And nothing weighs there."""
    found = gist(companion, words, text)
    assert (found.feeling, found.light) == ("", True)


@pytest.mark.parametrize(
    "text",
    [
        "I'm useless at everything", "I'm hopeless at being a mother", "I've been down for weeks", "I feel blue",
        "I'm done trying", "I'm done with everything", "tired now", "sad and empty", "I'm tired of fighting",
        "I feel lost in life", "I'm stuck in this marriage", "so low today",
    ],
)  # fmt: skip
def test_a_word_that_is_felt_stays_one(companion: Companion, words: CompanionWords, text: str) -> None:
    """Whatever stands beside it."""
    found = gist(companion, words, text)
    assert found.feeling
    assert not found.light


def test_boredom_is_no_emptiness(companion: Companion, words: CompanionWords) -> None:
    """Put in the place of another word, it is taken up as it is."""
    found = gist(companion, words, "no, not lonely. bored")
    assert (found.own, found.other, found.group) == ("bored", "lonely", "bored")
