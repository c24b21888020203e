"""Heartbeats are found in a waveform where NeuroKit2 is, and it is asked for where it is not."""

from __future__ import annotations

import importlib.util

import numpy as np
import pytest
from numpy.typing import NDArray

from attunement.domain.body import BodySignal, Channel, Recording
from attunement.domain.errors import AttunementError, ErrorCode
from attunement.reading.body.artefacts import correct
from attunement.reading.body.reader import BodyReader
from attunement.reading.body.waveform import beats_of

HAVE = importlib.util.find_spec("neurokit2") is not None
with_neurokit = pytest.mark.skipif(not HAVE, reason="NeuroKit2 is not installed (extra 'body')")
RATE = 64


def pulse(seconds: float, rr: float = 0.8) -> NDArray[np.float64]:
    """A blood volume pulse, 64 samples a second, one beat every ``rr`` seconds."""
    t = np.arange(int(seconds * RATE)) / RATE
    return np.exp(-(((t % rr) - 0.2) ** 2) / 0.006) + 0.3 * np.exp(-(((t % rr) - 0.45) ** 2) / 0.01)


def ppg(values: NDArray[np.float64], kind: BodySignal = BodySignal.PPG) -> Channel:
    return Channel(kind, np.arange(values.size) / RATE, np.float32(values))


@with_neurokit
def test_beats_of_a_pulse() -> None:
    """A pulse of 75 a minute gives intervals of 800 ms, to within a sample."""
    beats = beats_of(Recording((ppg(pulse(60)),), "made"))
    assert beats is not None
    assert 70 <= beats.values.size <= 75
    assert np.median(beats.values) == pytest.approx(800, abs=16)


@with_neurokit
def test_no_beat_spans_a_gap() -> None:
    """Ten seconds missing are no interval of ten seconds."""
    whole = ppg(pulse(60))
    kept = (whole.times < 25) | (whole.times >= 35)
    beats = beats_of(Recording((Channel(whole.kind, whole.times[kept], whole.values[kept]),), "made"))
    assert beats is not None
    assert beats.values.max() < 2000
    assert not np.any((beats.times > 26) & (beats.times < 35))


@with_neurokit
@pytest.mark.parametrize(
    "values", [np.zeros(640), np.full(640, np.nan), pulse(2), np.zeros(0)], ids=["flat", "nan", "short", "none"]
)
@pytest.mark.parametrize("kind", [BodySignal.PPG, BodySignal.ECG])
def test_a_waveform_without_beats_has_none(values: NDArray[np.float64], kind: BodySignal) -> None:
    """Flat, not there, or two seconds long: no beats and no fault."""
    beats = beats_of(Recording((ppg(values, kind),), "made"))
    assert beats is not None
    assert beats.values.size == 0


@with_neurokit
def test_noise_is_not_taken_for_a_heart() -> None:
    """Four minutes of noise instead of a pulse: it can't tell in any of them, or is unsure at least."""
    noise = np.random.default_rng(0).normal(0, 1, 240 * RATE)
    readings = BodyReader().read(Recording((ppg(noise),), "made"))
    assert len(readings) == 4
    assert all(reading.quality < 0.75 for reading in readings)


@with_neurokit
@pytest.mark.filterwarnings("ignore")  # NeuroKit2's own
def test_artefacts_are_found_as_neurokit_finds_them() -> None:
    """After our correction of a rough heart, variation is as near to the truth as after NeuroKit2's, or nearer."""
    nk = importlib.import_module("neurokit2")
    rng = np.random.default_rng(3)
    true = 850 + 40 * np.sin(np.arange(400) / 2.3) + rng.normal(0, 10, 400)
    rr = true.copy()
    rr[[50, 160]] += 300
    rr[[51, 161]] -= 300
    rr = np.concatenate([rr[:250], [rr[250] + rr[251]], rr[252:]])
    theirs = np.diff(nk.signal_fixpeaks(np.cumsum(rr), sampling_rate=1000, method="Kubios")[1])
    ours = correct(np.cumsum(rr) / 1e3, rr).rr
    off = [abs(np.sqrt(np.mean(np.diff(x) ** 2)) - np.sqrt(np.mean(np.diff(true) ** 2))) for x in (ours, theirs)]
    assert off[0] <= off[1]


def test_without_neurokit_a_waveform_alone_asks_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pulse and nothing else: missing-extra, with the command to install it."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(AttunementError, match=r"pip install 'attunement\[body\]'") as raised:
        beats_of(Recording((ppg(pulse(60)),), "made"))
    assert raised.value.code is ErrorCode.MISSING_EXTRA


def test_without_neurokit_other_signals_of_the_heart_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pulse beside beats or a heart rate is passed over."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    t = np.arange(300.0)
    rate = Channel(BodySignal.HEART_RATE, t, np.float32(70 + np.sin(t)))
    assert len(BodyReader().read(Recording((ppg(pulse(300)), rate), "made"))) == 5
    beats = Channel(BodySignal.RR, t, np.float32(1000 + 10 * np.sin(t)))
    assert BodyReader().read(Recording((ppg(pulse(300)), beats), "made"))[-1].features["beats"] == 60
