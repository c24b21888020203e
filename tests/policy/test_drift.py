"""What the detector of rises promises: few false alarms however often one looks, and true ones soon."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.policy.drift import RiseDetector, Shift, falls_short, turns_out_better

VALUES = st.lists(st.floats(-1, 1), max_size=60)


def _first(values: list[float], *, alpha: float) -> int | None:
    """After how many values the first alarm comes."""
    found = RiseDetector(alpha=alpha).rises(values)
    return found[0].found + 1 if found else None


def test_the_evidence_is_what_the_formula_says() -> None:
    """With one bet of 0.5 and no tolerance, values 0.4 and 1 make (1)(1.2) = 1.2 and (2.2)(1.5) = 3.3."""
    detector = RiseDetector(tolerance=0.0, alpha=0.01, bets=[0.5])
    seen = []
    for value in (0.4, 1.0):
        detector.update(value)
        seen.append(detector.evidence)
    assert seen == pytest.approx([1.2, 3.3])


@pytest.mark.parametrize("depends", [False, True], ids=["independent", "swinging"])
def test_false_alarms_are_as_rare_as_promised_at_the_worst_mean_allowed(depends: bool) -> None:
    """With a mean of exactly the tolerance, 400 runs of 50 values give an alarm in at most 50 alpha of them.

    So it is where the size of the next value depends on those before. Four standard errors are allowed for chance.
    """
    rng, alpha, n, runs = np.random.default_rng(1), 0.002, 50, 400
    alarms = 0
    for _ in range(runs):
        detector, size, met = RiseDetector(alpha=alpha), 0.9, False
        for sign in rng.choice([-1, 1], n):
            met = detector.update(0.05 + size * sign) is not None or met
            size = (0.9 if sign > 0 else 0.2) if depends else 0.9
        alarms += met
    promised = n * alpha
    assert alarms / runs <= promised + 4 * np.sqrt(promised * (1 - promised) / runs)


def test_the_run_up_to_a_false_alarm_is_as_long_as_promised() -> None:
    """With a mean of exactly the tolerance and alpha 1/100, 300 runs last 100 values or more on average."""
    rng = np.random.default_rng(2)
    runs = [_first((0.05 + 0.3 * rng.choice([-1, 1], 4000)).tolist(), alpha=0.01) or 4000 for _ in range(300)]
    assert np.mean(runs) >= 100 - 3 * np.std(runs) / np.sqrt(len(runs))


def test_where_predictions_are_right_there_is_no_alarm_in_five_thousand_outcomes() -> None:
    """As it is set by default, none of forty calm series gives one."""
    rng = np.random.default_rng(3)
    assert [falls_short(np.full(5000, 0.6), 0.6 + 0.3 * rng.choice([-1, 1], 5000)) for _ in range(40)] == [[]] * 40


@pytest.mark.parametrize("calm", [0, 300])
def test_a_drop_of_a_fifth_is_found_within_a_hundred_and_fifty_outcomes(calm: int) -> None:
    """Whenever it begins, in 57 of sixty series or more with outcomes that scatter by 0.3; half within a hundred."""
    rng, delays, dated = np.random.default_rng(4), [], []
    for _ in range(60):
        rewards = np.concatenate([np.full(calm, 0.7), np.full(200, 0.5)]) + 0.3 * rng.choice([-1, 1], calm + 200)
        found = falls_short(np.full(calm + 200, 0.7), rewards)[0]
        delays.append(found.found - calm + 1)
        dated.append(found.began - calm)
    assert np.quantile(delays, 0.95) <= 150
    assert np.median(delays) <= 100
    assert abs(np.median(dated)) <= 15


def test_better_than_expected_is_told_apart_from_worse() -> None:
    """Rewards above what was expected are no alarm, and are found by the other direction."""
    expected, rewards = [0.4] * 100, [0.8] * 100
    assert falls_short(expected, rewards) == []
    assert turns_out_better(expected, rewards)[0].began == 0


def test_after_an_alarm_all_begins_anew() -> None:
    """A rise that lasts is found again and again, each time as far on as the first time."""
    found = RiseDetector(alpha=0.01).rises([0.6] * 60)
    length = found[0].found + 1
    assert found[:3] == [Shift(k * length, (k + 1) * length - 1) for k in range(3)]


@given(values=VALUES, more=VALUES)
def test_a_later_begin_never_has_more_evidence(values: list[float], more: list[float]) -> None:
    """What is known from the newest values alone is at most what is known from all: a window gives no more alarms."""
    whole, part = RiseDetector(alpha=1e-300), RiseDetector(alpha=1e-300)
    whole.rises([*values, *more])
    part.rises(more)
    assert part.evidence <= whole.evidence * (1 + 1e-9)


@given(values=VALUES)
def test_values_outside_count_as_the_bounds(values: list[float]) -> None:
    """Ten times as much counts as much as 1 or -1 where it lies beyond."""
    clipped, wide = RiseDetector(), RiseDetector()
    clipped.rises([float(np.clip(10 * v, -1, 1)) for v in values])
    wide.rises([10 * v for v in values])
    assert clipped.evidence == wide.evidence


@pytest.mark.parametrize(
    "wrong", [{"tolerance": -0.1}, {"tolerance": 1.0}, {"alpha": 0.0}, {"alpha": 1.0}, {"bets": []}, {"bets": [0.96]}]
)
def test_parameters_out_of_range_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="must"):
        RiseDetector(**wrong)  # type: ignore[arg-type]


def test_what_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="number"):
        RiseDetector().update(float("nan"))
