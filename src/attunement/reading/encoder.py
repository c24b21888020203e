"""Turns texts into vectors with a fine-tuned MiniLM on ONNX Runtime, and a table of words beside it."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from attunement.library.resources import models_folder
from attunement.reading.emojis import emoji_share, in_words
from attunement.reading.model_files import DANGER_WORDS, WORDINGS
from attunement.reading.network import CLS, SEP, SIZE, Network, Vectors
from attunement.reading.plain_text import in_place
from attunement.reading.wordings import DANGER_SAID, SAID, Wordings, keys_of
from attunement.reading.words import in_groups, in_pieces, phrases, words_of

WINDOW = 112
"""Tokens read at once, marks included: about as many as were learned from, so that a sentence stands among others."""
OVERLAP = 16
AT_ONCE = 512
"""Windows kept in memory to be read: how many texts are given, and how long they are, does not matter to it."""
REMEMBERED, REMEMBERED_WINDOWS, REMEMBERED_PARTS = 512, 4096, 16
"""Texts, their windows in all (seven megabytes), and texts of which it is known what each word does."""
READ_FOR_WHY, ROOM_FOR_WHY = 200, 62
"""Tokens read to tell why of a short text, and how long that is at most."""
THREADS = min(2, os.cpu_count() or 1)
MADE_BY = "training.text_reader"
WIDTH = SIZE + SAID + DANGER_SAID
"""Numbers of a vector: those of the network, then what its words say by themselves of feeling, then of danger."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """One text as vectors: ``whole`` (418,), and ``windows`` (n_windows, 418), one row for each window."""

    whole: Vectors
    windows: Vectors


class Feelings(NamedTuple):
    """What feeling is read from, ``(418,)`` each: a text with its emojis in words, and with as much of them as counts.

    Who says what a comment feels goes by its words, so ``comment`` has the less of its emojis the more words it has.
    """

    told: Vectors
    comment: Vectors


@dataclass(frozen=True, slots=True)
class Parts:
    """What goes from the vector of a text when one word of it is left out, for telling why something was read.

    ``spans`` are character ranges ``[start, end)`` of the words, ``vectors`` ``(n_words, 418)`` the whole vector less
    the one without the word. Of a long text, a part is some neighbouring words.
    """

    spans: tuple[tuple[int, int], ...]
    vectors: Vectors


class _Recent:
    """The newest texts by hash, and how many windows they have in all."""

    def __init__(self) -> None:
        self.texts: dict[bytes, Encoded] = {}
        self.windows = 0

    def add(self, read: Mapping[bytes, Encoded]) -> None:
        for key, encoded in read.items():
            if key not in self.texts:
                self.texts[key] = encoded
                self.windows += len(encoded.windows)
        while len(self.texts) > REMEMBERED or self.windows > REMEMBERED_WINDOWS:
            self.windows -= len(self.texts.pop(next(iter(self.texts))).windows)


class Encoder:
    """Encodes texts into vectors of 418 numbers, the same for a text alone or among others.

    The vector of a window is the mean of the network's last hidden states over its tokens (384 numbers), and then what
    its words and pairs of words say by themselves of feeling (31, `Wordings`) and of danger (3). A text longer than one
    window (110 tokens and two marks) is read in full windows that overlap by 16 tokens or more; its vector is the mean
    of the windows weighted by their length. All of a text is read, but for what `plain_text.left_out` says.

    The network computes in 8-bit integers with a scale found for each run, so each window has a run of its own and
    no text can change the vector of another. Files are opened at the first use. Safe to share between threads.

    Parameters
    ----------
    folder:
        Where ``encoder.int8.onnx``, ``tokenizer.json``, ``wordings.npz`` and ``danger_words.npz`` are; None for
        ``models/text``.
    threads:
        Windows read at the same time, 1 or more; by default two, or one where there is one processor. A run itself
        has one thread: texts of this length are read no faster by more.

    Raises
    ------
    AttunementError
        ``MODEL_BROKEN`` at the first use, where a file is missing or is not what it should be.

    >>> encoder = Encoder()
    >>> encoder.encode(["A quiet evening.", ""]).shape
    (2, 418)

    Wang et al. 2020, *MiniLM*, arXiv:2002.10957; Reimers & Gurevych 2019, *Sentence-BERT*, arXiv:1908.10084.
    """

    def __init__(self, *, folder: Path | None = None, threads: int = THREADS) -> None:
        if threads < 1:
            raise ValueError(f"threads is {threads}; give 1 or more.")
        self._folder = folder or models_folder() / "text"
        self._network = Network(self._folder, made_by=MADE_BY)
        self._wordings: tuple[Wordings, Wordings] | None = None
        self._threads = threads
        self._lock = threading.Lock()
        self._recent = _Recent()
        self._recent_parts: dict[bytes, Parts] = {}

    def load(self) -> None:
        """Open the files now rather than at the first text."""
        self._network.load()
        self._words()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One vector for each text, in order, ``(n_texts, 418) float32``; an empty text has one too."""
        return np.stack([e.whole for e in self.encode_windows(texts)]) if texts else np.zeros((0, WIDTH), np.float32)

    def encode_windows(self, texts: Sequence[str]) -> list[Encoded]:
        """Each text as one vector and as the vectors of its windows; the newest texts are remembered by hash."""
        recent, keys = self._recent, [_key(text) for text in texts]
        known = {key: encoded for key in keys if (encoded := recent.texts.get(key)) is not None}
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if not new:
            return [known[key] for key in keys]
        read = dict(zip(new, self._encode(list(new.values())), strict=True))
        with self._lock:
            recent.add(read)
        known |= read
        return [known[key] for key in keys]

    def feelings(self, texts: Sequence[str], typed: Sequence[Encoded]) -> list[Feelings]:
        """Each text, of which ``typed`` is what `encode_windows` gave, as what feeling is read from."""
        said = {k: words for k, text in enumerate(texts) if (words := in_words(text)) != text}
        told = dict(zip(said, self.encode(list(said.values())), strict=True))
        found = [Feelings(one.whole, one.whole) for one in typed]
        for k, vector in told.items():
            share = np.float32(emoji_share(texts[k]))
            found[k] = Feelings(vector, share * vector + (1 - share) * typed[k].whole)
        return found

    def forget(self) -> None:
        """Let go of all that is remembered: somebody erased themselves."""
        self._recent, self._recent_parts = _Recent(), {}  # new ones: what is being read now is kept in the old ones

    def _encode(self, texts: Sequence[str]) -> list[Encoded]:
        encoded, waiting = list[Encoded](), list[list[list[int]]]()
        for text in texts:
            waiting.append(windows_of(self._network.tokens(text).ids))
            if sum(map(len, waiting)) >= AT_ONCE:
                encoded += self._read(waiting)
                waiting = []
        return encoded + self._read(waiting)

    def _read(self, cut: Sequence[list[list[int]]]) -> list[Encoded]:
        """Each text, given as its windows, as vectors."""
        flat = [window for windows in cut for window in windows]
        if not flat:
            return []
        vectors = self._run(flat)
        encoded, start = [], 0
        for windows in cut:
            rows = vectors[start : start + len(windows)]
            start += len(windows)
            weights = np.array([len(w) for w in windows], np.float32)
            encoded.append(Encoded(weights @ rows / weights.sum() if len(rows) > 1 else rows[0], rows))
        return encoded

    def parts(self, text: str) -> Parts:
        """What each word of a text does to its vector, found by leaving it out (Zeiler & Fergus 2014, arXiv:1311.2901).

        In a text of up to 62 tokens each word left out is a run of its own; where that would be over about 240 tokens,
        small words go with the next (`phrases`), and if need be neighbours with one another. A longer text is taken as
        the mean of pieces of about 20 tokens (weighted by their length, at most 64), and what goes without a piece is
        told from that: explaining costs no more than reading. The newest 16 texts are remembered, since one asks for
        several reasons of one text.
        """
        recent, key = self._recent_parts, _key(text)
        if (known := recent.get(key)) is None:
            known = self._parts(text)
            with self._lock:
                recent[key] = known
                while len(recent) > REMEMBERED_PARTS:
                    recent.pop(next(iter(recent)))
        return known

    def _parts(self, text: str) -> Parts:
        encoding = self._network.tokens(text)
        offsets = in_place(encoding.offsets, text)
        words, n = words_of(offsets, text), len(encoding.ids)
        if not words:
            return Parts((), np.zeros((0, WIDTH), np.float32))
        if n <= ROOM_FOR_WHY:
            if len(words) * n > READ_FOR_WHY:
                words = phrases(words, [text[offsets[word[0]][0] : offsets[word[-1]][1]] for word in words])
            parts = in_groups(words, n, read=READ_FOR_WHY)
            vectors = self._without_words(encoding.ids, parts)
        else:
            parts = in_pieces(words, n, longest=WINDOW - 2)
            vectors = self._without_pieces(encoding.ids, parts)
        spans = ((offsets[min(part)][0], offsets[max(part)][1]) for part in parts)
        return Parts(tuple(spans), vectors)

    def _without_words(self, ids: Sequence[int], groups: Sequence[frozenset[int]]) -> Vectors:
        left = [[token for k, token in enumerate(ids) if k not in group] for group in groups]
        found = self._run([list(ids), *left])
        return np.asarray(found[0] - found[1:], np.float32)

    def _without_pieces(self, ids: Sequence[int], pieces: Sequence[frozenset[int]]) -> Vectors:
        found = self._run([[ids[k] for k in sorted(piece)] for piece in pieces])
        share = np.array([len(piece) for piece in pieces], np.float32) / sum(map(len, pieces))
        return np.asarray((share / (1 - share))[:, None] * (found - share @ found), np.float32)

    def _run(self, windows: list[list[int]]) -> Vectors:
        if len(windows) == 1 or self._threads == 1:
            return np.stack([self._vector(window) for window in windows])
        with ThreadPoolExecutor(self._threads) as pool:
            return np.stack(list(pool.map(self._vector, windows)))

    def _vector(self, window: Sequence[int]) -> Vectors:
        marked = [CLS, *window, SEP]
        keys = keys_of(marked)
        return np.concatenate([self._network.states(marked).mean(axis=0), *(said.of(keys) for said in self._words())])

    def _words(self) -> tuple[Wordings, Wordings]:
        """What words say of feeling, and what they say of danger."""
        if self._wordings is None:
            with self._lock:
                if self._wordings is None:
                    tables = ((WORDINGS, SAID), (DANGER_WORDS, DANGER_SAID))
                    feeling, danger = (
                        Wordings.open(self._folder / name, said=said, made_by=MADE_BY) for name, said in tables
                    )
                    self._wordings = feeling, danger
        return self._wordings


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def windows_of(ids: Sequence[int], width: int = WINDOW) -> list[list[int]]:
    """Token ids cut into full windows of ``width - 2``, evenly overlapping.

    None is shorter than the others: the end of a text, read by itself, would say more of danger than it does.

    >>> [len(w) for w in windows_of(range(111))]
    [110, 110]
    >>> windows_of([])
    [[]]
    """
    room, n = width - 2, len(ids)
    count = max(1, -(-(n - OVERLAP) // (room - OVERLAP)))
    starts = [k * (n - room) // (count - 1) for k in range(count)] if count > 1 else [0]
    return [list(ids[s : s + room]) for s in starts]
