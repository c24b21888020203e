"""A policy for large libraries: what is liked beyond kinds, in a few directions that practices differ in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from attunement.checks.examples import example_practices
from attunement.domain.context import Context
from attunement.domain.practice import Practice
from attunement.policy.embedding import principal, word_vectors
from attunement.policy.features import GRID, FeatureMap
from attunement.policy.pooled import PooledPolicy

RANK = 12


class EmbeddedFeatures(FeatureMap):
    """The features of `FeatureMap`, and ``taste/1`` to ``taste/r``: where a practice lies among all.

    Parameters
    ----------
    library:
        All practices there are.
    vectors:
        Of each practice, in order, what it is about (n, e), such as a reader's vector of its summary; by default from
        its words. They are brought to their ``rank`` main directions.

    Directions belong to a library and its vectors: with others, learn again.
    """

    def __init__(
        self, library: Sequence[Practice], *, vectors: NDArray[np.float64] | None = None, rank: int = RANK
    ) -> None:
        super().__init__(library)
        self._kinds_wide = len(self.names)
        found = principal(word_vectors(library) if vectors is None else vectors, rank)
        self._taste = np.rint(found * GRID) / GRID
        self._rough_taste = self._taste.astype(np.float32)
        self.names = (*self.names, *(f"taste/{k + 1}" for k in range(found.shape[1])))
        self.column = {name: i for i, name in enumerate(self.names)}

    def matrix(self, context: Context, candidates: Sequence[Practice]) -> NDArray[np.float64]:
        """The features of each candidate, in order; all of them must be in the library."""
        rows = [self._row[p.id] for p in candidates]
        return np.hstack([super().matrix(context, candidates), self._taste[rows]])

    def rough_scores(
        self, context: Context, candidates: Sequence[Practice], mean: NDArray[np.float64]
    ) -> NDArray[np.float32]:
        """What each candidate is worth by coefficients ``mean`` (d,), in float32."""
        wide = self._kinds_wide
        known = candidates is self._library
        taste = self._rough_taste if known else self._rough_taste[[self._row[p.id] for p in candidates]]
        return super().rough_scores(context, candidates, mean[:wide]) + taste @ mean[wide:].astype(np.float32)


class LowRankPolicy(PooledPolicy):
    """`PooledPolicy` that also knows what people like of practices beyond their kinds, in few directions.

    A practice p that lies at ``v_p`` (r,) is worth ``x·θᵢ + v_p·zᵢ`` to person i, with ``zᵢ ~ N(ζ, D_z)`` around
    everybody's and ``ζ ~ N(0, S_z)``: what people and practices have in common beyond kinds is a matrix of rank r. As
    ``v`` is known, from what practices are about, all of it stays one linear model: exact sums, exact forgetting. Of a
    large library those that look best are retrieved, and chosen from.

    Parameters
    ----------
    features:
        Names and computes the columns, ``taste`` among them.

    The others are those of `PooledPolicy`.

    Zhao, Zhang & Wang (2013), Interactive collaborative filtering, CIKM. Jun et al. (2019), Bilinear bandits with
    low-rank structure, ICML, arXiv:1901.02470.
    """

    name = "low-rank"

    @classmethod
    def for_checks(cls) -> Iterator[LowRankPolicy]:
        """What `attunement.checks` looks at: a policy that knows only its prior."""
        yield cls(EmbeddedFeatures(example_practices(), rank=3))
