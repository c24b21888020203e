"""The head of danger, fitted once more to the vectors as they ship, with moments of everyday life.

The network was fine-tuned on sentences that were written to be hard. Of ordinary life it took too much for a sign:
being ready, a good place to be in, a car that was cleaned out. The head alone learns better of it, and says of
everything else what it said before, since what follows from its probabilities was chosen by them. A step of
`training.text_reader`, and no command of its own: fitted again to its own outcome, the head would go further each time.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]
from scipy.special import log_softmax, softmax  # type: ignore[import-untyped]

from attunement.domain.reading import RiskLevel
from attunement.reading.encoder import Encoder
from attunement.reading.heads import Head
from attunement.reading.network import SIZE, Vectors
from training.held_out import learned
from training.measures import Array
from training.own_sentences import need_sentences, risk_sentences
from training.public_data import goemotions

LIFE, COUNTED = "data_risk_life", 2.0
"""Sentences of everyday life, and for how many others one of them counts."""
COMMENTS, BACKGROUND = 20_000, 0.3
"""Comments among which there is no danger, and how much one counts, as does a sentence of need."""
NEAR = 0.0003
"""How much it costs to leave the head that was fine-tuned, next to the mean loss."""
SEED = 20261130


def everyday_head(head: Head, encoder: Encoder, data: Path) -> Head:
    """The head near ``head`` that knows everyday life as well; sentences that are held out are not learned from.

    Of a moment of everyday life it learns whether it tells of danger, and how grave; of comments and sentences of
    need, half what ``head`` says and half that there is none; of all others what ``head`` says.
    """
    own = risk_sentences()
    kept = np.flatnonzero(learned(own))
    life = np.array([own.files[k].startswith(LIFE) for k in kept])
    others = background(data)
    vectors = encoder.encode([*(own.texts[k] for k in kept), *others])[:, :SIZE]
    said = softmax(head(vectors).astype(np.float64), axis=1)
    target = (said + without(said, RiskLevel.INDIRECT.rank)) / 2
    target[: len(kept)] = learned_of_own(said[: len(kept)], own.classes[kept], life)
    counted = np.append(np.where(life, COUNTED, 1.0), np.full(len(others), BACKGROUND))
    return near(head, vectors, target, counted)


def background(data: Path) -> list[str]:
    """Texts in which hardly any danger is told: some public comments, and sentences of need."""
    comments = np.random.default_rng(SEED).choice(goemotions(data, "train").texts, COMMENTS, replace=False)
    return [*comments.tolist(), *need_sentences().texts]


def learned_of_own(said: Array, levels: NDArray[np.int64], life: NDArray[np.bool_]) -> Array:
    """What is to be said of own sentences of ``levels`` ``(n,)``, where ``said`` ``(n, 5)`` was said before.

    >>> said = np.array([[0.2, 0.2, 0.6, 0.0, 0.0]] * 3)
    >>> learned_of_own(said, np.array([0, 3, 0]), np.array([True, True, False])).tolist()
    [[0.5, 0.5, 0.0, 0.0, 0.0], [0.0, 0.0, 0.0, 1.0, 0.0], [0.2, 0.2, 0.6, 0.0, 0.0]]
    """
    dangerous = (levels >= RiskLevel.INDIRECT.rank)[:, None]
    told = np.where(dangerous, np.eye(len(RiskLevel))[levels], without(said, RiskLevel.INDIRECT.rank))
    return np.where(life[:, None], told, said)


def without(said: Array, first: int) -> Array:
    """Probabilities ``(n, k)`` as they would be where no class from ``first`` on is told: the others in proportion.

    >>> without(np.array([[0.2, 0.2, 0.6]]), 2).tolist()
    [[0.5, 0.5, 0.0]]
    """
    calm = np.where(np.arange(said.shape[1]) < first, said, 0.0)
    return np.asarray(calm / calm.sum(axis=1, keepdims=True))


def near(head: Head, vectors: Vectors, target: Array, counted: Array) -> Head:
    """The multinomial head near ``head`` for vectors ``(n, m)``, wanted probabilities ``(n, k)`` and weights ``(n,)``.

    >>> head = Head(np.zeros((2, 5), np.float32), np.zeros(5, np.float32))
    >>> seen, levels = np.eye(2, dtype=np.float32), np.eye(5)[[0, 2]]
    >>> near(head, seen, levels, np.ones(2))(seen).argmax(axis=1).tolist()
    [0, 2]
    """
    seen, known, share = vectors.astype(np.float64), head(vectors).astype(np.float64), counted / counted.sum()
    shape = head.weight.shape

    def loss(flat: Array) -> tuple[float, Array]:
        change, shift = flat[: -shape[1]].reshape(shape), flat[-shape[1] :]
        logs = log_softmax(known + seen @ change + shift, axis=1)
        missed = (np.exp(logs) - target) * share[:, None]
        value = -((logs * target).sum(axis=1) @ share) + NEAR * (change**2).sum()
        return float(value), np.concatenate([(seen.T @ missed + 2 * NEAR * change).ravel(), missed.sum(axis=0)])

    found = minimize(
        loss, np.zeros(shape[0] * shape[1] + shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 200}
    )
    change, shift = found.x[: -shape[1]].reshape(shape), found.x[-shape[1] :]
    return Head((head.weight + change).astype(np.float32), (head.bias + shift).astype(np.float32))
