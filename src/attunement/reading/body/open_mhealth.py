"""Reads Open mHealth data points: heart rate, intervals between beats, body temperature."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from attunement.domain.body import BodySignal, Recording
from attunement.domain.errors import ErrorCode, Invalid
from attunement.reading.body.samples import Samples, number_of, seconds_of

BODIES = {
    "heart_rate": BodySignal.HEART_RATE,
    "rr_interval": BodySignal.RR,
    "body_temperature": BodySignal.TEMPERATURE,
    "skin_temperature": BodySignal.TEMPERATURE,
}
SECONDS = {"ms": 1e-3, "sec": 1.0, "s": 1.0, "min": 60.0, "h": 3600.0, "d": 86400.0}


def read_open_mhealth(data: bytes) -> Recording:
    """The data points of a JSON document (one, a list, a list below one name) or of JSON lines, with a head or without.

    Heart rate and temperature of an interval are taken to be at its middle, a beat at its end.

    Raises `Invalid` (``bad-signal``) where it is no JSON, or most points cannot be read.

    >>> point = b'{"heart_rate": {"value": 60, "unit": "beats/min"}, "effective_time_frame": {"date_time": "%s"}}'
    >>> read_open_mhealth(point % b"2026-05-01T12:00:00Z").channels[0].values.tolist()
    [60.0]
    """
    samples = Samples("open-mhealth", gathered=True)
    for point in _points(data):
        try:
            _add(samples, point)
        except (KeyError, TypeError, ValueError, AttributeError):
            samples.skip()
    return samples.recording()


def _points(data: bytes) -> Iterator[Any]:
    try:
        found = orjson.loads(data)
    except orjson.JSONDecodeError:
        yield from _lines(data)
        return
    yield from found if isinstance(found, list) else _unwrapped(found)


def _unwrapped(found: Any) -> list[Any]:
    """The points below an answer of Shimmer and its like, which hold one list; or else the point itself.

    >>> _unwrapped({"shim": "fitbit", "body": [{"header": {}}]})
    [{'header': {}}]
    """
    lists = [value for value in found.values() if isinstance(value, list)] if isinstance(found, dict) else []
    return lists[0] if len(lists) == 1 else [found]


def _lines(data: bytes) -> Iterator[Any]:
    """JSON lines; one that is no JSON is given as None."""
    lines = [line for line in data.splitlines() if line.strip()]
    if len(lines) < 2:
        raise Invalid(ErrorCode.BAD_SIGNAL, "The file is not whole JSON. Export it again.")
    for line in lines:
        try:
            yield orjson.loads(line)
        except orjson.JSONDecodeError:
            yield None


def _add(samples: Samples, point: Mapping[str, Any]) -> None:
    body = point.get("body", point)
    name = next((name for name in BODIES if name in body), None)
    if name is None:
        return  # a data point of another schema
    kind, frame = BODIES[name], body["effective_time_frame"]
    time = seconds_of(frame["date_time"]) if "date_time" in frame else _of(frame["time_interval"], kind)
    value = number_of(str(body[name]["value"]))  # its range tells the unit better than its name, spelt in many ways
    samples.add(kind, time, value)


def _of(interval: Mapping[str, Any], kind: BodySignal) -> float:
    """The moment (unix seconds) an interval stands for; it has two of start, end and duration."""
    lasts = _seconds(interval["duration"]) if "duration" in interval else 0.0
    if "end_date_time" in interval:
        end = seconds_of(interval["end_date_time"])
        start = seconds_of(interval["start_date_time"]) if "start_date_time" in interval else end - lasts
    else:
        start = seconds_of(interval["start_date_time"])
        end = start + lasts
    return end if kind is BodySignal.RR else (start + end) / 2


def _seconds(duration: Mapping[str, Any]) -> float:
    return float(duration["value"]) * SECONDS[duration["unit"]]
