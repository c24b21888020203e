"""Puts samples in order: doubled rows, different values at one time, clocks that went back, beats sent in batches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from attunement.domain.body import Flaw

Array = NDArray[np.float64]
Span = tuple[Flaw, float, float]
MOST_RUNS = 8
"""Up to so many stretches each in order are a clock that was set back; more are rows that were shuffled."""
FEW = 3
BATCHED = 0.2


@dataclass(frozen=True, slots=True)
class Ordered:
    """Times that rise strictly, values (n,), and what was wrong from when to when (unix seconds)."""

    times: Array
    values: Array
    spans: tuple[Span, ...] = ()


def put_in_order(times: Array, values: Array) -> Ordered:
    """Sort by time; a row that stands twice counts once; the order of rows does not matter.

    Two exceptions say so. Different values at one time give their median (``duplicate``). Where the rows are a few
    stretches, each in order, the clock was set back (``clock-jump``): of what lies before the rows above it began,
    which time is right cannot be known; of two stretches that lie over each other, the shorter one is left out there.

    >>> put_in_order(np.array([2.0, 1.0, 2.0]), np.array([20.0, 10.0, 20.0])).values.tolist()
    [10.0, 20.0]
    """
    times, values = _each_once(times, values)
    runs = np.split(np.arange(times.size), np.flatnonzero(np.diff(times) < 0) + 1)
    few = runs if len(runs) <= MOST_RUNS else []
    kept, spans = _without_overlaps(times, few)
    spans += _set_back(times, few)
    times, values = times[kept], values[kept]
    order = np.argsort(times, kind="stable")
    times, values = times[order], values[order]
    first = np.concatenate([[True], np.diff(times) > 0]) if times.size else np.zeros(0, bool)
    if not first.all():
        groups = np.split(values, np.flatnonzero(first)[1:])
        spans += [(Flaw.DUPLICATE, t, t) for t, g in zip(times[first], groups, strict=True) if len(g) > 1]
        times, values = times[first], np.array([np.median(group) for group in groups])
    return Ordered(times, values, tuple(spans))


def spread_batches(times: Array, rr: Array) -> tuple[Array, Array]:
    """Beats a logger got in batches, each batch under one time, at times of their own; others as they are.

    A chest strap tells of one to four beats at once. The last of them is taken to be at the time stamped, and each one
    before it as much earlier as the intervals (ms) say. Only where over a fifth of all rows share their time with a
    different value is the recording taken for one of this kind.

    >>> spread_batches(np.array([1.0, 3.0, 3.0]), np.array([900.0, 1000.0, 950.0]))[0].tolist()
    [1.0, 2.05, 3.0]
    """
    order = np.argsort(times, kind="stable")
    t, values = times[order], rr[order]
    tied = np.diff(t) == 0
    if not t.size or np.sum(tied & (np.diff(values) != 0)) < BATCHED * t.size:
        return times, rr
    spread = t.copy()
    for k in np.flatnonzero(tied)[::-1]:
        spread[k] = spread[k + 1] - values[k + 1] / 1e3
    return spread, values


def _each_once(times: Array, values: Array) -> tuple[Array, Array]:
    order = np.lexsort((values, times))
    t, v = times[order], values[order]
    again = np.zeros(t.size, bool)
    again[1:] = (np.diff(t) == 0) & (np.diff(v) == 0)
    kept = np.sort(order[~again])  # lexsort is stable: the first of equal rows stays, in the order of the file
    return times[kept], values[kept]


def stretches_in_order(times: Array) -> NDArray[np.intp]:
    """The order of rows by which stretches, each in order itself, follow each other by their beginnings.

    >>> stretches_in_order(np.array([60.0, 61.0, 0.0, 1.0])).tolist()
    [2, 3, 0, 1]
    """
    begins = np.concatenate([[True], np.diff(times) < 0])[: times.size]
    return np.argsort(times[begins][np.cumsum(begins) - 1], kind="stable")


def _set_back(times: Array, runs: list[NDArray[np.intp]]) -> list[Span]:
    """What of each stretch lies before one above it began."""
    told = [times[run] for run in runs if run.size >= FEW]
    begun = np.maximum.accumulate([run[0] for run in told]) if told else np.zeros(0)
    before = [run[run < latest] for run, latest in zip(told[1:], begun, strict=False)]
    return [(Flaw.CLOCK_JUMP, float(part[0]), float(part[-1])) for part in before if part.size >= FEW]


def _without_overlaps(times: Array, runs: list[NDArray[np.intp]]) -> tuple[NDArray[np.bool_], list[Span]]:
    kept, spans = np.ones(times.size, bool), list[Span]()
    runs = sorted(runs, key=len, reverse=True)
    for k, run in enumerate(runs):
        for longer in runs[:k]:
            low, high = max(times[run[0]], times[longer[0]]), min(times[run[-1]], times[longer[-1]])
            inside = run[(times[run] >= low) & (times[run] <= high)]
            if inside.size >= FEW and np.sum((times[longer] >= low) & (times[longer] <= high)) >= FEW:
                kept[inside] = False
                spans.append((Flaw.CLOCK_JUMP, float(low), float(high)))
    return kept, spans
