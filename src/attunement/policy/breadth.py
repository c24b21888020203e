"""Breadth: what a member met lately, a counterweight where that narrows, and floors under every kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from attunement.domain.context import Context, Met
from attunement.domain.practice import Practice, Viewpoint
from attunement.evaluation.variety import UNLIKE, effective, effective_if_even
from attunement.policy.candidates import REMEMBERED, Array, Candidates, Catalogue, Ints, Past

HALF_LIFE_DAYS = 10.0
STRENGTH = 0.135
"""In units of reward, for a member who wants the widest offers: see `Breadth`. Chosen on made-up people so that a month
at the middle setting has about half as many families again, at two hundredths less reward (`benchmarks.choosing`)."""
LEAST_SHARE = 0.3
BY_FAMILY = 0.75
"""How much of the counterweight goes by family; the rest goes by viewpoint."""
LOOKED_AT_DAYS = 30.0
FEWEST, NARROW = 8, 0.45
"""The guard speaks where at least so many practices were met in thirty days, and their variety is below this share of
what even draws of as many would have had."""
GUARDED = 0.5
"""What a member's breadth counts as at least where the guard speaks."""


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
        return self.share < NARROW and self.n >= FEWEST


class Breadth:
    """What a library's practices have in common, and how a member's offers are kept wide.

    A practice's counterweight is what its expected reward is marked down by, in units of reward: ``strength · breadth ·
    (1/2 + narrowness) · (3/4 · excess of its family + 1/4 · excess of its viewpoints)``, an excess being the
    logarithm of the kind's share of what was met lately (half-life ten days) over an even share, and narrowness one
    minus the share of variety. So it grows when exposure narrows, and is nothing for a member who wants none. Where the
    guard speaks, a member's breadth counts as at least one half; what is drawn evenly then is for `choosing` to say.

    Steck (2018), Calibrated recommendations, RecSys; Carbonell & Goldstein (1998), MMR, SIGIR.

    Parameters
    ----------
    library:
        All practices there are.
    strength:
        See `STRENGTH`; 0 for none.
    """

    def __init__(self, library: Sequence[Practice] | Catalogue, *, strength: float = STRENGTH) -> None:
        self._catalogue = Catalogue.of(library)
        practices = self._catalogue.library
        self._families = sorted({p.family for p in practices})
        place = {family: k for k, family in enumerate(self._families)}
        self._family = np.array([place[p.family] for p in practices], np.int64)
        viewpoints = np.array([[v in p.viewpoints for v in Viewpoint] for p in practices], float)
        self._viewpoints = viewpoints / np.maximum(viewpoints.sum(axis=1, keepdims=True), 1)
        self._kinds = np.hstack([np.eye(len(self._families))[self._family], self._viewpoints])
        blocks = ((len(self._families), BY_FAMILY), (len(Viewpoint), 1 - BY_FAMILY))
        self._of = np.concatenate([np.full(k, float(k)) for k, _ in blocks])
        self._counting = np.concatenate([np.full(k, part) for k, part in blocks])
        self._unlike = np.array([not UNLIKE.isdisjoint(p.viewpoints) for p in practices])
        self._strength = strength
        self._even_over = lru_cache(REMEMBERED)(self._evenly)
        self._there = lru_cache(REMEMBERED)(self._kinds_there)

    def variety(self, met: Sequence[Met]) -> Variety:
        """Of the last thirty days."""
        return self._variety(self._catalogue.past(met))

    def counterweight(
        self, context: Context, candidates: Sequence[Practice], past: Past | None = None
    ) -> tuple[Array, bool]:
        """What each candidate is marked down by (n,), zero on average over them, and whether the guard spoke.

        It is silent where the candidates are of so few families that there is nothing to reach wider for.

        ``past`` is that of the context, where it was looked up already.
        """
        past = self._catalogue.past(context.met, past)
        if not len(past) or not self._strength:
            return np.zeros(len(candidates)), False
        variety = self._variety(past)
        weights = 0.5 ** (past.days_ago / HALF_LIFE_DAYS)
        shares = weights @ self._kinds[past.rows] / weights.sum()
        excess = self._counting * np.log((self._of * shares + LEAST_SHARE) / (1 + LEAST_SHARE))
        marked = self._kinds.take(self._catalogue.among(candidates).rows, axis=0) @ excess
        share, narrow = variety.share, variety.narrow and self._can_reach_wider(variety, candidates)
        wished = max(context.breadth, GUARDED) if narrow else context.breadth
        return self._strength * wished * (0.5 + (1 - share)) * (marked - marked.sum() / len(marked)), narrow

    def _can_reach_wider(self, variety: Variety, candidates: Sequence[Practice]) -> bool:
        """Whether even draws among the families of the candidates would have been as much more varied."""
        there = self._there(self._catalogue.among(candidates))[: len(self._families)]
        return variety.effective < NARROW * effective_if_even(variety.n, int(there.sum()))

    def _variety(self, past: Past) -> Variety:
        lately = past.rows[past.days_ago <= LOOKED_AT_DAYS]
        counts = np.bincount(self._family[lately], minlength=len(self._families)).tolist()
        n, unlike = len(lately), np.count_nonzero(self._unlike[lately])
        families = dict(zip(self._families, counts, strict=True))
        return Variety(families, effective(counts), effective_if_even(n, len(counts)), unlike / max(n, 1))

    def evenly(self, candidates: Sequence[Practice]) -> Array:
        """Chances (n,) that give every family and every viewpoint among the candidates an even part; they sum to 1."""
        return self._even_over(self._catalogue.among(candidates))

    def best_of_each(self, candidates: Candidates, scores: NDArray[np.float32], near: Ints) -> Ints:
        """The places of the candidate that scores best of every family and of every viewpoint there is, in order.

        ``scores`` (n,) are those of all; ``near`` the places of some that none of the others surpasses.
        """
        rows, there = candidates.rows, self._there(candidates)
        among = self._kinds[rows[near]] > 0
        best = near[np.where(among, scores[near][:, None], -np.inf).argmax(axis=0)]
        for kind in np.flatnonzero(there & ~among.any(axis=0)).tolist():
            places = np.flatnonzero(self._kinds[rows, kind])
            best[kind] = places[scores[places].argmax()]
        return np.unique(best[there])

    def _kinds_there(self, candidates: Candidates) -> NDArray[np.bool_]:
        return np.asarray((self._kinds[candidates.rows] > 0).any(axis=0))

    def _evenly(self, candidates: Candidates) -> Array:
        families, viewpoints = self._family[candidates.rows], self._viewpoints[candidates.rows]
        by_family = 1 / np.bincount(families)[families]
        held = viewpoints.sum(axis=0)
        by_viewpoint = (viewpoints / np.where(held > 0, held, 1)).sum(axis=1)
        chances = (by_family / by_family.sum() + by_viewpoint / by_viewpoint.sum()) / 2
        chances.flags.writeable = False  # it is remembered
        return np.asarray(chances)
