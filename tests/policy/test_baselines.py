"""The policies a steward compares with, by hand; and where each policy is from."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from attunement.checks.examples import example_contexts, example_practices
from attunement.domain.context import Context, Experience, History
from attunement.domain.errors import ErrorCode, Invalid
from attunement.domain.state import State
from attunement.policy.belief import Belief
from attunement.policy.features import FeatureMap
from attunement.policy.low_rank import LowRankPolicy
from attunement.policy.optimistic import EpsilonGreedyPolicy, LinUcbPolicy, upper_bound
from attunement.policy.pooled import PooledPolicy
from attunement.policy.popularity import PopularityPolicy
from attunement.policy.text_practice import NeuralLinearPolicy
from attunement.policy.uniform import UniformPolicy

PRACTICES = example_practices()
BELIEF = Belief(np.array([1.0, 0.0]), np.diag([0.1, 2.0]), np.array([1.0, 0.0]))


def test_optimism_prefers_what_is_hardly_known() -> None:
    """Of one sure of 1.0 and one of 0.0 ± 2, the mean prefers the first and the bound of one deviation the second."""
    x = np.eye(2)
    assert upper_bound(BELIEF, x, np.zeros(2), alpha=0.0).tolist() == [1, 0]
    assert upper_bound(BELIEF, x, np.zeros(2), alpha=1.0).tolist() == [0, 1]


def test_those_who_tie_share() -> None:
    """Identical candidates get the same."""
    assert upper_bound(BELIEF, np.ones((4, 2)), np.zeros(4), alpha=1.0).tolist() == [0.25] * 4


@pytest.mark.parametrize("made", [PooledPolicy, LinUcbPolicy, EpsilonGreedyPolicy])
def test_of_very_many_that_are_alike_none_is_favoured_for_its_place(made: type[PooledPolicy]) -> None:
    """Which of 300 equals are weighed is drawn by lot: over many moments each has about its equal part."""
    many = [replace(PRACTICES[0], id=f"alike-{k}") for k in range(300)]
    policy, mean = made(FeatureMap(many)), np.zeros(300)
    for seed in range(200):
        moment = Context(State(valence=seed / 200 - 0.5, valence_sd=0.2))
        choice = policy.decide(moment, many, rng=np.random.default_rng(seed))
        mean += np.array([choice.probabilities[p.id] for p in many]) / 200
    assert mean.min() > 0.6 / 300
    assert mean.max() < 2 / 300


@pytest.mark.parametrize("policy", [LinUcbPolicy(FeatureMap(PRACTICES)), EpsilonGreedyPolicy(FeatureMap(PRACTICES))])
def test_one_gets_all_but_the_floor(policy: LinUcbPolicy) -> None:
    """The best has 1 - ε + ε/K, every other ε/K; with the middle breadth ε is 0.06."""
    context = example_contexts(PRACTICES)[1]
    p = sorted(policy.decide(context, PRACTICES, rng=np.random.default_rng(0)).probabilities.values())
    assert p[:-1] == pytest.approx([0.06 / len(PRACTICES)] * (len(PRACTICES) - 1))
    assert p[-1] == pytest.approx(0.94 + 0.06 / len(PRACTICES))


def test_popularity_is_a_shrunken_mean() -> None:
    """Four outcomes of reward 1 lift a practice from 0.5 to (4 + 2) / 8; without any it stays at 0.5."""
    policy = PopularityPolicy().learn([History(tuple(Experience({}, 1.0, "example-3") for _ in range(4)))])
    chosen = policy.decide(Context(), PRACTICES, rng=np.random.default_rng(1))
    assert chosen.offered == "example-3"
    assert chosen.expected == pytest.approx(0.75)
    assert policy.decide(Context(), PRACTICES[:2], rng=np.random.default_rng(1)).expected == 0.5


def test_a_stranger_cannot_be_taken_out_of_popularity() -> None:
    """Who was never counted, or is taken out already, is told with a code, and the policy stays as it is."""
    known = History((Experience({}, 1.0, "example-3"),))
    policy = PopularityPolicy().learn([known])
    unknown = History((Experience({}, 0.5, "example-4"),))
    for strangers in ([unknown], [known, known], [History((Experience({}, 0.5, "example-3"),))]):
        with pytest.raises(Invalid, match="was not learned") as told:
            policy.forget(strangers)
        assert (told.value.code, policy.sums) == (ErrorCode.BAD_INPUT, {"example-3": (1, 1.0)})
    assert policy.forget([known]).decide(Context(), PRACTICES, rng=np.random.default_rng(1)).expected == 0.5


@pytest.mark.parametrize(
    "policy",
    [
        PooledPolicy, LowRankPolicy, NeuralLinearPolicy, LinUcbPolicy, EpsilonGreedyPolicy, PopularityPolicy,
        UniformPolicy,
    ],
)  # fmt: skip
def test_every_policy_names_the_paper_it_is_from(policy: type) -> None:
    """In its own docstring, with the year."""
    assert re.search(r"\((19|20)\d\d\)", policy.__doc__ or "")
