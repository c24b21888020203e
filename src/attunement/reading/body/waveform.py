"""Finds heartbeats in an ECG or a blood volume pulse, with NeuroKit2 (extra ``body``)."""

from __future__ import annotations

import importlib
import importlib.util
import warnings

import numpy as np
from numpy.typing import NDArray

from attunement.domain.body import BodySignal, Channel, Recording
from attunement.domain.errors import AttunementError, ErrorCode

Array = NDArray[np.float64]
LEAST_S = 5.0
ALIKE = {BodySignal.PPG: 0.86, BodySignal.ECG: 0.66}
"""Correlation with the usual form of a beat."""
SLOWEST, FASTEST = 20.0, 2000.0
"""Samples a second between which beats can be found."""


def beats_of(recording: Recording) -> Channel | None:
    """Intervals from a recording's ECG, or else from its pulse; None where it has neither.

    A waveform is cut where samples are missing for over five sampling intervals, and put on an even grid.

    Raises
    ------
    AttunementError
        ``MISSING_EXTRA`` where the waveform is all there is of the heart, and NeuroKit2 is not installed.
    """
    waves = recording.of(BodySignal.ECG) or recording.of(BodySignal.PPG)
    if not waves:
        return None
    if importlib.util.find_spec("neurokit2") is None:
        if recording.of(BodySignal.HEART_RATE):
            return None
        raise AttunementError(
            ErrorCode.MISSING_EXTRA,
            "Finding heartbeats in a waveform needs NeuroKit2. Install it with: pip install 'attunement[body]'",
        )
    found = [_intervals(times, values, waves[0].kind) for times, values in _stretches(waves[0])]
    times, intervals = (np.concatenate([np.zeros(0), *(part[k] for part in found)]) for k in (0, 1))
    return Channel(BodySignal.RR, times, intervals.astype(np.float32))


def _stretches(wave: Channel) -> list[tuple[Array, Array]]:
    """Stretches of the waveform without a gap, long enough to hold beats and not standing still."""
    known = np.isfinite(wave.times) & np.isfinite(wave.values)
    times, first = np.unique(wave.times[known], return_index=True)
    values = wave.values[known][first].astype(float)
    if times.size < 2:
        return []
    cuts = np.flatnonzero(np.diff(times) > 5 * np.median(np.diff(times))) + 1
    parts = zip(np.split(times, cuts), np.split(values, cuts), strict=True)
    return [(t, v) for t, v in parts if t.size > 1 and t[-1] - t[0] >= LEAST_S and np.ptp(v) > 0]


def _intervals(times: Array, values: Array, kind: BodySignal) -> tuple[Array, Array]:
    """Times of beats in one stretch (s), and the intervals (ms) that end there, between beats that look alike."""
    rate = 1 / float(np.median(np.diff(times)))
    if not SLOWEST <= rate <= FASTEST:
        return np.zeros(0), np.zeros(0)
    even = times[0] + np.arange(int((times[-1] - times[0]) * rate) + 1) / rate
    clean, peaks = _clean_and_peaks(np.interp(even, times, values), round(rate), kind)
    alike = _alike(clean, peaks, rate, kind)
    both = alike[1:] & alike[:-1]
    return even[peaks[1:]][both], np.diff(even[peaks])[both] * 1e3


def _clean_and_peaks(values: Array, rate: int, kind: BodySignal) -> tuple[Array, NDArray[np.int64]]:
    """The waveform without drift and hum, and which of its samples are beats."""
    nk = importlib.import_module("neurokit2")  # 2 s and 200 MB: only where it is needed
    clean, find, name = nk.ppg_clean, nk.ppg_peaks, "PPG_Peaks"
    if kind is BodySignal.ECG:
        clean, find, name = nk.ecg_clean, nk.ecg_peaks, "ECG_R_Peaks"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of short signals; what it finds is held against the range of beats
        try:
            cleaned = np.asarray(clean(values, sampling_rate=rate), float)
            found = np.asarray(find(cleaned, sampling_rate=rate)[1][name], int)
        except (ValueError, IndexError, ZeroDivisionError):  # nothing in it that looks like a beat
            return values, np.zeros(0, np.int64)
    return cleaned, found


def _alike(clean: Array, peaks: NDArray[np.int64], rate: float, kind: BodySignal) -> NDArray[np.bool_]:
    """Which beats have the form that most have: in noise none has, though something is found in it.

    Orphanidou et al. 2015, IEEE Journal of Biomedical and Health Informatics 19(3):832-838.
    """
    around = np.arange(-round(0.3 * rate), round(0.3 * rate) + 1)
    whole = (peaks + around[0] >= 0) & (peaks + around[-1] < clean.size)
    if not whole.any():
        return np.zeros(peaks.size, bool)
    forms = clean[peaks[whole, None] + around]
    forms = forms - forms.mean(axis=1, keepdims=True)
    forms /= np.maximum(np.linalg.norm(forms, axis=1, keepdims=True), 1e-12)
    usual = np.median(forms, axis=0)
    alike = np.zeros(peaks.size, bool)
    alike[whole] = forms @ usual / max(float(np.linalg.norm(usual)), 1e-12) >= ALIKE[kind]
    return alike
