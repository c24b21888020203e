"""Baselines that take what looks best: a steward compares with them."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.typing import NDArray

from attunement.policy.belief import Belief
from attunement.policy.choosing import Shares
from attunement.policy.linear import BayesianLinearPolicy

ALPHA = 1.0
TIED = 1e-12


def upper_bound(
    belief: Belief, x: NDArray[np.float64], aside: NDArray[np.float64], *, alpha: float
) -> NDArray[np.float64]:
    """All to the candidate with the highest ``x·m + α·sqrt(xᵀSx)``; those who tie share it."""
    score = x @ belief.mean - aside + alpha * np.linalg.norm(x @ belief.spread, axis=1)
    best = score >= score.max() - TIED
    return np.asarray(best / best.sum())


class LinUcbPolicy(BayesianLinearPolicy):
    """Takes the practice whose reward could be highest, one standard deviation above what is expected.

    It believes what `BayesianLinearPolicy` does; every other candidate has the floor's chance.

    Li et al. (2010), A contextual-bandit approach to personalized news article recommendation, WWW, arXiv:1003.0146.
    """

    name = "lin-ucb"

    def shares(self) -> Shares:
        """All to the highest upper bound."""
        return partial(upper_bound, alpha=ALPHA)


class EpsilonGreedyPolicy(BayesianLinearPolicy):
    """Takes the practice expected to be best, and now and then any other.

    It believes what `BayesianLinearPolicy` does; the floor is its ε.

    Sutton & Barto (2018), Reinforcement learning, chapter 2.
    """

    name = "epsilon-greedy"

    def shares(self) -> Shares:
        """All to the highest mean."""
        return partial(upper_bound, alpha=0.0)
