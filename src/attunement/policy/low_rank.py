"""A policy for large libraries: what is liked beyond kinds, in a few directions that practices differ in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from attunement.checks.examples import example_practices
from attunement.domain.context import Context
from attunement.domain.practice import Practice
from attunement.policy.candidates import Candidates
from attunement.policy.embedding import principal, word_vectors
from attunement.policy.features import GRID, FeatureMap, View
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
        found = principal(word_vectors(library) if vectors is None else vectors, rank)
        self.taste = np.rint(found * GRID) / GRID
        self.rough_taste = self.taste.astype(np.float32)
        self.names = (*self.names, *(f"taste/{k + 1}" for k in range(found.shape[1])))
        self.column = {name: i for i, name in enumerate(self.names)}

    def at(self, context: Context) -> View:
        """How the library looks at a moment."""
        return EmbeddedView(self, context)


class EmbeddedView(View):
    """A `View` with a column more for each direction, which every moment meets in full."""

    def __init__(self, features: EmbeddedFeatures, context: Context) -> None:
        super().__init__(features, context)
        self._embedded = features

    def matrix(self, candidates: Candidates) -> NDArray[np.float64]:
        """The features (n, d) of some of them."""
        return np.hstack([super().matrix(candidates), self._embedded.taste[candidates.rows]])

    def rough_scores(self, candidates: Candidates, mean: NDArray[np.float64]) -> NDArray[np.float32]:
        """What each candidate is worth by coefficients ``mean`` (d,), in float32."""
        taste = self._embedded.rough_taste[candidates.rows]
        wide = len(mean) - taste.shape[1]
        scores = super().rough_scores(candidates, mean[:wide]) + taste @ mean[wide:].astype(np.float32)
        return np.asarray(scores, np.float32)


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
        """What `attunement.checks` looks at: a policy that knows only its prior, of practices that lie apart."""
        practices = example_practices()
        yield cls(EmbeddedFeatures(practices, vectors=np.eye(len(practices)), rank=3))
