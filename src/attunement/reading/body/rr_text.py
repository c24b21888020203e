"""Reads intervals between heartbeats from a text: one a line, such as Polar and many apps write them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from attunement.domain.body import BodySignal, Recording
from attunement.reading.body.samples import Samples, number_of
from attunement.reading.body.units import in_units

Array = NDArray[np.float64]


def read_rr_text(lines: Iterable[str], *, start: float = 0.0) -> Recording:
    """The intervals, one a line, in ms or s; the first begins at ``start`` (unix seconds). A head line is left out.

    Raises `Invalid` (``bad-signal``) where most lines are no intervals.

    >>> read_rr_text(["800", "810"], start=10.0).channels[0].times.tolist()
    [10.8, 11.61]
    """
    samples = Samples("rr-text")
    values = np.array([number_of(line) for line in lines if line.strip()])
    if values.size and np.isnan(values[0]):
        values = values[1:]
    samples.unreadable = int(np.isnan(values).sum())
    times, values = beats_in_a_row(values, start)
    samples.extend(BodySignal.RR, times, values)
    return samples.recording()


def beats_in_a_row(values: Array, start: float) -> tuple[Array, Array]:
    """Times (unix seconds) and intervals (ms) of beats that follow each other.

    One that is not known (NaN), or is no interval, counts as one beat of usual length, so that the clock goes on, and
    leaves a gap.
    """
    values, _ = in_units(BodySignal.RR, values)
    known = np.isfinite(values) & (values > 0)
    if not known.any():
        return np.zeros(0), np.zeros(0)
    filled = np.where(known, values, np.median(values[known]))
    return (start + np.cumsum(filled) / 1e3)[known], values[known]
