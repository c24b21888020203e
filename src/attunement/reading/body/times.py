"""Reads the times of a column: numbers since 1970 or since the start, ISO 8601, dates as spreadsheets write, clocks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from attunement.domain.errors import ErrorCode, Invalid
from attunement.reading.body.samples import number_of, seconds_of

Array = NDArray[np.float64]
IN_SECONDS = {"s": 1.0, "sec": 1.0, "secs": 1.0, "seconds": 1.0, "ms": 1e-3, "us": 1e-6, "ns": 1e-9}
SINCE_1970 = ((1e17, 1e-9), (1e14, 1e-6), (1e11, 1e-3))
"""From which number on times are in ns, in µs, in ms."""
RELATIVE = 1e8
"""Times below are seconds since the start of the recording, and not since 1970."""
DAY = 86400.0
SPREADSHEET = (25_569.0, 73_050.0)
"""The days from the end of 1899 by which spreadsheets count, from 1970 to 2099."""
OFTEN_ENOUGH = 300.0
"""Seconds from one row to the next, at most, for numbers to be taken for days of a spreadsheet."""
CLOCK = re.compile(r"(\d{1,3}):([0-5]\d):([0-5]\d(?:[.,]\d+)?)")
DATE = re.compile(
    r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})[ T,]+"
    r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:\s*([AaPp])\.?[Mm]\.?)?"
)


def seconds_in(cells: Sequence[str], *, unit: str = "", start: float = 0.0, slowest: float = np.inf) -> Array:
    """Unix seconds ``(n,)`` of a column of times, NaN where a cell is none.

    A clock without a day (``0:01:30``) counts from ``start`` where the column begins within a minute of zero, and else
    from the midnight before it; it may pass midnight. In ``3/4/2026`` the column tells which is the day. Days as
    spreadsheets count them (46143.5) are told by their steps: in seconds, no sensor would be as fast.

    Parameters
    ----------
    unit:
        That of numbers, a name in `IN_SECONDS`; empty to tell by how large they are.
    start:
        Unix seconds from which numbers below 10^8 count; 0 where that is not known, and then the first of those that
        are negative (before a mark, say) is taken for 0.
    slowest:
        Seconds from one row to the next; where numbers that count from the start are further apart, they are in ms.

    Raises `Invalid` (``bad-signal``) where day and month cannot be told apart.

    >>> seconds_in(["0:00:01", "0:00:02"], start=100.0).tolist()
    [101.0, 102.0]
    >>> float(seconds_in(["13.04.2026 12:00:00"])[0]) == float(seconds_in(["4/13/2026 12:00:00 PM"])[0])
    True
    """
    times = np.array([number_of(cell) for cell in cells])
    known = times[np.isfinite(times)]
    if 2 * known.size >= times.size:
        return _of_numbers(times, known, unit, start, slowest)
    found = np.array([_of_iso(cell) for cell in cells])
    if np.isnan(found).all():
        found = _of_clocks(cells, start)
    return _of_dates(cells) if np.isnan(found).all() else found


def is_clock(cell: str) -> bool:
    """Whether a cell is a time without its day."""
    return CLOCK.fullmatch(cell.strip()) is not None


def _of_numbers(times: Array, known: Array, unit: str, start: float, slowest: float) -> Array:
    middle = float(np.median(known)) if known.size else 0.0
    told = next((scale for least, scale in SINCE_1970 if middle >= least), 1.0)
    if not unit and _are_days(known, middle, min(slowest, OFTEN_ENOUGH)):
        return (times - SPREADSHEET[0]) * DAY
    if middle < RELATIVE and known.size > 1 and float(np.median(np.abs(np.diff(known)))) > slowest:
        told = 1e-3
    scale = IN_SECONDS.get(unit, told)
    if middle * scale >= RELATIVE:
        return times * scale
    return times * scale + (start or max(0.0, -float(known.min(initial=0.0)) * scale))


def _are_days(known: Array, middle: float, slowest: float) -> bool:
    """Whether numbers are days of a spreadsheet: taken for seconds, there would be hundreds of rows in each."""
    step = float(np.median(np.abs(np.diff(known)))) if known.size > 1 else 0.0
    return SPREADSHEET[0] <= middle <= SPREADSHEET[1] and 0 < step <= slowest / DAY


def _of_iso(cell: str) -> float:
    try:
        return seconds_of(cell)
    except ValueError:
        return np.nan


def _of_clocks(cells: Sequence[str], start: float) -> Array:
    found = [CLOCK.fullmatch(cell.strip()) for cell in cells]
    seconds = np.array([int(m[1]) * 3600 + int(m[2]) * 60 + number_of(m[3]) if m else np.nan for m in found])
    known = np.flatnonzero(np.isfinite(seconds))
    if not known.size:
        return seconds
    seconds[known] += DAY * np.cumsum(np.diff(seconds[known], prepend=seconds[known[0]]) < -DAY / 2)
    return seconds + (start if seconds[known[0]] < 60 else start // DAY * DAY)


def _of_dates(cells: Sequence[str]) -> Array:
    found = [DATE.fullmatch(cell.strip()) for cell in cells]
    dates = [m for m in found if m]
    day_first = bool(dates) and _day_first(dates)
    return np.array([_of_date(m, day_first) if m else np.nan for m in found])


def _day_first(dates: Sequence[re.Match[str]]) -> bool:
    """Whether days stand before months, told by the column: a month is never over 12, and AM and PM are American."""
    if dates[0][2] == "." or any(len(m[1]) < 3 and int(m[1]) > 12 for m in dates):
        return True
    if any(len(m[1]) > 2 or int(m[3]) > 12 or m[9] for m in dates):
        return False
    raise Invalid(
        ErrorCode.BAD_SIGNAL,
        "In the times of the table, day and month cannot be told apart. Write them as 2026-05-01T18:30:00Z.",
    )


def _of_date(m: re.Match[str], day_first: bool) -> float:
    first, second, third = int(m[1]), int(m[3]), int(m[4])
    day, month, year = (first, second, third) if day_first else (second, first, third)
    if len(m[1]) > 2:
        year, month, day = first, second, third
    hour = int(m[5]) % 12 + 12 * (m[9] in "Pp") if m[9] else int(m[5])
    try:
        moment = datetime(year + 2000 * (year < 100), month, day, hour, int(m[6]), int(m[7] or 0), tzinfo=UTC)
    except ValueError:
        return np.nan
    return moment.timestamp() + float(f"0.{m[8] or 0}")
