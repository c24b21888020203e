"""Reads arousal and stress from body signals, window by window, against the person's own rest."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache, reduce
from math import erf, hypot, inf, sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from attunement.domain.body import BodyReading, Channel, Flaw, Recording
from attunement.domain.errors import ErrorCode, Invalid
from attunement.library.resources import models_folder
from attunement.reading.body.baseline import Baseline
from attunement.reading.body.evidence import tells_less
from attunement.reading.body.features import LEVELS
from attunement.reading.body.measuring import (
    CONTEXT_S,
    LEAST_QUALITY,
    Situation,
    Window,
    cleaned_of,
    measure,
    measure_window,
    situations,
    with_window,
)
from attunement.reading.body.stress_model import StressModel, load_stress_model
from attunement.reading.model_files import model_name

Array = NDArray[np.float64]
SHORTEST, LONGEST = 10.0, 3600.0
LEAST_REST = 3
"""Windows of rest before stress is spoken of."""
WIDEST = 0.4
"""Where the 80% range of the chance of stress is wider, the reader can't tell."""
POOR = 0.5
"""Standard deviation (log-odds) of the chance of stress that a signal of half the worth adds; a full one adds none."""
Z80 = 1.2816
NOTHING_KNOWN = 1 / 12
"""Variance of a number between 0 and 1 of which nothing is known."""
AROUSAL = {"heart_rate": 0.7, "log_rmssd": -0.3, "log_eda": 0.35, "log_scr": 0.35}
Chance = tuple[float, float, float]


class BodyReader:
    """Reads windows of a recording: arousal, stress, how sure, and what was wrong.

    Stress is read by small forests over the levels of a window and the ten minutes before it, in spreads of the
    person's own rest. Rest is the ``baseline`` given, or else all windows so far: then nothing is said of stress in the
    first three, and a reading never depends on what comes later. The range of the chance of stress is how far models
    that learned from different people lie apart, widened where the signal is poor, and for ten minutes where a sensor
    went quiet and the answer changed with it; where it gets too wide, the reader can't tell.

    Parameters
    ----------
    models:
        The folder of models; None for the one that came with the program.
    window, step:
        Seconds: the length of a window (10 to 3600) and from one start to the next. Models learned from 60 s.

    Raises
    ------
    AttunementError
        ``MODEL_BROKEN`` at the first reading, where the model file is missing or damaged; ``MISSING_EXTRA`` where only
        a waveform tells of the heart and NeuroKit2 is not installed.

    >>> from attunement.domain.body import BodySignal
    >>> beats = np.full(400, 800.0, np.float32) + np.tile(np.float32([0, 20, -20, 10]), 100)
    >>> heart = Channel(BodySignal.RR, np.cumsum(beats) / 1e3, beats)
    >>> reading = BodyReader().read(Recording((heart,), "example"))[-1]
    >>> reading.quality > 0.9, reading.stress_p < 0.5
    (True, True)
    """

    name = "body-reader"
    version = "2"

    def __init__(self, *, models: Path | None = None, window: float = 60.0, step: float | None = None) -> None:
        self.window, self.step = window, step or window
        if not (SHORTEST <= self.window <= LONGEST and 1 <= self.step <= LONGEST):
            raise Invalid(
                ErrorCode.BAD_INPUT,
                "Windows of {window} s every {step} s cannot be read. Choose 10 to 3600 s, every 1 to 3600 s.",
                window=self.window, step=self.step,
            )  # fmt: skip
        self._models = models
        self._lock = threading.Lock()
        self._loaded: StressModel | None = None

    @property
    def model(self) -> str:
        """Name and version, as it stands in every reading."""
        return model_name(self.name, self.version, self._models)

    def load(self) -> StressModel:
        """Open the model now, so that a fault shows at start-up."""
        if self._loaded is None:
            with self._lock:
                if self._loaded is None:
                    self._loaded = load_stress_model((self._models or models_folder()) / "body" / "stress.npz")
        return self._loaded

    def read(
        self, recording: Recording, baseline: Baseline | None = None, *, rest_until: float = -inf
    ) -> list[BodyReading]:
        """One reading for each window, oldest first.

        Parameters
        ----------
        baseline:
            How the person is at rest; None to learn it from the windows so far.
        rest_until:
            Unix seconds: windows that end by then are part of that rest, and say so.
        """
        windows = measure(recording, length=self.window, step=self.step)
        return [self.read_one(situation, rest_until=rest_until) for situation in situations(windows, baseline)]

    def baseline(self, recording: Recording, *, until: float = inf) -> Baseline:
        """How the person is at rest, from the windows of a recording that end by ``until`` (unix seconds)."""
        windows = measure(recording, length=self.window, step=self.step)
        return reduce(with_window, (window for window in windows if window.end <= until), Baseline())

    def read_one(self, situation: Situation, *, rest_until: float = -inf) -> BodyReading:
        """The reading of one window in its situation."""
        window = situation.window
        centre, spread = situation.rest.centre_and_spread(self.load().others)
        arousal, sd = self._arousal(window, (window.levels - centre) / spread, len(situation.rest.rows))
        chance, more = self._stress(situation, centre, spread)
        flaws = {*window.evidence.flaws, *more, *([Flaw.IN_BASELINE] if window.end <= rest_until else [])}
        return BodyReading(
            start=datetime.fromtimestamp(window.start, UTC),
            end=datetime.fromtimestamp(window.end, UTC),
            arousal_mean=arousal,
            arousal_sd=sd,
            stress_p=chance[1] if chance else None,
            stress_range=(chance[0], chance[2]) if chance else None,
            quality=window.evidence.quality,
            features={name: None if np.isnan(x) else float(x) for name, x in window.features.items()},
            why=tuple(flaw for flaw in Flaw if flaw in flaws),
            model=self.model,
        )

    def _arousal(self, window: Window, z: Array, rested: int) -> tuple[float, float]:
        """Mean and sd; the less the evidence and the rest known, the nearer to 0.5 and 0.29 (knowing nothing)."""
        stirred = stirred_up(z)
        known = window.evidence.worth * (rested + 0.5) / (rested + 1.5)
        own = self.load().arousal_sd ** 2
        return 0.5 + known * (stirred - 0.5), sqrt(own + (NOTHING_KNOWN - own) * (1 - known))

    def _stress(self, situation: Situation, centre: Array, spread: Array) -> tuple[Chance | None, list[Flaw]]:
        """The chance of stress between the ends of its range, or None and why it can't tell."""
        evidence = situation.window.evidence
        if evidence.signals is None:
            return None, [Flaw.NO_SIGNAL]
        if not _rested(situation):
            return None, [Flaw.NO_BASELINE]
        middle, apart = self.load().log_odds(evidence.signals, situation.inputs(centre, spread))
        apart = hypot(apart, self._left_open(situation, evidence.signals, middle, centre, spread))
        low, p, high = (float(x) for x in chance_of_stress(np.array(middle), np.array(apart), evidence.worth))
        if high - low > WIDEST or evidence.quality < LEAST_QUALITY:
            return None, [Flaw.UNSURE]
        return (low, p, high), []

    def _left_open(self, situation: Situation, signals: str, middle: float, centre: Array, spread: Array) -> float:
        """Standard deviation (log-odds) between the answer and the last one of more signals; less, the longer ago.

        Where a sensor goes quiet, what it told does not end with it: a heart that is not heard is no calm one. So
        either answer may hold.
        """
        for k, earlier in reversed(tuple(enumerate(situation.before))):
            known = earlier.evidence.signals
            if known is not None and tells_less(signals, known):
                then = Situation(earlier, situation.before[:k], situation.rest).inputs(centre, spread)
                age = (situation.window.start - earlier.start) / CONTEXT_S
                return abs(middle - self.load().log_odds(known, then)[0]) / 2 * (1 - age)
        return 0.0


def chance_of_stress(middle: Array, apart: Array, worth: float) -> tuple[Array, Array, Array]:
    """The low end of the 80% range, the chance, and the high end, each (n,), from log-odds ``middle`` (n,).

    ``apart`` (n,) is how far the models lie apart, ``worth`` (0 to 1) how much the signal can tell.

    >>> [float(x.round(3)) for x in chance_of_stress(np.array(0.0), np.array(0.0), 0.5)]
    [0.345, 0.5, 0.655]
    """
    sd = np.sqrt(np.square(apart) + POOR**2 * (1 / max(worth, 1e-6) - 1))
    low, p, high = (1 / (1 + np.exp(-(middle + z * sd))) for z in (-Z80, 0.0, Z80))
    return low, p, high


def stirred_up(z: Array) -> float:
    """Where levels ``z`` (7,), in spreads of one's rest, lie among one's moments of rest (0 to 1, 0.5 is usual).

    Heart rate and skin conductance up, beat-to-beat variation down; what was not measured is left out.

    >>> stirred_up(np.zeros(7)), stirred_up(np.full(7, np.nan))
    (0.5, 0.5)
    """
    weights = np.array([AROUSAL.get(level, 0.0) for level in LEVELS]) * np.isfinite(z)
    norm = sqrt(float(weights @ weights))
    return 0.5 + erf(float(weights @ np.nan_to_num(z)) / norm / sqrt(2)) / 2 if norm else 0.5


def _rested(situation: Situation) -> bool:
    """Whether enough is known of the rest of each level that was measured and that models lean on."""
    counts, levels = situation.rest.counts(), situation.window.levels
    needed = [LEVELS.index(level) for level in ("heart_rate", "log_eda")]
    return all(counts[k] >= LEAST_REST for k in needed if np.isfinite(levels[k]))


@cache
def _shared_reader() -> BodyReader:
    return BodyReader()


def read_window(
    channels: Sequence[Channel], *, start: datetime, end: datetime, baseline: Baseline | None = None
) -> BodyReading:
    """The reading of one window of signals, such as a program sends it.

    Parameters
    ----------
    channels:
        Samples of the window and, where there are any, of up to ten minutes before it, which tell of change.
    start, end:
        The window, timezone-aware, 10 s to an hour long.
    baseline:
        How the person is at rest; None to learn it from the minutes before, where there are at least three.
    """
    first, length = start.timestamp(), (end - start).total_seconds()
    if not SHORTEST <= length <= LONGEST:
        raise Invalid(ErrorCode.BAD_SIGNAL, "The window is {length} s long. Send 10 to 3600 s.", length=length)
    cleaned = cleaned_of(Recording(tuple(channels), "window"))
    begins = [first - k * length for k in range(int(CONTEXT_S // length), -1, -1)]
    windows = [measure_window(cleaned, begin, begin + length) for begin in begins]
    return [_shared_reader().read_one(situation) for situation in situations(windows, baseline)][-1]
