"""A policy that learns which texts go with which practices: a Bayesian linear model on the vectors of both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from attunement.checks.examples import example_practices
from attunement.domain.context import Context
from attunement.domain.practice import Practice
from attunement.policy.candidates import Candidates
from attunement.policy.features import View, on_grid
from attunement.policy.low_rank import RANK, EmbeddedFeatures, EmbeddedView
from attunement.policy.pooled import PooledPolicy

Array = NDArray[np.float64]


class TextFeatures(EmbeddedFeatures):
    """The features of `EmbeddedFeatures`, and ``theme:text/1`` to ``theme:text/r``: how what was written meets them.

    A text lies among the practices where those near it do, ``t = Σ nearₚ·vₚ / max(1, Σ nearₚ)``, since nearness comes
    from a network's vectors of both (`attunement.reading.nearness`). Column k of a practice at ``v`` (r,) is
    ``r·tₖ·vₖ``, cut to -1..1: all of them together say how alike the two are, and each may count otherwise. Without a
    text they are 0. They are themes, and used and learned under the same consent.

    Parameters
    ----------
    library, vectors, rank:
        As in `EmbeddedFeatures`; a network's vectors of the practices' summaries make the model a neural-linear one.
    """

    def __init__(self, library: Sequence[Practice], *, vectors: Array | None = None, rank: int = RANK) -> None:
        super().__init__(library, vectors=vectors, rank=rank)
        self.names = (*self.names, *(f"theme:text/{k + 1}" for k in range(self.taste.shape[1])))
        self.column = {name: i for i, name in enumerate(self.names)}

    def at(self, context: Context) -> View:
        """How the library looks at a moment."""
        return _TextView(self, context)

    def place_of_text(self, context: Context) -> Array:
        """Where what was written lies (r,), by the practices near it; zeros where nothing was, or nothing is near."""
        row, near = self.catalogue.row, context.state.near
        known = [(row[practice], weight) for practice, weight in near.items() if practice in row]
        if not known:
            return np.zeros(self.taste.shape[1])
        rows, weights = (np.array(column) for column in zip(*known, strict=True))
        return np.asarray(weights @ self.taste[rows] / max(1.0, weights.sum()))


class _TextView(EmbeddedView):
    """An `EmbeddedView` with a column more for each direction, met as far as the text lies along it."""

    def __init__(self, features: TextFeatures, context: Context) -> None:
        super().__init__(features, context)
        self._taste = features.taste
        self._met = features.taste.shape[1] * features.place_of_text(context)

    def matrix(self, candidates: Candidates) -> Array:
        """The features (n, d) of some of them."""
        return np.hstack([super().matrix(candidates), self._meeting(candidates)])

    def rough_scores(self, candidates: Candidates, mean: Array) -> NDArray[np.float32]:
        """What each candidate is worth by coefficients ``mean`` (d,), in float32."""
        plain = len(mean) - len(self._met)
        scores = super().rough_scores(candidates, mean[:plain])
        if self._met.any():
            scores = scores + (self._meeting(candidates) @ mean[plain:]).astype(np.float32)
        return np.asarray(scores, np.float32)

    def _meeting(self, candidates: Candidates) -> Array:
        return on_grid(np.clip(self._taste[candidates.rows] * self._met, -1, 1))


class NeuralLinearPolicy(PooledPolicy):
    """`PooledPolicy` that also learns which practices go with what somebody writes, beyond their being alike.

    A practice at ``v`` (r,) is worth ``x·θᵢ + v·zᵢ + r·Σₖ wᵢₖ tₖ vₖ`` to person i who wrote what lies at ``t`` (r,):
    where ``w`` is above 0, what is near the text helps, where it is below 0, what is far from it. The network that
    makes the vectors stays as it is and the last layer alone is Bayesian, so all of it stays one linear model with a
    population and people around it: exact sums, exact forgetting.

    Parameters
    ----------
    features:
        Names and computes the columns, ``theme:text`` among them.

    The others are those of `PooledPolicy`.

    >>> from attunement.domain.state import State
    >>> library = example_practices(6)
    >>> policy = NeuralLinearPolicy(TextFeatures(library, vectors=np.eye(6), rank=2))
    >>> wrote = Context(State(near={library[0].id: 1.0}))
    >>> choice = policy.decide(wrote, library, rng=np.random.default_rng(0))
    >>> any(name.startswith("theme:text/") for name in choice.features[choice.offered])
    True

    Riquelme, Tucker & Snoek (2018), Deep Bayesian bandits showdown, ICLR, arXiv:1802.09127. Jun et al. (2019), Bilinear
    bandits with low-rank structure, ICML, arXiv:1901.02470.
    """

    name = "neural-linear"

    @classmethod
    def for_checks(cls) -> Iterator[NeuralLinearPolicy]:
        """What `attunement.checks` looks at: a policy that knows only its prior, of practices that lie apart."""
        practices = example_practices()
        yield cls(TextFeatures(practices, vectors=np.eye(len(practices)), rank=3))
