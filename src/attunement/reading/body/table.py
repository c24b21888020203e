"""Reads a table with a head: a column of times and columns of signals, recognised by their names."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from attunement.domain.body import BodySignal, Recording
from attunement.domain.errors import ErrorCode, Invalid
from attunement.reading.body.rr_text import beats_in_a_row
from attunement.reading.body.samples import Samples, number_of, seconds_of

Array = NDArray[np.float64]
TIME = {"time", "timestamp", "datetime", "date", "ts", "t", "epoch", "unix", "unixtime", "unixtimestamp", "epochtime"}
PERSON = {"participant", "participantid", "subject", "subjectid", "person", "personid", "member", "memberid", "userid"}
NAMES = {
    BodySignal.RR: {"rr", "rri", "ibi", "nn", "rrinterval", "rrintervals", "interbeatinterval", "beatinterval"},
    BodySignal.HEART_RATE: {"hr", "heartrate", "bpm", "pulse", "pulserate"},
    BodySignal.EDA: {"eda", "gsr", "skinconductance", "conductance", "electrodermalactivity"},
    BodySignal.TEMPERATURE: {"temp", "temperature", "skintemp", "skintemperature", "wristtemperature"},
    BodySignal.PPG: {"ppg", "bvp", "pleth"},
    BodySignal.ECG: {"ecg", "ekg"},
}
FILLING = {"phone", "sensor", "raw", "value", "signal", "utc", "iso"}
IN_SECONDS = {"s": 1.0, "sec": 1.0, "secs": 1.0, "seconds": 1.0, "ms": 1e-3, "us": 1e-6, "ns": 1e-9}
UNITS = {
    BodySignal.RR: {unit: (scale * 1e3, 0.0) for unit, scale in IN_SECONDS.items()},
    BodySignal.HEART_RATE: {"bpm": (1.0, 0.0), "hz": (60.0, 0.0)},
    BodySignal.EDA: {"us": (1.0, 0.0), "microsiemens": (1.0, 0.0), "ns": (1e-3, 0.0), "s": (1e6, 0.0)},
    BodySignal.TEMPERATURE: {
        "c": (1.0, 0.0), "degc": (1.0, 0.0), "celsius": (1.0, 0.0), "k": (1.0, -273.15),
        "f": (5 / 9, -160 / 9), "degf": (5 / 9, -160 / 9), "fahrenheit": (5 / 9, -160 / 9),
    },
    BodySignal.PPG: {}, BodySignal.ECG: {"mv": (1.0, 0.0), "uv": (1.0, 0.0)},
}  # fmt: skip
"""A unit in a column's name: ``value * scale + offset`` is in the implied unit. Without one, the range tells."""
SINCE_1970 = ((1e17, 1e-9), (1e14, 1e-6), (1e11, 1e-3))
"""From which number on times are in ns, in µs, in ms."""
RELATIVE = 1e8
"""Times below are seconds since the start of the recording, and not since 1970."""


SLOWEST = {BodySignal.RR: 20.0, BodySignal.EDA: 20.0, BodySignal.PPG: 0.5, BodySignal.ECG: 0.5}
"""Seconds from one sample to the next; where times counted from the start are further apart, they are in ms."""


@dataclass(slots=True)
class Column:
    """A column of signal: its kind, where it stands, what makes its unit the implied one, and its cells."""

    kind: BodySignal
    at: int
    scale: float = 1.0
    offset: float = 0.0
    cells: list[float] = field(default_factory=list)


def read_table(lines: Iterable[str], *, start: float = 0.0) -> Recording:
    """The signals of a table whose first line names its columns, divided by commas, semicolons or tabs.

    Times are ISO 8601 (UTC where no zone stands), unix time in s, ms, µs or ns, or seconds since ``start`` (unix
    seconds). A table of intervals alone needs none. Empty cells and cells that are no numbers leave gaps.

    Raises `Invalid` (``bad-signal``) where no column is a signal, there is no time, there are several people, or most
    rows cannot be read.
    """
    rows = iter(lines)
    head = next(rows, "")
    divider = max(",;\t", key=head.count)
    names = next(csv.reader([head.lstrip("\ufeff")], delimiter=divider), [])
    columns, time, person = _columns(names), _first(names, TIME), _first(names, PERSON)
    if not columns:
        raise Invalid(
            ErrorCode.BAD_SIGNAL,
            "No column of the table is a signal. Name at least one rr, heart_rate, eda, temperature, ppg or ecg.",
        )
    if time is None and {column.kind for column in columns} != {BodySignal.RR}:
        raise Invalid(ErrorCode.BAD_SIGNAL, "The table has no column of times. Name one 'time'.")
    times = _read_cells(csv.reader(rows, delimiter=divider), columns, time, person)
    return _recording(columns, times, _unit_of(names[time]) if time is not None else "", start)


def _recording(columns: Sequence[Column], times: Sequence[str], unit: str, start: float) -> Recording:
    samples = Samples("csv")
    slowest = min((SLOWEST.get(column.kind, np.inf) for column in columns), default=np.inf)
    at = _seconds(times, unit, start, slowest) if times else None
    for column in columns:
        values = np.array(column.cells) * column.scale + column.offset
        if at is None:
            samples.extend(column.kind, *beats_in_a_row(values, start))
            continue
        known = np.isfinite(at) & np.isfinite(values)
        samples.extend(column.kind, at[known], values[known])
    samples.unreadable = int(np.isnan(at).sum()) if at is not None else 0
    return samples.recording()


def _read_cells(
    rows: Iterable[list[str]], columns: Sequence[Column], time: int | None, person: int | None
) -> list[str]:
    """Fills the cells of the columns; gives the cells of time."""
    times, people = list[str](), set[str]()
    try:
        for row in rows:
            if not any(row):
                continue
            for column in columns:
                column.cells.append(number_of(row[column.at]) if column.at < len(row) else np.nan)
            if time is not None:
                times.append(row[time] if time < len(row) else "")
            if person is not None and person < len(row):
                people.add(row[person])
    except csv.Error as error:
        raise Invalid(ErrorCode.BAD_SIGNAL, "The table is damaged: {reason}.", reason=str(error)) from error
    if len(people) > 1:
        raise Invalid(
            ErrorCode.BAD_SIGNAL, "The table holds {people} people. Give the rows of one.", people=len(people)
        )
    return times


def _columns(names: Sequence[str]) -> list[Column]:
    """The first column of each kind."""
    found: dict[BodySignal, Column] = {}
    for at, name in enumerate(names):
        words = _words(name)
        for kind, known in NAMES.items():
            unit = next((word for word in words[1:] if word in UNITS[kind]), "")
            if "".join(word for word in words if word != unit) in known and kind not in found:
                found[kind] = Column(kind, at, *UNITS[kind].get(unit, (1.0, 0.0)))
    return list(found.values())


def _first(names: Sequence[str], known: set[str]) -> int | None:
    plain = ["".join(w for k, w in enumerate(_words(name)) if not k or w not in IN_SECONDS) for name in names]
    return next((at for at, name in enumerate(plain) if name in known), None)


def _unit_of(name: str) -> str:
    return next((word for word in _words(name)[1:] if word in IN_SECONDS), "")


def _words(name: str) -> list[str]:
    plain = name.lower().replace("µ", "u").replace("μ", "u")
    return [word for word in re.findall(r"[^\W\d_]+|\d+", plain) if word not in FILLING]


def _seconds(cells: Sequence[str], unit: str, start: float, slowest: float) -> Array:
    """Unix seconds ``(n,)``, NaN where a cell is no time."""
    times = np.array([number_of(cell) for cell in cells])
    known = times[np.isfinite(times)]
    if 2 * known.size < times.size:
        return np.array([_of_iso(cell) for cell in cells])
    middle = float(np.median(known)) if known.size else 0.0
    told = next((scale for least, scale in SINCE_1970 if middle >= least), 1.0)
    if middle < RELATIVE and known.size > 1 and float(np.median(np.abs(np.diff(known)))) > slowest:
        told = 1e-3
    scale = IN_SECONDS.get(unit, told)
    return times * scale + (start if middle * scale < RELATIVE else 0.0)


def _of_iso(cell: str) -> float:
    try:
        return seconds_of(cell)
    except ValueError:
        return np.nan
