"""From what is believed to a choice: shares over a floor, one pick, alternatives, reasons."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from attunement.domain.context import Context
from attunement.domain.decision import Choice
from attunement.domain.errors import Conflict, ErrorCode
from attunement.domain.practice import Practice
from attunement.policy.belief import Belief
from attunement.policy.features import FeatureMap
from attunement.policy.reasons import reasons_for
from attunement.policy.slate import alternatives

EXPLORE_LEAST, EXPLORE_MOST = 0.10, 0.40
Array = NDArray[np.float64]
Shares = Callable[[Belief, Array, Generator], Array]
"""The share of each candidate, ``(n,)`` summing to 1, by what is believed and by their features ``(n, d)``."""


def floor_of(context: Context, n: int) -> float:
    """The least probability of each of ``n`` candidates: ε/n, where ε grows from 0.1 to 0.4 with breadth."""
    return (EXPLORE_LEAST + (EXPLORE_MOST - EXPLORE_LEAST) * context.breadth) / n


def above_floor(shares: Array, floor: float) -> Array:
    """Each of n shares over a floor: ``floor + (1 - n·floor)·share``, which sums to 1 again.

    >>> above_floor(np.array([1.0, 0.0]), 0.1).tolist()
    [0.9, 0.1]
    """
    p = floor + (1 - floor * len(shares)) * shares
    return np.asarray(p / p.sum())


def choose(
    context: Context, candidates: Sequence[Practice], *, features: FeatureMap, belief: Belief, shares: Shares,
    learned_from: int, name: str, version: int, rng: Generator,
) -> Choice:  # fmt: skip
    """Choose one practice by its share, two alternatives of other kinds, and say why.

    Raises `Conflict` (``nothing-to-offer``) where there is no candidate.
    """
    check_candidates(candidates)
    x = features.matrix(context, candidates)
    p = above_floor(shares(belief, x, rng), floor_of(context, len(candidates)))
    pick = int(rng.choice(len(candidates), p=p))
    expected = x @ belief.mean
    shown = [pick, *alternatives(pick, candidates, expected)]
    return Choice(
        offered=candidates[pick].id,
        probabilities={c.id: float(q) for c, q in zip(candidates, p, strict=True)},
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
