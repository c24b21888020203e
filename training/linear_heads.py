"""Fits linear heads on vectors, calibrates them and finds thresholds; all of it seeded."""

from __future__ import annotations

import hashlib
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.progress import Progress
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import log_loss

SEED = 20261122
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Linear:
    """Scores ``x @ weight + bias``: ``weight`` (n_features, n_heads), ``bias`` (n_heads,)."""

    weight: Array
    bias: Array

    def scores(self, x: NDArray[np.float32]) -> Array:
        """Raw scores, ``(n_texts, n_heads)``."""
        return np.asarray(x @ self.weight + self.bias)


def fit_labels(x: NDArray[np.float32], y: Array, *, c: float, cache: Path) -> Linear:
    """One logistic head for each column of ``y``; each finished head is kept in the cache."""
    cache.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256(x.tobytes() + y.tobytes()).hexdigest()[:12]
    columns = []
    with Progress() as progress:
        for k in progress.track(range(y.shape[1]), description=f"fitting heads (C={c:g})"):
            file = cache / f"head-{digest}-{c:g}-{k:02d}.npy"
            if not file.exists():
                head = _logistic(c).fit(x, y[:, k])
                np.save(file, np.append(head.coef_[0], head.intercept_[0]))
            columns.append(np.load(file))
    stacked = np.stack(columns, axis=1)
    return Linear(stacked[:-1], stacked[-1])


def choose_c(x: NDArray[np.float32], y: Array, *, among: tuple[float, ...], cache: Path) -> float:
    """The C with the smallest log loss on a tenth of the training texts held out (the same C for all labels)."""
    rng = np.random.default_rng(SEED)
    held = rng.random(len(x)) < 0.1
    losses = {}
    for c in among:
        p = sigmoid(fit_labels(x[~held], y[~held], c=c, cache=cache).scores(x[held]))
        losses[c] = float(np.mean([log_loss(y[held, k], p[:, k], labels=[0, 1]) for k in range(y.shape[1])]))
    return min(losses, key=lambda c: losses[c])


def fit_classes(x: NDArray[np.float32], y: NDArray[np.int64], *, c: float, balanced: bool = False) -> Linear:
    """One multinomial logistic head over the classes 0 to max(y)."""
    head = _logistic(c, "balanced" if balanced else None).fit(x, y)
    return Linear(head.coef_.T, head.intercept_)


def fit_ridge(x: NDArray[np.float32], y: Array, *, alpha: float) -> Linear:
    """One ridge head for each column of ``y``."""
    head = Ridge(alpha=alpha).fit(x, y)
    return Linear(head.coef_.T, head.intercept_)


def fit_platt(scores: Array, y: Array) -> Array:
    """Slope and offset of each column, ``(2, n_heads)``, so that ``sigmoid(slope * score + offset)`` is calibrated."""
    fitted = []
    for k in range(y.shape[1]):
        if y[:, k].sum() < 10:
            fitted.append((1.0, 0.0))
            continue
        head = _logistic(1.0).fit(scores[:, [k]], y[:, k])
        fitted.append((float(head.coef_[0, 0]), float(head.intercept_[0])))
    return np.array(fitted).T


def fit_thresholds(p: Array, y: Array) -> Array:
    """For each column the probability above which the F1 is greatest, from 0.05 to 0.8, smoothed over neighbours."""
    grid = np.arange(0.05, 0.801, 0.01)
    best = []
    for k in range(y.shape[1]):
        f1 = np.array([f1_score(y[:, k], p[:, k] >= t) for t in grid])
        smooth = np.convolve(np.pad(f1, 2, mode="edge"), np.ones(5) / 5, mode="valid")
        best.append(grid[int(np.argmax(smooth))])
    return np.array(best)


def f1_score(truth: NDArray[np.float64], found: NDArray[np.bool_]) -> float:
    """F1 of one label, 0 where nothing is right.

    >>> f1_score(np.array([1.0, 1.0, 0.0]), np.array([True, False, False]))
    0.6666666666666666
    """
    right = float(np.sum(truth * found))
    total = float(truth.sum() + found.sum())
    return 2 * right / total if total else 0.0


def sigmoid(x: Array) -> Array:
    """The logistic function."""
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))))


def softmax(x: Array) -> Array:
    """Rows that sum to 1."""
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return np.asarray(e / e.sum(axis=1, keepdims=True))


def folds(n: int, k: int = 5) -> NDArray[np.int64]:
    """A fold number for each of ``n`` rows, seeded."""
    return np.random.default_rng(SEED).permutation(np.arange(n) % k)


def _logistic(c: float, weight: str | None = None) -> LogisticRegression:
    warnings.filterwarnings("ignore", category=ConvergenceWarning)
    return LogisticRegression(C=c, max_iter=400, class_weight=weight, random_state=SEED)
