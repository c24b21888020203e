"""From what each token of a reply carries to the ranges of characters that carry it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from attunement.reading.heads import Array

SENTENCE = 0.7
"""How much of a token's chance is that of its whole sentence: people mark sentences, not words."""
ENDS = ".!?"


def smoothed(carried: Array, offsets: Sequence[tuple[int, int]], text: str) -> Array:
    """What each token carries ``(n_tokens, n)``, drawn towards the mean of its sentence.

    >>> found = smoothed(np.array([[1.0], [0.0], [0.5]]), [(0, 2), (2, 3), (4, 6)], "No. Ok")
    >>> [round(float(x), 2) for x in found[:, 0]]
    [0.65, 0.35, 0.5]
    """
    if not len(offsets):
        return carried
    ends = np.array([text[end - 1] in ENDS for _, end in offsets])
    sentence = np.concatenate([[0], np.cumsum(ends[:-1] & ~ends[1:])])
    sums = np.zeros((sentence[-1] + 1, carried.shape[1]), np.float64)
    np.add.at(sums, sentence, carried)
    mean = sums / np.bincount(sentence)[:, None]
    return np.asarray((1 - SENTENCE) * carried + SENTENCE * mean[sentence], np.float32)


def spans_of(carried: Array, cut: float, offsets: Sequence[tuple[int, int]], text: str) -> tuple[tuple[int, int], ...]:
    """Character ranges of neighbouring tokens that carry at least ``cut``; the strongest token where none does.

    >>> spans_of(np.array([0.9, 0.8, 0.1, 0.7], np.float32), 0.5, [(0, 1), (2, 4), (5, 8), (9, 12)], "I am not sad")
    ((0, 4), (9, 12))
    """
    chosen = carried >= min(cut, float(carried.max()))
    spans: list[tuple[int, int]] = []
    for k in map(int, np.flatnonzero(chosen)):
        start, end = offsets[k]
        if spans and k > 0 and chosen[k - 1]:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    words = [(start + _marks(text[start:end]), end) for start, end in spans]
    return tuple((start, end) for start, end in words if start < end)


def _marks(text: str) -> int:
    """How many characters stand before the first letter or digit."""
    return next((k for k, c in enumerate(text) if c.isalnum()), len(text))
