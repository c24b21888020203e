"""Collects what a file holds, sample by sample, and tells when there is too much or too little of it."""

from __future__ import annotations

from array import array
from datetime import UTC, datetime
from math import nan

import numpy as np
from numpy.typing import NDArray

from attunement.domain.body import BodySignal, Channel, Recording
from attunement.domain.errors import ErrorCode, Invalid
from attunement.reading.body.order import stretches_in_order

Array = NDArray[np.float64]
LARGEST = 1e30
MOST_SAMPLES = 50_000_000
"""Nine days of a pulse at 64 a second; 800 MB."""


class Samples:
    """Samples of one file, by kind, in the order they came. ``source`` names the format for the recording.

    What a phone ``gathered`` from several devices stands there device by device: that is no clock that was set back.
    """

    def __init__(self, source: str, *, gathered: bool = False) -> None:
        self.source = source
        self._gathered = gathered
        self.unreadable = 0
        self._found: dict[BodySignal, tuple[array[float], array[float]]] = {}
        self._count = 0

    def add(self, kind: BodySignal, time: float, value: float) -> None:
        """One sample, at unix seconds."""
        at, what = self._room(kind, 1)
        at.append(time)
        what.append(value)

    def extend(self, kind: BodySignal, times: Array, values: Array) -> None:
        """Samples ``times`` (n,) in unix seconds and ``values`` (n,); raises `Invalid` (``too-large``)."""
        at, what = self._room(kind, len(times))
        at.frombytes(np.ascontiguousarray(times, np.float64).tobytes())
        what.frombytes(np.ascontiguousarray(values, np.float64).tobytes())

    def _room(self, kind: BodySignal, more: int) -> tuple[array[float], array[float]]:
        self._count += more
        if self._count > MOST_SAMPLES:
            raise Invalid(
                ErrorCode.TOO_LARGE, "The file holds over {most} samples. Give a part of it.", most=MOST_SAMPLES
            )
        return self._found.setdefault(kind, (array("d"), array("d")))

    def skip(self) -> None:
        """One row that cannot be read."""
        self.unreadable += 1

    def recording(self, marks: tuple[float, ...] = ()) -> Recording:
        """All samples; raises `Invalid` (``bad-signal``) where there are none, or fewer than rows not readable."""
        if not self._count:
            raise Invalid(
                ErrorCode.BAD_SIGNAL,
                "The file holds no heartbeats, heart rate, skin conductance or temperature that can be read. Check "
                "that it is whole, and which format it is ({format} was read).",
                format=self.source,
            )
        if self.unreadable > self._count:
            raise Invalid(
                ErrorCode.BAD_SIGNAL,
                "Most rows of the file cannot be read ({bad} of {all}). It may be damaged, or not be {format}.",
                bad=self.unreadable, all=self.unreadable + self._count, format=self.source,
            )  # fmt: skip
        return Recording(tuple(self._channel(kind, *found) for kind, found in self._found.items()), self.source, marks)

    def _channel(self, kind: BodySignal, at: array[float], what: array[float]) -> Channel:
        times, values = np.frombuffer(at, np.float64), np.frombuffer(what, np.float64).astype(np.float32)
        if not self._gathered:
            return Channel(kind, times, values)
        order = stretches_in_order(times)
        return Channel(kind, times[order], values[order])


def seconds_of(text: str) -> float:
    """An ISO 8601 time as unix seconds; without a zone it is UTC. Raises ValueError.

    >>> seconds_of("2026-05-01T12:00:00+02:00") == seconds_of("2026-05-01 10:00:00 +0000")
    True
    """
    moment = datetime.fromisoformat(text.strip().replace(" +", "+").replace(" -", "-"))
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def number_of(text: str) -> float:
    """A number with a point or a comma; NaN where it is none, or larger than anything measured.

    >>> number_of(" 0,81 "), number_of("n/a"), number_of("inf")
    (0.81, nan, nan)
    """
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return nan
    return value if abs(value) < LARGEST else nan
