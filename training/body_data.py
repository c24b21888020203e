"""Reads the public sets of body signals: recordings with labels, and windows that others measured."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from attunement.domain.body import BodySignal, Channel, Recording

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Person:
    """A recording, and for each second of ``times`` (n,) whether it was a stress task, ``label`` (n,) of 0 and 1."""

    name: str
    recording: Recording
    times: Array
    label: Array

    def stressed(self, start: float, end: float) -> float | None:
        """1 where most of the time from ``start`` to ``end`` was a stress task, 0 where not; None where unknown."""
        part = self.label[(self.times >= start) & (self.times < end)]
        return float(part.mean() >= 0.5) if part.size else None

    def only(self, *kinds: BodySignal) -> Recording:
        """The recording as a device with fewer sensors would have made it."""
        return Recording(tuple(c for c in self.recording.channels if c.kind in kinds), self.recording.source)


def stress_predict(data: Path) -> list[Person]:
    """The people of Stress-Predict, with single beats, heart rate, skin conductance and temperature of a wrist band."""
    folder, people = data / "stress_predict", []
    beats = _by_person(folder / "ibi.csv.gz", "participant")
    skin = _by_person(folder / "eda_temp_1hz.csv.gz", "participant")
    for name, rows in _by_person(folder / "hr_resp_label_1hz.csv.gz", "Participant").items():
        channels = (
            Channel(BodySignal.RR, beats[name]["t"], np.float32(beats[name]["ibi"] * 1e3)),
            Channel(BodySignal.HEART_RATE, rows["Time(sec)"], np.float32(rows["HR"])),
            Channel(BodySignal.EDA, skin[name]["t"], np.float32(skin[name]["eda"])),
            Channel(BodySignal.TEMPERATURE, skin[name]["t"], np.float32(skin[name]["temp"])),
        )
        people.append(Person(name, Recording(channels, "stress_predict"), rows["Time(sec)"], rows["Label"]))
    return people


@dataclass(frozen=True, slots=True, eq=False)
class Windows:
    """Windows that others measured: ``x`` (n, features), ``names`` (features), ``label`` (n,), ``person`` (n,)."""

    names: tuple[str, ...]
    x: Array
    label: NDArray[np.int64]
    person: NDArray[np.str_]

    def column(self, name: str) -> Array:
        """One feature ``(n,)``."""
        return np.asarray(self.x[:, self.names.index(name)])


def wesad(data: Path) -> Windows:
    """WESAD, windows of 60 s: 1 rest, 2 stress, 3 amusement, 4 meditation. Of heart and skin only; evaluation only."""
    with (data / "wesad_features" / "wesad_60s_features.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    names = tuple(name for name in rows[0] if name.startswith(("ECG_HRV_", "EDA_")))
    x = np.array([[float(row[name]) for name in names] for row in rows])
    label, person = np.array([int(row["label"]) for row in rows]), np.array([row["subject"] for row in rows])
    return Windows(names, x, label, person)


def sam_arousal(data: Path) -> dict[tuple[str, int], float]:
    """How stirred up each person of WESAD said they were after each condition, 1 to 9; evaluation only."""
    conditions = {"Base": 1, "TSST": 2, "Fun": 3}
    with (data / "wesad_features" / "wesad_self_reports.csv").open(encoding="utf-8", newline="") as stream:
        return {
            (row["subject"], conditions[row["condition"]]): float(row["sam_arousal"])
            for row in csv.DictReader(stream)
            if row["condition"] in conditions
        }


def _by_person(file: Path, column: str) -> dict[str, dict[str, Array]]:
    """Columns of numbers for each person, NaN where a cell is empty."""
    tables: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in _rows(file):
        tables[row.pop(column)].append(row)
    return {
        name: {key: np.array([float(row[key] or "nan") for row in rows]) for key in rows[0]}
        for name, rows in tables.items()
    }


def _rows(file: Path) -> Iterator[dict[str, str]]:
    with gzip.open(file, "rt", encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)
