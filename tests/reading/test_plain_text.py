"""Any text becomes safe to read, and its many spellings one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.reading.plain_text import MAX_CHARACTERS, clean, in_place, normalise, straight

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
    assert len(clean(text)) == MAX_CHARACTERS
    assert clean(text).endswith("the end")


def test_a_place_in_a_cleaned_text_is_the_same_words_in_the_text_itself() -> None:
    """Before and after what was left out of a long text, and on both sides of the seam."""
    half = MAX_CHARACTERS // 2
    text = "".join(chr(ord("a") + k % 26) for k in range(MAX_CHARACTERS + 7))
    read = clean(text)
    spans = [(0, 5), (half - 3, half), (half, half + 3), (MAX_CHARACTERS - 4, MAX_CHARACTERS)]
    places = in_place(spans, text)
    assert [text[start:end] for start, end in places] == [read[start:end] for start, end in spans]
    assert places[-1][1] == len(text)
    assert in_place(spans, read) == spans
