"""Forecasts: quantiles, the trace they rest on, and tables of people."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.damage import KINDS, damaged

from attunement.domain.errors import AttunementError, ErrorCode
from attunement.domain.forecast import LEVELS, Distribution
from attunement.foresight.earlier import Known, known_before
from attunement.foresight.forecast_model import open_model, shipped_model
from attunement.foresight.forecaster import AffectForecaster
from attunement.foresight.panel import Row, Unit, forecast_rows, unit_of
from attunement.foresight.trace import STEADY, WINDOW, Trace
from attunement.library.resources import models_folder

UNITS = st.floats(0, 1, width=32)
TIMES = st.lists(st.integers(0, 9), min_size=1, max_size=25)


def test_the_shortest_range_leaves_out_the_long_side() -> None:
    """Seven tenths at the floor and a long tail above: the shortest 80 % reach from the floor to the 85 % quantile."""
    quantiles = np.array([0.0] * 14 + [0.1, 0.2, 0.3, 0.6, 1.0])
    low, high = Distribution(quantiles).interval(0.8)
    assert (low, round(high, 6)) == (0.0, 0.3)


def test_the_shift_widens_and_narrows_every_range() -> None:
    """An interval that held too little is widened by a shift above nought, and never beyond nine tenths."""
    even = np.array(LEVELS)
    widths = [np.diff(Distribution(even, shift).interval(0.8))[0] for shift in (-0.5, 0.0, 0.5, 9.0)]
    assert widths == sorted(widths)
    assert widths[1:] == pytest.approx([0.8, 1 / (1 + math.exp(-math.log(4) - 0.5)), 0.9])


@pytest.mark.parametrize("share", [0.0, -1.0, 0.95, math.nan])
def test_a_share_that_cannot_be_told_is_refused(share: float) -> None:
    """Quantiles end at 95 %, so no more than nine tenths can be held."""
    with pytest.raises(ValueError, match="share"):
        Distribution(np.array(LEVELS)).interval(share)


@given(st.lists(UNITS, min_size=1, max_size=40))
def test_a_trace_sums_up_what_it_saw(values: list[float]) -> None:
    """Mean, spread, quantiles and the last value are those of the list, however it is kept."""
    trace = Trace(clock=False)
    for k, value in enumerate(values):
        trace.update(float(k), value)
    seen = dict(zip(STEADY, trace.seen(float(len(values))), strict=True))
    assert seen["mean"] == pytest.approx(np.mean(values), abs=1e-9)
    assert seen["sd"] == pytest.approx(np.std(values), abs=1e-6)
    assert seen["q75"] == pytest.approx(np.quantile(values, 0.75) - np.mean(values), abs=1e-6)
    assert seen["last"] == pytest.approx(values[-1] - np.mean(values), abs=1e-9)
    assert -1 <= trace.tie <= 1


def test_a_trace_shows_the_latest_values_one_by_one() -> None:
    """The newest first, as distances from the mean; where there are not yet five, the first stands for the others."""
    trace = Trace(clock=False)
    first = STEADY.index("last")
    for k, value in enumerate((0.0, 0.2, 0.4, 0.6, 0.8, 1.0)):
        trace.update(float(k), value)
        if k == 1:
            assert trace.seen(2.0)[first : first + 5] == pytest.approx([0.1, -0.1, -0.1, -0.1, -0.1])
    assert trace.seen(6.0)[first : first + 5] == pytest.approx([0.5, 0.3, 0.1, -0.1, -0.3])


def test_who_always_says_the_same_is_never_expected_wider() -> None:
    """On any point of the scale, hundreds of equal values leave a range that is narrow and not made wider."""
    for value in (0.0, 0.3, 0.5, 1.0):
        forecaster = AffectForecaster(low=0, high=1)
        for k in range(300):
            forecaster.see(6.0 * k, value)
        ahead = forecaster.ahead(1800.0)
        low, high = ahead.interval(0.8)
        assert (ahead.shift < 0, high - low < 0.05) == (True, True)
        assert low - 0.01 <= value <= high + 0.01


def test_a_trace_knows_the_hour_of_a_person() -> None:
    """Somebody low every evening is expected lower at nine in the evening than at nine in the morning."""
    trace = Trace()
    for day in range(14):
        trace.update(24.0 * day + 9, 0.8)
        trace.update(24.0 * day + 21, 0.2)
    hour = STEADY.index("hour")
    assert trace.seen(24.0 * 14 + 21)[hour] < -0.2 < 0.2 < trace.seen(24.0 * 14 + 9)[hour]


def test_a_long_life_costs_no_more_than_a_short_one() -> None:
    """After 100,000 values the trace keeps as many as its window and still answers."""
    forecaster = AffectForecaster(low=0, high=1)
    values = np.random.default_rng(1).random(100_000)
    trace = forecaster._trace
    for k, value in enumerate(values.tolist()):
        trace.update(k / 10, value)
    assert len(trace._sorted) == len(trace._window) == WINDOW
    assert abs(forecaster.ahead(10_000.0).middle - 0.5) < 0.1


def test_intervals_that_miss_grow_and_those_that_never_miss_shrink() -> None:
    """Values that always fall outside widen what comes; a person who never changes narrows it."""
    wild, calm = AffectForecaster(low=0, high=1), AffectForecaster(low=0, high=1)
    for k in range(60):
        calm.see(6.0 * k, 0.5)
        wild.see(6.0 * k, float(k % 7 == 0) if k > 20 else 0.5)
    assert calm.ahead(400.0).shift < 0
    assert wild.ahead(400.0).shift > calm.ahead(400.0).shift


@given(TIMES)
def test_rows_before_are_before_in_both_senses(times: list[int]) -> None:
    """What is known before a row is what a plain loop finds: rows above it at earlier times."""
    values = [float(k % 5) for k in range(len(times))]
    for k, known in enumerate(known_before([float(t) for t in times], list(values))):
        theirs = [values[j] for j in range(k) if times[j] < times[k]]
        assert known == Known(len(theirs), sum(theirs), min(theirs, default=math.inf), max(theirs, default=-math.inf))


ROWS = [Row(f"p{k % 3}", float(k // 3 * 5 + k % 3), float((k * 7) % 5 + 1)) for k in range(60)]


@pytest.mark.parametrize("scale", [{}, {"low": 1.0, "high": 5.0}])
def test_no_forecast_rests_on_what_came_later(scale: dict[str, float]) -> None:
    """Cut short, or changed from some time on, a table gives the same forecasts for the rows before."""
    whole = forecast_rows(ROWS, **scale)
    assert forecast_rows(ROWS[:41], **scale) == whole[:41]
    changed = [Row(r.person, r.time, 5.0 if r.time > 50 else r.value) for r in ROWS]
    kept = [k for k, r in enumerate(ROWS) if r.time <= 50]
    found = forecast_rows(changed, **scale)
    assert [found[k] for k in kept] == [whole[k] for k in kept]


def test_people_of_one_file_do_not_have_to_stand_together() -> None:
    """Sorted by person or by time, with the scale known and nobody new, everybody's own forecasts are the same."""
    by_person = sorted(ROWS, key=lambda r: (r.person, r.time))
    first = dict(zip(((r.person, r.time) for r in ROWS), forecast_rows(ROWS, low=1, high=5), strict=True))
    second = forecast_rows(by_person, low=1, high=5)
    same = [first[r.person, r.time] == a for r, a in zip(by_person, second, strict=True) if a.rows]
    assert all(same)
    assert len(same) == 57


def test_a_row_without_a_value_is_forecast_and_not_learned_from() -> None:
    """Leaving a value out gives the forecast of that row all the same, and changes the next."""
    gone = [Row(r.person, r.time, None if k == 30 else r.value) for k, r in enumerate(ROWS)]
    whole, without = forecast_rows(ROWS, low=1, high=5), forecast_rows(gone, low=1, high=5)
    assert whole[30] == without[30]
    assert (whole[33].rows, without[33].rows) == (11, 10)


def test_a_scale_that_grows_is_followed() -> None:
    """One value, then the same, then one far beyond: every forecast is a number on what was seen so far."""
    found = forecast_rows([Row("a", float(k), v) for k, v in enumerate((3.0, 3.0, 300.0, -4.0, 3.0))])
    assert all(math.isfinite(x) for a in found for x in (a.middle, a.low, a.high))
    assert (found[0].rows, found[1].low >= 2.5, found[1].high <= 3.5) == (0, True, True)
    assert (found[4].low >= -4, found[4].high <= 300) == (True, True)


@pytest.mark.parametrize(
    ("times", "unit"),
    [
        ([1.0, 2.0, 3.0, 5.0], Unit.STEPS), ([9.0, 12.0, 15.0, 33.0], Unit.HOURS), ([9.5, 12.1, 15.0], Unit.HOURS),
        ([1.4, 1.6, 1.9, 2.4], Unit.DAYS), ([1.79e9, 1.790004e9], Unit.SECONDS), ([4.0], Unit.STEPS),
    ],
)  # fmt: skip
def test_what_times_count_is_told_by_how_far_apart_they_are(times: list[float], unit: Unit) -> None:
    """Order, hours, days with parts and seconds since 1970."""
    assert unit_of([Row("a", t, 1.0) for t in times]) is unit


@pytest.mark.parametrize("how", KINDS)
def test_a_model_with_wrong_bytes_says_what_to_do(tmp_path: Path, how: str) -> None:
    """Wherever in the file the damage is, it is told by name."""
    file = tmp_path / "forecast.npz"
    file.write_bytes(damaged((models_folder() / "forecast" / "forecast.npz").read_bytes(), how))
    with pytest.raises(AttunementError, match=r"training\.forecast") as told:
        open_model(file)
    assert told.value.code is ErrorCode.MODEL_BROKEN


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not really"])
def test_a_damaged_model_says_what_to_do(tmp_path: Path, content: bytes) -> None:
    """A file that is missing, empty or of something else is refused by name."""
    file = tmp_path / "forecast.npz"
    for write in (False, True):
        if write:
            file.write_bytes(content)
        with pytest.raises(AttunementError, match=r"training\.forecast") as told:
            open_model(file)
        assert told.value.code is ErrorCode.MODEL_BROKEN


def test_a_model_of_another_form_is_refused(tmp_path: Path) -> None:
    """Weights for another number of inputs do not open."""
    weights = {f"{part}{k}": np.zeros((4, 4)) for part in ("middle", "spread") for k in (1, 2, 3)}
    biases = {f"{name}_bias": np.zeros(4) for name in weights}
    np.savez(tmp_path / "forecast.npz", version=np.array("x"), **weights, **biases)
    with pytest.raises(AttunementError, match="missing or damaged"):
        open_model(tmp_path / "forecast.npz")
    assert shipped_model().version.startswith("forecast-")


@given(st.lists(st.floats(0, 1, width=32), min_size=1, max_size=30), st.floats(0.2, 1.0), st.floats(0.0, 0.5))
def test_a_scale_that_turns_out_wider_changes_only_the_unit(values: list[float], factor: float, offset: float) -> None:
    """A trace that is rescaled sees what one that was told the new values from the start sees."""
    moved, told = Trace(), Trace(start=factor * 0.5 + offset)
    for k, value in enumerate(values):
        moved.update(5.0 * k, value)
        told.update(5.0 * k, factor * value + offset)
    moved.rescale(factor, offset)
    assert moved.seen(200.0)[:-2] == pytest.approx(told.seen(200.0)[:-2], abs=1e-6)


def test_values_that_only_ever_rise_are_followed_in_time() -> None:
    """Three thousand values each beyond the last: the scale grows with every row, and no past is gone through again."""
    found = forecast_rows([Row("a", float(k), float(k)) for k in range(3000)])
    assert found[-1].rows == 2999
    assert all(a.low <= a.middle <= a.high for a in found)
