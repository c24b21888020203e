"""Forecasts one measure of one person, hours to days ahead, and learns with every value."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from attunement.domain.errors import ErrorCode, Invalid
from attunement.domain.forecast import Distribution, Observation
from attunement.foresight.forecast_model import ForecastModel, shipped_model, with_median
from attunement.foresight.lesson import Example
from attunement.foresight.trace import Trace

PROMISED = 0.8
STEP = 0.05
NEAR = 1e-3
"""A miss by less than this share of the scale is none: who always says the same is not to be expected ever wider."""
MONDAY = datetime(1970, 1, 5)  # noqa: DTZ001 (a wall clock on purpose)
H = 3600.0
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """The last forecast: what for, what was said, and what it was made of."""

    at: tuple[float, float | None]
    lesson: Array | None
    said: Distribution
    basis: Array
    untaught: float
    """The model's own median, 0 to 1."""


class AffectForecaster:
    """The forecast of one measure of one person, from their own values and what was learned from other people's.

    A `Trace` sums up the values; a small model (`ForecastModel`) turns it into quantiles; and after each value the
    width of intervals is moved a little, so that those of this person hold what they promise.

    Parameters
    ----------
    low, high:
        The ends of the scale; values beyond are refused.
    start:
        What is expected of somebody never seen; by default the middle of the scale.
    clock:
        False where times are only an order and tell neither hour nor weekday.
    model:
        By default the one that ships.
    lesson:
        What `Lesson` learned from other people of the same programme; it moves the median. May be set anew.

    >>> from datetime import UTC, timedelta
    >>> monday = datetime(2026, 5, 4, 9, tzinfo=UTC)
    >>> mood = AffectForecaster(low=-1, high=1)
    >>> for day in range(14):
    ...     mood.update(Observation(monday + timedelta(days=day), 0.6))
    >>> tomorrow = mood.predict(monday + timedelta(days=15))
    >>> low, high = tomorrow.interval(0.8)
    >>> abs(tomorrow.middle - 0.6) < 0.1, low <= 0.6 <= high
    (True, True)

    Gibbs & Candès (2021), Adaptive conformal inference under distribution shift, NeurIPS, arXiv:2106.00170.
    """

    name = "trace-model"

    def __init__(
        self, *, low: float = -1.0, high: float = 1.0, start: float | None = None, clock: bool = True,
        model: ForecastModel | None = None, lesson: Array | None = None,
    ) -> None:  # fmt: skip
        if not (math.isfinite(low) and math.isfinite(high) and low < high):
            raise ValueError(f"low is {low} and high {high}; give two numbers, the lower first.")
        self.low, self.high = low, high
        self._model = model or shipped_model()
        self.version = self._model.version
        self._trace = Trace(start=0.5 if start is None else self._unit(start), clock=clock)
        self._shift = 0.0
        self.lesson = lesson
        self._asked: _Asked | None = None

    @classmethod
    def for_checks(cls) -> Iterator[AffectForecaster]:
        """What `attunement.checks` looks at."""
        yield cls()

    @property
    def n(self) -> int:
        """How many values were seen."""
        return self._trace.n

    def update(self, observation: Observation) -> None:
        """See one more value.

        Raises `Invalid` (``bad-input``) for a value that is no number or lies beyond the scale, and (``bad-time``) for
        a time without a zone or before the last; nothing is changed then.
        """
        value = observation.value
        if not (math.isfinite(value) and self.low <= value <= self.high):
            raise Invalid(
                ErrorCode.BAD_INPUT, "The value {value} is not on the scale from {low} to {high}.",
                value=value, low=self.low, high=self.high,
            )  # fmt: skip
        hours, local = _hours(observation.at)
        self.see(hours, value, local_h=local)

    def predict(self, at: datetime) -> Distribution:
        """What is expected at a time not before the last value's; raises `Invalid` (``bad-time``) else."""
        hours, local = _hours(at)
        return self.ahead(hours, local_h=local)

    def example_of(self, observation: Observation) -> Example:
        """What a value that is about to be seen teaches about other people."""
        hours, local = _hours(observation.at)
        return self.example(hours, observation.value, local_h=local)

    def see(self, at_h: float, value: float, *, local_h: float | None = None) -> None:
        """`update`, at a time in hours from any beginning; ``local_h`` is the same time where the person is."""
        if self.n:
            low, high = self.ahead(at_h, local_h=local_h).interval(PROMISED)
            near = NEAR * (self.high - self.low)
            held = low - near <= value <= high + near
            self._shift += STEP * (PROMISED - held)
        self._trace.update(at_h, self._unit(value), local_h=local_h)
        self._asked = None

    def ahead(self, at_h: float, *, local_h: float | None = None) -> Distribution:
        """`predict`, at a time in hours from the same beginning."""
        return self._ask(at_h, local_h).said

    def example(self, at_h: float, value: float, *, local_h: float | None = None) -> Example:
        """`example_of`, at a time in hours from the same beginning."""
        asked = self._ask(at_h, local_h)
        unit = self._unit(value)
        return Example(asked.basis, unit - asked.untaught, unit - self._unit(asked.said.middle))

    def rescale(self, low: float, high: float) -> None:
        """Take the scale to reach from ``low`` to ``high`` instead; what was seen stays as it is."""
        old, new = self.high - self.low, high - low
        self._trace.rescale(old / new, (self.low - low) / new)
        self.low, self.high, self._asked = low, high, None

    def _ask(self, at_h: float, local_h: float | None) -> _Asked:
        kept = self._asked
        if kept is not None and kept.at == (at_h, local_h) and kept.lesson is self.lesson:
            return kept
        gap = at_h - self._trace.last_h
        if gap < 0:
            raise Invalid(
                ErrorCode.BAD_TIME, "A forecast looks ahead, and values come in order of time. Sort them by time first."
            )
        unit, basis = self._model.looked(self._trace.seen(at_h if local_h is None else local_h), gap)
        untaught = float(unit[len(unit) // 2])
        if self.lesson is not None and self.n:
            unit = with_median(unit, untaught + float(self.lesson @ basis))
        said = Distribution(self.low + (self.high - self.low) * unit, self._shift)
        self._asked = _Asked((at_h, local_h), self.lesson, said, basis, untaught)
        return self._asked

    def _unit(self, value: float) -> float:
        return (value - self.low) / (self.high - self.low)


def _hours(at: datetime) -> tuple[float, float]:
    """Hours since 1970, and hours since a Monday's midnight by the wall clock of the time's own zone."""
    if at.tzinfo is None:
        raise Invalid(ErrorCode.BAD_TIME, "The time has no zone. Give it one, such as +02:00.")
    return at.timestamp() / H, (at.replace(tzinfo=None) - MONDAY).total_seconds() / H
