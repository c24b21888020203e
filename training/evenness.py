"""Makes a head say nearly the same whoever a text is about.

Counterfactual logit pairing (Garg et al. 2019, *Counterfactual fairness in text classification through robustness*,
arXiv:1809.10610) has a closed form for linear heads over finished vectors; it costs no training of the network.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import yaml

from attunement.reading.encoder import Encoder
from attunement.reading.heads import Head
from attunement.reading.network import SIZE
from training.measures import Array
from training.public_data import goemotions

PERSONS = Path(__file__).with_name("data_persons.yaml")
EVENNESS = 3.0
"""How much a change of scores between persons weighs against a change of scores of comments."""
COMMENTS = 8_000
RIDGE = 1e-6


@dataclass(frozen=True, slots=True)
class Evenness:
    r"""A linear map of vectors ``(n, 384)`` after which who a text is about tells a head little.

    With :math:`G` the covariance of vectors of comments and :math:`S` that of sentences in which only the person
    changes, about the mean of each sentence, a head :math:`w` becomes :math:`Aw` with
    :math:`A = (G + \lambda S)^{-1} G`, the least of
    :math:`(w' - w)^\top G (w' - w) + \lambda w'^\top S w'`: what it says of comments stays, and what it says of
    persons shrinks.

    >>> rng = np.random.default_rng(1)
    >>> comments = rng.normal(size=(5000, 3))
    >>> persons = [np.outer(rng.normal(size=4), [0.0, 0.0, 1.0]) for _ in range(20)]
    >>> even = Evenness.of(comments, persons, weight=100.0)
    >>> np.round(even.apply(Head(np.ones((3, 1), np.float32), np.zeros(1, np.float32))).weight[:, 0], 1)
    array([1., 1., 0.], dtype=float32)
    """

    map: Array
    mean: Array

    @classmethod
    def of(cls, comments: Array, persons: list[Array], *, weight: float = EVENNESS) -> Self:
        """Of vectors of comments ``(n, 384)`` and, for each sentence, of its persons ``(n_persons, 384)``."""
        mean = comments.mean(axis=0)
        about = np.concatenate([vectors - vectors.mean(axis=0) for vectors in persons])
        kept = (comments - mean).T @ (comments - mean) / len(comments) + RIDGE * np.eye(comments.shape[1])
        return cls(np.linalg.solve(kept + weight * about.T @ about / len(about), kept), mean)

    def apply(self, head: Head) -> Head:
        """The head made even; of the average comment it says what it said."""
        before = head.weight.astype(np.float64)
        weight = self.map @ before
        return Head(weight.astype(np.float32), (head.bias + self.mean @ (before - weight)).astype(np.float32))

    def vectors(self, vectors: Array) -> Array:
        """Vectors on which a head is fitted that is to be even; `unmapped` brings it back."""
        return np.asarray((vectors - self.mean) @ self.map)

    def unmapped(self, weight: Array, bias: Array) -> Head:
        """A head fitted on `vectors`, for vectors as they are."""
        weight = self.map @ weight
        return Head(weight.astype(np.float32), (bias - self.mean @ weight).astype(np.float32))


def evenness(
    encoder: Encoder, data: Path, *, own: Sequence[str] = (), comments: int = COMMENTS, weight: float = EVENNESS
) -> Evenness:
    """By comments of GoEmotions train, ``own`` texts and own sentences of persons, for what the network finds."""

    def vectors(texts: Sequence[str]) -> Array:
        return encoder.encode(texts)[:, :SIZE].astype(np.float64)

    known = vectors((*goemotions(data, "train").texts[:comments], *own))
    return Evenness.of(known, [vectors(persons) for persons in sentences_of_persons()], weight=weight)


def sentences_of_persons(file: Path = PERSONS) -> list[list[str]]:
    """Own sentences, each with every word of one group."""
    own = yaml.safe_load(file.read_text(encoding="utf-8"))
    return [
        [sentence.format(who=word) for word in words]
        for group, words in own["words"].items()
        for sentence in own["sentences"].get(group, own["sentences"]["adjective"])
    ]
