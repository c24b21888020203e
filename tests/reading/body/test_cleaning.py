"""What is wrong with a signal is left out, told, and counts against its quality."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import ArrayLike

from attunement.domain.body import BodySignal, Channel, Flaw
from attunement.domain.errors import ErrorCode, Invalid
from attunement.reading.body.cleaning import Cleaned, clean
from attunement.reading.body.units import in_units

SECONDS = np.arange(120.0)


def cleaned(kind: BodySignal, values: ArrayLike, times: ArrayLike = SECONDS) -> Cleaned:
    return clean(Channel(kind, np.asarray(times, float), np.asarray(values, np.float32)))


def flaws(channel: Cleaned) -> set[Flaw]:
    return {flaw for flaw, _, _ in channel.spans}


@pytest.mark.parametrize(
    ("kind", "given", "expected"),
    [
        (BodySignal.RR, 0.8, 800), (BodySignal.RR, 800_000, 800), (BodySignal.RR, 800, 800),
        (BodySignal.HEART_RATE, 1.2, 72), (BodySignal.HEART_RATE, 72, 72),
        (BodySignal.EDA, 2500, 2.5), (BodySignal.EDA, 2.5e-6, 2.5), (BodySignal.EDA, 2.5, 2.5),
        (BodySignal.TEMPERATURE, 89.6, 32), (BodySignal.TEMPERATURE, 305.15, 32), (BodySignal.TEMPERATURE, 32, 32),
    ],
)  # fmt: skip
def test_the_unit_is_told_by_the_range(kind: BodySignal, given: float, expected: float) -> None:
    """Seconds, microseconds, hertz, nanosiemens, siemens, °F and kelvin become the unit of the kind."""
    values, converted = in_units(kind, np.full(5, given))
    assert values == pytest.approx(np.full(5, expected))
    assert converted == (given != expected)


def test_a_conversion_is_told() -> None:
    """Intervals in seconds are read, and the whole of the signal is marked."""
    channel = cleaned(BodySignal.RR, np.full(20, 0.8) + 0.01 * (np.arange(20) % 3), 1 + 0.81 * np.arange(20))
    assert channel.values[0] == pytest.approx(800)
    assert (Flaw.UNITS, 1.0, pytest.approx(16.39)) in channel.spans


@pytest.mark.parametrize(
    ("kind", "value"),
    [(BodySignal.HEART_RATE, 800), (BodySignal.RR, 8), (BodySignal.EDA, 0.0), (BodySignal.TEMPERATURE, -5)],
)
def test_what_no_body_shows_is_left_out(kind: BodySignal, value: float) -> None:
    """Intervals in a column of heart rate, a sensor off the skin, frost: nothing of it stays, and it is told."""
    channel = cleaned(kind, value + 1e-5 * np.arange(120))
    assert channel.values.size == 0
    assert channel.coverage(0, 120) == 0
    assert flaws(channel) == {Flaw.OUT_OF_RANGE}


def test_a_leap_of_skin_conductance_is_left_out() -> None:
    """Two samples between which it moves by 30 microsiemens in a second are both gone."""
    values = np.full(120, 2.0) + 0.01 * np.sin(SECONDS)
    values[60] = 32
    channel = cleaned(BodySignal.EDA, values)
    assert not {59.0, 60.0, 61.0} & set(channel.times)
    assert channel.values.size == 117


def test_a_signal_that_stands_still_is_left_out() -> None:
    """Of two minutes, the minute and a half in which skin conductance does not move at all is no signal."""
    values = np.where(SECONDS < 90, 1.5, 1.5 + 0.01 * SECONDS)
    channel = cleaned(BodySignal.EDA, values)
    assert channel.times.tolist() == SECONDS[90:].tolist()
    assert (Flaw.FLAT, 0.0, 89.0) in channel.spans
    assert channel.coverage(0, 60) == 0


def test_skin_temperature_may_stand_still_for_minutes() -> None:
    """A thermometer that shows the same for two minutes is believed; a heart rate that does is not."""
    assert cleaned(BodySignal.TEMPERATURE, np.full(120, 32.0)).values.size == 120
    assert cleaned(BodySignal.HEART_RATE, np.full(121, 70.0), np.arange(121.0)).values.size == 0


def test_a_faster_sensor_gives_the_same_seconds() -> None:
    """Four samples a second become their mean."""
    channel = cleaned(BodySignal.EDA, np.tile([1.0, 1.2, 1.4, 1.6], 60), np.arange(240) / 4)
    assert channel.times.tolist() == list(range(60))
    assert channel.values == pytest.approx(np.full(60, 1.3))


def test_coverage_is_the_share_with_signal() -> None:
    """Of a minute without seconds 15 to 43, 32 s are covered: a sample of skin conductance holds for two seconds."""
    kept = (SECONDS < 15) | (SECONDS >= 44)
    channel = cleaned(BodySignal.EDA, 1 + 0.001 * SECONDS[kept], SECONDS[kept])
    assert channel.coverage(0, 60) == pytest.approx((14 + 2 + 16) / 60)
    assert channel.coverage(60, 120) == 1
    assert channel.coverage(120, 180) == 0


def test_corrected_beats_are_no_good_signal() -> None:
    """A missed beat is put in, and its time counts as not covered."""
    rr = 800 + 10.0 * (np.arange(60) % 3)
    rr[30] *= 2
    channel = cleaned(BodySignal.RR, rr, np.cumsum(rr) / 1e3)
    assert channel.values.size == 61
    assert channel.covers[[30, 31]].tolist() == [0, 0]
    assert Flaw.ARTEFACT in flaws(channel)


def test_what_is_no_number_or_no_time_is_left_out() -> None:
    """NaN, infinity and times that are none leave gaps and no fault."""
    times, values = SECONDS.copy(), 1 + 0.001 * SECONDS
    times[[3, 5, 8]] = np.nan, np.inf, 1e300
    values[[10, 11]] = np.nan, np.inf
    assert cleaned(BodySignal.EDA, values, times).values.size == 115


def test_no_samples_at_all_are_cleaned() -> None:
    """An empty channel of each kind stays empty."""
    for kind in (BodySignal.RR, BodySignal.HEART_RATE, BodySignal.EDA, BodySignal.TEMPERATURE):
        assert cleaned(kind, [], []).values.size == 0


def test_a_channel_has_a_time_for_each_value() -> None:
    """Three times and two values are refused."""
    with pytest.raises(Invalid) as raised:
        Channel(BodySignal.RR, np.zeros(3), np.zeros(2, np.float32))
    assert raised.value.code is ErrorCode.BAD_SIGNAL


def test_a_few_beats_are_cleaned_as_many_are() -> None:
    """Of ten intervals the one that is two becomes two; the others keep what they cover."""
    rr = np.array([800.0, 810, 790, 805, 795, 1600, 800, 790, 810, 800])
    found = cleaned(BodySignal.RR, rr, np.cumsum(rr) / 1e3)
    assert found.values.size == found.covers.size == 11
    assert np.flatnonzero(found.covers == 0).tolist() == [5, 6]


def test_beats_among_many_that_were_corrected_count_for_nothing() -> None:
    """Of a strap that sits loose from the middle on, nothing is taken for a heart; what came before stays."""
    rng = np.random.default_rng(1)
    rr = np.concatenate([850 + rng.normal(0, 20, 400), rng.uniform(350, 1900, 400)])
    found = cleaned(BodySignal.RR, rr, np.cumsum(rr) / 1e3)
    loose = float(rr[:400].sum()) / 1e3
    assert found.coverage(0, loose - 30) > 0.95
    assert found.coverage(loose + 60, loose + 300) < 0.1
