"""What was only read, from words or from the body, weighed against what was expected of the person at that time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from attunement.domain.forecast import Distribution, Observation
from attunement.foresight.forecaster import AffectForecaster

DEVIATIONS = 2.563
"""How many standard deviations the middle 80 % of a normal distribution are wide."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One value of a measure from -1 to 1: told by the person (``sd`` None), or read with a standard deviation."""

    at: datetime
    value: float
    sd: float | None = None

    @property
    def told(self) -> bool:
        """Whether it is the person's own word."""
        return self.sd is None


def followed(
    sightings: Iterable[Sighting], *, fewest: int = 0, lesson: NDArray[np.float64] | None = None
) -> AffectForecaster:
    """A forecaster that saw these in order of time; what was read counts from ``fewest`` values on, as `fused`.

    ``lesson`` is what other people taught it, where they did.

    >>> from datetime import UTC, timedelta
    >>> nine = datetime(2026, 5, 4, 9, tzinfo=UTC)
    >>> told = [Sighting(nine + timedelta(hours=4 * k), 0.5) for k in range(6)]
    >>> read = Sighting(nine + timedelta(hours=24), -0.5, 0.6)
    >>> round(followed([*told, read]).predict(nine + timedelta(hours=25)).middle, 1)
    0.5
    """
    forecaster = AffectForecaster(low=-1, high=1, lesson=lesson)
    for one in sightings:
        if one.sd is None:
            forecaster.update(Observation(one.at, one.value))
        elif forecaster.n >= fewest:
            forecaster.update(Observation(one.at, fused(one.value, one.sd, forecaster.predict(one.at))))
    return forecaster


def fused(read: float, sd: float, expected: Distribution) -> float:
    """The reading pulled to what was expected, each weighted by its precision: ``(r/s² + m/e²) / (1/s² + 1/e²)``.

    Parameters
    ----------
    read, sd:
        What was read, and its standard deviation (above 0), on the forecast's scale.
    expected:
        What was forecast for the time it was read; its deviation e is taken from the width of its 80 % range.

    >>> import numpy as np
    >>> steady = Distribution(np.linspace(0.45, 0.55, 19))
    >>> round(fused(-0.5, 0.6, steady), 2)
    0.5

    Kalman (1960), A new approach to linear filtering and prediction problems, J. Basic Eng. 82.
    """
    low, high = expected.interval(0.8)
    spread = max(1e-6, (high - low) / DEVIATIONS)
    return (read / sd**2 + expected.middle / spread**2) / (1 / sd**2 + 1 / spread**2)
