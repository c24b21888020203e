"""Chooses levels and tokens from scores, so that rare levels are found about as often as they are there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from training.measures import f1_score

Array = NDArray[np.float64]
GRID = np.arange(-1.0, 2.01, 0.2)
DEAR = 0.0125
"""What an offset of one costs, in macro-F1."""
CUTS = np.arange(0.2, 0.81, 0.05)


@dataclass(frozen=True, slots=True)
class LevelChoice:
    """For one mechanism: what divides scores to make probabilities, what is added to choose a level, and the least
    probability at which a token is told to carry it."""

    temperature: float
    offset: Array
    cut: float

    def levels(self, scores: Array) -> NDArray[np.int64]:
        """The chosen levels of ``(n, 3)`` scores."""
        return np.asarray((scores / self.temperature + self.offset).argmax(axis=1))


@dataclass(frozen=True, slots=True)
class TurnChoice:
    """For what a turn does: slope and offset that calibrate ``skill``, and how likely it must reflect to be taken for a
    reflection (`reflects_from`)."""

    slope: float
    offset: float
    reflects_from: float


def choose(scores: Array, levels: NDArray[np.int64], tokens: list[Array], carried: list[Array]) -> LevelChoice:
    """Fit all three on scores of exchanges that were not learned from.

    The offsets are the middle of those on a grid whose macro-F1, less `DEAR` times their squares, is within half a
    point of the best: levels are so rare that a lucky corner would be far from what other exchanges want. The
    temperature is that of greatest likelihood, and the cut the highest whose token-F1 is within a point of the best:
    what is marked should not run on into the sentence beside it.
    """
    found = minimize_scalar(lambda t: _loss(scores / t, levels), bounds=(0.4, 4.0), method="bounded")
    temperature = float(found.x)
    scaled = scores / temperature
    grid = np.array([(0.0, a, b) for a in GRID for b in GRID])
    f1 = np.array([macro(levels, (scaled + offset).argmax(axis=1)) for offset in grid]) - DEAR * (grid**2).sum(axis=1)
    offset = grid[f1 >= f1.max() - 0.005].mean(axis=0)
    shown = (scaled + offset).argmax(axis=1) > 0
    said = np.concatenate([t if s else np.zeros_like(t) for t, s in zip(tokens, shown, strict=True)])
    truth = np.concatenate(carried)
    token_f1 = np.array([f1_score(truth, said >= c) for c in CUTS])
    return LevelChoice(temperature, offset, float(CUTS[token_f1 >= token_f1.max() - 0.01].max()))


def reflects_from(p: Array, reflects: NDArray[np.bool_]) -> float:
    """The probability from which a turn is taken for a reflection, on turns that were not learned from.

    The middle of those whose F1 is within half a point of the best.
    """
    steps = np.arange(0.2, 0.61, 0.01)
    f1 = np.array([f1_score(reflects.astype(float), p >= step) for step in steps])
    return float(steps[f1 >= f1.max() - 0.005].mean())


def macro(levels: NDArray[np.int64], found: NDArray[np.int64]) -> float:
    """Mean over the three levels of the F1 of finding it."""
    return float(np.mean([f1_score((levels == k).astype(float), found == k) for k in range(3)]))


def _loss(scores: Array, levels: NDArray[np.int64]) -> float:
    log_p = scores - np.log(np.exp(scores - scores.max(axis=1, keepdims=True)).sum(axis=1, keepdims=True))
    log_p -= scores.max(axis=1, keepdims=True)
    return float(-log_p[np.arange(len(levels)), levels].mean())
