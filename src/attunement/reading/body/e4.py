"""Reads the zip of a session of an Empatica E4 wrist band."""

from __future__ import annotations

import io
import zipfile
from array import array
from collections.abc import Iterator
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray

from attunement.domain.body import BodySignal, Recording
from attunement.domain.errors import ErrorCode, Invalid
from attunement.reading.body.archives import member_bytes
from attunement.reading.body.samples import Samples, number_of

Array = NDArray[np.float64]
KIND_OF = {
    "EDA.csv": BodySignal.EDA,
    "TEMP.csv": BodySignal.TEMPERATURE,
    "HR.csv": BodySignal.HEART_RATE,
    "BVP.csv": BodySignal.PPG,
    "IBI.csv": BodySignal.RR,
}
BEATS, MARKS = "IBI.csv", "tags.csv"
NAMES = frozenset(KIND_OF)
NONE = np.zeros(0)
FASTEST = 1024.0
MOST_LINES, MOST_MARKS = 20_000_000, 10_000
"""Of one file: three days and a half of a pulse at 64 a second, where the battery lasts two."""
BOM, EMPTY_CELLS = b"\xef\xbb\xbf", ",; \t"
"""What a spreadsheet puts before the first number and behind the last of a line when it saves the file again."""


def read_e4(archive: zipfile.ZipFile) -> Recording:
    """The signals of a session; a signal whose file is there without a sample is one that failed, and has none.

    ``EDA.csv``, ``TEMP.csv``, ``HR.csv`` and ``BVP.csv`` begin with the time of the first sample (unix seconds) and the
    samples a second; ``IBI.csv`` with the time its offsets count from; ``tags.csv`` holds the moments marked.

    Raises `Invalid` (``bad-signal``) where a file in it is damaged, or it holds several sessions.
    """
    samples, marks = Samples("e4"), tuple[float, ...]()
    for name, member in _members(archive).items():
        most = MOST_MARKS if name == MARKS else MOST_LINES
        rows = _rows(member_bytes(archive, member), beats=name == BEATS, most=most)
        if name == MARKS:
            marks = tuple(float(t) for t in rows[:, 0] if np.isfinite(t))
        elif len(rows):
            _add(samples, name, rows)
        else:
            samples.extend(KIND_OF[name], NONE, NONE)
    return samples.recording(marks)


def is_out_of_a_session(data: bytes) -> bool:
    """Whether a file is one out of a session: nothing in it says which signal it holds, so none is guessed.

    >>> is_out_of_a_session(b"1777636800.00\\n4.000000\\n0.51\\n"), is_out_of_a_session(b"812\\n820\\n")
    (True, False)
    """
    rows = _rows(data, most=MOST_LINES)
    if len(rows) < 2:
        return False
    start, rate = (float(x) for x in rows[:2, 0])
    return _is_moment(start) and (b"IBI" in data.partition(b"\n")[0] or _is_rate(rate))


def _members(archive: zipfile.ZipFile) -> dict[str, str]:
    """The files of the session by their plain names; which session, where there are several, cannot be known."""
    found: dict[str, str] = {}
    for member in archive.namelist():
        name = member.rsplit("/", 1)[-1]
        if member.startswith("__MACOSX") or name not in (*NAMES, MARKS):
            continue
        if name in found:
            raise Invalid(
                ErrorCode.BAD_SIGNAL,
                "The archive holds several sessions ('{first}' and '{second}'). Give one at a time.",
                first=found[name], second=member,
            )  # fmt: skip
        found[name] = member
    return found


def _is_moment(value: float) -> bool:
    return 1e8 < value < 1e11


def _is_rate(value: float) -> bool:
    return 0 < value <= FASTEST


def _add(samples: Samples, name: str, rows: Array) -> None:
    start, rate = rows[0, 0], 1.0 if name == BEATS else rows[1, 0] if len(rows) > 1 else np.nan
    if not (_is_moment(start) and _is_rate(rate)):
        raise Invalid(
            ErrorCode.BAD_SIGNAL,
            "'{name}' does not begin with a time and samples a second. Export the session again.",
            name=name,
        )
    if name == BEATS:
        samples.extend(KIND_OF[name], start + rows[1:, 0], rows[1:, 1] * 1e3)
    else:
        samples.extend(KIND_OF[name], start + np.arange(len(rows) - 2) / rate, rows[2:, 0])


def _rows(data: bytes, *, most: int, beats: bool | None = None) -> Array:
    """The first two cells of each line ``(n, 2)``, NaN where one is missing or no number.

    Beats stand beside their times; in other files a comma is one that a spreadsheet put in the place of the point.
    Those at the end of a line are empty cells; a line of nothing else is a sample that is missing, in its place.
    """
    lines = _lines(data)
    first = list(islice(lines, 2))
    paired = bool(first) and "IBI" in first[0] if beats is None else beats
    divider = "," if paired and not any(";" in line for line in first) else ";"
    found = array("d")
    for line in chain(first, lines):
        cells = line.split(divider, 2)
        found.append(number_of(cells[0]))
        found.append(number_of(cells[1]) if len(cells) > 1 else np.nan)
        if len(found) > 2 * most:
            raise Invalid(ErrorCode.TOO_LARGE, "The file holds over {most} samples. Give a part of it.", most=most)
    return np.frombuffer(found, np.float64).reshape(-1, 2)


def _lines(data: bytes) -> Iterator[str]:
    """Line by line, so that a long session is never held as text and as lines at once."""
    for line in io.TextIOWrapper(io.BytesIO(data.removeprefix(BOM)), "ascii", "replace"):
        if line.strip():
            yield line.strip("\r\n").rstrip(EMPTY_CELLS)
