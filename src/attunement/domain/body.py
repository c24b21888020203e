"""Signals of the body, and what is read from them: how stirred up, how stressed, how sure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from attunement.domain.errors import ErrorCode, Invalid

Times = NDArray[np.float64]
Values = NDArray[np.float32]


class BodySignal(StrEnum):
    """What a channel measures. The kind implies the unit; it is not stated again."""

    RR = "rr"
    """Time from one heartbeat to the next, in ms, at the time of the later beat."""
    HEART_RATE = "heart_rate"
    """Beats a minute, as a device gives them."""
    EDA = "eda"
    """Skin conductance, in microsiemens."""
    TEMPERATURE = "temperature"
    """Skin temperature, in °C."""
    PPG = "ppg"
    """Blood volume pulse, a waveform in any unit."""
    ECG = "ecg"
    """Electrocardiogram, a waveform in any unit."""


class Flaw(StrEnum):
    """What was wrong with a signal, or why nothing can be told from it."""

    GAP = "gap"
    """A signal was missing for over a fifth of the window."""
    FLAT = "flat"
    """A signal stood still for longer than a body does, and was left out."""
    OUT_OF_RANGE = "out-of-range"
    """Values no body has, or in no unit that could be told, were left out."""
    DUPLICATE = "duplicate"
    """Two different values stood at the same time; the middle was taken."""
    CLOCK_JUMP = "clock-jump"
    """The clock went back, and this may be of another time; of what lay over each other, the shorter was left out."""
    ARTEFACT = "artefact"
    """Over a tenth of the heartbeats had to be corrected."""
    UNITS = "units"
    """Values came in another unit, told by their range, and were converted."""
    FEW_BEATS = "few-beats"
    """Too few heartbeats to say anything about their rhythm."""
    NO_SIGNAL = "no-signal"
    """Neither the heart nor the skin was measured."""
    NO_BASELINE = "no-baseline"
    """Too little is known of how this person is at rest."""
    IN_BASELINE = "in-baseline"
    """The window is part of the rest that later windows are compared with."""
    UNSURE = "unsure"
    """The models disagree, or the signal is too poor, to say how likely stress is."""


@dataclass(frozen=True, slots=True, eq=False)
class Channel:
    """One signal: ``times`` (n,) in unix seconds UTC and ``values`` (n,) in the unit of its kind, in any order.

    Raises `Invalid` (``bad-signal``) where the two do not match.
    """

    kind: BodySignal
    times: Times
    values: Values

    def __post_init__(self) -> None:
        if self.times.ndim != 1 or self.times.shape != self.values.shape:
            raise Invalid(
                ErrorCode.BAD_SIGNAL,
                "The signal '{kind}' has {times} times and {values} values. Give one time for each value.",
                kind=str(self.kind), times=self.times.size, values=self.values.size,
            )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recording:
    """Channels of one person, where they came from, and the moments the person marked (unix seconds UTC)."""

    channels: tuple[Channel, ...]
    source: str
    marks: tuple[float, ...] = ()

    def of(self, kind: BodySignal) -> tuple[Channel, ...]:
        """The channels of one kind."""
        return tuple(channel for channel in self.channels if channel.kind is kind)


@dataclass(frozen=True, slots=True)
class BodyReading:
    """What one window of body signals says.

    ``arousal_mean`` (0 to 1) is where the body stands among the person's own moments of rest: 0.5 is as usual at rest,
    0.84 one standard deviation more stirred up. ``arousal_sd`` (0.05 to 0.29) grows as the signal gets poorer; 0.29 is
    that of knowing nothing. ``stress_p`` (0 to 1) is the chance of stress, with the 80% range ``stress_range``; both
    are None where it can't tell. ``quality`` (0 to 1) is the share of the window with good signal. ``features`` are in
    the units their names say, None where they could not be had. ``why`` says what was wrong.
    """

    start: datetime
    end: datetime
    arousal_mean: float
    arousal_sd: float
    stress_p: float | None
    stress_range: tuple[float, float] | None
    quality: float
    features: Mapping[str, float | None]
    why: tuple[Flaw, ...]
    model: str
