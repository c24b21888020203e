"""How the reader of texts hears what members feel in check-ins: a head for those who tell of themselves.

Comments in a forum are about things; check-ins tell of their writer, of several feelings at once, and often by name.
One head for both reads the one well or the other. So there are two, and a third tells how much a text is somebody
telling of themselves. Jacobs et al. 1991, *Adaptive mixtures of local experts*, Neural Computation 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from attunement.reading.emojis import in_words
from attunement.reading.encoder import Encoder
from attunement.reading.heads import Head
from attunement.reading.network import SIZE, Vectors
from training.calibration import Beside, fit_platt, fit_thresholds, sigmoid
from training.evenness import Evenness, evenness
from training.measures import Array, Measured, bootstrap, macro_f1
from training.own_sentences import CheckIns, checkins
from training.public_data import emobank, goemotions, goemotions_labels

NEAR = 0.00125
"""How much it costs to leave the head of comments, next to the mean loss of a check-in."""
EVEN, EVEN_TELLING = 12.0, 30.0
"""How much a change of scores between persons weighs against one of check-ins and as many comments (`Evenness`): in
what is felt, and in how much a text is one."""
TELLING, COMMENTS, COUNTED = 1.0, 12_000, 1.0
"""Inverse weight of the penalty on what tells check-ins from comments, of how many it learns, and for how many of these
a check-in counts."""


@dataclass(frozen=True, slots=True)
class Felt:
    """``felt`` hears emotions in check-ins, calibrated, ``telling`` how much a text is one; thresholds ``(28,)``."""

    felt: Head
    telling: Head
    thresholds: Array

    def beside(self, vectors: Vectors) -> Beside:
        """What it says of texts, beside the head of comments."""
        return Beside(sigmoid(self.telling(vectors).astype(float)), self.felt(vectors).astype(float), self.thresholds)


def felt_in_checkins(emotion: Head, encoder: Encoder, data: Path) -> tuple[Felt, dict[str, Measured]]:
    """Learned from own check-ins, beginning with the head of comments; figures of each writer by the others."""
    own = checkins(goemotions_labels(data))
    vectors = encoder.encode([in_words(text) for text in own.texts])
    n = len(own.texts)
    even, evener = (
        evenness(encoder, data, own=own.texts, comments=n, weight=weight) for weight in (EVEN, EVEN_TELLING)
    )
    others = (*goemotions(data, "train").texts[:COMMENTS], *emobank(data, "train").texts)
    scores = np.zeros(own.targets.shape)
    for writer in set(own.writers):
        held = own.writers == writer
        scores[held] = near(emotion, even, vectors[~held], own.targets[~held])(vectors[held])
    slope, offset = fit_platt(scores, own.targets)
    head = near(emotion, even, vectors, own.targets)
    felt = Felt(
        Head(head.weight * slope.astype(np.float32), (head.bias * slope + offset).astype(np.float32)),
        _telling(evener, vectors, encoder.encode([in_words(text) for text in others])),
        fit_thresholds(sigmoid(scores * slope + offset)),
    )
    return felt, _measured(scores, own)


def near(emotion: Head, even: Evenness, vectors: Vectors, targets: Array) -> Head:
    """A head for check-ins, ``NEAR`` to that of comments, then made even."""
    seen, known = vectors[:, :SIZE].astype(float), emotion(vectors).astype(float)
    shape, n = (SIZE, targets.shape[1]), len(targets)

    def loss(flat: Array) -> tuple[float, Array]:
        change, shift = flat[: -shape[1]].reshape(shape), flat[-shape[1] :]
        scores = known + seen @ change + shift
        missed = (sigmoid(scores) - targets) / n
        value = (np.logaddexp(0, scores) - targets * scores).sum() / n + NEAR * (change**2).sum()
        return float(value), np.concatenate([(seen.T @ missed + 2 * NEAR * change).ravel(), missed.sum(axis=0)])

    found = minimize(loss, np.zeros(SIZE * shape[1] + shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 150})
    change, shift = found.x[: -shape[1]].reshape(shape), found.x[-shape[1] :]
    head = even.apply(
        Head((emotion.weight[:SIZE] + change).astype(np.float32), (emotion.bias + shift).astype(np.float32))
    )
    return Head(np.concatenate([head.weight, emotion.weight[SIZE:]]), head.bias)


def _telling(even: Evenness, own: Vectors, others: Vectors) -> Head:
    """How much a text is somebody telling of themselves: what tells check-ins from comments, news and stories."""
    seen = np.concatenate([own, others])[:, :SIZE].astype(float)
    is_own = np.arange(len(seen)) < len(own)
    fitted = LogisticRegression(C=TELLING, max_iter=1000)
    fitted.fit(seen, is_own, sample_weight=np.where(is_own, COUNTED, 1.0))
    return even.apply(Head(fitted.coef_.T.astype(np.float32), fitted.intercept_.astype(np.float32)))


def _measured(scores: Array, own: CheckIns) -> dict[str, Measured]:
    """Macro-F1 on each writer's check-ins, as the others' calibrate and choose, taken as check-ins all."""
    found = np.zeros(scores.shape, bool)
    for writer in set(own.writers):
        held = own.writers == writer
        slope, offset = fit_platt(scores[~held], own.targets[~held])
        least = fit_thresholds(sigmoid(scores[~held] * slope + offset))
        found[held] = sigmoid(scores[held] * slope + offset) >= least
    return {
        f"emotions in check-ins, macro-F1, writers left out (n={len(found)})": bootstrap(macro_f1, own.targets, found)
    }
