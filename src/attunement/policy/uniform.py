"""A fair draw: every candidate alike. What a member gets who allows nothing to be used, and the baseline to beat."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from numpy.random import Generator

from attunement.domain.context import Context, History
from attunement.domain.decision import Choice, Reason
from attunement.domain.practice import Practice
from attunement.policy.asked import check_any, check_candidates
from attunement.policy.slate import BESIDE


class UniformPolicy:
    """Each of K candidates with probability 1/K; learns nothing and has nothing to forget.

    Li, Chu, Langford & Wang (2011), Unbiased offline evaluation of contextual-bandit-based news article recommendation
    algorithms, WSDM: what such draws are logged for.
    """

    name = "uniform"
    version = 0

    def floor(self, context: Context, candidates: Sequence[Practice]) -> float:
        """1/K."""
        check_any(candidates)
        return 1 / len(candidates)

    def decide(self, context: Context, candidates: Sequence[Practice], *, rng: Generator) -> Choice:
        """Draw one, and two others of those left; each has a chance of 3/K to be shown."""
        check_candidates(candidates)
        n = len(candidates)
        shown = [candidates[i].id for i in rng.permutation(n)[: BESIDE + 1].tolist()]
        return Choice(
            offered=shown[0],
            probabilities={c.id: 1 / n for c in candidates},
            alternatives=tuple(shown[1:]),
            reasons=(Reason("fair-draw", 0.0),),
            expected=0.0,
            policy=self.name,
            policy_version=self.version,
            inclusion=dict.fromkeys(shown, len(shown) / n),
        )

    def learn(self, people: Iterable[History]) -> UniformPolicy:
        """The same."""
        return self

    def forget(self, people: Iterable[History]) -> UniformPolicy:
        """The same."""
        return self
