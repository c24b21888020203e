"""From what each token of a reply carries to the ranges of characters that carry it."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from attunement.reading.heads import Array

SENTENCE = 0.7
"""How much of a token's chance is that of its whole sentence: people mark sentences, not words."""
ENDS = ".!?"
STRONGEST = 0.8
"""Where nothing reaches the cut, what carries at least this share of the most that anything does."""
_WORD = re.compile(r"\w+(?:['\u2019]\w+)*")
GAP, SHORTEST = 2, 3
"""In tokens: marks so near to each other are one, and one shorter than that is left out beside a longer. Who reads them
would wonder about single words marked in the middle of a sentence; people who mark replies hardly ever mark any."""


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
    """Character ranges of neighbouring words that carry at least ``cut``; the strongest of all where none does.

    Nobody marks a letter: where a mark would begin or end within a word it takes all of it.

    >>> spans_of(np.array([0.9, 0.8, 0.1, 0.1], np.float32), 0.5, [(0, 1), (2, 4), (5, 8), (9, 12)], "I am not sad")
    ((0, 4),)
    """
    worded = np.array([any(map(str.isalnum, text[start:end])) for start, end in offsets], bool)
    if not worded.any():
        return ()
    chosen = joined(worded & (carried >= min(cut, STRONGEST * float(carried[worded].max()))))
    edges = np.flatnonzero(np.diff(chosen, prepend=False, append=False)).reshape(-1, 2)
    words = [match.span() for match in _WORD.finditer(text)]
    return tuple(_whole(offsets[first][0], offsets[after - 1][1], words) for first, after in edges)


def _whole(start: int, end: int, words: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """A range widened to the words it begins and ends in."""
    first = next((a for a, b in words if a <= start < b), start)
    return first, next((b for a, b in words if a < end <= b), end)


def joined(chosen: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Marks of ``(n_tokens,)`` without holes of `GAP` tokens, and without those under `SHORTEST` beside a longer.

    >>> joined(np.array([1, 0, 1, 1, 0, 0, 0, 1, 0], bool)).astype(int).tolist()
    [1, 1, 1, 1, 0, 0, 0, 0, 0]
    """
    marks: list[list[int]] = []
    for k in map(int, np.flatnonzero(chosen)):
        if marks and k - marks[-1][1] <= GAP:
            marks[-1][1] = k + 1
        else:
            marks.append([k, k + 1])
    least = min(SHORTEST, max((end - start for start, end in marks), default=0))
    found = np.zeros_like(chosen)
    for start, end in marks:
        found[start:end] = end - start >= least
    return found
