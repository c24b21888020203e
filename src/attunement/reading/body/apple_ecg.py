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
    found = [line.strip().strip('"') if "," not in line else line.strip() for line in lines]
    rate = next((match for line in found[:HEAD_LINES] if (match := RATE.match(line))), None)
    begun = next((match for line in found[:HEAD_LINES] if (match := BEGUN.match(line))), None)
    if rate is None or begun is None or not number_of(rate[1]) > 0:
        raise Invalid(
            ErrorCode.BAD_SIGNAL,
            "The electrocardiogram does not say when it was recorded, or at how many hertz. Give the file as Apple "
            "Health wrote it, with its first lines.",
        )
    values = [number_of(line.strip('"')) for line in found if line]
    first = next((k for k, value in enumerate(values) if np.isfinite(value)), len(values))
    voltages = np.array(values[first:], float)
    known = np.isfinite(voltages)
    samples = Samples("apple-ecg")
    samples.unreadable = int((~known).sum())
    times = seconds_of(begun[1]) + np.arange(len(voltages)) / number_of(rate[1])
    samples.extend(BodySignal.ECG, times[known], voltages[known])
    return samples.recording()
