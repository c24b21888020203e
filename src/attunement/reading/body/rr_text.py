"""Reads intervals between heartbeats from a text: one a line, alone or beside its time, as many apps write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from attunement.domain.body import BodySignal, Recording
from attunement.domain.errors import ErrorCode, Invalid
from attunement.reading.body.samples import Samples, number_of
from attunement.reading.body.times import seconds_in
from attunement.reading.body.units import in_units

Array = NDArray[np.float64]
ALONE = re.compile(r"[+-]?\d+(\.\d+)?|[0-2],\d+")
"""A number alone on its line; with a comma only seconds, since ``3,815`` may be two columns."""
NO_HEAD = re.compile(r"[-+\d.,:TZ/ ]+")
COMMENT = ("#", "%", "//")
SLOWEST = 20.0
"""Seconds between beats: counted times further apart are in ms."""
APART = 0.15
"""How far times may lie from what the intervals say, as a share of an interval."""
SHORTEST, LONGEST = 200.0, 3000.0


def is_rr_text(lines: Sequence[str]) -> bool:
    """Whether most of some lines are a number alone, or a time and a number.

    >>> is_rr_text(["RR", "812", "820"]), is_rr_text(["12:00:01.5;812", "12:00:02.3;820"]), is_rr_text(["a,b", "1,x"])
    (True, True, False)
    """
    return 2 * sum(_is_beat(_cells(line)) for line in lines) >= len(lines) > 0


def read_rr_text(lines: Iterable[str], *, start: float = 0.0) -> Recording:
    """The intervals, one a line, in ms or s; without times the first begins at ``start`` (unix seconds).

    A head line and comments are left out. Of two columns the intervals are those that the steps of the other follow; a
    column that counts lines tells no time.

    Raises `Invalid` (``bad-signal``) where most lines are no intervals, or of two columns it cannot be told.

    >>> read_rr_text(["800", "810"], start=10.0).channels[0].times.tolist()
    [10.8, 11.61]
    >>> read_rr_text(["# my heart", "1.2 800", "2.0 800", "2.8 810"]).channels[0].times.tolist()
    [1.2, 2.0, 2.8]
    """
    samples = Samples("rr-text")
    rows = [_cells(line) for line in lines if line.strip() and not line.lstrip().startswith(COMMENT)]
    if rows and not _is_beat(rows[0]):
        rows = rows[1:]
    if 2 * sum(len(row) == 2 for row in rows) > len(rows):
        pairs = [pair for row in rows if len(pair := row if len(row) > 1 else row[0].split(",")) == 2]
        times, values, unreadable = _beside_times(pairs, start)
        samples.unreadable = unreadable + len(rows) - len(pairs)
    else:
        found = np.array([number_of(row[0]) if len(row) == 1 else np.nan for row in rows])
        samples.unreadable = int(np.isnan(found).sum())
        times, values = beats_in_a_row(found, start)
        if values.size and not SHORTEST <= float(np.median(values)) <= LONGEST:
            raise Invalid(
                ErrorCode.BAD_SIGNAL,
                "The numbers in this file are not times between heartbeats. If they are something else, give each its "
                "time, and name both in the first line, such as 'time,hr'.",
            )
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


def _cells(line: str) -> list[str]:
    """A line's number, or its time and its number; the time may hold a space."""
    plain = line.strip()
    if ALONE.fullmatch(plain):
        return [plain]
    divider = next((mark for mark in ";\t," if mark in plain), None)
    cells = plain.split(divider) if divider else plain.rsplit(None, 1)
    return [cell.strip() for cell in cells if cell.strip()]


def _is_beat(cells: Sequence[str]) -> bool:
    numbers = [np.isfinite(number_of(cell)) for cell in cells]
    if len(cells) == 1:
        return ALONE.fullmatch(cells[0]) is not None
    return len(cells) == 2 and any(numbers) and all(NO_HEAD.fullmatch(cell) for cell in cells)


def _beside_times(rows: Sequence[Sequence[str]], start: float) -> tuple[Array, Array, int]:
    """Times (unix seconds) and intervals (ms) of two columns, and how many rows are neither."""
    for at in (1, 0):
        values, _ = in_units(BodySignal.RR, np.array([number_of(row[at]) for row in rows]))
        numbers = values[np.isfinite(values)]
        if not numbers.size or not SHORTEST <= float(np.median(numbers)) <= LONGEST:
            continue
        times = seconds_in([row[1 - at] for row in rows], start=start, slowest=SLOWEST)
        known = np.isfinite(times) & np.isfinite(values)
        if _follow(times[known], values[known]):
            return times[known], values[known], int((~known).sum())
        if known.sum() > 1 and (np.diff(times[known]) == 1).all():
            return *beats_in_a_row(values, start), int(np.isnan(values).sum())
    raise Invalid(
        ErrorCode.BAD_SIGNAL,
        "Which of the two columns are intervals between heartbeats cannot be told. Name them in the first line, such "
        "as 'time,rr'.",
    )


def _follow(times: Array, rr: Array) -> bool:
    """Whether most steps of the times are as long as the intervals, or all together are (beats told of in batches)."""
    if times.size < 2:
        return False
    steps, usual = np.diff(times), float(np.median(rr)) / 1e3
    off = abs(float(times[-1] - times[0]) - float(rr[1:].sum()) / 1e3)
    return float(np.median(np.abs(steps - rr[1:] / 1e3))) <= APART * usual or off <= APART * usual * steps.size
