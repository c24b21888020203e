"""Practices as points: near each other where they are of like words, in as few directions as tell most."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from attunement.domain.practice import Practice

WORDS = 512
FAINT = 1e-9
Array = NDArray[np.float64]
_WORD = re.compile(r"\w{3,}")


def word_vectors(practices: Sequence[Practice], *, size: int = WORDS) -> Array:
    """What each practice is about, by its words (n, ``size``): rows of length 1, rare words counting for more.

    A word counts ``log(1 + times)·log(n / practices with it)``. Words share ``size`` places by a hash of them.

    Weinberger et al. (2009), Feature hashing for large scale multitask learning, ICML, arXiv:0902.2206.
    """
    counts = np.zeros((len(practices), size))
    for row, p in zip(counts, practices, strict=True):
        text = " ".join((p.title, p.summary, *(step.text for step in p.steps))).lower()
        np.add.at(row, [zlib.crc32(word.encode()) % size for word in _WORD.findall(text)], 1.0)
    rare = np.log(len(counts) / np.maximum(np.count_nonzero(counts, axis=0), 1))
    weighed = np.log1p(counts) * rare
    return np.asarray(weighed / np.maximum(np.linalg.norm(weighed, axis=1, keepdims=True), FAINT))


def principal(vectors: Array, rank: int) -> Array:
    """The ``rank`` directions in which vectors (n, e) differ most (n, r), from their middle; fewer where there are not
    so many. The mean square of the rows' lengths is 1; the few values beyond -1 and 1 are then cut to these.

    Each direction points to where it reaches farthest, so that the same vectors always give the same.

    >>> principal(np.array([[2.0, 5.0], [0.0, 5.0], [-2.0, 5.0], [0.0, 5.0]]), 2).tolist()
    [[1.0], [0.0], [-1.0], [0.0]]
    """
    centred = vectors - vectors.mean(axis=0)
    size, turn = np.linalg.eigh(centred.T @ centred)
    found = centred @ turn[:, ::-1][:, : min(rank, np.count_nonzero(size > FAINT * max(size.max(), FAINT)))]
    farthest = found[np.abs(found).argmax(axis=0), np.arange(found.shape[1])]
    length = np.sqrt((found**2).sum(axis=1).mean())
    return np.asarray(np.clip(found * np.sign(farthest) / max(length, FAINT), -1, 1))
