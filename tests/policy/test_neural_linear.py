"""Heads on vectors: known from the first moment by what they mean, learned and forgotten exactly."""

from __future__ import annotations

import numpy as np
import pytest

from attunement.domain.errors import ErrorCode, Invalid
from attunement.policy.neural_linear import Lesson, NeuralLinear

ARMS = ("rest", "talk", "walk")
RNG = np.random.default_rng(3)
LESSONS = [Lesson(RNG.normal(size=4), ARMS[k % 3], float(RNG.random())) for k in range(60)]
MOMENTS = RNG.normal(size=(7, 4))


def said(policy: NeuralLinear) -> np.ndarray:
    return np.stack([policy.probabilities(moment) for moment in MOMENTS])


def test_probabilities_sum_to_one_over_a_floor() -> None:
    """Each arm has at least its part of the floor, untaught and taught."""
    for policy in (NeuralLinear(ARMS, 4, floor=0.3), NeuralLinear(ARMS, 4, floor=0.3).learn(LESSONS)):
        assert said(policy).sum(axis=1) == pytest.approx(1)
        assert said(policy).min() >= 0.1 - 1e-12


def test_an_arm_is_known_by_what_it_means() -> None:
    """Before anything was learned, the arm whose meaning is near the moment is likelier than the others."""
    policy = NeuralLinear(ARMS, 3, meanings=np.eye(3), temper=0.1)
    assert np.stack([policy.probabilities(z) for z in np.eye(3)]).argmax(axis=1).tolist() == [0, 1, 2]


def test_forgetting_equals_never_having_seen_in_any_order() -> None:
    """Learned backwards and forgotten in part, every digit is that of learning the rest alone."""
    empty = NeuralLinear(ARMS, 4)
    part = empty.learn(LESSONS[::-1]).forget(LESSONS[:25])
    assert (said(part) == said(empty.learn(LESSONS[25:]))).all()
    assert (said(part.forget(LESSONS[25:])) == said(empty)).all()


def test_a_stranger_cannot_be_forgotten() -> None:
    """Lessons that were never learned, or are forgotten already, are told with a code; the policy stays as it is."""
    policy = NeuralLinear(ARMS, 4).learn(LESSONS)
    before = said(policy)
    for strangers in ([Lesson(np.full(4, 9.0), "talk", 1.0)], [*LESSONS, *LESSONS]):
        with pytest.raises(Invalid, match="was not learned"):
            policy.forget(strangers)
        assert (said(policy) == before).all()


def test_lessons_of_large_vectors_can_be_forgotten() -> None:
    """How large numbers are does not make them unknown."""
    policy, large = NeuralLinear(ARMS, 4).learn(LESSONS), Lesson(np.full(4, 300.0), "talk", 1.0)
    assert (said(policy.learn([large]).forget([large])) == said(policy)).all()


def test_the_belief_is_the_ridge_regression_of_its_arm() -> None:
    """The mean of a head is what ridge regression on that arm's lessons gives."""
    theirs = [lesson for lesson in LESSONS if lesson.arm == "talk"]
    z = np.array([[1, *lesson.moment] for lesson in theirs])
    y = np.array([lesson.reward for lesson in theirs])
    before = np.array([1 / 3, 0, 0, 0, 0])
    wanted = np.linalg.solve(4 * np.eye(5) + z.T @ z / 0.1, 4 * before + z.T @ y / 0.1)
    assert NeuralLinear(ARMS, 4).learn(LESSONS)._means[1] == pytest.approx(wanted, abs=1e-3)


def test_learning_leaves_the_old_policy() -> None:
    """Policies are values."""
    policy = NeuralLinear(ARMS, 4).learn(LESSONS[:10])
    before = said(policy)
    policy.learn(LESSONS[10:])
    assert (said(policy) == before).all()


@pytest.mark.parametrize(
    "lesson",
    [
        Lesson(np.full(4, np.nan), "rest", 1.0), Lesson(np.full(4, 1e20), "rest", 1.0),
        Lesson(np.zeros(3), "rest", 1.0),
        Lesson(np.zeros(4), "rest", np.inf), Lesson(np.zeros(4), "rest", 1e3), Lesson(np.zeros(4), "rest", -0.1),
        Lesson(np.zeros(4), "fly", 1.0),
    ],
)  # fmt: skip
def test_what_cannot_be_learned_is_refused(lesson: Lesson) -> None:
    """Vectors and rewards that cannot be, and arms that do not exist, change nothing and say so."""
    policy = NeuralLinear(ARMS, 4)
    with pytest.raises(Invalid) as raised:
        policy.learn([LESSONS[0], lesson])
    assert raised.value.code is ErrorCode.BAD_INPUT
    assert (said(policy) == said(NeuralLinear(ARMS, 4))).all()


def test_identical_moments_and_arms_share_alike() -> None:
    """With nothing to tell arms apart, each has about its equal part."""
    assert said(NeuralLinear(ARMS, 4)) == pytest.approx(1 / 3, abs=0.08)
