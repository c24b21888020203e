"""Measures the reading of body signals on people who were left out of the training."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from attunement.domain.body import BodySignal, Flaw
from attunement.reading.body.baseline import Baseline, Population
from attunement.reading.body.features import LEVELS
from attunement.reading.body.inputs import FARTHEST
from attunement.reading.body.reader import WIDEST, BodyReader, chance_of_stress, stirred_up
from attunement.reading.body.stress_model import StressModel, save_stress_model
from training.body_data import Person, Windows, sam_arousal, wesad
from training.body_forests import REST_S, Rows, fit, grow
from training.measures import Measured, auc, calibration_error

Array = NDArray[np.float64]
Row = tuple[float, float, str]
FOLDS, ROUNDS, SEED = 5, 500, 20261124
RR, RATE, EDA, WARMTH = BodySignal.RR, BodySignal.HEART_RATE, BodySignal.EDA, BodySignal.TEMPERATURE
DEVICES = {
    "all": (RR, RATE, EDA, WARMTH), "rate and skin": (RATE, EDA, WARMTH), "skin": (EDA, WARMTH), "beats": (RR,),
    "rate": (RATE,),
}  # fmt: skip
RESTS = ("so far", "first 8 min")
REST, STRESS, AMUSEMENT = 1, 2, 3
SHARE_OF_STRESS = 1 / 3
"""What a window it can't tell is scored as: it says nothing."""
CHEST_WORTH = 0.94
"""Evidence of heart and skin without gaps, as chest electrodes give it."""


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """Windows of people left out: ``y`` (n,) 0 or 1, chance ``p`` (n,), ``person`` (n,), ``told`` (n,) if it can."""

    y: Array
    p: Array
    person: NDArray[np.str_]
    told: NDArray[np.bool_]

    def auc(self, *, told: bool = False) -> Measured:
        """The chance that a window of stress scores above one of none, over all windows or those it can tell."""
        return self.over_people(auc, self.told if told else np.ones(len(self.y), bool))

    def calibration_error(self) -> float:
        """Expected calibration error in ten bins, over windows it can tell."""
        return calibration_error(self.y[self.told, None], self.p[self.told, None], 10)

    def cant_tell_share(self) -> float:
        """The share of windows it can't tell."""
        return float(1 - self.told.mean())

    def over_people(self, what: Callable[[Array, Array], float], counted: NDArray[np.bool_]) -> Measured:
        """``what(y, p)`` over counted windows, and the 95% bootstrap interval over people."""
        people, rng = np.unique(self.person), np.random.default_rng(SEED)
        rows = [np.flatnonzero(counted & (self.person == name)) for name in people]
        drawn = []
        for _ in range(ROUNDS):
            chosen = np.concatenate([rows[k] for k in rng.integers(0, len(people), len(people))])
            drawn.append(what(self.y[chosen], self.p[chosen]))
        low, high = np.nanpercentile(drawn, [2.5, 97.5])
        return Measured(what(self.y[counted], self.p[counted]), float(low), float(high))


def stress_predict_held_out(
    people: Sequence[Person], *, folds: int = FOLDS, devices: Sequence[str] = tuple(DEVICES)
) -> dict[tuple[str, str], Scored]:
    """Windows by device and by rest: ``so far`` (all windows) or ``first 8 min`` (the windows after).

    Each fifth of the people is read by a model of the others, by the very reader that ships.
    """
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for fold in np.array_split(np.random.default_rng(SEED).permutation(len(people)), folds):
        model = fit([person for k, person in enumerate(people) if k not in fold], "held-out")
        with reader_of(model) as reader:
            for person in (people[k] for k in fold):
                for device, rest in product(devices, RESTS):
                    found[device, rest] += _read(reader, person, device, rest)
    return {key: _scored(rows) for key, rows in found.items()}


@contextmanager
def reader_of(model: StressModel) -> Iterator[BodyReader]:
    """The reader with another model, read from a file as the shipped one is."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "body").mkdir()
        save_stress_model(Path(folder) / "body" / "stress.npz", model)
        yield BodyReader(models=Path(folder))


def _scored(rows: Sequence[Row]) -> Scored:
    y, p, person = (np.array(column) for column in zip(*rows, strict=True))
    told = np.isfinite(p)
    return Scored(y, np.where(told, p, SHARE_OF_STRESS), person, told)


def _read(reader: BodyReader, person: Person, device: str, rest: str) -> list[Row]:
    recording = person.only(*DEVICES[device])
    baseline, until = None, -np.inf
    if rest != RESTS[0]:
        until = min(float(c.times.min()) for c in recording.channels) // 1 + REST_S
        baseline = reader.baseline(recording, until=until)
    scored = []
    for reading in reader.read(recording, baseline, rest_until=until):
        y = person.stressed(reading.start.timestamp(), reading.end.timestamp())
        if y is not None and Flaw.IN_BASELINE not in reading.why:
            scored.append((y, np.nan if reading.stress_p is None else reading.stress_p, person.name))
    return scored


def wesad_held_out(data: Path, *, apart: bool = False) -> Scored:
    """Stress against rest and amusement, one person left out at a time, 60 s of chest ECG and skin conductance.

    The left-out person's rest is known from their windows of rest and nothing else; with ``apart``, from the first
    half of these, and only the others are scored.
    """
    windows = wesad(data)
    x, stress = _logs(windows.x), (windows.label == STRESS).astype(float)
    p, told, scored = np.full(len(x), np.nan), np.zeros(len(x), bool), np.zeros(len(x), bool)
    for name in np.unique(windows.person):
        left_out = windows.person == name
        z, used = _against_rest(windows, x, _population(windows, x, ~left_out), apart=apart)
        counted = (windows.label <= AMUSEMENT) & ~used
        learned = counted & ~left_out
        forest = grow(Rows(z[learned], stress[learned], windows.person[learned]), least_leaf=5)
        low, p[left_out], high = chance_of_stress(*forest.log_odds(z[left_out]), CHEST_WORTH)
        told[left_out] = high - low <= WIDEST
        scored |= counted & left_out
    return Scored(stress[scored], p[scored], windows.person[scored], told[scored])


def _logs(x: Array) -> Array:
    """Logarithms of what is always positive: its spread grows with its level."""
    return np.where((x > 0).mean(axis=0) > 0.98, np.log(np.maximum(x, 1e-6)), x)


def _against_rest(
    windows: Windows, x: Array, others: Population, *, apart: bool = False
) -> tuple[Array, NDArray[np.bool_]]:
    """Every window in spreads of the person's own rest, and which windows must not be scored for it."""
    z, used = np.zeros_like(x), np.zeros(len(x), bool)
    for name in np.unique(windows.person):
        rest = np.flatnonzero((windows.person == name) & (windows.label == REST))
        rest = rest[: len(rest) // 2] if apart else rest
        used[rest] = apart
        centre, spread = Baseline(x[rest]).centre_and_spread(others)
        own = windows.person == name
        z[own] = np.clip((x[own] - centre) / spread, -FARTHEST, FARTHEST)
    return z, used


def _population(windows: Windows, x: Array, among: NDArray[np.bool_]) -> Population:
    rests = [x[(windows.person == name) & (windows.label == REST)] for name in np.unique(windows.person[among])]
    quartiles = np.stack([np.quantile(rest, (0.25, 0.5, 0.75), axis=0) for rest in rests])
    low, middle, high = np.quantile(quartiles[:, 1], (0.25, 0.5, 0.75), axis=0)
    within = np.median(quartiles[:, 2] - quartiles[:, 0], axis=0) / 1.349
    return Population(middle, (high - low) / 1.349 + 1e-9, within + 1e-9)


def sam_correlation(data: Path) -> Measured:
    """How arousal goes with what people said (Self-Assessment Manikin), within people, over rest, stress, amusement."""
    windows, said = wesad(data), sam_arousal(data)
    x = np.full((len(windows.x), len(LEVELS)), np.nan)
    columns = {"log_rmssd": "ECG_HRV_RMSSD", "log_eda": "EDA_wavelet_mean_cA3", "log_scr": "EDA_wavelet_range_cA3"}
    x[:, LEVELS.index("heart_rate")] = windows.column("ECG_HRV_Heart_rate")
    for level, column in columns.items():
        x[:, LEVELS.index(level)] = np.log(np.maximum(windows.column(column), 1e-3))
    used = np.isfinite(x).all(axis=0)
    z = np.full_like(x, np.nan)
    z[:, used] = _against_rest(windows, x[:, used], _population(windows, x[:, used], np.ones(len(x), bool)))[0]
    arousal = np.array([stirred_up(row) for row in z])
    pairs = []
    for name in np.unique(windows.person):
        mean = [arousal[(windows.person == name) & (windows.label == k)].mean() for k in (REST, STRESS, AMUSEMENT)]
        told = [said[name, k] for k in (REST, STRESS, AMUSEMENT)]
        pairs.append(np.stack([mean - np.mean(mean), told - np.mean(told)]))
    rng = np.random.default_rng(SEED)
    draws = (rng.integers(0, len(pairs), len(pairs)) for _ in range(ROUNDS))
    drawn = [np.corrcoef(np.hstack([pairs[k] for k in draw]))[0, 1] for draw in draws]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Measured(float(np.corrcoef(np.hstack(pairs))[0, 1]), float(low), float(high))
