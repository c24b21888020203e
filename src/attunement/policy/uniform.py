"""A fair draw: every candidate alike. What a member gets who allows nothing to be used, and the baseline to beat."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.random import Generator

from attunement.domain.context import Context, History
from attunement.domain.decision import Choice, Reason
from attunement.domain.practice import Practice
from attunement.policy.choosing import check_candidates
from attunement.policy.slate import alternatives


class UniformPolicy:
    """Each of K candidates with probability 1/K; learns nothing and has nothing to forget."""

    name = "uniform"
    version = 0

    def floor(self, context: Context, candidates: Sequence[Practice]) -> float:
        """1/K."""
        return 1 / len(candidates)

    def decide(self, context: Context, candidates: Sequence[Practice], *, rng: Generator) -> Choice:
        """Draw one, and two alternatives of other kinds."""
        check_candidates(candidates)
        pick = int(rng.integers(len(candidates)))
        others = alternatives(pick, candidates, rng.permutation(len(candidates)).astype(np.float64))
        share = 1 / len(candidates)
        return Choice(
            offered=candidates[pick].id,
            probabilities={c.id: share for c in candidates},
            alternatives=tuple(candidates[i].id for i in others),
            reasons=(Reason("fair-draw", 0.0),),
            expected=0.0,
            policy=self.name,
            policy_version=self.version,
        )

    def learn(self, people: Iterable[History]) -> UniformPolicy:
        """The same."""
        return self

    def forget(self, people: Iterable[History]) -> UniformPolicy:
        """The same."""
        return self
