"""The low-rank policy: what people like beyond kinds is found, in a library too large to try everything."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from attunement.checks.examples import example_contexts, example_practices
from attunement.domain.context import Context, Experience, History
from attunement.domain.practice import Step
from attunement.policy.embedding import principal, word_vectors
from attunement.policy.features import FeatureMap
from attunement.policy.low_rank import EmbeddedFeatures, LowRankPolicy
from attunement.policy.pooled import PooledPolicy

Array = NDArray[np.float64]
MANY, PEOPLE, DECISIONS, FOLDED_EVERY = 2000, 6, 180, 36
LIBRARY = example_practices(MANY)


def _lost(policy: PooledPolicy, worth: Array, seed: int) -> float:
    """Reward lost a decision, in the last half, against the best of 2,000 for that person (people, practices)."""
    rng, place = np.random.default_rng(seed), {p.id: k for k, p in enumerate(LIBRARY)}
    own, shared, lost = [History()] * PEOPLE, [History()] * PEOPLE, []
    for n in range(DECISIONS):
        who = n % PEOPLE
        choice = policy.decide(Context(breadth=0.0, own=own[who], shared=shared[who]), LIBRARY, rng=rng)
        k = place[choice.offered]
        lost.append(worth[who].max() - worth[who, k])
        reward = float(np.clip(worth[who, k] + rng.normal(0, 0.1), 0, 1))
        own[who] = History((*own[who].experiences, Experience(choice.features[choice.offered], reward)))
        if n % FOLDED_EVERY == FOLDED_EVERY - 1:
            policy, shared = policy.forget(shared).learn(own), list(own)
    return float(np.mean(lost[DECISIONS // 2 :]))


def test_it_finds_what_a_plain_one_cannot() -> None:
    """Where people's likings are of rank 3 over what 2,000 practices are about, it loses less than half as much."""
    rng = np.random.default_rng(5)
    apart = rng.normal(size=(MANY, 3))
    vectors = apart @ rng.normal(size=(3, 24)) + rng.normal(0, 0.2, (MANY, 24))
    worth = np.clip(0.5 + 0.12 * rng.normal(size=(PEOPLE, 3)) @ apart.T, 0, 1)
    low_rank = LowRankPolicy(EmbeddedFeatures(LIBRARY, vectors=vectors, rank=6), explore=0.02)
    plain = PooledPolicy(FeatureMap(LIBRARY), explore=0.02)
    assert _lost(low_rank, worth, 1) < 0.5 * _lost(plain, worth, 1)


def test_directions_are_those_that_vary_most() -> None:
    """Of points that differ in one direction far and in another little, the first is told, up to noise."""
    rng = np.random.default_rng(0)
    far, little = rng.normal(0, 5, 400), rng.normal(0, 0.1, 400)
    found = principal(np.column_stack([little, far, np.full(400, 3.0)]), 1)
    assert found.shape == (400, 1)
    inside = np.abs(found[:, 0]) < 1
    assert abs(np.corrcoef(found[inside, 0], far[inside])[0, 1]) == pytest.approx(1, abs=1e-3)


@given(st.integers(1, 40), st.integers(1, 6), st.integers(1, 8), st.integers(0, 2**32 - 1), st.booleans())
def test_any_vectors_have_directions(n: int, e: int, rank: int, seed: int, alike: bool) -> None:
    """Few or many, all alike or not: values are numbers from -1 to 1, in no more directions than there are."""
    rng = np.random.default_rng(seed)
    vectors = np.full((n, e), rng.normal()) if alike else rng.normal(size=(n, e))
    found = principal(vectors, rank)
    assert found.shape[0] == n
    assert found.shape[1] <= min(rank, e, 0 if alike else n - 1)
    assert (np.abs(found) <= 1).all()


def test_like_words_lie_near() -> None:
    """Two practices that share words lie nearer each other than to one that shares none; the empty one lies nowhere."""
    texts = ("Write to a friend about the sea.", "Walk along the sea with a friend.", "Breathe slowly.", "")
    practices = [
        replace(p, title="", summary=text, steps=(Step("", ""),))
        for p, text in zip(example_practices(4), texts, strict=True)
    ]
    near = (v := word_vectors(practices)) @ v.T
    assert near[0, 1] > 0.2 > near[0, 2]
    assert np.diag(near).tolist() == pytest.approx([1, 1, 1, 0])


def test_the_rough_scores_are_the_exact_ones() -> None:
    """What is retrieved by is features times coefficients, for the library as a whole and for a part of it."""
    practices = example_practices(60)
    features, context = EmbeddedFeatures(practices, rank=4), example_contexts(practices)[1]
    mean = np.random.default_rng(0).normal(size=len(features.names))
    for candidates in (practices, practices[::-1][:20]):
        exact = features.matrix(context, candidates) @ mean
        rough = features.at(context).rough_scores(features.catalogue.among(candidates), mean)
        assert rough == pytest.approx(exact, abs=2e-3)
