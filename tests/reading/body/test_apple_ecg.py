"""Electrocardiograms of a watch are read as its owner finds them in their export."""

from __future__ import annotations

import numpy as np
import pytest
from tests.reading.body.files import NOON, one, read, refusal

from attunement.domain.body import BodySignal
from attunement.domain.errors import ErrorCode
from attunement.reading.body.waveform import beats_of

HEAD = (
    'Name,"Noor"\nDate of Birth,"1 Jan 1990"\nRecorded Date,2026-05-01 14:00:00 +0200\nClassification,Sinus Rhythm\n'
    'Symptoms,\nSoftware Version,2.0\nDevice,"Watch6,2"\nSample Rate,512 hertz\n\n\nLead,Lead I\nUnit,µV\n\n'
)


def test_voltages_follow_each_other_from_the_time_of_recording() -> None:
    recording = read(HEAD + "12.5\n-3.25\n\n0\n")
    ecg = one(recording, BodySignal.ECG)
    assert (recording.source, ecg.values.tolist()) == ("apple-ecg", [12.5, -3.25, 0.0])
    assert ecg.times.tolist() == pytest.approx([NOON, NOON + 1 / 512, NOON + 2 / 512], abs=1e-6)


def test_another_language_of_the_watch_writes_another_head_and_a_comma() -> None:
    head = "Name,\nAufnahmedatum,2026-05-01 12:00:00 +0000\nMessrate,512 Hertz\nEinheit,µV\n\n"
    assert one(read(head + '"12,5"\n-3,25\n'), BodySignal.ECG).values.tolist() == [12.5, -3.25]


def test_a_line_that_is_no_number_leaves_a_gap_and_moves_nothing() -> None:
    ecg = one(read(HEAD + "1\noops\n3\n4\n"), BodySignal.ECG)
    assert ecg.values.tolist() == [1.0, 3.0, 4.0]
    assert (ecg.times * 512 - NOON * 512).round().tolist() == [0, 2, 3]


@pytest.mark.parametrize("below", ["", "oops\n", "1\nx\ny\nz\n"])
def test_a_file_that_broke_off_is_refused(below: str) -> None:
    assert refusal(HEAD + below) is ErrorCode.BAD_SIGNAL


@pytest.mark.parametrize("time", ["2026-13-45 12:00:00 +0200", "2026-05-01 25:61:00", "2026-05-01 12:00:00 +9900"])
@pytest.mark.parametrize("rate", ["512 hertz", "0 hertz"])
def test_a_time_no_calendar_has_and_no_rate_are_refused(time: str, rate: str) -> None:
    assert refusal(f"Recorded Date,{time}\nSample Rate,{rate}\n\n1\n2\n") is ErrorCode.BAD_SIGNAL


def test_a_table_without_a_rate_is_no_electrocardiogram_even_if_it_is_called_one() -> None:
    assert refusal("Recorded Date,2026-05-01 12:00:00\n1\n2\n", format="apple-ecg") is ErrorCode.BAD_SIGNAL


def test_half_a_minute_of_a_watch_has_the_heart_rate_it_was_made_with() -> None:
    nk = pytest.importorskip("neurokit2", reason="the extra body is not installed")
    wave = nk.ecg_simulate(duration=30, sampling_rate=512, heart_rate=66, random_state=1)
    recording = read(HEAD + "\n".join(f"{1000 * value:.3f}" for value in wave))
    beats = beats_of(recording)
    assert beats is not None
    assert 60_000 / float(np.median(beats.values)) == pytest.approx(66, abs=2)
