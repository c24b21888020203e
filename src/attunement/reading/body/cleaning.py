"""Makes a channel fit to be read: units, order, range, stillness, artefacts; and keeps account of what was wrong."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from attunement.domain.body import BodySignal, Channel, Flaw
from attunement.reading.body.artefacts import correct
from attunement.reading.body.order import Span, put_in_order, spread_batches
from attunement.reading.body.units import in_units

Array = NDArray[np.float64]
RANGE = {
    BodySignal.RR: (273.0, 2000.0),
    BodySignal.HEART_RATE: (30.0, 220.0),
    BodySignal.EDA: (0.01, 100.0),
    BodySignal.TEMPERATURE: (15.0, 43.0),
}
"""What bodies can show. Below 0.01 microsiemens, the sensor does not touch the skin."""
HOLDS = {BodySignal.HEART_RATE: 10.0, BodySignal.EDA: 2.0, BodySignal.TEMPERATURE: 60.0}
"""Seconds for which one sample stands: a watch averages the heart rate over some 10 s, skin temperature is slow."""
STILL_S = {BodySignal.RR: 20.0, BodySignal.HEART_RATE: 120.0, BodySignal.EDA: 60.0, BodySignal.TEMPERATURE: 600.0}
STILL_SAMPLES = 30
"""Fewer equal samples in a row are no reason to doubt: devices round, and intervals come in steps of 1/64 s."""
AROUND, MOST_CORRECTED_AROUND = 31, 0.2
"""Beats around one, and the share of them that may be corrected: of a loose strap, or a heart that beats without order,
some intervals look right by chance."""
LATEST = 1e11
FASTEST_EDA = 10.0
"""Microsiemens a second; the skin is slower. Kleckner et al. 2018, IEEE Trans. Biomed. Eng. 65(7):1460-1467."""


@dataclass(frozen=True, slots=True, eq=False)
class Cleaned:
    """A channel fit to be read.

    ``times`` (n,) rise strictly; ``values`` (n,) are in the implied unit; ``covers`` (n,) are the seconds for which
    each sample stands (0 where it was corrected); ``spans`` say what was wrong, from when to when.
    """

    kind: BodySignal
    times: Array
    values: Array
    covers: Array
    spans: tuple[Span, ...]

    def between(self, start: float, end: float) -> slice:
        """The samples from ``start`` to before ``end``."""
        return slice(int(np.searchsorted(self.times, start)), int(np.searchsorted(self.times, end)))

    def coverage(self, start: float, end: float) -> float:
        """The share (0 to 1) of the time from ``start`` to ``end`` for which there is good signal."""
        part = self.between(start, end)
        covers = self.covers[part]
        if self.kind is not BodySignal.RR:
            covers = np.minimum(covers, end - self.times[part])
        return float(min(1.0, covers.sum() / (end - start)))


def clean(channel: Channel) -> Cleaned:
    """What can be used of a ``rr``, ``heart_rate``, ``eda`` or ``temperature`` channel.

    In turn: the unit is told; rows are put in order; values out of range and signals that stand still are left out;
    heartbeats are corrected; skin signals and heart rate become means over each second, so that a faster sensor gives
    the same features.

    >>> import numpy as np
    >>> clean(Channel(BodySignal.RR, np.arange(1.0, 5.0), np.float32([1, 1, 1, 9]))).values.tolist()
    [1000.0, 1000.0, 1000.0]
    """
    times, values = channel.times.astype(float), channel.values.astype(float)
    known = is_a_time(times) & np.isfinite(values)
    times, (values, converted) = times[known], in_units(channel.kind, values[known])
    if channel.kind is BodySignal.RR:
        times, values = spread_batches(times, values)
    ordered = put_in_order(times, values)
    times, values, spans = ordered.times, ordered.values, list(ordered.spans)
    if converted and times.size:
        spans.append((Flaw.UNITS, float(times[0]), float(times[-1])))
    for flaw, bad in _faults(channel.kind, times, values):
        spans += _spans_of(flaw, bad, times)
        times, values = times[~bad], values[~bad]
    if channel.kind is BodySignal.RR:
        return _beats(times, values, spans)
    times, values = _by_second(times, values)
    return Cleaned(channel.kind, times, values, _covers(times, HOLDS[channel.kind]), tuple(spans))


def is_a_time(times: Array) -> NDArray[np.bool_]:
    """Which of some unix seconds ``(n,)`` can be the time of a sample: one in the year 6000 is in another unit.

    >>> is_a_time(np.array([np.nan, -1.0, 1777636800.0, 1777636800000.0])).tolist()
    [False, False, True, False]
    """
    return np.asarray((times >= 0) & (times < LATEST), np.bool_)


def _faults(kind: BodySignal, times: Array, values: Array) -> list[tuple[Flaw, NDArray[np.bool_]]]:
    """Masks to be taken out one after the other, each over what the one before left."""
    low, high = RANGE[kind]
    outside = (values < low) | (values > high)
    if kind is BodySignal.EDA and values.size > 1:
        fast = np.abs(np.diff(values)) / np.maximum(np.diff(times), 1e-3) > FASTEST_EDA
        outside |= np.concatenate([fast, [False]]) | np.concatenate([[False], fast])
    still = _still(kind, times[~outside], values[~outside])
    return [(Flaw.OUT_OF_RANGE, outside), (Flaw.FLAT, still)]


def _still(kind: BodySignal, times: Array, values: Array) -> NDArray[np.bool_]:
    """Which samples belong to a stretch that stands still for too long."""
    still = np.zeros(values.size, bool)
    edges = np.flatnonzero(np.diff(values, prepend=np.nan, append=np.nan))
    for k in np.flatnonzero(np.diff(edges) >= STILL_SAMPLES):
        a, b = edges[k], edges[k + 1]
        still[a:b] = times[b - 1] - times[a] >= STILL_S[kind]
    return still


def _spans_of(flaw: Flaw, bad: NDArray[np.bool_], times: Array) -> list[Span]:
    """One span for each stretch of bad samples."""
    edges = np.flatnonzero(np.diff(bad.astype(np.int8), prepend=0, append=0))
    return [(flaw, float(times[a]), float(times[b - 1])) for a, b in edges.reshape(-1, 2)]


def _beats(times: Array, rr: Array, spans: list[Span]) -> Cleaned:
    found = correct(times, rr)
    spans += _spans_of(Flaw.ARTEFACT, found.corrected, found.times)
    covers = np.where(found.corrected | _unruly(found.corrected), 0.0, found.rr / 1e3)
    return Cleaned(BodySignal.RR, found.times, found.rr, covers, tuple(spans))


def _unruly(corrected: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which beats stand among so many that were corrected that the rest, too, only seem to be in their turn."""
    so_far = np.concatenate([[0], np.cumsum(corrected)])
    place = np.arange(corrected.size)
    first, end = np.maximum(place - AROUND // 2, 0), np.minimum(place + AROUND // 2 + 1, corrected.size)
    return np.asarray(so_far[end] - so_far[first] > MOST_CORRECTED_AROUND * (end - first), np.bool_)


def _by_second(times: Array, values: Array) -> tuple[Array, Array]:
    if not times.size:
        return times, values
    seconds, which, counts = np.unique(np.floor(times), return_inverse=True, return_counts=True)
    return seconds, np.bincount(which, values) / counts


def _covers(times: Array, holds: float) -> Array:
    """To the next sample, but no longer than a sample holds; the last as long as most."""
    if not times.size:
        return times
    steps = np.diff(times)
    last = float(np.median(steps)) if steps.size else 1.0
    return np.asarray(np.minimum(np.append(steps, last), holds), np.float64)
