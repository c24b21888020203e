"""The neural-linear policy: which practices go with which texts is found, by vectors of both."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from attunement.checks.examples import example_contexts, example_practices
from attunement.domain.consent import Category, Cell, Purpose
from attunement.domain.context import Context, Experience, History
from attunement.domain.state import State
from attunement.policy.low_rank import EmbeddedFeatures, LowRankPolicy
from attunement.policy.pooled import PooledPolicy
from attunement.policy.text_practice import NeuralLinearPolicy, TextFeatures
from attunement.policy.usable import usable_features
from attunement.policy.wording import clause
from attunement.privacy.permissions import Permissions

Array = NDArray[np.float64]
N, PEOPLE, EACH, ASKED, NEAREST = 60, 40, 12, 60, 8
LIBRARY = tuple(replace(p, family="one", minutes=5, intensity=1) for p in example_practices(N))


def _apart() -> Array:
    """Vectors of practices (n, 4) whose main directions are the axes, each as long as the others but for a little."""
    normal = np.random.default_rng(3).normal(size=(N, 4))
    axes, _ = np.linalg.qr(normal - normal.mean(axis=0))
    return np.asarray(axes * [1.15, 1.05, 0.95, 0.85])


ABOUT = _apart()
UNIT = ABOUT / np.linalg.norm(ABOUT, axis=1, keepdims=True)


def _wrote(topic: int) -> Context:
    """Somebody who wrote of what one practice is about."""
    alike = np.clip(UNIT @ UNIT[topic], 0, 1)
    return Context(State(near={LIBRARY[k].id: float(alike[k]) for k in np.argsort(-alike)[:NEAREST]}), breadth=0.0)


def _lost(policy: PooledPolicy, way: Array) -> float:
    """Reward a newcomer is expected to lose, after others were offered anything: ``way`` (4,) says what helps them.

    1 along a direction: what is like the text in it helps; -1: what is unlike it.
    """
    rng = np.random.default_rng(1)

    def worth(topic: int) -> Array:
        return np.asarray(np.clip(0.5 + 0.35 * UNIT @ (way * UNIT[topic]), 0, 1))

    def experience() -> Experience:
        topic, k = rng.integers(N, size=2).tolist()
        seen = policy.features.matrix(_wrote(topic), LIBRARY[k : k + 1])[0]
        reward = float(np.clip(worth(topic)[k] + rng.normal(0, 0.1), 0, 1))
        return Experience(dict(zip(policy.features.names, seen.tolist(), strict=True)), reward)

    taught = policy.learn([History(tuple(experience() for _ in range(EACH))) for _ in range(PEOPLE)])
    lost = []
    for topic in rng.integers(N, size=ASKED).tolist():
        p = taught.decide(_wrote(topic), LIBRARY, rng=rng).probabilities
        lost.append(worth(topic).max() - worth(topic) @ [p[practice.id] for practice in LIBRARY])
    return float(np.mean(lost))


def test_it_learns_which_texts_go_with_which_practices() -> None:
    """Where what helps is like the text in some ways and unlike it in others, it loses less than half as much."""
    way = np.array([-1.0, 1.0, -1.0, 1.0])
    ours = NeuralLinearPolicy(TextFeatures(LIBRARY, vectors=ABOUT, rank=4))
    blind = LowRankPolicy(EmbeddedFeatures(LIBRARY, vectors=ABOUT, rank=4))
    assert _lost(ours, way) < 0.5 * _lost(blind, way)


def test_a_text_lies_where_the_practices_near_it_do() -> None:
    """On a practice it lies there; half near only, half as far out; near nothing, or nothing known, nowhere."""
    features = TextFeatures(LIBRARY, vectors=ABOUT, rank=4)

    def place(**near: float) -> Array:
        return features.place_of_text(Context(State(near={k.replace("_", "-"): w for k, w in near.items()})))

    assert place(example_7=1.0) == pytest.approx(features.taste[7])
    assert place(example_7=0.5) == pytest.approx(features.taste[7] / 2)
    assert place(example_7=1.0, example_9=1.0) == pytest.approx((features.taste[7] + features.taste[9]) / 2)
    assert place().tolist() == place(gone=1.0).tolist() == [0.0] * 4


def test_without_a_text_nothing_of_one_is_seen() -> None:
    """Columns of the text are 0, so that what is logged holds none."""
    policy = NeuralLinearPolicy(TextFeatures(LIBRARY, vectors=ABOUT, rank=4))
    choice = policy.decide(Context(), LIBRARY, rng=np.random.default_rng(0))
    assert not any(name.startswith("theme") for seen in choice.features.values() for name in seen)


def test_what_was_written_is_used_as_far_as_text_may_be() -> None:
    """Its columns stand under the consent for text: without it they are neither learned nor used."""
    seen = {"always": 1.0, "theme:text/1": 0.5, "taste/1": 0.2}
    some = [Cell(Purpose.LEARN, Category.INTERACTIONS)]
    for cells, kept in ((some, {"always", "taste/1"}), ([*some, Cell(Purpose.LEARN, Category.TEXT)], set(seen))):
        found = usable_features(seen, Permissions(frozenset(cells)), purpose=Purpose.LEARN, used=["text"])
        assert set(found) == kept


def test_the_rough_scores_are_the_exact_ones() -> None:
    """What is retrieved by is features times coefficients, for the library as a whole and for a part of it."""
    features = TextFeatures(LIBRARY, vectors=ABOUT, rank=4)
    met = example_contexts(LIBRARY)[1]
    context = replace(met, state=replace(met.state, near={LIBRARY[3].id: 0.9, LIBRARY[8].id: 0.4}))
    mean = np.random.default_rng(0).normal(size=len(features.names))
    for candidates in (LIBRARY, LIBRARY[::-1][:20]):
        exact = features.matrix(context, candidates) @ mean
        rough = features.at(context).rough_scores(features.catalogue.among(candidates), mean)
        assert rough == pytest.approx(exact, abs=2e-3)


def test_a_reason_from_the_text_says_that_it_was_read() -> None:
    """What the text adds counts as read, never as said, and no sentence claims that the practice is near to it."""
    policy = NeuralLinearPolicy(TextFeatures(LIBRARY, vectors=ABOUT, rank=4))
    context = Context(State(near={LIBRARY[3].id: 1.0}))
    taught = policy.learn([
        History((Experience({name: 1.0, "always": 1.0}, 1.0),) * 20)
        for name in policy.features.names if name.startswith("theme:text")
    ])  # fmt: skip
    told = [
        reason for seed in range(20)
        for reason in taught.decide(context, LIBRARY, rng=np.random.default_rng(seed)).reasons
        if reason.about == "theme:text"
    ]  # fmt: skip
    assert told
    assert all(reason.fact["source"] == "read" for reason in told)
    assert {clause(reason, LIBRARY[0], "One") for reason in told} == {""}, "it may be unlike what was written"
