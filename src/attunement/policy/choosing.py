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
AT_ONCE = 256
"""How many candidates are weighed against each other in full; of more, those that look best are retrieved first."""
Array = NDArray[np.float64]
Shares = Callable[[Belief, Array, Generator], Array]
"""The share of each candidate, ``(n,)`` summing to 1, by what is believed and by their features ``(n, d)``."""


def floor_of(context: Context, n: int, *, least: float = EXPLORE_LEAST) -> float:
    """The least probability of each of ``n`` candidates: ε/n, where ε grows from ``least`` to 0.4 with breadth."""
    return (least + (EXPLORE_MOST - least) * context.breadth) / max(n, 1)


def above_floor(shares: Array, floor: float) -> Array:
    """Each of n shares over a floor: ``floor + (1 - n·floor)·share``, which sums to 1 again.

    >>> above_floor(np.array([1.0, 0.0]), 0.1).tolist()
    [0.9, 0.1]
    """
    p = floor + (1 - floor * len(shares)) * shares
    return np.asarray(p / p.sum())


def choose(
    context: Context, candidates: Sequence[Practice], *, features: FeatureMap, belief: Belief, shares: Shares,
    floor: float, learned_from: int, name: str, version: int, rng: Generator,
) -> Choice:  # fmt: skip
    """Choose one practice by its share, two alternatives of other kinds, and say why.

    Of more than `AT_ONCE` candidates the rest have the floor's probability, and reasons compare with those retrieved.
    Raises `Conflict` (``nothing-to-offer``) where there is no candidate.
    """
    check_candidates(candidates)
    ids = [c.id for c in candidates]
    near = list(range(len(ids)))
    if len(ids) > AT_ONCE:
        near = features.shortlist(context, candidates, belief.mean, AT_ONCE).tolist()
    weighed = [candidates[i] for i in near]
    x = features.matrix(context, weighed)
    p = np.full(len(ids), floor)
    p[near] += (1 - floor * len(ids)) * shares(belief, x, rng)
    drawn = _drawn(p, rng)
    if p[drawn] == floor and drawn not in near:  # one that was not retrieved, by the floor
        near, weighed = [*near, drawn], [*weighed, candidates[drawn]]
        x = np.vstack([x, features.matrix(context, weighed[-1:])])
    pick, probabilities = near.index(drawn), dict.fromkeys(ids, floor)
    probabilities.update(zip((c.id for c in weighed), p[near].tolist(), strict=True))
    expected = x @ belief.mean
    shown = [pick, *alternatives(pick, weighed, expected)]
    return Choice(
        offered=ids[drawn],
        probabilities=probabilities,
        alternatives=tuple(weighed[i].id for i in shown[1:]),
        reasons=reasons_for(features.names, belief, x, pick, context, weighed[pick], learned_from),
        expected=float(expected[pick]),
        policy=name,
        policy_version=version,
        features={weighed[i].id: _named(features.names, x[i]) for i in shown},
    )


def _drawn(p: Array, rng: Generator) -> int:
    """One of these places, each with its probability; they sum to 1 but for rounding."""
    reached = p.cumsum()
    place = int(reached.searchsorted(rng.random() * reached[-1], side="right"))
    return min(place, len(p) - 1)


def check_candidates(candidates: Sequence[Practice]) -> None:
    """Raise `Conflict` (``nothing-to-offer``) where there is none."""
    if not candidates:
        raise Conflict(
            ErrorCode.NOTHING_TO_OFFER,
            "No practice fits right now. The whole library is open to you all the same.",
        )


def _named(names: Sequence[str], row: Array) -> dict[str, float]:
    return {names[i]: float(row[i]) for i in np.flatnonzero(row).tolist()}
