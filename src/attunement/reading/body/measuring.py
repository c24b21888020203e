"""Cuts a recording into windows and measures each: features, levels, and how good the signal is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from attunement.domain.body import BodySignal, Recording
from attunement.domain.errors import ErrorCode, Invalid
from attunement.reading.body.baseline import Baseline
from attunement.reading.body.cleaning import Cleaned, clean, is_a_time
from attunement.reading.body.evidence import Evidence, evidence_of
from attunement.reading.body.features import Features, features_of, levels_of, windows
from attunement.reading.body.inputs import inputs_of
from attunement.reading.body.waveform import beats_of

Array = NDArray[np.float64]
WAVEFORMS = (BodySignal.PPG, BodySignal.ECG)
CONTEXT_S = 600.0
LEAST_QUALITY = 0.1
"""Windows with less good signal are no part of anyone's rest, and nothing is said of stress in them."""


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """One window as measured: from ``start`` to ``end`` (unix seconds), its features, levels ``(7,)``, evidence."""

    start: float
    end: float
    features: Features
    levels: Array
    evidence: Evidence


@dataclass(frozen=True, slots=True, eq=False)
class Situation:
    """A window, those that began in the ten minutes before it (oldest first), and what is known of the rest."""

    window: Window
    before: tuple[Window, ...]
    rest: Baseline

    def inputs(self, centre: Array, spread: Array) -> Array:
        """What the models see of it ``(13,)``, given centre and spread of the rest."""
        seen = (*self.before, self.window)
        return inputs_of(np.stack([w.levels for w in seen]), np.array([w.start for w in seen]), centre, spread)


def measure(recording: Recording, *, length: float, step: float) -> list[Window]:
    """Every window of a recording, oldest first; raises `Invalid` (``bad-signal``) where no sample has a time."""
    cleaned, times = cleaned_of(recording), known_times(recording)
    return [measure_window(cleaned, start, end) for start, end in windows(times, length=length, step=step)]


def known_times(recording: Recording) -> Array:
    """The times of all samples (unix seconds), without those no recording can have.

    Raises `Invalid` (``bad-signal``) where there are samples and none is left.
    """
    times = np.concatenate([np.zeros(0), *(channel.times[is_a_time(channel.times)] for channel in recording.channels)])
    if not times.size and any(channel.times.size for channel in recording.channels):
        raise Invalid(
            ErrorCode.BAD_SIGNAL,
            "No sample has a time between the years 1970 and 5138. Check the times, and from when they count.",
        )
    return times


def measure_window(cleaned: Sequence[Cleaned], start: float, end: float) -> Window:
    """One window of cleaned channels, from ``start`` to before ``end`` (unix seconds)."""
    features = features_of(cleaned, start, end)
    return Window(start, end, features, levels_of(features), evidence_of(cleaned, features, start, end))


def cleaned_of(recording: Recording) -> list[Cleaned]:
    """The channels of a recording, cleaned; of several of a kind the first; beats from a waveform if from nothing else.

    Raises `Invalid` (``bad-signal``) where there is no channel at all.
    """
    if not recording.channels:
        raise Invalid(ErrorCode.BAD_SIGNAL, "The recording holds no signal. Give at least one.")
    first = {channel.kind: channel for channel in reversed(recording.channels)}
    heard = BodySignal.RR in first and first[BodySignal.RR].times.size
    if not heard and (beats := beats_of(recording)):
        first[BodySignal.RR] = beats
    return [clean(channel) for kind, channel in sorted(first.items()) if kind not in WAVEFORMS]


def situations(
    windows: Sequence[Window], baseline: Baseline | None = None, *, before: tuple[Window, ...] = (),
    learning: bool = False,
) -> Iterator[Situation]:  # fmt: skip
    """Each window with what was known when it ended; without a baseline, rest is learned from the windows before.

    ``before`` are windows that were read earlier, oldest first; ``learning`` goes on learning from a baseline.
    """
    rest = baseline or Baseline()
    for window in windows:
        before = tuple(w for w in before if w.start >= window.start - CONTEXT_S)
        yield Situation(window, before, rest)
        before = (*before, window)
        if baseline is None or learning:
            rest = with_window(rest, window)


def with_window(rest: Baseline, window: Window) -> Baseline:
    """A person's rest with one more window, where its signal is good enough."""
    return rest.updated(window.levels) if window.evidence.quality >= LEAST_QUALITY else rest
