"""Early warning of a hard stretch: moods that swing more and recover more slowly than before, told as uncertain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

FEWEST = 40
SHARE = 0.5
SURROGATES = 100
DOUBTFUL = 0.05
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Steadiness:
    """Whether a series grows unsteady.

    ``spread`` and ``tie`` are Kendall's τ (-1 to 1) of variance and lag-one autocorrelation over windows that slide
    through the series: above 0 they rise. ``p`` is how often a steady series of the same kind (an autoregression fitted
    to it) shows as much of both; ``rising`` says that this is rarer than one in twenty.
    """

    spread: float
    tie: float
    p: float

    @property
    def rising(self) -> bool:
        """Whether both rise, more than chance alone would let them in nineteen of twenty cases."""
        return self.spread > 0 and self.tie > 0 and self.p < DOUBTFUL


def early_warning(values: Sequence[float], *, rng: Generator) -> Steadiness | None:
    """Look for critical slowing down in one person's newest values; None under forty values, or where all are equal.

    Each window covers half the series; what is slower than a window is taken out first by its running mean. The same is
    done with `SURROGATES` autoregressions of the series' own length, variance and lag-one autocorrelation. It is one
    sign among many, and often wrong: in studies it comes before some hard stretches and not before others.

    Scheffer et al. (2009), Early-warning signals for critical transitions, Nature 461; Dakos et al. (2012), Methods for
    detecting early warnings, PLoS ONE 7(7); Helmich et al. (2021), Early warning signals and critical transitions in
    psychopathology, Curr. Opin. Psychol. 41.

    >>> early_warning([0.1] * 50, rng=np.random.default_rng(0)) is None
    True
    """
    x = np.asarray(values, float)
    if len(x) < FEWEST or not np.isfinite(x).all() or np.ptp(x) < 1e-12:
        return None
    seen = _trends(x[None])[0]
    phi = _tie(x - x.mean())
    like_it = _trends(_steady(phi, float(x.std()), (SURROGATES, len(x)), rng))
    joint = np.minimum(like_it[:, 0], like_it[:, 1])
    p = (1 + int((joint >= seen.min()).sum())) / (1 + SURROGATES)
    return Steadiness(float(seen[0]), float(seen[1]), p)


def _trends(series: Array) -> Array:
    """Of each series (m, n): Kendall's τ with time of the variance and of the autocorrelation of its windows (m, 2)."""
    n = series.shape[1]
    width = int(n * SHARE)
    slow = np.apply_along_axis(lambda row: np.convolve(row, np.ones(width) / width, "same"), 1, series)
    covered = np.convolve(np.ones(n), np.ones(width) / width, "same")
    windows = np.lib.stride_tricks.sliding_window_view(series - slow / covered, width, axis=1)
    dev = windows - windows.mean(axis=2, keepdims=True)
    variance = (dev**2).mean(axis=2)
    tie = (dev[..., 1:] * dev[..., :-1]).sum(axis=2) / np.maximum((dev**2).sum(axis=2), 1e-12)
    return np.column_stack([_kendall(variance), _kendall(tie)])


def _kendall(rows: Array) -> Array:
    """τ of each row (m, k) with its own order."""
    above, below = np.triu_indices(rows.shape[1], 1)
    return np.asarray(np.sign(rows[:, below] - rows[:, above]).mean(axis=1))


def _tie(dev: Array) -> float:
    return float(np.clip((dev[1:] @ dev[:-1]) / (dev @ dev), -0.95, 0.95))


def _steady(phi: float, sd: float, shape: tuple[int, int], rng: Generator) -> Array:
    """Autoregressions that neither gain nor lose spread."""
    out = np.empty(shape)
    out[:, 0] = rng.normal(0, sd, shape[0])
    shocks = rng.normal(0, sd * np.sqrt(1 - phi**2), shape)
    for k in range(1, shape[1]):
        out[:, k] = phi * out[:, k - 1] + shocks[:, k]
    return out
