"""Turns texts into vectors with a fine-tuned MiniLM on ONNX Runtime."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from attunement.library.resources import models_folder
from attunement.reading.network import CLS, SEP, SIZE, Network, Vectors

WINDOW = 64
OVERLAP = 16
MAX_WINDOWS = 16
REMEMBERED = 512
THREADS = min(2, os.cpu_count() or 1)


@dataclass(frozen=True, slots=True)
class Encoded:
    """One text as vectors: ``whole`` (384,), and ``windows`` (n_windows, 384), one row for each window."""

    whole: Vectors
    windows: Vectors


@dataclass(frozen=True, slots=True)
class Parts:
    """What each token adds to the vector of a text, for telling why something was read.

    ``spans`` are character ranges ``[start, end)`` of the text, ``vectors`` ``(n_tokens, 384)``; their sum and ``rest``
    (what the marks at both ends of each window add) make ``Encoded.whole``.
    """

    spans: tuple[tuple[int, int], ...]
    vectors: Vectors
    rest: Vectors


class Encoder:
    """Encodes texts into vectors of 384 numbers, the same for a text alone or among others.

    The vector of a window is the mean of the network's last hidden states over its tokens. A text longer than
    one window (62 tokens and two marks) is read in windows that overlap by 16 tokens; its vector is the mean of the
    windows weighted by their length. At most 16 windows are read: the first eight and the last eight.

    The network computes in 8-bit integers with a scale found for each run, so each window has a run of its own and
    no text can change the vector of another. Files are opened at the first use. Safe to share between threads.

    Parameters
    ----------
    folder:
        Where ``encoder.int8.onnx`` and ``tokenizer.json`` are; None for ``models/text``.
    threads:
        Windows read at the same time, 1 or more; by default two, or one where there is one processor. A run itself
        has one thread: texts of this length are read no faster by more.

    Raises
    ------
    AttunementError
        ``MODEL_BROKEN`` at the first use, where a file is missing or is not what it should be.

    >>> encoder = Encoder()
    >>> encoder.encode(["A quiet evening.", ""]).shape
    (2, 384)

    Wang et al. 2020, *MiniLM*, arXiv:2002.10957; Reimers & Gurevych 2019, *Sentence-BERT*, arXiv:1908.10084.
    """

    def __init__(self, *, folder: Path | None = None, threads: int = THREADS) -> None:
        if threads < 1:
            raise ValueError(f"threads is {threads}; give 1 or more.")
        self._network = Network(folder or models_folder() / "text", made_by="training.text_reader")
        self._threads = threads
        self._lock = threading.Lock()
        self._recent: dict[bytes, Encoded] = {}

    def load(self) -> None:
        """Open the files now rather than at the first text."""
        self._network.load()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One vector for each text, in order, ``(n_texts, 384) float32``; an empty text has one too."""
        return np.stack([e.whole for e in self.encode_windows(texts)]) if texts else np.zeros((0, SIZE), np.float32)

    def encode_windows(self, texts: Sequence[str]) -> list[Encoded]:
        """Each text as one vector and as the vectors of its windows; the newest 512 texts are remembered by hash."""
        keys = [hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest() for text in texts]
        known = {key: encoded for key in keys if (encoded := self._recent.get(key)) is not None}
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        known.update(zip(new, self._encode(list(new.values())), strict=True))
        self._remember(known)
        return [known[key] for key in keys]

    def _remember(self, encoded: dict[bytes, Encoded]) -> None:
        with self._lock:
            self._recent.update(encoded)
            while len(self._recent) > REMEMBERED:
                self._recent.pop(next(iter(self._recent)))

    def _encode(self, texts: Sequence[str]) -> list[Encoded]:
        if not texts:
            return []
        cut = [windows_of(self._network.tokens(text).ids) for text in texts]
        flat = [window for windows in cut for window in windows]
        vectors = self._run(flat)
        encoded, start = [], 0
        for windows in cut:
            rows = vectors[start : start + len(windows)]
            start += len(windows)
            weights = np.array([len(w) for w in windows], np.float32)
            encoded.append(Encoded(weights @ rows / weights.sum() if len(rows) > 1 else rows[0], rows))
        return encoded

    def parts(self, text: str) -> Parts:
        """What each token of a text adds to its vector."""
        encoding = self._network.tokens(text)
        places = windows_of(range(len(encoding.ids)))
        total = sum(map(len, places)) or 1
        vectors, rest = np.zeros((len(encoding.ids), SIZE), np.float32), np.zeros(SIZE, np.float32)
        for window in places:
            states = self._states([encoding.ids[k] for k in window]) * (len(window) or 1) / total
            states /= len(states)
            vectors[window] += states[1:-1]
            rest += states[0] + states[-1]
        return Parts(tuple(encoding.offsets), vectors, rest)

    def _run(self, windows: list[list[int]]) -> Vectors:
        if len(windows) == 1 or self._threads == 1:
            return np.stack([self._vector(window) for window in windows])
        with ThreadPoolExecutor(self._threads) as pool:
            return np.stack(list(pool.map(self._vector, windows)))

    def _states(self, window: Sequence[int]) -> Vectors:
        """The last hidden states of a window and its two marks, ``(n_tokens + 2, 384)``."""
        return self._network.states([CLS, *window, SEP])

    def _vector(self, window: Sequence[int]) -> Vectors:
        return np.asarray(self._states(window).mean(axis=0), np.float32)


def windows_of(ids: Sequence[int]) -> list[list[int]]:
    """Token ids cut into overlapping windows of at most 62; the first eight and the last eight of too many.

    >>> [len(w) for w in windows_of(range(100))]
    [62, 54]
    >>> windows_of([])
    [[]]
    """
    room = WINDOW - 2
    starts = range(0, max(1, len(ids) - OVERLAP), room - OVERLAP)
    windows = [list(ids[s : s + room]) for s in starts]
    if len(windows) > MAX_WINDOWS:
        windows = windows[: MAX_WINDOWS // 2] + windows[-MAX_WINDOWS // 2 :]
    return windows
