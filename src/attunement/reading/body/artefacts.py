"""Finds and corrects heartbeats that were missed, counted twice, or came out of turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

Array = NDArray[np.float64]
T = TypeVar("T", bound=np.generic)
ALPHA, AROUND, MIDDLE, C1, C2 = 5.2, 91, 11, 0.13, 0.17
LEAST_THRESHOLD = 40.0
"""ms; devices give intervals in steps of up to 16 ms."""
MOST_SHARE = 0.25
"""Of the median interval around: a larger step is never what is usual, or noise would raise the limits above itself."""
LEAST = 5


@dataclass(frozen=True, slots=True)
class Corrected:
    """Intervals (n,) in ms at ``times`` (n,) in s, and which of them were corrected (n,)."""

    times: Array
    rr: Array
    corrected: NDArray[np.bool_]


def correct(times: Array, rr: Array) -> Corrected:
    """Correct the artefacts of a series of intervals.

    How each interval differs from the one before and from the median of the 11 around it is held against thresholds
    that follow the 91 around it: 5.2 times their quartile deviation, and (other than in the paper) at least 40 ms and
    twice their median, lest a heart that follows the breath very evenly be all artefacts, and at most a quarter of the
    median interval, lest a strap that sits loose, or a heart that beats without order, be read as calm. An *extra* beat
    is taken out (its two intervals are added up), a *missed* one put in (the interval is halved), an *ectopic*, *long*
    or *short* interval is given the median around it.

    Parameters
    ----------
    times:
        ``(n,)`` seconds, rising; the time of the later beat of each interval.
    rr:
        ``(n,)`` ms. Where an interval does not begin at the beat before it, there is a gap.

    >>> rr = np.array([800.0, 810, 790, 805, 795, 1600, 800, 790, 810, 800])
    >>> correct(np.cumsum(rr) / 1e3, rr).rr.tolist()
    [800.0, 810.0, 790.0, 805.0, 795.0, 800.0, 800.0, 800.0, 790.0, 810.0, 800.0]

    References
    ----------
    Lipponen & Tarvainen 2019, Journal of Medical Engineering & Technology 43(3):173-181.
    """
    if rr.size < LEAST:
        return Corrected(times, rr, np.zeros(rr.size, bool))
    middle = _rolling_median(rr)
    extra, missed, other = _found(rr, middle, follows(times, rr))
    values, corrected = rr.copy(), extra | missed | other
    values[other] = middle[other]
    merged = np.flatnonzero(extra)
    values[merged + 1] += values[merged]
    corrected[merged + 1] = True
    values[missed] /= 2
    keep = ~extra
    times, values, corrected, missed = times[keep], values[keep], corrected[keep], missed[keep]
    at = np.flatnonzero(missed)
    return Corrected(
        np.insert(times, at, times[at] - values[at] / 1e3),
        np.insert(values, at, values[at]),
        np.insert(corrected, at, True),
    )


def follows(times: Array, rr: Array) -> NDArray[np.bool_]:
    """Whether each interval ``(n,)`` begins at the beat before it, to within 15% or 0.15 s; the first does not.

    >>> follows(np.array([1.0, 1.8, 5.0]), np.array([800.0, 800.0, 900.0])).tolist()
    [False, True, False]
    """
    joined = np.zeros(rr.size, bool)
    joined[1:] = np.abs(np.diff(times) - rr[1:] / 1e3) <= np.maximum(0.15, 0.15 * rr[1:] / 1e3)
    return joined


def _found(
    rr: Array, middle: Array, joined: NDArray[np.bool_]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """Which intervals hold an extra beat, a missed beat, or are otherwise out of turn."""
    steps = np.diff(rr, prepend=rr[0]) * joined  # across a gap nothing can be said of a step
    most = MOST_SHARE * middle
    steps /= _threshold(steps, most)
    off = rr - middle
    limit = _threshold(np.where(off < 0, 2 * off, off), most)
    off = np.where(off < 0, 2 * off, off) / limit
    before, after, second = _shifted(steps, -1), _shifted(steps, 1), _shifted(steps, 2)
    up, down = steps > 1, steps < -1
    ectopic = (up & (np.maximum(before, after) < -C1 * steps - C2)) | (
        down & (np.minimum(before, after) > -C1 * steps + C2)
    )
    long = up & (np.minimum(after, second) < -1) & (off > 1)
    short = down & (np.maximum(after, second) > 1) & (off < -1)
    # a missed beat raises one interval and an extra one lowers two, so the sum with the next is what it should be
    ahead = _shifted(rr, 1)
    missed = (long | (off > 3)) & (np.abs(rr / 2 - middle) < limit)
    extra = (short | (off < -3)) & (np.abs(rr + ahead - middle) < limit) & _shifted(joined, 1)
    extra[-1] = False
    extra &= ~_shifted(extra, -1)
    missed &= ~extra & ~_shifted(extra, -1)
    put_right = missed | extra | _shifted(extra, -1)
    # the steps into and out of an interval that is put right are large, and no reason to doubt its neighbours
    beside = put_right | _shifted(put_right, -2) | _shifted(put_right, -1) | _shifted(put_right, 1)
    other = ((ectopic | long | short) & ~beside) | ((np.abs(off) > 3) & ~put_right)
    return extra, missed, other


def _shifted(values: NDArray[T], by: int) -> NDArray[T]:
    """Element k is what stood at ``k + by``; 0 (or False) beyond the ends."""
    out = np.zeros_like(values)
    if by > 0:
        out[:-by] = values[by:]
    else:
        out[-by:] = values[:by]
    return out


def _threshold(values: Array, most: Array) -> Array:
    low, middle, high = _rolling(np.abs(values), AROUND, (0.25, 0.5, 0.75))
    least = np.maximum(2 * middle, LEAST_THRESHOLD)
    return np.asarray(np.minimum(np.maximum(ALPHA * (high - low) / 2, least), most), np.float64)


def _rolling_median(values: Array) -> Array:
    return np.asarray(_rolling(values, MIDDLE, (0.5,))[0], np.float64)


def _rolling(values: Array, width: int, q: tuple[float, ...]) -> Array:
    """Quantiles ``(len(q), n)`` of the ``width`` values around each; beyond the ends, the series is mirrored."""
    padded = np.pad(values, width // 2, mode="symmetric")
    return np.asarray(np.quantile(sliding_window_view(padded, width), q, axis=1), np.float64)
