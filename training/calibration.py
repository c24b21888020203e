"""Turns scores into probabilities and probabilities into answers, on texts that were not learned from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from attunement.domain.reading import RiskLevel
from attunement.reading.encoder import Encoder
from attunement.reading.heads import Head
from attunement.reading.risk import read_rules
from training.held_out import held_out
from training.measures import Array, Measured, bootstrap, calibration_error, f1_score, macro_f1
from training.own_sentences import ORDINARY, risk_sentences
from training.public_data import goemotions

if TYPE_CHECKING:
    from training.checkins import Felt

SEED = 20261122
ALARMS_ON_COMMENTS = 0.0125
ALARMS_ON_ORDINARY = 0.02
"""The shares of public comments, and of own ordinary harmless sentences held out, that may be flagged; chosen with
the first five tests of danger in view."""


@dataclass(frozen=True, slots=True)
class Calibrated:
    """Slope and offset ``(2, 28)``, thresholds ``(28,)``, and figures: F1 of each label, and all that was measured."""

    platt: Array
    thresholds: Array
    f1: Array
    measured: dict[str, Measured]


@dataclass(frozen=True, slots=True)
class Beside:
    """What a second, calibrated head says of texts: how much it counts ``(n,)``, scores and thresholds of its own."""

    share: Array
    scores: Array
    thresholds: Array

    def mixed(self, rows: NDArray[np.bool_], scores: Array, thresholds: Array) -> tuple[Array, NDArray[np.bool_]]:
        """Probabilities and answers of some rows, with the calibrated scores and thresholds of the first head."""
        share = self.share[rows].reshape(-1, 1)
        p = sigmoid((1 - share) * scores + share * self.scores[rows])
        return p, p >= (1 - share) * thresholds + share * self.thresholds


def calibrated_emotions(head: Head, felt: Felt, encoder: Encoder, data: Path) -> Calibrated:
    """Calibrate and choose thresholds on dev; figures of each fifth are by what the other four fifths chose."""
    dev = goemotions(data, "dev")
    vectors = encoder.feelings(dev.texts, encoder.encode_windows(dev.texts))
    scores, y = head(np.stack([one.comment for one in vectors])).astype(np.float64), dev.targets
    p, found = cross_fitted(scores, y, felt.beside(np.stack([one.told for one in vectors])))
    platt = fit_platt(scores, y)
    return Calibrated(
        platt=platt,
        thresholds=fit_thresholds(sigmoid(scores * platt[0] + platt[1])),
        f1=np.array([f1_score(y[:, k], found[:, k]) for k in range(y.shape[1])]),
        measured={
            "GoEmotions dev macro-F1": bootstrap(macro_f1, y, found),
            "GoEmotions dev calibration error, mean of 28": Measured(calibration_error(y, p)),
        },
    )


def cross_fitted(scores: Array, y: Array, beside: Beside | None = None) -> tuple[Array, NDArray[np.bool_]]:
    """Probabilities and answers ``(n_texts, n)`` of each fifth of the texts, by what the other four fifths chose.

    With a second head ``beside``, as both together say.
    """
    p, found, fold = np.empty_like(scores), np.zeros(scores.shape, bool), folds(len(y))
    for k in range(5):
        fit, use = fold != k, fold == k
        slope, offset = fit_platt(scores[fit], y[fit])
        alone = scores * slope + offset
        least = fit_thresholds(sigmoid(alone[fit]))
        if beside is None:
            p[use], found[use] = sigmoid(alone[use]), sigmoid(alone[use]) >= least
        else:
            p[use], found[use] = beside.mixed(use, alone[use], least)
    return p, found


def risk_threshold(head: Head, encoder: Encoder, data: Path) -> float:
    """The lowest probability of danger at which few comments, and few ordinary harmless sentences, are flagged.

    In hundredths, rounded up: a text more or less does not move it.
    """
    comments = [text for text in goemotions(data, "dev").texts if read_rules(text).level is RiskLevel.NONE]
    own = risk_sentences()
    harmless = held_out(own) & (own.classes < RiskLevel.INDIRECT.rank) & np.isin(own.kinds, ORDINARY)
    sentences = [text for text, h in zip(own.texts, harmless, strict=True) if h]
    least = max(
        np.quantile(danger_of(head, encoder, comments), 1 - ALARMS_ON_COMMENTS),
        np.quantile(danger_of(head, encoder, sentences), 1 - ALARMS_ON_ORDINARY),
    )
    return float(np.ceil(100 * least) / 100)


def danger_of(head: Head, encoder: Encoder, texts: list[str]) -> Array:
    """The probability of ``indirect`` and above in the window of each text that speaks most of it."""
    found = []
    for encoded in encoder.encode_windows(texts):
        scores = head(encoded.windows).astype(np.float64)
        e = np.exp(scores - scores.max(axis=1, keepdims=True))
        found.append(float((e / e.sum(axis=1, keepdims=True))[:, RiskLevel.INDIRECT.rank :].sum(axis=1).max()))
    return np.array(found)


def fit_platt(scores: Array, y: Array) -> Array:
    """Slope and offset of each column, ``(2, n_heads)``, so that ``sigmoid(slope * score + offset)`` is calibrated."""
    fitted = []
    for k in range(y.shape[1]):
        if y[:, k].sum() < 10:
            fitted.append((1.0, 0.0))
            continue
        head = LogisticRegression(C=1.0, max_iter=400, random_state=SEED).fit(scores[:, [k]], y[:, k])
        fitted.append((float(head.coef_[0, 0]), float(head.intercept_[0])))
    return np.array(fitted).T


def fit_thresholds(p: Array) -> Array:
    """For each column of calibrated probabilities the one above which the expected F1 is greatest.

    The labels are not looked at again: where a label is rare, the F1 of a threshold on a few thousand texts is mostly
    luck. Lipton et al. 2014, *Thresholding classifiers to maximize F1 score*, arXiv:1402.1892.

    >>> float(fit_thresholds(np.array([[0.9], [0.8], [0.3], [0.1]]))[0])
    0.8
    """
    ordered = -np.sort(-p, axis=0)
    told = np.arange(1, len(p) + 1)[:, None]
    f1 = 2 * np.cumsum(ordered, axis=0) / (told + p.sum(axis=0))
    return np.asarray(np.take_along_axis(ordered, f1.argmax(axis=0)[None], axis=0)[0])


def sigmoid(x: Array) -> Array:
    """The logistic function."""
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))))


def folds(n: int, k: int = 5) -> NDArray[np.int64]:
    """A fold number for each of ``n`` rows, seeded."""
    return np.random.default_rng(SEED).permutation(np.arange(n) % k)
