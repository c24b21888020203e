"""Reads a table with a head: a column of times and columns of signals, recognised by their names."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from itertools import chain, islice

import numpy as np

from attunement.domain.body import BodySignal, Recording
from attunement.domain.errors import ErrorCode, Invalid
from attunement.reading.body.rr_text import beats_in_a_row
from attunement.reading.body.samples import Samples, number_of
from attunement.reading.body.table_head import Head, cells_in, head_of
from attunement.reading.body.times import is_clock, seconds_in

MOST_ABOVE = 40
"""Lines that may stand above the head: comments, whose it is, a summary."""
SLOWEST = {
    BodySignal.RR: 20.0, BodySignal.EDA: 20.0, BodySignal.PPG: 0.5, BodySignal.ECG: 0.5,
    BodySignal.HEART_RATE: 900.0, BodySignal.TEMPERATURE: 900.0,
}  # fmt: skip
"""Seconds from one sample to the next; where times counted from the start are further apart, they are in ms."""


def read_table(lines: Iterable[str], *, start: float = 0.0) -> Recording:
    """The signals of a table whose head names its columns, divided by commas, semicolons, tabs, bars or spaces.

    Above the head there may be up to 40 lines that name no signal. Times are ISO 8601 (UTC where no zone stands), unix
    time in s, ms, µs or ns, seconds since ``start`` (unix seconds), dates or clocks; see `seconds_in`. A day in a
    column of its own is put before the clock. A table of intervals alone needs none. Empty cells and cells that are no
    numbers leave gaps. Skin conductance may stand as a resistance, where the column names its unit.

    Raises `Invalid` (``bad-signal``) where no column is a signal, there is no time or none that can be read, there are
    several people, most rows have more cells than the head (a decimal comma among commas), or most cannot be read.
    """
    rest = iter(lines)
    above = list(islice(rest, MOST_ABOVE))
    head = head_of(above)
    rows = cells_in(chain(above[head.line + 1 :], rest), head.divider)
    return _recording(head, _read_cells(rows, head), start)


def _recording(head: Head, times: Sequence[str], start: float) -> Recording:
    samples = Samples("csv")
    slowest = min((SLOWEST.get(column.kind, np.inf) for column in head.columns), default=np.inf)
    at = seconds_in(times, unit=head.unit, start=start, slowest=slowest) if times else None
    if at is not None and np.isnan(at).all():
        raise Invalid(
            ErrorCode.BAD_SIGNAL,
            "None of the times of the table can be read. Write them as 2026-05-01T18:30:00Z, or as seconds.",
        )
    for column in head.columns:
        values = column.values
        if at is None:
            samples.extend(column.kind, *beats_in_a_row(values, start))
            continue
        known = np.isfinite(at) & np.isfinite(values)
        samples.extend(column.kind, at[known], values[known])
    samples.unreadable = int(np.isnan(at).sum()) if at is not None else 0
    return samples.recording()


def _read_cells(rows: Iterable[list[str]], head: Head) -> list[str]:
    """Fills the cells of the columns; gives the cells of time."""
    times, people, read, wider = list[str](), set[str](), 0, 0
    try:
        for row in rows:
            if not any(row):
                continue
            read, wider = read + 1, wider + any(row[head.width :])
            for column in head.columns:
                column.cells.append(number_of(row[column.at]) if column.at < len(row) else np.nan)
            if head.time is not None:
                times.append(_time_of(row, head.time, head.day))
            if head.person is not None and head.person < len(row):
                people.add(row[head.person])
    except csv.Error as error:
        raise Invalid(ErrorCode.BAD_SIGNAL, "The table is damaged: {reason}.", reason=str(error)) from error
    if head.divider == "," and 2 * wider > read:
        raise Invalid(
            ErrorCode.BAD_SIGNAL,
            "Most rows of the table ({wider} of {read}) have more cells than its head has names. Where numbers have a "
            "decimal comma, divide the columns by semicolons.",
            wider=wider, read=read,
        )  # fmt: skip
    if len(people) > 1:
        raise Invalid(
            ErrorCode.BAD_SIGNAL, "The table holds {people} people. Give the rows of one.", people=len(people)
        )
    return times


def _time_of(row: Sequence[str], time: int, day: int | None) -> str:
    cell = row[time] if time < len(row) else ""
    return f"{row[day]} {cell}" if day is not None and day < len(row) and is_clock(cell) else cell
