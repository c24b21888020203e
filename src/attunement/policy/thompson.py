"""Thompson sampling with its probabilities made explicit, from what a linear policy believes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

from attunement.domain.context import Context
from attunement.domain.decision import Choice
from attunement.domain.errors import Conflict, ErrorCode
from attunement.domain.practice import Practice
from attunement.policy.belief import Belief
from attunement.policy.features import FeatureMap
from attunement.policy.reasons import reasons_for
from attunement.policy.slate import alternatives

DRAWS = 256
EXPLORE_LEAST, EXPLORE_MOST = 0.10, 0.40
_BLAS = ThreadpoolController()
Array = NDArray[np.float64]


def floor_of(context: Context, n: int) -> float:
    """The least probability of each of ``n`` candidates: ε/n, where ε grows from 0.1 to 0.4 with breadth."""
    return (EXPLORE_LEAST + (EXPLORE_MOST - EXPLORE_LEAST) * context.breadth) / n


def probabilities(belief: Belief, x: Array, floor: float, rng: Generator) -> Array:
    """How often each candidate of ``x`` (n, d) scores highest in `DRAWS` draws, over a floor; sums to 1.

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
    p = floor + (1 - floor * len(x)) * wins / DRAWS
    return np.asarray(p / p.sum())


def choose(
    context: Context, candidates: Sequence[Practice], *, features: FeatureMap, belief: Belief, learned_from: int,
    name: str, version: int, rng: Generator,
) -> Choice:  # fmt: skip
    """Choose one practice by Thompson sampling, two alternatives of other kinds, and say why.

    Raises `Conflict` (``nothing-to-offer``) where there is no candidate.
    """
    check_candidates(candidates)
    x = features.matrix(context, candidates)
    shares = probabilities(belief, x, floor_of(context, len(candidates)), rng)
    pick = int(rng.choice(len(candidates), p=shares))
    expected = x @ belief.mean
    shown = [pick, *alternatives(pick, candidates, expected)]
    return Choice(
        offered=candidates[pick].id,
        probabilities={c.id: float(p) for c, p in zip(candidates, shares, strict=True)},
        alternatives=tuple(candidates[i].id for i in shown[1:]),
        reasons=reasons_for(features.names, belief, x, pick, context, candidates[pick], learned_from),
        expected=float(expected[pick]),
        policy=name,
        policy_version=version,
        features={candidates[i].id: _named(features.names, x[i]) for i in shown},
    )


def check_candidates(candidates: Sequence[Practice]) -> None:
    """Raise `Conflict` (``nothing-to-offer``) where there is none."""
    if not candidates:
        raise Conflict(
            ErrorCode.NOTHING_TO_OFFER,
            "No practice fits right now. The whole library is open to you all the same.",
        )


def _named(names: Sequence[str], row: Array) -> dict[str, float]:
    return {names[i]: float(row[i]) for i in np.flatnonzero(row).tolist()}
