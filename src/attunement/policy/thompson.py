"""Thompson sampling with its probabilities made explicit, from what a linear policy believes."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from attunement.policy.belief import Belief

DRAWS = 256
TEMPER = 0.5
"""What the deviation of draws is multiplied by. Full draws explore more than pays off while there are few outcomes a
person: on made-up people half as wide ones lose 5 to 6 % less (Phan, Abbasi-Yadkori & Domke 2019, NeurIPS)."""
SEED = 20260521
ASIDE_GRID = 2.0**30
Array = NDArray[np.float64]


def thompson(belief: Belief, x: Array, aside: Array) -> Array:
    """How often each candidate of ``x`` (n, d) scores highest in `DRAWS` draws of coefficients; sums to 1.

    ``aside`` (n,) is taken from the scores first. Candidates that are alike in both share what they win, as nothing but
    rounding could tell them apart.

    The draws are the same for every decision, so shares hang on what is believed alone; chance comes in only where one
    candidate is then picked by them, and the probability that is logged is the one it is picked with. Draws come in
    pairs that mirror each other, which makes shares steadier.

    Hammersley & Morton (1956), A new Monte Carlo technique: antithetic variates. Glasserman & Yao (1992), Some
    guidelines and guarantees for common random numbers, Management Science 38.
    """
    middle = (x @ belief.mean - aside).astype(np.float32)
    spread = x.astype(np.float32) @ belief.rough  # of scores; cheaper than drawing coefficients first
    drawn = _draws(spread.shape[1]) @ spread.T
    wins = np.bincount((middle + drawn).argmax(axis=1), minlength=len(x))
    wins += np.bincount(np.subtract(middle, drawn, out=drawn).argmax(axis=1), minlength=len(x))
    return _shared(wins / DRAWS, x, aside)


def _shared(shares: Array, x: Array, aside: Array) -> Array:
    """The same shares (n,), even among candidates of equal features (n, d) and ``aside`` (n,).

    Features lie on a grid and weights are whole numbers, so that sums are exact: equal rows have equal sums, and others
    do in one of a thousand million cases.
    """
    alike = x @ _weights(x.shape[1]) + 1j * np.rint(aside * ASIDE_GRID)
    order = alike.argsort()  # cheaper than to look for what is unique where, as nearly always, all is
    begins = np.concatenate([[True], np.diff(alike[order]) != 0])
    if begins.all():
        return shares
    group = np.empty(len(x), np.int64)
    group[order] = begins.cumsum() - 1
    return np.asarray((np.bincount(group, shares) / np.bincount(group))[group])


@lru_cache(maxsize=8)
def _weights(d: int) -> Array:
    """Whole numbers (d,) under 2**30, always the same."""
    return np.random.default_rng(SEED).integers(1, 2**30, d).astype(float)


@lru_cache(maxsize=8)
def _draws(d: int) -> NDArray[np.float32]:
    """Normal numbers (DRAWS/2, d) with the deviation `TEMPER`, always the same."""
    return np.float32(TEMPER) * np.random.default_rng(SEED).standard_normal((DRAWS // 2, d), np.float32)
