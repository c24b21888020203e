"""Features can be checked by hand, and are not there where they cannot be had."""

from __future__ import annotations

import numpy as np
import pytest

from attunement.domain.body import BodySignal, Channel
from attunement.reading.body.cleaning import clean
from attunement.reading.body.features import FEATURES, LEVELS, features_of, levels_of, windows


def channel(kind: BodySignal, times: list[float], values: list[float]) -> Channel:
    return Channel(kind, np.array(times), np.float32(values))


def test_the_rhythm_of_twenty_beats() -> None:
    """Intervals of 800 and 860 in turn: 72.3 a minute, every step 60 ms, so RMSSD 60 and all of them over 50."""
    rr = [800.0, 860.0] * 10
    found = features_of([clean(channel(BodySignal.RR, list(np.cumsum(rr) / 1e3), rr))], 0, 60)
    assert found["heart_rate"] == pytest.approx(60_000 / 830)
    assert (found["beats"], found["sdnn"]) == (20, 30)
    assert (found["rmssd"], found["pnn50"]) == (60, 1)


def test_steps_over_a_gap_do_not_count() -> None:
    """Ten beats at 800, a pause, ten at 1000: no step within either, so RMSSD is 0 and SDNN is 100."""
    rr = [800.0] * 10 + [1000.0] * 10
    times = np.cumsum(rr) / 1e3 + 20 * (np.arange(20) >= 10)
    found = features_of([clean(channel(BodySignal.RR, list(times), rr))], 0, 60)
    assert (found["rmssd"], found["sdnn"]) == (0, 100)


def test_seven_beats_are_too_few() -> None:
    """Below eight beats nothing is said of the heart but their number."""
    found = features_of([clean(channel(BodySignal.RR, [1, 2, 3, 4, 5, 6, 7], [1000.0] * 7))], 0, 60)
    assert found["beats"] == 7
    assert np.isnan([found[name] for name in ("heart_rate", "rmssd", "sdnn", "pnn50", "rr_slope")]).all()


def test_single_beats_count_more_than_a_rate() -> None:
    """With both, the rate of the beats is taken; without enough beats, that of the device."""
    rate = clean(channel(BodySignal.HEART_RATE, list(range(60)), [90 + 0.01 * t for t in range(60)]))
    beats = clean(channel(BodySignal.RR, list(range(1, 31)), [1000.0] * 29 + [1001]))
    assert features_of([beats, rate], 0, 60)["heart_rate"] == pytest.approx(60, rel=0.01)
    assert features_of([beats, rate], 28, 60)["heart_rate"] == pytest.approx(90, rel=0.01)


def test_two_responses_of_the_skin() -> None:
    """Two rises of 0.5 and 0.3 in a minute, and a tremor too small to count."""
    t = np.arange(60.0)
    eda = np.interp(t, [0, 10, 13, 20, 30, 32, 40, 45, 46, 59], [1, 1, 1.5, 1.1, 1.1, 1.4, 1.0, 1.0, 1.01, 0.9])
    found = features_of([clean(channel(BodySignal.EDA, list(t), list(eda)))], 0, 60)
    assert found["scr_count"] == pytest.approx(2)
    assert found["scr_amplitude"] == pytest.approx(0.8, abs=0.01)
    assert found["eda_mean"] == pytest.approx(eda.mean(), abs=1e-4)


def test_a_trend_is_told_a_minute() -> None:
    """Skin that warms by 0.01 °C a second warms by 0.6 a minute."""
    found = features_of(
        [clean(channel(BodySignal.TEMPERATURE, list(range(60)), [30 + 0.01 * t for t in range(60)]))], 0, 60
    )
    assert found["temperature_slope"] == pytest.approx(0.6, abs=0.01)


def test_nothing_measured_is_nothing_said() -> None:
    """Without channels every feature and every level is NaN."""
    found = features_of([], 0, 60)
    assert set(found) == set(FEATURES)
    assert np.isnan(list(found.values())).all()
    assert levels_of(found).shape == (len(LEVELS),)
    assert np.isnan(levels_of(found)).all()


def test_windows_begin_anew_after_a_pause() -> None:
    """Two minutes, ten minutes of nothing, one minute: two windows and one, each sitting from its own beginning."""
    times = np.concatenate([np.arange(120.0), np.arange(725.0, 785.0)])
    assert windows(times, length=60, step=60) == [(0, 60), (60, 120), (725, 785)]


def test_a_short_recording_is_one_window_and_a_short_end_none() -> None:
    """Five seconds are a window; twenty seconds after a full minute are not one more, forty are."""
    assert windows(np.arange(5.0), length=60, step=60) == [(0, 60)]
    assert len(windows(np.arange(80.0), length=60, step=60)) == 1
    assert len(windows(np.arange(100.0), length=60, step=60)) == 2
    assert len(windows(np.arange(120.0), length=60, step=30)) == 4
    assert windows(np.zeros(0), length=60, step=60) == []
