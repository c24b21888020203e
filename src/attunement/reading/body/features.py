"""Windows of a recording, and what can be measured in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from attunement.domain.body import BodySignal
from attunement.reading.body.artefacts import follows
from attunement.reading.body.cleaning import Cleaned

Array = NDArray[np.float64]
FEATURES = {
    "heart_rate": "1/min, from the mean interval, or else the mean a device gives",
    "beats": "number of heartbeats that needed no correction",
    "rmssd": "ms, root mean square of successive differences",
    "sdnn": "ms, standard deviation of intervals",
    "pnn50": "share (0 to 1) of successive differences over 50 ms",
    "rr_slope": "ms a minute, trend of intervals",
    "eda_mean": "microsiemens",
    "eda_slope": "microsiemens a minute",
    "eda_sd": "microsiemens",
    "scr_count": "skin conductance responses a minute",
    "scr_amplitude": "microsiemens a minute, sum of their heights",
    "temperature_mean": "°C",
    "temperature_slope": "°C a minute",
}
"""Every feature and its unit."""
LEAST_BEATS = 8
LEAST_STEPS = 6
LEAST_SAMPLES = 10
LEAST_SCR = 0.02
"""Microsiemens; smaller rises are taken for noise."""
PAUSE_S = 300.0
"""After so long without any sample a new sitting begins; nothing is said of the time between."""

Features = dict[str, float]


def windows(times: Array, *, length: float, step: float) -> list[tuple[float, float]]:
    """Start and end (unix seconds) of each window of ``length`` seconds, every ``step`` seconds, oldest first.

    Each sitting begins windows of its own at its first sample. The last may reach beyond the last sample, but by no
    more than half, unless it is the only one.

    >>> windows(np.arange(100.0, 250.0), length=60, step=60)
    [(100.0, 160.0), (160.0, 220.0), (220.0, 280.0)]
    """
    found: list[tuple[float, float]] = []
    for start, end in sittings(times):
        count = max(1, int((end - start - length / 2) // step) + 1)
        found += [(start + k * step, start + k * step + length) for k in range(count)]
    return found


def sittings(times: Array) -> list[tuple[float, float]]:
    """Start and end (unix seconds) of each stretch without a pause of five minutes, oldest first.

    >>> sittings(np.array([0.0, 1000.0, 1001.5]))
    [(0.0, 1.0), (1000.0, 1002.0)]
    """
    seconds = np.unique(np.floor(times))
    parts = np.split(seconds, np.flatnonzero(np.diff(seconds) > PAUSE_S) + 1) if seconds.size else []
    return [(float(part[0]), float(part[-1]) + 1) for part in parts]


def features_of(cleaned: Sequence[Cleaned], start: float, end: float) -> Features:
    """Every feature of the window from ``start`` to before ``end`` (unix seconds); NaN where it cannot be had."""
    found = dict.fromkeys(FEATURES, np.nan)
    measure = {
        BodySignal.HEART_RATE: _rate, BodySignal.RR: _beats, BodySignal.EDA: _eda, BodySignal.TEMPERATURE: _temperature
    }  # fmt: skip
    for channel in sorted(cleaned, key=lambda c: c.kind is BodySignal.RR):  # beats count more than a device's rate
        part = channel.between(start, end)
        found |= measure[channel.kind](channel.times[part], channel.values[part], channel.covers[part])
    return found


def _rate(times: Array, values: Array, covers: Array) -> Features:
    return {"heart_rate": float(np.average(values, weights=covers))} if times.size else {}


def _beats(times: Array, rr: Array, covers: Array) -> Features:
    """Level from all beats; rhythm only where neither of two neighbours was corrected."""
    good = covers > 0
    found: Features = {"beats": float(good.sum())}
    if good.sum() < LEAST_BEATS:
        return found
    found |= {
        "heart_rate": float(6e4 / rr.mean()),
        "sdnn": float(rr[good].std()),
        "rr_slope": slope_per_minute(times[good], rr[good]),
    }
    steps = np.diff(rr)[follows(times, rr)[1:] & good[1:] & good[:-1]]
    if steps.size >= LEAST_STEPS:
        found |= {"rmssd": float(np.sqrt(np.mean(steps**2))), "pnn50": float(np.mean(np.abs(steps) > 50))}
    return found


def _eda(times: Array, values: Array, covers: Array) -> Features:
    if times.size < LEAST_SAMPLES:
        return {}
    rises = _rises(values)
    minutes = max(float(covers.sum()), 1.0) / 60
    return {
        "eda_mean": float(values.mean()),
        "eda_slope": slope_per_minute(times, values),
        "eda_sd": float(values.std()),
        "scr_count": rises.size / minutes,
        "scr_amplitude": float(rises.sum()) / minutes,
    }


def _rises(values: Array) -> Array:
    """The heights of rises from each valley to the next peak, those over the noise."""
    turns = np.flatnonzero(np.diff(np.sign(np.diff(values)))) + 1
    edges = np.concatenate([[0], turns, [values.size - 1]])
    heights = np.diff(values[edges])
    return np.asarray(heights[heights >= LEAST_SCR], float)


def _temperature(times: Array, values: Array, covers: Array) -> Features:
    if not times.size:
        return {}
    found = {"temperature_mean": float(np.average(values, weights=covers))}
    if times.size >= LEAST_SAMPLES:
        found["temperature_slope"] = slope_per_minute(times, values)
    return found


def slope_per_minute(times: Array, values: Array) -> float:
    """The least-squares trend of values ``(n,)`` over times ``(n,)`` in seconds; NaN where all times are one.

    >>> slope_per_minute(np.array([0.0, 60.0, 120.0]), np.array([1.0, 3.0, 5.0]))
    2.0
    """
    off = times - times.mean()
    spread = float(off @ off)
    return float(off @ (values - values.mean())) / spread * 60 if spread else np.nan


LEVELS = ("heart_rate", "log_rmssd", "log_eda", "log_scr", "eda_drift", "temperature", "temperature_drift")
"""What is compared with a person's own rest: logarithms where spread grows with level, trends relative to level."""


def levels_of(features: Mapping[str, float]) -> Array:
    """The levels ``(7,)`` in the order of `LEVELS`, NaN where they cannot be had."""
    eda = features["eda_mean"]
    return np.array([
        features["heart_rate"],
        np.log(features["rmssd"] + 1),
        np.log(eda + 0.01),
        np.log(features["scr_amplitude"] + 0.01),
        features["eda_slope"] / (eda + 0.05),
        features["temperature_mean"],
        features["temperature_slope"],
    ])  # fmt: skip
