"""How varied a list is: each figure by hand, its bounds, and how often a range of a drift holds."""

from __future__ import annotations

from math import exp, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.domain.practice import Viewpoint
from attunement.evaluation.variety import (
    calibration_error,
    coverage,
    drift,
    effective,
    effective_if_even,
    entropy,
    entropy_of_few,
    intra_list_distance,
    unlike_share,
)

COUNTS = st.lists(st.integers(0, 40), min_size=1, max_size=10)


def test_entropy_and_effective_number_by_hand() -> None:
    """Two of one and one of another: -(2/3 ln 2/3 + 1/3 ln 1/3), and its exponential."""
    by_hand = -(2 / 3 * log(2 / 3) + 1 / 3 * log(1 / 3))
    assert entropy([2, 0, 1]) == pytest.approx(by_hand)
    assert effective([2, 0, 1]) == pytest.approx(exp(by_hand))


@given(COUNTS)
def test_kinds_lie_within_their_bounds(counts: list[int]) -> None:
    """The effective number is from 1 to the kinds met, whatever the order; it and coverage are 0 of nothing."""
    met = sum(n > 0 for n in counts)
    assert coverage(counts) == met / len(counts)
    assert effective(counts) == effective(counts[::-1]) == pytest.approx(effective([7 * n for n in counts]))
    assert min(met, 1) <= effective(counts) <= met + 1e-9
    assert entropy_of_few(counts) >= entropy(counts) >= 0


@given(st.integers(1, 10), st.integers(1, 9))
def test_even_kinds_count_in_full(kinds: int, each: int) -> None:
    """So many kinds met alike are so many."""
    assert effective([each] * kinds) == pytest.approx(kinds)


@pytest.mark.parametrize(("n", "kinds"), [(3, 10), (10, 10), (40, 10), (25, 3)])
def test_what_even_draws_would_have_is_about_right(n: int, kinds: int) -> None:
    """The stated variety of even draws is within a sixth of what drawing gives on average."""
    rng = np.random.default_rng(0)
    drawn = np.mean([effective(np.bincount(rng.integers(kinds, size=n), minlength=kinds)) for _ in range(400)])
    assert effective_if_even(n, kinds) == pytest.approx(drawn, rel=0.35 if n < kinds else 1 / 6)


def test_few_meetings_do_not_look_narrow_for_being_few() -> None:
    """Over many weeks of eight even draws of four kinds the corrected entropy is nearer to that of even ones."""
    rng = np.random.default_rng(1)
    weeks = [np.bincount(rng.integers(4, size=8), minlength=4).tolist() for _ in range(500)]
    plain, corrected = (np.mean([of(week) for week in weeks]) for of in (entropy, entropy_of_few))
    assert abs(corrected - log(4)) < abs(plain - log(4)) / 2


def test_distance_within_a_list_by_hand() -> None:
    """The mean of 1 - 0.2, 1 - 0.5 and 1 - 0.8; nothing where there is no pair."""
    likeness = np.array([[1, 0.2, 0.5], [0.2, 1, 0.8], [0.5, 0.8, 1]])
    assert intra_list_distance(likeness) == pytest.approx(0.5)
    assert intra_list_distance(likeness[:1, :1]) == 0


def test_the_share_of_unlike_viewpoints_counts_each_practice_once() -> None:
    """One of three looks through a stranger's and an opponent's eyes at once; of none the share is 0."""
    lists = [[Viewpoint.STRANGER, Viewpoint.OPPONENT], [Viewpoint.OWN], [Viewpoint.OBSERVER]]
    assert (unlike_share(lists), unlike_share([])) == (pytest.approx(1 / 3), 0.0)


def test_calibration_error_by_hand() -> None:
    """All of one against half and half: 1/2 · 1 · ld 1/(3/4) + 1/2 · (1/2 ld (1/2)/(3/4) + 1/2 ld 2) bits."""
    by_hand = (np.log2(4 / 3) + 0.5 * np.log2(2 / 3) + 0.5 * np.log2(2)) / 2
    assert calibration_error([3, 0], [5, 5]) == pytest.approx(by_hand)
    assert calibration_error([0, 0], [1, 2]) == 0


@given(st.integers(1, 8).flatmap(lambda k: st.tuples(*[st.lists(st.integers(0, 30), min_size=k, max_size=k)] * 2)))
def test_calibration_error_is_symmetrical_and_bounded(both: tuple[list[int], list[int]]) -> None:
    """From 0 to 1 bit, the same both ways, 0 for the same shares, 1 where nothing is shared."""
    own, met = both
    error = calibration_error(own, met)
    assert 0 <= error <= 1
    assert error == pytest.approx(calibration_error(met, own))
    assert calibration_error(own, [3 * n for n in own]) == 0
    if any(own) and any(met) and not any(a and b for a, b in zip(own, met, strict=True)):
        assert error == pytest.approx(1)


def test_a_drift_by_hand() -> None:
    """A straight line has its slope, gaps between weeks or not; three weeks are too few to say."""
    told = drift([0, 1, 2, 5, 9, 10], [1.0, 1.5, 2.0, 3.5, 5.5, 6.0])
    assert told is not None
    assert (told.low, told.a_week, told.high) == (0.5, 0.5, 0.5)
    assert drift([0, 1, 2], [1.0, 2.0, 3.0]) is None


def test_the_range_of_a_drift_holds_as_often_as_it_says() -> None:
    """Of 400 runs of eight weeks that scatter around a known slope, 93 to 99 of 100 ranges hold it."""
    rng = np.random.default_rng(2)
    runs = [drift(range(8), (0.1 * np.arange(8) + rng.standard_normal(8)).tolist()) for _ in range(400)]
    assert 0.93 <= np.mean([run is not None and run.low <= 0.1 <= run.high for run in runs]) <= 0.99


@given(st.lists(st.floats(-10, 10), min_size=4, max_size=12))
def test_a_drift_lies_in_its_range_and_turns_with_time(values: list[float]) -> None:
    """The slope is between its bounds, and backwards it is the negative."""
    there, back = drift(range(len(values)), values), drift(range(len(values)), values[::-1])
    assert there is not None
    assert back is not None
    assert there.low <= there.a_week <= there.high
    assert there.a_week == pytest.approx(-back.a_week, abs=1e-8)
