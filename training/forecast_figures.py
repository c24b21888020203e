"""How good forecasts are: one step ahead, person by person, against what is simple and strong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from attunement.foresight.forecast_model import ForecastModel
from attunement.foresight.forecaster import AffectForecaster
from training.esm_data import Item

Array = NDArray[np.float64]
PROMISED = 0.8


@dataclass(frozen=True, slots=True)
class Followed:
    """One item, row by row from each person's second value on.

    ``error``, ``baseline`` and ``width`` (n,) are in shares of the scale; ``held`` says whether the 80 % interval did;
    ``days`` is how long the person had been followed, ``person`` (n,) who it is.
    """

    item: Item
    error: Array
    baseline: Array
    held: NDArray[np.bool_]
    width: Array
    days: Array
    person: NDArray[np.int64]

    @property
    def ratio(self) -> float:
        """Mean absolute error over that of the baseline."""
        return float(self.error.mean() / self.baseline.mean())


def follow(item: Item, model: ForecastModel | None = None) -> Followed:
    """Forecast every value of every person of an item from their earlier ones."""
    rows = [_rows(hours.tolist(), values.tolist(), item.mean, k, model)
            for k, (hours, values) in enumerate((p.hours, p.values) for p in item.people)]  # fmt: skip
    table = np.array([row for person in rows for row in person])
    error, held, width, days, person, mean, last, value = table.T
    phi = float((last - mean) @ (value - mean) / ((last - mean) @ (last - mean) + 1e-12))
    baseline = np.abs(mean + phi * (last - mean) - value)
    return Followed(item, error, baseline, held > 0, width, days, person.astype(int))


def _rows(
    hours: Sequence[float], values: Sequence[float], start: float, person: int, model: ForecastModel | None
) -> list[tuple[float, ...]]:
    forecaster = AffectForecaster(low=0, high=1, start=start, model=model)
    rows, total = [], 0.0
    for k, (at, value) in enumerate(zip(hours, values, strict=True)):
        if k:
            ahead = forecaster.ahead(at)
            low, high = ahead.interval(PROMISED)
            held = low - 1e-9 <= value <= high + 1e-9
            rows.append((abs(ahead.middle - value), held, high - low, (at - hours[0]) / 24, person, total / k,
                         values[k - 1], value))  # fmt: skip
        forecaster.see(at, value)
        total += value
    return rows
