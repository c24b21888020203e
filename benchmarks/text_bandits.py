"""Real texts as bandits: choose the label of a text, see only whether it was right."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from attunement.policy.neural_linear import Lesson, NeuralLinear
from attunement.reading.encoder import Encoder
from attunement.reading.network import SIZE as NETWORK
from benchmarks.bandit_peers import Arms

Array = NDArray[np.float64]
SIZE, MOST = 64, 2000


@dataclass(frozen=True, slots=True, eq=False)
class TextBandit:
    """Vectors of texts (n, 384), which label is right (n,), the labels, and their vectors (k, 384)."""

    name: str
    texts: Array
    right: NDArray[np.int64]
    labels: tuple[str, ...]
    meanings: Array

    def drawn(self, seed: int, n: int) -> tuple[Array, NDArray[np.int64], Array]:
        """``n`` texts in an order of its own, and the labels, as `SIZE` directions of the texts' own spread."""
        middle = self.texts.mean(axis=0)
        turn = np.linalg.svd(self.texts - middle, full_matrices=False)[2][:SIZE].T
        order = np.random.default_rng(seed).permutation(len(self.texts))[:n]
        return _unit((self.texts[order] - middle) @ turn), self.right[order], _unit((self.meanings - middle) @ turn)


class Ours:
    """`NeuralLinear` behind the face of the peers."""

    def __init__(self, labels: Sequence[str], meanings: Array | None, size: int, seed: int) -> None:
        self._policy = NeuralLinear(labels, size, meanings=meanings)
        self._rng = np.random.default_rng(seed)

    def choose(self, z: Array) -> int:
        """By its probabilities."""
        return self._policy.arms.index(self._policy.decide(z, rng=self._rng).arm)

    def learn(self, z: Array, arm: int, reward: float) -> None:
        """One lesson at a time."""
        self._policy = self._policy.learn([Lesson(z, self._policy.arms[arm], reward)])


def regret(arms: Arms, moments: Array, right: NDArray[np.int64], *, one: bool) -> float:
    """The share of texts whose label was not chosen; ``one`` puts a one before each vector, for models without."""
    wrong = 0
    for z, label in zip(moments, right, strict=True):
        z = np.concatenate([[1.0], z]) if one else z
        arm = arms.choose(z)
        arms.learn(z, arm, float(arm == label))
        wrong += arm != label
    return wrong / len(right)


def text_bandits(data: Path, cache: Path) -> list[TextBandit]:
    """Those whose set is there; vectors are kept in ``cache``."""
    found = []
    for name, read in (("goemotions", _goemotions), ("esconv", _esconv), ("empathetic_dialogues", _situations)):
        texts, labels = read(data)
        if not texts:
            continue
        rng = np.random.default_rng(0)
        some = [texts[i] for i in rng.permutation(len(texts))[:MOST].tolist()]
        file = cache / f"choosing-{name}.npy"
        if not file.exists():
            cache.mkdir(exist_ok=True)
            encoded = Encoder().encode([text for text, _ in some] + [f"I feel {x}." for x in labels])
            np.save(file, encoded[:, :NETWORK])
        vectors = np.load(file).astype(float)
        right = np.array([labels.index(label) for _, label in some])
        found.append(TextBandit(name, vectors[: len(some)], right, tuple(labels), vectors[len(some) :]))
    return found


def _unit(vectors: Array) -> Array:
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9))


def _goemotions(data: Path) -> tuple[list[tuple[str, str]], list[str]]:
    folder = data / "goemotions"
    if not folder.is_dir():
        return [], []
    labels = (folder / "labels.txt").read_text(encoding="utf-8").split()
    rows = [line.split("\t") for line in (folder / "dev.tsv").read_text(encoding="utf-8").splitlines()]
    return [(text, labels[int(ids)]) for text, ids, _ in rows if ids.isdigit()], labels


def _esconv(data: Path) -> tuple[list[tuple[str, str]], list[str]]:
    file = data / "esconv_full" / "train.jsonl"
    if not file.exists():
        return [], []
    turns = [turn for line in file.read_text(encoding="utf-8").splitlines() for turn in json.loads(line)["dialog"]]
    texts = [(t["text"].strip(), t["strategy"]) for t in turns if t["speaker"] == "sys" and t.get("strategy")]
    return texts, sorted({label for _, label in texts})


def _situations(data: Path) -> tuple[list[tuple[str, str]], list[str]]:
    file = data / "empathetic_dialogues" / "empathetic_dialogues_intents.csv.gz"
    if not file.exists():
        return [], []
    with gzip.open(file, "rt", encoding="utf-8", newline="") as stream:
        texts = [(r["Text"], r["emotion"]) for r in csv.DictReader(stream) if r["Type"] == "situation"]
    return texts, sorted({label for _, label in texts})
