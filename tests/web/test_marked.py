"""A marked text says what the text says, and marks exactly what it was told to."""

from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from attunement.web.marked import marked, utf16

SPANS = st.lists(st.tuples(st.integers(-3, 40), st.integers(-3, 40)), max_size=4)


@given(st.text(max_size=30), SPANS, SPANS)
def test_without_its_marks_it_is_the_text(text: str, a: list[tuple[int, int]], b: list[tuple[int, int]]) -> None:
    """Whatever the spans: nothing is lost, doubled or obeyed as HTML."""
    drawn = marked(text, {"a": a, "b": b}, {"a": "A", "b": "B"})
    assert html.unescape(re.sub(r"</?mark[^>]*>", "", drawn)) == text


def test_overlaps_carry_both_names() -> None:
    """Told to those who see it by class, and to those who do not by title."""
    drawn = marked("abcd", {"a": [(0, 3)], "b": [(2, 4)]}, {"a": "A", "b": "B"})
    pieces = re.findall(r'<mark class="([^"]+)" title="([^"]+)">(\w+)</mark>', drawn)
    assert pieces == [("a", "A", "ab"), ("a b", "A, B", "c"), ("b", "B", "d")]


@given(st.text(max_size=20))
def test_a_browser_counts_an_emoji_as_two(text: str) -> None:
    """As its own strings do: the length of the text in UTF-16."""
    assert utf16(text, len(text)) == len(text) + sum(ord(c) > 0xFFFF for c in text)
