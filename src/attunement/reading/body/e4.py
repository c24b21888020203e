"""Reads the zip of a session of an Empatica E4 wrist band."""

from __future__ import annotations

import zipfile

import numpy as np
from numpy.typing import NDArray

from attunement.domain.body import BodySignal, Recording
from attunement.domain.errors import ErrorCode, Invalid
from attunement.reading.body.archives import member_bytes
from attunement.reading.body.samples import Samples, number_of

Array = NDArray[np.float64]
SAMPLED = {
    "EDA.csv": BodySignal.EDA,
    "TEMP.csv": BodySignal.TEMPERATURE,
    "HR.csv": BodySignal.HEART_RATE,
    "BVP.csv": BodySignal.PPG,
}
BEATS, MARKS = "IBI.csv", "tags.csv"
NAMES = frozenset((*SAMPLED, BEATS))
FASTEST = 1024.0


def read_e4(archive: zipfile.ZipFile) -> Recording:
    """The signals of a session; files that are missing or empty are left out.

    ``EDA.csv``, ``TEMP.csv``, ``HR.csv`` and ``BVP.csv`` begin with the time of the first sample (unix seconds) and the
    samples a second; ``IBI.csv`` with the time its offsets count from; ``tags.csv`` holds the moments marked.

    Raises `Invalid` (``bad-signal``) where a file in it is damaged.
    """
    samples, marks = Samples("e4"), tuple[float, ...]()
    members = {name.rsplit("/", 1)[-1]: name for name in archive.namelist() if not name.startswith("__MACOSX")}
    for name, member in members.items():
        if name in SAMPLED or name in (BEATS, MARKS):
            rows = _rows(member_bytes(archive, member))
            if name == MARKS:
                marks = tuple(float(t) for t in rows[:, 0] if np.isfinite(t))
            elif len(rows) > (1 if name == BEATS else 2):
                _add(samples, name, rows)
    return samples.recording(marks)


def _add(samples: Samples, name: str, rows: Array) -> None:
    start, rate = rows[0, 0], 1.0 if name == BEATS else rows[1, 0]
    if not (1e8 < start < 1e11 and 0 < rate <= FASTEST):
        raise Invalid(
            ErrorCode.BAD_SIGNAL,
            "'{name}' does not begin with a time and samples a second. Export the session again.",
            name=name,
        )
    if name == BEATS:
        samples.extend(BodySignal.RR, start + rows[1:, 0], rows[1:, 1] * 1e3)
    else:
        samples.extend(SAMPLED[name], start + np.arange(len(rows) - 2) / rate, rows[2:, 0])


def _rows(data: bytes) -> Array:
    """The first two cells of each line ``(n, 2)``, NaN where one is missing or no number."""
    lines = [line for line in data.decode("ascii", "replace").splitlines() if line.strip()]
    cells = [line.split(",", 2)[:2] for line in lines]
    rows = [(number_of(row[0]), number_of(row[1]) if len(row) > 1 else np.nan) for row in cells]
    return np.array(rows, np.float64).reshape(-1, 2)
