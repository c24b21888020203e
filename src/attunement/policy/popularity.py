"""A baseline that knows practices and no people: what has tended to go well is offered more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.random import Generator

from attunement.domain.context import Context, History
from attunement.domain.decision import Choice, Reason
from attunement.domain.practice import Practice
from attunement.policy.asked import check_any, check_candidates, check_context
from attunement.policy.choosing import above_floor, even_share
from attunement.policy.slate import BESIDE
from attunement.policy.statistics import LARGEST, REWARD_GRID, check_learnable, never_learned

MIDDLE, WEIGHT = 0.5, 4.0
Sums = Mapping[str, tuple[int, float]]


class PopularityPolicy:
    """Takes the practice with the best mean reward, ``(Σr + 4·1/2) / (n + 4)``; every other has the floor's chance.

    Cremonesi, Koren & Turrin (2010), Performance of recommender algorithms on top-N recommendation tasks, RecSys: a
    baseline that is hard to beat. The mean is shrunken as in Efron & Morris (1975), Data analysis using Stein's
    estimator and its generalizations, J. Am. Stat. Assoc. 70.

    Parameters
    ----------
    sums:
        For each practice how many outcomes were seen and what they earned together.
    """

    name = "popularity"

    def __init__(self, *, sums: Sums | None = None, version: int = 0) -> None:
        self.sums = dict(sums or {})
        self.version = version

    @classmethod
    def for_checks(cls) -> Iterator[PopularityPolicy]:
        """What `attunement.checks` looks at."""
        yield cls()

    def floor(self, context: Context, candidates: Sequence[Practice]) -> float:
        """The least probability of each candidate: ε/K."""
        check_any(candidates)
        return even_share(context) / len(candidates)

    def decide(self, context: Context, candidates: Sequence[Practice], *, rng: Generator) -> Choice:
        """Choose one practice; the next best two stand beside it."""
        check_candidates(candidates)
        check_context(context)
        expected = np.array([self._mean(c.id) for c in candidates])
        best = expected == expected.max()
        p = above_floor(best / best.sum(), self.floor(context, candidates))
        pick = int(rng.choice(len(candidates), p=p))
        apart = float(expected[pick] - expected.mean())
        beside = [i for i in np.argsort(-expected, kind="stable").tolist() if i != pick][:BESIDE]
        seen = self.sums.get(candidates[pick].id, (0, 0.0))[0]
        return Choice(
            offered=candidates[pick].id,
            probabilities={c.id: float(q) for c, q in zip(candidates, p, strict=True)},
            alternatives=tuple(candidates[i].id for i in beside),
            reasons=(Reason("people-here", apart, {"value": 1.0, "outcomes": seen}),),
            expected=float(expected[pick]),
            policy=self.name,
            policy_version=self.version,
        )

    def _mean(self, practice: str) -> float:
        n, total = self.sums.get(practice, (0, 0.0))
        return (total + WEIGHT * MIDDLE) / (n + WEIGHT)

    def learn(self, people: Iterable[History]) -> PopularityPolicy:
        """The policy that has seen these as well."""
        return self._with(people, 1)

    def forget(self, people: Iterable[History]) -> PopularityPolicy:
        """The policy that has never seen these; equal to the bit.

        Raises `Invalid` (``bad-input``) where they show not to have been learned; this policy stays as it is.
        """
        left = self._with(people, -1)
        if any(n < 0 or abs(total) > LARGEST * n for n, total in left.sums.values()):
            raise never_learned()
        return left

    def _with(self, people: Iterable[History], sign: int) -> PopularityPolicy:
        sums = defaultdict(lambda: (0, 0.0), self.sums)
        for person in people:
            check_learnable(person.experiences)
            for experience in person.experiences:
                n, total = sums[experience.practice]
                reward = round(experience.reward * REWARD_GRID) / REWARD_GRID
                sums[experience.practice] = (n + sign, total + sign * reward)
        return PopularityPolicy(sums=sums, version=self.version)
