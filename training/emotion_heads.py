"""The 28 emotion heads (GoEmotions) and the three affect heads (EmoBank)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from attunement.reading.encoder import Encoder
from training.embeddings import embed
from training.linear_heads import (
    Array,
    Linear,
    choose_c,
    fit_labels,
    fit_platt,
    fit_ridge,
    fit_thresholds,
    folds,
    sigmoid,
)
from training.measures import Measured, bootstrap, calibration_error, macro_f1, pearson
from training.public_data import emobank, goemotions, goemotions_labels

C_AMONG = (1.0, 3.0, 10.0)
ALPHA_AMONG = (0.3, 1.0, 3.0, 10.0)


@dataclass(frozen=True, slots=True)
class EmotionHeads:
    """What is fitted on GoEmotions: scores, calibration ``(2, 28)``, thresholds ``(28,)`` and measures."""

    labels: tuple[str, ...]
    linear: Linear
    platt: Array
    thresholds: Array
    measured: dict[str, Measured]
    f1: Array
    c: float


def emotion_heads(data: Path, cache: Path, encoder: Encoder) -> EmotionHeads:
    """Fit on train; calibrate and choose thresholds on dev. Dev figures are cross-fitted over five folds."""
    train, dev = goemotions(data, "train"), goemotions(data, "dev")
    x = embed(train.texts, cache=cache, name="goemotions-train", encoder=encoder)
    x_dev = embed(dev.texts, cache=cache, name="goemotions-dev", encoder=encoder)
    c = choose_c(x, train.targets, among=C_AMONG, cache=cache)
    linear = fit_labels(x, train.targets, c=c, cache=cache)
    scores, y = linear.scores(x_dev), dev.targets
    p, found = _cross_fitted(scores, y)
    measured = {
        "GoEmotions dev macro-F1": bootstrap(macro_f1, y, found),
        "GoEmotions dev calibration error, mean of 28": Measured(calibration_error(y, p)),
    }
    platt = fit_platt(scores, y)
    thresholds = fit_thresholds(sigmoid(scores * platt[0] + platt[1]), y)
    f1 = np.array([macro_f1(y[:, [k]], found[:, [k]]) for k in range(y.shape[1])])
    return EmotionHeads(goemotions_labels(data), linear, platt, thresholds, measured, f1, c)


def _cross_fitted(scores: Array, y: Array) -> tuple[Array, np.ndarray[tuple[int, ...], np.dtype[np.bool_]]]:
    p, found = np.empty_like(scores), np.zeros(scores.shape, bool)
    fold = folds(len(y))
    for k in range(5):
        fit, use = fold != k, fold == k
        platt = fit_platt(scores[fit], y[fit])
        thresholds = fit_thresholds(sigmoid(scores[fit] * platt[0] + platt[1]), y[fit])
        p[use] = sigmoid(scores[use] * platt[0] + platt[1])
        found[use] = p[use] >= thresholds
    return p, found


def affect_heads(data: Path, cache: Path, encoder: Encoder) -> tuple[Linear, dict[str, Measured]]:
    """Ridge heads for valence, arousal, dominance: alpha by cross-validation on train, measured once on dev."""
    train, dev = emobank(data, "train"), emobank(data, "dev")
    x = embed(train.texts, cache=cache, name="emobank-train", encoder=encoder)
    x_dev = embed(dev.texts, cache=cache, name="emobank-dev", encoder=encoder)
    fold = folds(len(x))

    def mean_r(alpha: float) -> float:
        found = np.empty_like(train.targets)
        for k in range(5):
            found[fold == k] = fit_ridge(x[fold != k], train.targets[fold != k], alpha=alpha).scores(x[fold == k])
        return float(np.mean([pearson(found[:, k], train.targets[:, k]) for k in range(3)]))

    linear = fit_ridge(x, train.targets, alpha=max(ALPHA_AMONG, key=mean_r))
    found = linear.scores(x_dev)
    names = ("valence", "arousal", "dominance")
    return linear, {
        f"EmoBank dev {name}, Pearson r": bootstrap(pearson, found[:, k], dev.targets[:, k])
        for k, name in enumerate(names)
    }
