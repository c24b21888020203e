"""Importance weighting: by hand, against a truth that is known, and silent where there is not enough."""

from __future__ import annotations

import numpy as np
import pytest

from attunement.policy.off_policy import gain, self_normalised


def _logged(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """n choices of one of two things with chances 0.7 and 0.3, liked by half and by all but a tenth; four a person."""
    second = rng.random(n) < 0.3
    values = (rng.random(n) < np.where(second, 0.9, 0.5)).astype(float)
    weights = np.where(second, 0.6 / 0.3, 0.4 / 0.7)  # another way would choose the second in six of ten
    return weights, values, np.arange(n) // 4


def test_the_mean_is_weighted_by_hand() -> None:
    """Twenty choices worth 1 of weight 1 and twenty worth 0 of weight 3 have a mean of 1/4, and are worth 32 of 40."""
    weights, values = np.repeat([1.0, 3.0], 20), np.repeat([1.0, 0.0], 20)
    estimate = self_normalised(weights, values, np.arange(40), np.random.default_rng(1))
    assert (estimate.value, estimate.ess, estimate.n) == (pytest.approx(0.25), pytest.approx(32), 40)


def test_the_truth_is_found_and_mostly_covered() -> None:
    """Of 200 logs, the mean estimate is what the other way is worth, 0.74, and 90 to 99 % of intervals cover it."""
    rng = np.random.default_rng(2)
    estimates = [self_normalised(*_logged(rng, 400), np.random.default_rng(0)) for _ in range(200)]
    assert np.mean([e.value for e in estimates]) == pytest.approx(0.74, abs=0.01)
    assert 0.90 <= np.mean([e.low <= 0.74 <= e.high for e in estimates]) <= 0.99  # type: ignore[operator]


@pytest.mark.parametrize(
    ("weights", "people"),
    [
        (np.ones(29), np.arange(29)),
        (np.r_[np.ones(100), 1000.0], np.arange(101)),
        (np.ones(100), np.arange(100) % 4),
        (np.ones(0), np.arange(0)),
        (np.zeros(50), np.arange(50)),
    ],
    ids=["few", "one outweighs all", "four people", "none", "never chosen"],
)
def test_too_little_is_not_told(weights: np.ndarray, people: np.ndarray) -> None:
    """Where the effective size is under 30, or it is about fewer than five people, there is no number."""
    estimate = self_normalised(weights, np.ones(len(weights)), people, np.random.default_rng(0))
    assert (estimate.value, estimate.low, estimate.high, estimate.n) == (None, None, None, len(weights))


def test_the_gain_is_a_difference_of_means_by_hand() -> None:
    """Of weight 3 where it was worth 1, and 1 where nothing: 3/4 against 1/2; the same for everybody, so no doubt."""
    weights, values = np.tile([3.0, 1.0], 30), np.tile([1.0, 0.0], 30)
    found = gain(weights, values, np.arange(60) // 2, np.random.default_rng(1))
    assert (found.value, found.low, found.high) == pytest.approx((0.25, 0.25, 0.25))
    assert (found.n, found.ess) == (60, pytest.approx(120**2 / 300))


def test_what_people_have_in_common_does_not_widen_a_gain() -> None:
    """People who rate very differently leave a mean in doubt, and not how two ways of choosing for them differ."""
    people = np.arange(60) // 2
    values = np.tile([0.3, 0.1], 30) + 0.6 * (people % 2)
    weights = np.tile([3.0, 1.0], 30)
    mean, apart = (f(weights, values, people, np.random.default_rng(1)) for f in (self_normalised, gain))
    assert mean.high - mean.low > 0.2  # type: ignore[operator]
    assert (apart.low, apart.high) == pytest.approx((0.05, 0.05))


def test_five_people_are_told_as_the_few_they_are() -> None:
    """Of 400 groups of five whose means scatter around 1/2, at least nine in ten intervals hold it."""
    rng, people = np.random.default_rng(3), np.repeat(np.arange(5), 10)
    held = []
    for _ in range(400):
        values = (0.5 + 0.15 * rng.standard_normal(5))[people]
        e = self_normalised(np.ones(50), values, people, np.random.default_rng(0))
        held.append(e.low <= 0.5 <= e.high)  # type: ignore[operator]
    assert np.mean(held) >= 0.9
