"""Reads the experience-sampling studies (openESM): how people felt, several times a day, for weeks."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

LEARNED_FROM = ("0001", "0012", "0017")
"""Studies whose licence (CC BY 4.0) lets what is made from them ship; all others are only measured on."""
WAKING_H, AWAKE_H, BETWEEN_DAYS = 10.0, 12.0, 60.0
ITEMS: Mapping[str, str] = {
    "0001": "relax irritable worry nervous future anhedonia tired hungry alone angry",
    "0004": "happy sad anxious calm",
    "0006": "happy excited relaxed satisfied angry anxious depressed sad",
    "0010": "cheerful worry fearful sad relaxed",
    "0012": "happy relaxed sad anger stress",
    "0017": "positive_feeling negative_feeling positive_energy negative_energy anxiety annoying",
    "0022": "well discontent tense calm placid awake energyless rested",
    "0024": "well awake relaxed good rested pleased calm happy",
    "0027": "pa na",
    "0032": "happy relaxed confident sad stressed angry",
    "0033": "energetic enthusiastic content irritable restless worried guilty afraid anhedonia angry hopeless down",
    "0039": "depressed anhedonia loneliness left_out vulnerability perceived_responsiveness",
    "0045": "angry enthusiastic happy irritated nervous pleased relaxed sad stressed",
}
STAMPS = ("response", "start", "submission_timestamp")


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """One item of one person: ``hours`` (n,) rising, since a midnight, and ``values`` (n,) from 0 to 1."""

    person: str
    hours: NDArray[np.float64]
    values: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Item:
    """One item of one study: ``people`` in order, and ``mean`` of all values, from 0 to 1."""

    study: str
    name: str
    people: tuple[Series, ...]
    mean: float


def items(data: Path, *studies: str) -> Iterator[Item]:
    """The items of these studies (of all there are, by default), each scaled from its least to its greatest value."""
    for study in studies or ITEMS:
        files = sorted((data / "openesm").glob(f"{study}_*_ts.tsv*"))
        if not files:
            continue
        rows = sorted(_rows(files[0], study), key=lambda row: (row[0], row[1]))
        for name in ITEMS[study].split():
            yield _item(study, name, [(person, at, row.get(name)) for person, at, row in rows])


def _item(study: str, name: str, rows: list[tuple[str, float, str | None]]) -> Item:
    told = [(person, at, float(value)) for person, at, value in rows if value not in (None, "", "NA")]
    values = np.array([value for _, _, value in told])
    low, high = float(values.min()), float(values.max())
    people = []
    for person, theirs in groupby(told, key=lambda row: row[0]):
        _, hours, own = zip(*theirs, strict=True)
        people.append(Series(person, np.array(hours), (np.array(own) - low) / (high - low)))
    return Item(study, name, tuple(people), float((values.mean() - low) / (high - low)))


def _rows(file: Path, study: str) -> list[tuple[str, float, dict[str, str]]]:
    with (gzip.open if file.suffix == ".gz" else open)(file, "rt", encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    hours = _stamped(rows) or (_by_occasion(rows) if study == "0032" else _by_beep(rows))
    return [(row["id"], at, row) for row, at in zip(rows, hours, strict=True) if at is not None]


def _stamped(rows: list[dict[str, str]]) -> list[float | None] | None:
    """Hours by a column of times, where there is one."""
    column = next((c for c in STAMPS if c in rows[0]), None)
    if column is None:
        return None
    return [_hours(row[column]) for row in rows]


def _hours(text: str) -> float | None:
    try:
        at = datetime.fromisoformat(text[:19])  # what follows names the zone, in words no library knows
    except ValueError:
        return None
    monday = datetime(1970, 1, 5, tzinfo=UTC)
    return (at.replace(tzinfo=UTC) - monday).total_seconds() / 3600


def _by_beep(rows: list[dict[str, str]]) -> list[float | None]:
    """Hours by the day and the number of the beep in it, spread evenly over the waking day.

    A study of two periods numbers the days of each from one; the second is put two months after the first.
    """
    column = next(c for c in ("beep_new", "beep") if c in rows[0])
    beeps = [_number(row[column]) for row in rows]
    days = [_number(row["day"]) for row in rows]
    later = [BETWEEN_DAYS * (_number(row.get("study_period")) or 0.0) for row in rows]
    most = max((b for b in beeps if b is not None), default=1.0)
    apart = AWAKE_H / (most - 1) if most > 1 else 0.0
    return [
        None if day is None or beep is None else (day + more) * 24 + WAKING_H + (beep - 1) * apart
        for day, more, beep in zip(days, later, beeps, strict=True)
    ]


def _by_occasion(rows: list[dict[str, str]]) -> list[float | None]:
    """Hours by the day and how many occasions it had before, an hour and a half apart."""
    first: dict[tuple[str, str], float] = {}
    hours: list[float | None] = []
    for row in rows:
        occasion = _number(row["occasion"]) or 0.0
        begun = first.setdefault((row["id"], row["day"]), occasion)
        hours.append(float(row["day"]) * 24 + WAKING_H + (occasion - begun) * 1.5)
    return hours


def _number(text: str | None) -> float | None:
    return float(text) if text not in (None, "", "NA") else None
