"""Reads the export of Apple Health, as it streams by: heart rate, single beats, skin conductance, temperature."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element, ParseError, iterparse

from attunement.domain.body import BodySignal, Recording
from attunement.domain.errors import ErrorCode, Invalid
from attunement.reading.body.samples import Samples, number_of, seconds_of

EXPORT = "export.xml"
HEAD = 1024
QUANTITY = "HKQuantityTypeIdentifier"
RECORDS = {
    f"{QUANTITY}HeartRate": BodySignal.HEART_RATE,
    f"{QUANTITY}ElectrodermalActivity": BodySignal.EDA,
    f"{QUANTITY}BodyTemperature": BodySignal.TEMPERATURE,
    f"{QUANTITY}AppleSleepingWristTemperature": BodySignal.TEMPERATURE,
}
BEATS = f"{QUANTITY}HeartRateVariabilitySDNN"
IN_USUAL_UNITS = {
    "degF": (5 / 9, -160 / 9), "K": (1.0, -273.15), "count/s": (60.0, 0.0),
    "S": (1e6, 0.0), "mS": (1e3, 0.0), "nS": (1e-3, 0.0),
}  # fmt: skip
"""Of the units a phone may be set to, and apps may write: ``value * scale + offset`` is in the usual one."""
CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})[:.](\d{2})(?:[.,](\d+))?\s*([AaPp])?")
MOST_BYTES = 16 * 2**30
HALF_DAY = 43200.0


def read_apple_health(stream: IO[bytes]) -> Recording:
    """The records of an ``export.xml``; of variability, the single beats below it.

    Beats are given as a time of day and a rate; each interval is 60,000 over the rate, in ms.

    Raises `Invalid` (``bad-signal``) where it is not whole XML or defines entities, which Apple's never does.
    """
    samples = Samples("apple-health", gathered=True)
    try:
        for record in _records(stream):
            try:
                _add(samples, record)
            except (KeyError, ValueError):
                samples.skip()
    except ParseError as error:
        raise Invalid(
            ErrorCode.BAD_SIGNAL,
            "The export is not whole XML (line {line}). Export it again.",
            line=error.position[0],
        ) from error
    return samples.recording()


def export_in(archive: zipfile.ZipFile) -> str | None:
    """The name of the export in an archive, however it and its folder are called in the person's language."""
    names = [name for name in archive.namelist() if name.lower().endswith(".xml")]
    named = [name for name in names if name.rsplit("/", 1)[-1].lower() == EXPORT]
    return min(named or [name for name in names if _begins_an_export(archive, name)], key=len, default=None)


def _begins_an_export(archive: zipfile.ZipFile, name: str) -> bool:
    with archive.open(name) as stream:
        return b"HealthData" in stream.read(HEAD)


class _Guarded:
    """A stream that refuses entities, by which a small file could grow without end, and stops at 16 GB."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._tail, self._read = b"", 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes; raises `Invalid`."""
        data = self._stream.read(size)
        seen = self._tail + data
        self._tail, self._read = seen[-16:], self._read + len(data)
        if b"<!ENTITY" in seen or b"\x00" in data or self._read > MOST_BYTES:  # zero bytes: it would be UTF-16
            raise Invalid(ErrorCode.BAD_SIGNAL, "This is not an export that Apple Health has written.")
        return data


def _records(stream: IO[bytes]) -> Iterator[Element]:
    events = iterparse(_Guarded(stream), events=("start", "end"))  # noqa: S314 (entities are refused above)
    _, root = next(events)
    depth = 0
    for event, element in events:
        depth += 1 if event == "start" else -1
        if event == "end" and depth == 0:
            if element.tag == "Record":
                yield element
            root.clear()  # what has been read would else fill the memory


def _add(samples: Samples, record: Element) -> None:
    kind = record.get("type", "")
    if kind == BEATS:
        _add_beats(samples, record)
    elif kind in RECORDS:
        start, end = (seconds_of(record.attrib[name]) for name in ("startDate", "endDate"))
        value = number_of(record.attrib["value"])
        scale, offset = IN_USUAL_UNITS.get(record.get("unit", ""), (1.0, 0.0))
        samples.add(RECORDS[kind], (start + end) / 2, value * scale + offset)


def _add_beats(samples: Samples, record: Element) -> None:
    """Beats below a record of variability; their clock is that of the person, and may pass midnight."""
    text = record.attrib["startDate"]
    start = seconds_of(text)
    midnight = seconds_of(f"{text[:10]} 00:00:00 {text[20:]}")
    for beat in record.iter("InstantaneousBeatsPerMinute"):
        clock, rate = CLOCK.search(beat.get("time", "")), number_of(beat.get("bpm", ""))
        if clock is None or not rate > 0:
            samples.skip()
            continue
        time = midnight + _of_day(clock)
        samples.add(BodySignal.RR, time + 2 * HALF_DAY * (time < start - HALF_DAY), 60000 / rate)


def _of_day(clock: re.Match[str]) -> float:
    """Seconds since midnight, of a clock of 24 hours or of 12 with AM and PM."""
    hour, minute, second = (int(clock[k]) for k in (1, 2, 3))
    if clock[5]:
        hour = hour % 12 + 12 * (clock[5] in "Pp")
    return hour * 3600 + minute * 60 + second + float(f"0.{clock[4] or 0}")
