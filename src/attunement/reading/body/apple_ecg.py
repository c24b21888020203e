"""Reads an electrocardiogram of an Apple Watch: ``electrocardiograms/ecg_*.csv`` in an export of Apple Health."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np

from attunement.domain.body import BodySignal, Recording
from attunement.domain.errors import ErrorCode, Invalid
from attunement.reading.body.samples import Samples, number_of, seconds_of

RATE = re.compile(r"^[^,;\d]+[,;]\s*\"?(\d+(?:[.,]\d+)?)\s*(?:hertz|hz)\b", re.IGNORECASE)
BEGUN = re.compile(r"^[^,;\d]+[,;]\s*\"?(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?: ?[+-]\d\d:?\d\d)?)")
HEAD_LINES = 30
"""Its head has some dozen lines, such as name, classification and device; their words are in the watch's language."""


def is_apple_ecg(lines: Sequence[str]) -> bool:
    """Whether some first lines tell when something was recorded, and how many hertz it has.

    >>> is_apple_ecg(["Name,", "Recorded Date,2026-05-01 12:00:00 +0200", "Sample Rate,512 hertz", "", "-3.1"])
    True
    """
    head = lines[:HEAD_LINES]
    return any(map(RATE.match, head)) and any(map(BEGUN.match, head))


def read_apple_ecg(lines: Iterable[str]) -> Recording:
    """The voltages, evenly spaced from the time of recording on.

    Raises `Invalid` (``bad-signal``) where no rate or time is told, or most lines below the head are no numbers.

    >>> head = ["Recorded Date,2026-05-01 12:00:00 +0000", "Sample Rate,512 hertz", "Unit,µV", ""]
    >>> channel = read_apple_ecg([*head, "12.5", "-3"]).channels[0]
    >>> float(channel.times[1] - channel.times[0]) * 512, channel.values.tolist()
    (1.0, [12.5, -3.0])
    """
    found = [line.strip() for line in lines]
    begun, rate = _begun_and_rate(found[:HEAD_LINES])
    values = [number_of(line.strip('"')) for line in found if line]
    first = next((k for k, value in enumerate(values) if np.isfinite(value)), len(values))
    voltages = np.array(values[first:], float)
    known = np.isfinite(voltages)
    samples = Samples("apple-ecg")
    samples.unreadable = int((~known).sum())
    times = begun + np.arange(len(voltages)) / rate
    samples.extend(BodySignal.ECG, times[known], voltages[known])
    return samples.recording()


def _begun_and_rate(head: Sequence[str]) -> tuple[float, float]:
    """When it was recorded (unix seconds), and how many voltages a second."""
    begun, rate = (
        next((match[1] for line in head if (match := told.match(line))), "") for told in (BEGUN, RATE)
    )  # fmt: skip
    try:
        if number_of(rate) > 0:
            return seconds_of(begun), number_of(rate)
    except ValueError:  # no time of recording, or one that no calendar has
        pass
    raise Invalid(
        ErrorCode.BAD_SIGNAL,
        "The electrocardiogram does not say when it was recorded, or at how many hertz. Give the file as Apple Health "
        "wrote it, with its first lines.",
    )
