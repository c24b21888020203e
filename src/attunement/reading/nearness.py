"""Which practices speak of what a text speaks of."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from attunement.reading.network import Vectors

FROM, TO = 0.12, 0.32
MOST = 8


class PracticeFinder:
    """How near each practice's summary is to a text, by what both are about.

    Both sides are measured from the middle ``m`` of all practices, ``s = (v - m)·(p - m)``, so that neither an
    everyday text nor an everyday practice is near to everything; ``s`` from 0.12 to 0.32 is told as 0 to 1. The
    bounds were chosen by eye on sentences written for this project: half of everyday sentences come nearer than
    0.2 to something, one in ten nearer than 0.3.

    Parameters
    ----------
    meanings:
        Texts to unit vectors, such as `TextReader.meanings`, which encodes a text once for reading and finding.
    practices:
        Id to the words that stand for a practice: its title and summary.

    >>> from attunement.reading.text_reader import TextReader
    >>> practices = {"dog": "When a pet has died.", "ask": "Ask your boss for a free day."}
    >>> finder = PracticeFinder(TextReader().meanings, practices)
    >>> [list(near) for near in finder.near(["My dog died yesterday.", ""])]
    [['dog'], []]
    """

    def __init__(self, meanings: Callable[[Sequence[str]], Vectors], practices: Mapping[str, str]) -> None:
        self._meanings = meanings
        self._practices = dict(practices)
        self._ids = list(self._practices)
        self._lock = threading.Lock()
        self._middle: Vectors | None = None
        self._centred: Vectors | None = None

    def load(self) -> None:
        """Encode the practices now rather than at the first text."""
        with self._lock:
            if self._centred is None and self._ids:
                vectors = self._meanings(list(self._practices.values()))
                self._middle = vectors.mean(axis=0)
                self._centred = vectors - self._middle

    def near(self, texts: Sequence[str]) -> list[dict[str, float]]:
        """For each text the nearest practices, at most eight, with how near they are (over 0, to 1)."""
        self.load()
        if self._centred is None or self._middle is None:
            return [{} for _ in texts]
        scores = (self._meanings(texts) - self._middle) @ self._centred.T
        told = np.clip((scores - FROM) / (TO - FROM), 0, 1)
        return [self._nearest(row) if text.strip() else {} for text, row in zip(texts, told, strict=True)]

    def _nearest(self, row: Vectors) -> dict[str, float]:
        order = np.argsort(-row, kind="stable")[:MOST]
        return {self._ids[k]: round(float(row[k]), 4) for k in order if row[k] > 0}
