"""Beats that were missed, counted twice or came out of turn are found and put right."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from attunement.reading.body.artefacts import correct


def heart(n: int = 300, seed: int = 0) -> NDArray[np.float64]:
    """Intervals that rise and fall with the breath and wander a little, in ms."""
    rng = np.random.default_rng(seed)
    return 850 + 40 * np.sin(np.arange(n) / 2.3) + np.cumsum(rng.normal(0, 1, n)) + rng.normal(0, 8, n)


def rmssd(rr: NDArray[np.float64]) -> float:
    return float(np.sqrt(np.mean(np.diff(rr) ** 2)))


def test_a_clean_heart_is_left_alone() -> None:
    """Of 300 beats with breath and noise none is touched, and one that beats quite evenly is no fault either."""
    for rr in (heart(), np.full(300, 800.0)):
        assert not correct(np.cumsum(rr) / 1e3, rr).corrected.any()


def test_noise_does_not_raise_the_limits_above_itself() -> None:
    """Of beats without any order over a third is corrected; limits that follow their spread alone leave nearly all."""
    rr = np.random.default_rng(1).uniform(350, 1900, 400)
    assert correct(np.cumsum(rr) / 1e3, rr).corrected.mean() > 1 / 3


def test_a_missed_beat_is_put_in() -> None:
    """One interval that is the sum of two becomes two; the time of the last beat stays."""
    rr = heart()
    with_gap = np.concatenate([rr[:100], [rr[100] + rr[101]], rr[102:]])
    found = correct(np.cumsum(with_gap) / 1e3, with_gap)
    assert found.rr.size == 300
    assert np.flatnonzero(found.corrected).tolist() == [100, 101]
    assert found.times[-1] == pytest.approx(rr.sum() / 1e3)
    assert np.all(np.diff(found.times) > 0)


def test_a_beat_counted_twice_is_taken_out() -> None:
    """An interval cut in two becomes one again."""
    rr = heart()
    cut = np.concatenate([rr[:150], [0.45 * rr[150], 0.55 * rr[150]], rr[151:]])
    found = correct(np.cumsum(cut) / 1e3, cut)
    assert found.rr.size == 300
    assert found.rr[150] == pytest.approx(rr[150])


def test_an_ectopic_beat_is_evened_out() -> None:
    """A beat that came 300 ms early, and the long pause after it, no longer swell the variation."""
    rr = heart()
    ectopic = rr.copy()
    ectopic[80] -= 300
    ectopic[81] += 300
    found = correct(np.cumsum(ectopic) / 1e3, ectopic)
    assert found.corrected[[80, 81]].all()
    assert found.corrected.sum() <= 3
    assert rmssd(found.rr) == pytest.approx(rmssd(rr), rel=0.1)
    assert rmssd(ectopic) > 1.5 * rmssd(rr)


def test_a_gap_in_the_recording_is_no_artefact() -> None:
    """Half a minute without beats changes nothing about those around it."""
    rr = heart()
    times = np.cumsum(rr) / 1e3 + 30 * (np.arange(300) >= 150)
    assert not correct(times, rr).corrected.any()


@settings(deadline=None)
@given(st.integers(0, 10_000), st.integers(10, 120))
def test_with_artefacts_in_one_beat_of_forty_variation_is_about_right(seed: int, n: int) -> None:
    """Whatever the artefacts, RMSSD after correction is nearer to the truth than before."""
    rng, rr = np.random.default_rng(seed), heart(40 * (n // 10 + 1), seed)
    spoilt = rr.copy()
    at = 20 + 40 * np.arange(len(rr) // 40)
    spoilt[at] += rng.choice([-350.0, 350.0], at.size)
    found = correct(np.cumsum(spoilt) / 1e3, spoilt)
    good = ~found.corrected
    steps = np.diff(found.rr)[good[1:] & good[:-1]]
    assert abs(np.sqrt(np.mean(steps**2)) - rmssd(rr)) < abs(rmssd(spoilt) - rmssd(rr))


@given(st.lists(st.floats(273, 2000), max_size=60))
def test_any_series_comes_out_whole(rr: list[float]) -> None:
    """Whatever comes in, what comes out is finite, as long in time, and its times rise."""
    values = np.array(rr)
    found = correct(np.cumsum(values) / 1e3, values)
    assert np.isfinite(found.rr).all()
    assert found.times.size == found.rr.size == found.corrected.size
    assert np.all(np.diff(found.times) > 0)
