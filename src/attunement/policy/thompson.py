"""Thompson sampling with its probabilities made explicit, from what a linear policy believes."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

from attunement.policy.belief import Belief

DRAWS = 256
_BLAS = ThreadpoolController()
Array = NDArray[np.float64]


def thompson(belief: Belief, x: Array, rng: Generator) -> Array:
    """How often each candidate of ``x`` (n, d) scores highest in `DRAWS` draws of coefficients; sums to 1.

    Draws come in pairs that mirror each other, which makes shares steadier. Given the seed these are the exact
    probabilities of the sample, so they can be logged and weighted by.

    Hammersley & Morton (1956), A new Monte Carlo technique: antithetic variates.
    """
    with _BLAS.limit(limits=1, user_api="blas"):  # sums this small only wait for one another in several threads
        middle = (x @ belief.mean).astype(np.float32)
        spread = (x @ belief.spread).astype(np.float32)  # of the scores; cheaper than drawing coefficients first
        aside = rng.standard_normal((DRAWS // 2, len(belief.mean)), np.float32) @ spread.T
        wins = np.bincount(np.argmax(middle + aside, axis=1), minlength=len(x))
        wins += np.bincount(np.argmax(middle - aside, axis=1), minlength=len(x))
    return np.asarray(wins / DRAWS)
