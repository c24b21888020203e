"""Breadth: what a member met lately, a counterweight where that narrows, and floors under every kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from attunement.domain.context import Context, Met
from attunement.domain.practice import Practice, Viewpoint

HALF_LIFE_DAYS = 10.0
STRENGTH = 0.135
"""In units of reward, for a member who wants the widest offers: see `Breadth`. Chosen on made-up people so that a month
at the middle setting has about half as many families again, at two hundredths less reward (`benchmarks.choosing`)."""
LEAST_SHARE = 0.3
LOOKED_AT_DAYS = 30.0
FEWEST, NARROW = 8, 0.45
"""The guard speaks where at least so many practices were met in thirty days, and their variety is below this share of
what even draws of as many would have had."""
REMEMBERED = 64
UNLIKE = frozenset({Viewpoint.STRANGER, Viewpoint.OPPONENT, Viewpoint.GROUP})
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Variety:
    """How varied what a member met in the last thirty days was.

    ``families`` counts practices by family, all there are; ``effective`` is how many families they would be if met
    evenly, ``exp(-Σ p ln p)``; ``even`` what even draws of as many would have had on average; ``unlike`` the share that
    looked through the eyes of strangers, opponents or groups.

    Hill (1973), Diversity and evenness: a unifying notation and its consequences, Ecology 54.
    """

    families: Mapping[str, int]
    effective: float
    even: float
    unlike: float

    @property
    def n(self) -> int:
        """How many practices."""
        return sum(self.families.values())

    @property
    def share(self) -> float:
        """Of the variety even draws would have had; 1 where nothing was met."""
        return min(1.0, self.effective / self.even) if self.n else 1.0

    @property
    def narrow(self) -> bool:
        """Whether the guard against over-personalising speaks."""
        return self.n >= FEWEST and self.share < NARROW


class Breadth:
    """What a library's practices have in common, and how a member's offers are kept wide.

    A practice's counterweight is what its expected reward is marked down by, in units of reward: ``strength · breadth ·
    (1/2 + narrowness) · (3/4 · excess of its family + 1/4 · excess of its viewpoints)``, an excess being the
    logarithm of the kind's share of what was met lately (half-life ten days) over an even share, and narrowness one
    minus the share of variety. So it grows when exposure narrows, and is nothing for a member who wants none. Where the
    guard speaks, a member's breadth counts as at least one half.

    Steck (2018), Calibrated recommendations, RecSys; Carbonell & Goldstein (1998), MMR, SIGIR.

    Parameters
    ----------
    library:
        All practices there are.
    strength:
        See `STRENGTH`; 0 for none.
    """

    def __init__(self, library: Sequence[Practice], *, strength: float = STRENGTH) -> None:
        self._families = sorted({p.family for p in library})
        self._by_id = {p.id: k for k, p in enumerate(library)}
        place = {family: k for k, family in enumerate(self._families)}
        self._family = np.array([place[p.family] for p in library], np.int64)
        viewpoints = np.array([[v in p.viewpoints for v in Viewpoint] for p in library], float)
        self._viewpoints = viewpoints / np.maximum(viewpoints.sum(axis=1, keepdims=True), 1)
        self._kinds = np.hstack([np.eye(len(self._families))[self._family], self._viewpoints])
        self._unlike = np.array([bool(UNLIKE.intersection(p.viewpoints)) for p in library])
        self._strength = strength
        self._even_over = lru_cache(REMEMBERED)(self._evenly)

    def variety(self, met: Sequence[Met]) -> Variety:
        """Of the last thirty days."""
        rows = [self._by_id[m.practice] for m in met if m.days_ago <= LOOKED_AT_DAYS and m.practice in self._by_id]
        met_families = self._family[np.array(rows, np.int64)]
        counts = np.bincount(met_families, minlength=len(self._families)).astype(np.float64)
        families = dict(zip(self._families, counts.astype(int).tolist(), strict=True))
        unlike = float(self._unlike[rows].mean()) if rows else 0.0
        return Variety(families, effective(counts), effective_if_even(len(rows), len(self._families)), unlike)

    def counterweight(self, context: Context, candidates: Sequence[Practice]) -> Array:
        """What each candidate is marked down by (n,), zero on average over them."""
        met = [(self._by_id[m.practice], m.days_ago) for m in context.met if m.practice in self._by_id]
        if not met or not self._strength:
            return np.zeros(len(candidates))
        weights = np.array([0.5 ** (ago / HALF_LIFE_DAYS) for _, ago in met], float)
        shares = weights @ self._kinds[[row for row, _ in met]] / weights.sum()
        f = len(self._families)
        excess = np.concatenate([0.75 * _excess(shares[:f]), 0.25 * _excess(shares[f:])])
        marked = self._kinds[[self._by_id[c.id] for c in candidates]] @ excess
        return np.asarray(self._pull(context) * (marked - marked.mean()))

    def evenly(self, candidates: Sequence[Practice]) -> Array:
        """Chances (n,) that give every family and every viewpoint among the candidates an even part; they sum to 1."""
        return self._even_over(tuple([self._by_id[c.id] for c in candidates]))

    def _evenly(self, rows: tuple[int, ...]) -> Array:
        those = np.array(rows)
        families, viewpoints = self._family[those], self._viewpoints[those]
        by_family = 1 / np.bincount(families)[families]
        held = viewpoints.sum(axis=0)
        by_viewpoint = (viewpoints / np.where(held > 0, held, 1)).sum(axis=1)
        chances = (by_family / by_family.sum() + by_viewpoint / by_viewpoint.sum()) / 2
        chances.flags.writeable = False  # it is remembered
        return np.asarray(chances)

    def _pull(self, context: Context) -> float:
        variety = self.variety(context.met)
        breadth = max(context.breadth, 0.5) if variety.narrow else context.breadth
        return self._strength * breadth * (0.5 + (1 - variety.share))


def _excess(shares: Array) -> Array:
    """How far each kind's share lies above an even one, as a logarithm; so the least met gain most.

    The variety ``exp(-Σ p ln p)`` grows by the minus log of a kind's share with every meeting of it.
    """
    return np.asarray(np.log(len(shares) * shares + LEAST_SHARE) - np.log(1 + LEAST_SHARE))


def effective(counts: Array) -> float:
    """How many kinds there would be if they came evenly: the exponential of the entropy; 0 of nothing.

    >>> effective(np.array([4, 4, 0])), effective(np.zeros(3))
    (2.0, 0.0)
    """
    total = counts.sum()
    if not total:
        return 0.0
    p = counts[counts > 0] / total
    return round(float(np.exp(-(p * np.log(p)).sum())), 9)


def effective_if_even(n: int, kinds: int) -> float:
    """About how many that would be on average in ``n`` even draws of so many kinds.

    By the first-order correction of the entropy of a sample, ``ln k - (k - 1)/2n`` (Miller 1955), kept above what a
    single kind has and below ``n``.

    >>> effective_if_even(1, 10), round(effective_if_even(40, 10), 1)
    (1.0, 8.9)
    """
    if n <= 1 or kinds <= 1:
        return 1.0
    return float(max(1.0, min(n, kinds * np.exp(-(kinds - 1) / (2 * n)))))
