"""What a reading keeps to, whatever the recording."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from attunement.domain.body import BodyReading, BodySignal, Channel, Flaw, Recording
from attunement.domain.errors import ErrorCode, Invalid
from attunement.reading.body.baseline import Baseline
from attunement.reading.body.features import FEATURES
from attunement.reading.body.reader import BodyReader, read_window

if TYPE_CHECKING:
    from conftest import Make

FEW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def only(recording: Recording, kept: NDArray[np.generic], kind: BodySignal) -> Recording:
    """The recording with some samples of one kind left out."""
    return replace(
        recording,
        channels=tuple(
            Channel(c.kind, c.times[kept], c.values[kept]) if c.kind is kind else c for c in recording.channels
        ),
    )


def same(one: list[BodyReading], two: list[BodyReading]) -> bool:
    """Equal but for the last digits, in which sums of another order may differ."""
    numbers = [
        [(r.arousal_mean, r.arousal_sd, r.stress_p or -1, r.quality) for r in readings] for readings in (one, two)
    ]
    rest = [[(r.start, r.end, r.why, r.stress_p is None) for r in readings] for readings in (one, two)]
    return rest[0] == rest[1] and np.allclose(*numbers, atol=1e-6)


def test_minutes_stirred_up_stand_out(make: Make, body_reader: BodyReader) -> None:
    """A quick heart and wet skin in minutes 12 to 14 give more arousal and more stress than the rest before."""
    readings = body_reader.read(make(15, stirred=(12, 13, 14)))
    calm, up = readings[5:12], readings[12:]
    assert len(readings) == 15
    assert min(r.arousal_mean for r in up) > max(r.arousal_mean for r in calm)
    assert min(r.stress_p or 0 for r in up) > max(r.stress_p or 0 for r in calm)
    assert min(r.stress_p or 0 for r in up) > 0.5


def test_a_reading_is_whole(make: Make, body_reader: BodyReader) -> None:
    """Every number lies where its description says, times follow each other, every feature is named."""
    for k, reading in enumerate(body_reader.read(make(kinds="rr eda temperature heart_rate"))):
        assert reading.start == NOON + timedelta(minutes=k)
        assert reading.end == reading.start + timedelta(minutes=1)
        assert 0 <= reading.arousal_mean <= 1
        assert 0.05 <= reading.arousal_sd <= 0.29
        assert 0.9 < reading.quality <= 1
        assert set(reading.features) == set(FEATURES)
        assert reading.model == body_reader.model
        if reading.stress_p is not None:
            assert reading.stress_range is not None
            assert 0 < reading.stress_range[0] <= reading.stress_p <= reading.stress_range[1] < 1


def test_without_rest_nothing_is_said_of_stress(make: Make, body_reader: BodyReader) -> None:
    """The first three minutes it can't tell, for want of a baseline; with one, it can."""
    recording = make(8)
    readings = body_reader.read(recording)
    assert [r.stress_p is None for r in readings] == [True] * 3 + [False] * 5
    assert [Flaw.NO_BASELINE in r.why for r in readings] == [True] * 3 + [False] * 5
    rest = body_reader.baseline(make(8, seed=2))
    assert all(r.stress_p is not None for r in body_reader.read(recording, rest))


def test_a_reading_does_not_depend_on_what_comes_later(make: Make, body_reader: BodyReader) -> None:
    """The first eight of twelve minutes read the same when the last four are not there yet."""
    whole = make(12, stirred=(9, 10))
    until = NOON.timestamp() + 480
    part = replace(
        whole,
        channels=tuple(Channel(c.kind, c.times[c.times < until], c.values[c.times < until]) for c in whole.channels),
    )
    early, late = body_reader.read(part), body_reader.read(whole)[:8]
    assert [r.stress_p for r in early[:7]] == pytest.approx([r.stress_p for r in late[:7]], abs=0.05)


def test_rest_that_was_declared_says_so(make: Make, body_reader: BodyReader) -> None:
    """Windows up to minute 5 are marked as part of the rest, the others are not."""
    recording, until = make(8), NOON.timestamp() + 300
    readings = body_reader.read(recording, body_reader.baseline(recording, until=until), rest_until=until)
    assert [Flaw.IN_BASELINE in r.why for r in readings] == [True] * 5 + [False] * 3


@FEW
@given(st.integers(0, 2**31), st.sampled_from(["rr", "eda", "temperature"]))
def test_shuffled_and_doubled_rows_read_the_same(make: Make, body_reader: BodyReader, seed: int, kind: str) -> None:
    """The order of a channel's rows does not matter, nor does a row that stands there twice."""
    recording, rng = make(6), np.random.default_rng(seed)
    n = len(recording.of(BodySignal(kind))[0].times)
    rows = rng.permutation(np.concatenate([np.arange(n), rng.integers(0, n, n // 4)]))
    assert same(body_reader.read(recording), body_reader.read(only(recording, rows, BodySignal(kind))))


@FEW
@given(
    st.sampled_from(["rr", "eda", "temperature", "heart_rate"]),
    st.floats(5, 470), st.floats(0, 300), st.floats(5, 470), st.floats(0, 60),
)  # fmt: skip
def test_a_gappier_recording_is_never_surer(
    make: Make, body_reader: BodyReader, kind: str, a: float, la: float, b: float, lb: float
) -> None:
    """Whatever is missing of a signal, no window gets a smaller standard deviation or a better quality.

    Of beats it is so but for one: which of them count as artefacts depends on those beside them, some of which may be
    missing, and a beat in 60 s is worth up to 0.5 * 0.9 / 60 = 0.0075 of quality.
    """
    recording = make(8, kinds="rr eda temperature heart_rate")
    t = recording.of(BodySignal(kind))[0].times - NOON.timestamp()
    kept = ~(((t >= a) & (t < a + la)) | ((t >= b) & (t < b + lb)))
    less = {r.start: r for r in body_reader.read(only(recording, kept, BodySignal(kind)))}
    for whole in body_reader.read(recording):
        if whole.start in less:
            surer, better = (1e-4, 0.0075) if kind == "rr" else (1e-9, 1e-9)
            assert less[whole.start].arousal_sd >= whole.arousal_sd - surer
            assert less[whole.start].quality <= whole.quality + better


@pytest.mark.parametrize("missing", ["rr", "eda", "heart_rate"])
def test_fewer_sensors_are_never_surer(make: Make, body_reader: BodyReader, missing: str) -> None:
    """A device without a sensor knows less, and says so."""
    kinds = "rr eda temperature heart_rate"
    less = body_reader.read(make(kinds=kinds.replace(missing, "").strip()))
    for one, other in zip(body_reader.read(make(kinds=kinds)), less, strict=True):
        assert other.arousal_sd >= one.arousal_sd


def test_the_poorer_the_signal_the_wider_the_range_until_it_cannot_tell(make: Make, body_reader: BodyReader) -> None:
    """With ever less skin conductance the range of stress gets wider, and at last there is no answer."""
    recording, rest = make(8, kinds="eda"), body_reader.baseline(make(8, kinds="eda", seed=3))
    found = []
    for share in (1.0, 0.7, 0.5, 0.2):
        kept = recording.channels[0].times % 60 < 60 * share
        found.append(body_reader.read(only(recording, kept, BodySignal.EDA), rest)[5])
    widths = [r.stress_range[1] - r.stress_range[0] for r in found if r.stress_range]
    assert widths == sorted(widths)
    assert len(widths) >= 2
    assert found[-1].stress_p is None
    assert Flaw.UNSURE in found[-1].why
    assert all(Flaw.GAP in r.why for r in found[1:])


@pytest.mark.parametrize(
    ("spoil", "flaw"),
    [
        (lambda v: np.full_like(v, 1.0), Flaw.FLAT), (lambda v: v * 0, Flaw.OUT_OF_RANGE),
        (lambda v: v * 1000, Flaw.UNITS),
    ],
)  # fmt: skip
def test_a_spoilt_sensor_is_told(make: Make, body_reader: BodyReader, spoil: object, flaw: Flaw) -> None:
    """A skin sensor that stands still, is off the skin, or tells nanosiemens: each window says so."""
    recording = make(4, kinds="eda")
    c = recording.channels[0]
    spoilt = replace(recording, channels=(Channel(c.kind, c.times, spoil(c.values)),))  # type: ignore[operator]
    readings = body_reader.read(spoilt)
    assert len(readings) == 4
    assert all(flaw in r.why for r in readings)
    if flaw is not Flaw.UNITS:
        assert all(r.stress_p is None and r.quality == 0 and Flaw.NO_SIGNAL in r.why for r in readings)


def test_a_heart_that_is_not_heard_any_more_is_no_calm_one(make: Make, body_reader: BodyReader) -> None:
    """Where beats end in minutes of stress and the answer falls, it can't tell, or tells how open that is."""
    recording, rest = make(14, stirred=tuple(range(8, 14))), body_reader.baseline(make(8))
    heard = recording.of(BodySignal.RR)[0].times < NOON.timestamp() + 60 * 11
    readings = body_reader.read(only(recording, heard, BodySignal.RR), rest)
    assert readings[10].stress_p > 0.8  # type: ignore[operator]
    for reading in readings[12:]:
        low, high = reading.stress_range or (0, 1)
        assert Flaw.GAP in reading.why
        assert high - low > 0.25


def test_where_a_silent_sensor_had_said_the_same_it_can_still_tell(make: Make, body_reader: BodyReader) -> None:
    """Beats that end in calm minutes widen the range, and no more."""
    recording, rest = make(14), body_reader.baseline(make(8))
    heard = recording.of(BodySignal.RR)[0].times < NOON.timestamp() + 60 * 11
    less = body_reader.read(only(recording, heard, BodySignal.RR), rest)
    widths = [r.stress_range[1] - r.stress_range[0] for r in less if r.stress_range]
    assert len(widths) == len(less)
    assert min(widths[11:]) > max(widths[:11])


def test_a_clock_set_back_is_told(make: Make, body_reader: BodyReader) -> None:
    """Where two minutes of skin conductance came twice under one time, those windows say so and the others do not."""
    recording = make(8, kinds="eda")
    c = recording.channels[0]
    back = Channel(
        c.kind, np.concatenate([c.times[:300], c.times[240:] - 60]), np.concatenate([c.values[:300], c.values[240:]])
    )
    readings = body_reader.read(replace(recording, channels=(back,)))
    assert [Flaw.CLOCK_JUMP in r.why for r in readings] == [False, False, False, True, True, False, False]


def test_a_heart_rate_alone_says_little(make: Make, body_reader: BodyReader) -> None:
    """A watch without single beats: arousal is less sure than with them, and no rhythm is told."""
    beats, rate = body_reader.read(make(kinds="rr"))[-1], body_reader.read(make(kinds="heart_rate"))[-1]
    assert rate.arousal_sd > beats.arousal_sd
    assert rate.features["rmssd"] is None
    assert beats.features["rmssd"] is not None


def test_no_signal_and_no_samples(body_reader: BodyReader) -> None:
    """Without channels it is refused; with an empty one there is nothing to read."""
    with pytest.raises(Invalid) as raised:
        body_reader.read(Recording((), "none"))
    assert raised.value.code is ErrorCode.BAD_SIGNAL
    empty = Channel(BodySignal.RR, np.zeros(0), np.zeros(0, np.float32))
    assert body_reader.read(Recording((empty,), "empty")) == []


def test_times_no_recording_can_have_are_left_out(make: Make, body_reader: BodyReader) -> None:
    """A row in milliseconds among seconds, and one before 1970, change nothing; where all are such, it is told."""
    recording, odd = make(3), np.array([1.7e12, -1e12, np.inf])
    spoilt = tuple(
        Channel(c.kind, np.append(c.times, odd), np.append(c.values, [70, 70, 70]).astype(np.float32))
        for c in recording.channels
    )
    assert same(body_reader.read(replace(recording, channels=spoilt)), body_reader.read(recording))
    lost = Channel(BodySignal.HEART_RATE, np.array([1.7e12, -1e12]), np.float32([70, 71]))
    with pytest.raises(Invalid, match="between the years"):
        body_reader.read(Recording((lost,), "lost"))


@pytest.mark.parametrize("window", [1, 4000, float("nan")])
def test_a_window_too_short_or_too_long_is_refused(window: float) -> None:
    """Ten seconds to an hour can be read."""
    with pytest.raises(Invalid) as raised:
        BodyReader(window=window)
    assert raised.value.code is ErrorCode.BAD_INPUT


def test_other_windows_can_be_read(make: Make) -> None:
    """Windows of half a minute, every ten seconds, and of five minutes."""
    assert len(BodyReader(window=30, step=10).read(make(4))) >= 20
    assert len(BodyReader(window=300).read(make(20))) == 4


def test_one_window_as_a_program_sends_it(make: Make, body_reader: BodyReader) -> None:
    """The last of twelve minutes, with the ten before it or with a baseline, reads about as in the recording."""
    recording = make(12, stirred=(11,))
    start = NOON + timedelta(minutes=11)
    alone = read_window(recording.channels, start=start, end=start + timedelta(minutes=1))
    assert alone.start == start
    assert alone.stress_p == pytest.approx(body_reader.read(recording)[-1].stress_p, abs=0.1)
    rest = body_reader.baseline(make(8, seed=5))
    short = [
        Channel(c.kind, c.times[c.times >= start.timestamp()], c.values[c.times >= start.timestamp()])
        for c in recording.channels
    ]
    assert (read_window(short, start=start, end=start + timedelta(minutes=1), baseline=rest).stress_p or 0) > 0.5
    assert read_window(short, start=start, end=start + timedelta(minutes=1)).stress_p is None
    with pytest.raises(Invalid):
        read_window(short, start=start, end=start)


def test_an_empty_baseline_is_no_baseline(make: Make, body_reader: BodyReader) -> None:
    """With a rest of no windows, nothing is said of stress."""
    assert all(r.stress_p is None for r in body_reader.read(make(5), Baseline()))
