"""A draft with what was read in it marked: the ways empathy shows, and what may hurt; told apart without colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from markupsafe import Markup, escape

Span = tuple[int, int]


def marked(text: str, spans: Mapping[str, Sequence[Span]], words: Mapping[str, str]) -> Markup:
    """The text, escaped, cut where any span begins or ends; each piece carries the names of the spans it lies in.

    Parameters
    ----------
    text:
        What spans count characters of.
    spans:
        By name, ``[start, end)``; they may overlap, and what lies outside the text is left out.
    words:
        What each name is called, told to those who cannot see the mark.

    >>> marked("I am <so> sorry", {"warmth": [(5, 15)]}, {"warmth": "Warmth"})
    Markup('I am <mark class="warmth" title="Warmth">&lt;so&gt; sorry</mark>')
    """
    cuts = sorted({0, len(text), *(_within(edge, text) for of in spans.values() for span in of for edge in span)})
    html = Markup()
    for start, end in pairwise(cuts):
        names = [name for name, of in spans.items() if any(a <= start and end <= b for a, b in of)]
        piece = escape(text[start:end])
        if names:
            title = ", ".join(words[name] for name in names)
            piece = Markup('<mark class="{}" title="{}">{}</mark>').format(" ".join(names), title, piece)
        html += piece
    return html


def utf16(text: str, position: int) -> int:
    """Where a character stands as a browser counts, which takes two for an emoji.

    >>> utf16("😀 ok", 2)
    3
    """
    return len(text[:position].encode("utf-16-le")) // 2


def _within(edge: int, text: str) -> int:
    return min(max(edge, 0), len(text))
