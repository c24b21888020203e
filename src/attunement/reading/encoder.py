"""Turns texts into unit vectors with MiniLM on ONNX Runtime."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from attunement.domain.errors import AttunementError, ErrorCode
from attunement.library.resources import models_folder
from attunement.reading.plain_text import clean

if TYPE_CHECKING:
    from onnxruntime import InferenceSession  # type: ignore[import-untyped]
    from tokenizers import Tokenizer

Vectors = NDArray[np.float32]

SIZE = 384
WINDOW = 64
OVERLAP = 16
MAX_WINDOWS = 16
REMEMBERED = 512
THREADS = min(2, os.cpu_count() or 1)
MODEL_SHA256 = "79788234d7b597aa5f80eda802f5f34911a3817079663b452e994ed24a1f3cc2"
CLS, SEP = 101, 102


@dataclass(frozen=True, slots=True)
class Encoded:
    """One text as unit vectors: ``whole`` (384,), and ``windows`` (n_windows, 384), one row for each window."""

    whole: Vectors
    windows: Vectors


class Encoder:
    """Encodes texts into unit vectors of 384 numbers, the same for a text alone or among others.

    ``v = m / |m|`` with ``m`` the mean of MiniLM's last hidden states over the tokens of a window. A text longer than
    one window (62 tokens and two marks) is read in windows that overlap by 16 tokens; its vector is the mean of the
    windows weighted by their length. At most 16 windows are read: the first eight and the last eight.

    The network computes in 8-bit integers with a scale found for each run, so each window has a run of its own and
    no text can change the vector of another. Files are opened at the first use. Safe to share between threads.

    Parameters
    ----------
    folder:
        Where ``encoder.int8.onnx`` and ``tokenizer.json`` are; None for ``models/minilm``.
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
        self._folder = folder
        self._threads = threads
        self._lock = threading.Lock()
        self._loaded: tuple[InferenceSession, Tokenizer] | None = None
        self._recent: dict[bytes, Encoded] = {}

    def load(self) -> None:
        """Open the files now rather than at the first text."""
        self._parts()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector for each text, in order, ``(n_texts, 384) float32``; an empty text has one too."""
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
        session, tokenizer = self._parts()
        cut = [windows_of(tokenizer.encode(clean(t), add_special_tokens=False).ids) for t in texts]
        flat = [window for windows in cut for window in windows]
        vectors = self._run(session, flat)
        encoded, start = [], 0
        for windows in cut:
            rows = vectors[start : start + len(windows)]
            start += len(windows)
            weights = np.array([len(w) for w in windows], np.float32)
            encoded.append(Encoded(_unit(weights @ rows) if len(rows) > 1 else rows[0], rows))
        return encoded

    def _run(self, session: InferenceSession, windows: list[list[int]]) -> Vectors:
        if len(windows) == 1 or self._threads == 1:
            return np.stack([_vector(session, window) for window in windows])
        with ThreadPoolExecutor(self._threads) as pool:
            return np.stack(list(pool.map(lambda window: _vector(session, window), windows)))

    def _parts(self) -> tuple[InferenceSession, Tokenizer]:
        if self._loaded is None:
            with self._lock:
                if self._loaded is None:
                    self._loaded = self._open()
        return self._loaded

    def _open(self) -> tuple[InferenceSession, Tokenizer]:
        folder = self._folder or models_folder() / "minilm"
        return _open_model(folder / "encoder.int8.onnx"), _open_tokenizer(folder / "tokenizer.json")


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


def _vector(session: InferenceSession, window: list[int]) -> Vectors:
    ids = np.array([[CLS, *window, SEP]], np.int64)
    return _unit(np.asarray(session.run(None, {"input_ids": ids})[0])[0].mean(axis=0))


def _unit(vector: Vectors) -> Vectors:
    return np.asarray(vector / max(float(np.sqrt(np.square(vector, dtype=np.float64).sum())), 1e-12), np.float32)


def _open_model(file: Path) -> InferenceSession:
    cure = "make it again with 'python -m training.quantise'"
    try:
        data = file.read_bytes()
    except OSError as error:
        raise _broken(str(file), "cannot be read", cure) from error
    if hashlib.sha256(data).hexdigest() != MODEL_SHA256:
        raise _broken(str(file), "is damaged", cure)
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        data, options, providers=["CPUExecutionProvider"],
        disabled_optimizers=["SkipLayerNormFusion"],  # adding and normalising apart takes half the time on processors
    )  # fmt: skip


def _open_tokenizer(file: Path) -> Tokenizer:
    from tokenizers import Tokenizer

    try:
        tokenizer = Tokenizer.from_str(file.read_text(encoding="utf-8"))
    except Exception as error:  # the library raises bare Exception for a file it cannot parse
        raise _broken(
            str(file), "is missing or damaged", "make it again with 'python -m training.fetch_tokenizer'"
        ) from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _broken(file: str, what: str, cure: str) -> AttunementError:
    return AttunementError(
        ErrorCode.MODEL_BROKEN, "The model file '{file}' {what}: {cure}.", file=file, what=what, cure=cure
    )
