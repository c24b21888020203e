"""Any text becomes safe to read, and its many spellings one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.reading.plain_text import (
    ENDS,
    MAX_CHARACTERS,
    clean,
    in_place,
    left_out,
    normalise,
    places_of_words,
    shortened,
    straight,
)

ANY = st.text(st.characters(), max_size=200)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("I WANT", "i want"),
        ("d1eeee", "die"),
        ("s*icide", "sicide"),
        ("don’t", "don't"),
        ("ｗａｎｔ", "want"),
        ("so\u200b sad", "so sad"),
        ("  a \n b ", "a b"),
        ("10 to 12", "10 to 12"),
    ],
)
def test_one_spelling_for_many(written: str, read: str) -> None:
    assert normalise(written) == read


@given(ANY)
def test_a_cleaned_text_can_be_encoded(text: str) -> None:
    clean(text).encode("utf-8")


@given(ANY)
def test_straightening_keeps_every_character_in_its_place(text: str) -> None:
    assert len(straight(text)) == len(text)
    assert len(clean(text)) == len(text)


def test_of_a_long_text_both_ends_are_kept() -> None:
    text = "a" * MAX_CHARACTERS + "the end"
    assert len(shortened(text)) == 2 * ENDS
    assert shortened(text).endswith("the end")
    assert left_out(text) == (ENDS, len(text) - ENDS)
    assert left_out(shortened(text)) is None


def test_no_word_of_a_long_text_is_lost_to_patterns() -> None:
    assert normalise("a " * MAX_CHARACTERS + "middle" + " a" * MAX_CHARACTERS).count("middle") == 1


def test_a_place_in_a_shortened_text_is_the_same_words_in_the_text_itself() -> None:
    """Before and after what was left out of a long text, and on both sides of the seam."""
    text = "".join(chr(ord("a") + k % 26) for k in range(MAX_CHARACTERS + 7))
    read = shortened(text)
    spans = [(0, 5), (ENDS - 3, ENDS), (ENDS, ENDS + 3), (2 * ENDS - 4, 2 * ENDS)]
    places = in_place(spans, text)
    assert [text[start:end] for start, end in places] == [read[start:end] for start, end in spans]
    assert places[-1][1] == len(text)
    assert in_place(spans, read) == spans


@given(st.text(st.characters() | st.sampled_from("aA1!*$ \n\t\x0b\x1c\x85\xa0\u2028\u200b\u00a8\ufdfa"), max_size=60))
def test_every_word_of_the_normalised_text_has_its_place(text: str) -> None:
    """Whatever is folded, dropped or counts as a space."""
    places = places_of_words(text)
    assert len(places) == len(normalise(text).split())
    assert all(0 <= start < end <= len(text) for start, end in places)


def test_the_place_of_a_word_is_where_it_was_written() -> None:
    """In a text of other spellings, and in a long one."""
    text = "I\u200b don\u2019t  WANNA\nd1eeee"
    assert [text[start:end] for start, end in places_of_words(text)] == ["I\u200b", "don\u2019t", "WANNA", "d1eeee"]
    long = f"first {'x' * MAX_CHARACTERS} last"
    places = places_of_words(long)
    assert (long[slice(*places[0])], long[slice(*places[-1])]) == ("first", "last")
