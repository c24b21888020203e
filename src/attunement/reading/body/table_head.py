"""Finds the head of a table: which line it is, what divides the columns, and which of them are signals and times."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from attunement.domain.body import BodySignal
from attunement.domain.errors import ErrorCode, Invalid
from attunement.reading.body.times import IN_SECONDS

DAY = {"date", "day", "datum", "fecha"}
TIME = {
    "time", "timestamp", "datetime", "ts", "t", "epoch", "unix", "unixtime", "unixtimestamp", "epochtime", "elapsed",
    "elapsedtime", "zeit", "zeitstempel", "uhrzeit", "hora", "heure", "temps", "tiempo",
}  # fmt: skip
PERSON = {"participant", "participantid", "subject", "subjectid", "person", "personid", "member", "memberid", "userid"}
NAMES = {
    BodySignal.RR: {
        "rr", "rri", "ibi", "nn", "ppi", "rrinterval", "rrintervals", "interbeatinterval", "beatinterval",
        "rrintervall", "rrintervalle",
    },
    BodySignal.HEART_RATE: {
        "hr", "heartrate", "bpm", "pulse", "pulserate", "herzfrequenz", "puls", "pouls", "pulso",
        "fréquencecardiaque", "frecuenciacardíaca", "frecuenciacardiaca",
    },
    BodySignal.EDA: {
        "eda", "gsr", "skinconductance", "conductance", "electrodermalactivity", "galvanicskinresponse",
        "hautleitwert", "hautleitfähigkeit",
    },
    BodySignal.TEMPERATURE: {
        "temp", "temperature", "skintemp", "skintemperature", "wristtemperature", "temperatur", "hauttemperatur",
        "température", "temperatura",
    },
    BodySignal.PPG: {"ppg", "bvp", "pleth"},
    BodySignal.ECG: {"ecg", "ekg"},
}  # fmt: skip
FILLING = {"phone", "sensor", "raw", "value", "signal", "utc", "iso"}
UNITS = {
    BodySignal.RR: {unit: (scale * 1e3, 0.0) for unit, scale in IN_SECONDS.items()},
    BodySignal.HEART_RATE: {"bpm": (1.0, 0.0), "hz": (60.0, 0.0)},
    BodySignal.EDA: {
        "us": (1.0, 0.0), "microsiemens": (1.0, 0.0), "ns": (1e-3, 0.0), "nanosiemens": (1e-3, 0.0),
        "s": (1e6, 0.0), "siemens": (1e6, 0.0), "millisiemens": (1e3, 0.0),
    },
    BodySignal.TEMPERATURE: {
        "c": (1.0, 0.0), "degc": (1.0, 0.0), "celsius": (1.0, 0.0), "k": (1.0, -273.15),
        "f": (5 / 9, -160 / 9), "degf": (5 / 9, -160 / 9), "fahrenheit": (5 / 9, -160 / 9),
    },
    BodySignal.PPG: {}, BodySignal.ECG: {"mv": (1.0, 0.0), "uv": (1.0, 0.0)},
}  # fmt: skip
"""A unit in a column's name: ``value * scale + offset`` is in the implied unit. Without one, the range tells."""
RESISTANCE = {"ohm": 1e6, "ohms": 1e6, "ω": 1e6, "kohm": 1e3, "kohms": 1e3, "kω": 1e3, "mohm": 1.0, "mω": 1.0}
"""Units of a skin sensor that tells resistance, the other way round: ``scale / value`` is in microsiemens."""
RESISTING = NAMES[BodySignal.EDA] | {"skinresistance", "resistance", "hautwiderstand"}
"""What such a column may be called; without its unit none of the last is taken for skin conductance."""
DIVIDERS = ",;\t|"


@dataclass(slots=True)
class Column:
    """A column of signal: its kind, where it stands, what makes its unit the implied one, and its cells."""

    kind: BodySignal
    at: int
    scale: float = 1.0
    offset: float = 0.0
    inverse: bool = False
    cells: list[float] = field(default_factory=list)

    @property
    def values(self) -> NDArray[np.float64]:
        """The cells in the implied unit; of a resistance of 0 there is no conductance."""
        cells = np.array(self.cells)
        if self.inverse:
            return self.scale / np.where(cells > 0, cells, np.nan)
        return cells * self.scale + self.offset


@dataclass(frozen=True, slots=True)
class Head:
    """Line ``line`` of a table, whose ``width`` columns are divided by ``divider``; ``unit`` is that of the times, or
    empty.

    ``time``, ``day`` and ``person`` are places of columns, None where there is none.
    """

    line: int
    divider: str
    columns: list[Column]
    time: int | None
    day: int | None
    person: int | None
    unit: str
    width: int


def head_of(lines: Sequence[str]) -> Head:
    """The first line that names a signal and, unless it is intervals alone, its times.

    Raises `Invalid` (``bad-signal``) where no line names a signal, or none names times as well.

    >>> found = head_of(["sep=;", "Zeit;Puls", "1;70"])
    >>> found.line, found.time, [(str(column.kind), column.at) for column in found.columns]
    (1, 0, [('heart_rate', 1)])
    """
    heads = [head for number, line in enumerate(lines) if (head := _head(number, line)).columns]
    if not heads:
        raise Invalid(
            ErrorCode.BAD_SIGNAL,
            "No column of the table is a signal. Name at least one rr, heart_rate, eda, temperature, ppg or ecg.",
        )
    whole = (h for h in heads if h.time is not None or {column.kind for column in h.columns} == {BodySignal.RR})
    if (found := next(whole, None)) is None:
        raise Invalid(ErrorCode.BAD_SIGNAL, "The table has no column of times. Name one 'time'.")
    return found


def has_head(lines: Sequence[str]) -> bool:
    """Whether a line names a signal among other columns.

    >>> has_head(["a summary", "hr,eda"]), has_head(["RR intervals", "812"])
    (True, False)
    """
    heads = (_head(number, line) for number, line in enumerate(lines))
    return any(head.columns and (head.time is not None or head.divider in DIVIDERS) for head in heads)


def cells_in(lines: Iterable[str], divider: str) -> Iterator[list[str]]:
    """The cells of each line; between spaces there are no empty ones.

    Each line is read by itself: a quote that is never closed, as in a note, must not swallow the lines after it.
    """
    for line in lines:
        if '"' in line:
            one = " ".join(line.split()) if divider == " " else line
            yield next(csv.reader([one], delimiter=divider, skipinitialspace=divider != " "), [])
        elif divider == " ":
            yield line.split()
        else:
            yield [cell.lstrip(" ") for cell in line.rstrip("\r\n").split(divider)]


def _head(number: int, line: str) -> Head:
    divider = max((*DIVIDERS, " "), key=lambda mark: line.count(mark) if mark != " " else 0.5)
    try:
        names = next(cells_in([line.lstrip("\ufeff")], divider), [])
    except csv.Error:  # a cell of over 131,072 characters is no name
        names = []
    time, day = _first(names, TIME), _first(names, DAY)
    if time is None:
        time, day = day, None
    unit = "" if time is None else next((word for word in _words(names[time])[1:] if word in IN_SECONDS), "")
    return Head(number, divider, _columns(names), time, day, _first(names, PERSON), unit, len(names))


def _columns(names: Sequence[str]) -> list[Column]:
    """The first column of each kind."""
    found: dict[BodySignal, Column] = {}
    for at, name in enumerate(names):
        words = _words(name)
        for kind, known in NAMES.items():
            unit = next((word for word in words[1:] if word in UNITS[kind]), "")
            if kind not in found and _without(unit, words) in known:
                found[kind] = Column(kind, at, *UNITS[kind].get(unit, (1.0, 0.0)))
        unit = next((word for word in words[1:] if word in RESISTANCE), "")
        if unit and BodySignal.EDA not in found and _without(unit, words) in RESISTING:
            found[BodySignal.EDA] = Column(BodySignal.EDA, at, RESISTANCE[unit], inverse=True)
    return list(found.values())


def _without(unit: str, words: Sequence[str]) -> str:
    return "".join(word for word in words if word != unit)


def _first(names: Sequence[str], known: set[str]) -> int | None:
    plain = ["".join(w for k, w in enumerate(_words(name)) if not k or w not in IN_SECONDS) for name in names]
    return next((at for at, name in enumerate(plain) if name in known), None)


def _words(name: str) -> list[str]:
    plain = name.lower().replace("µ", "u").replace("μ", "u")
    return [word for word in re.findall(r"[^\W\d_]+|\d+", plain) if word not in FILLING]
