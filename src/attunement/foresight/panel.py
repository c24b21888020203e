"""Forecasts every row of a table of people's ratings, from earlier rows only."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, pairwise
from statistics import median

from attunement.foresight.earlier import Known, known_before
from attunement.foresight.forecaster import PROMISED, AffectForecaster
from attunement.foresight.lesson import Array, Example
from attunement.foresight.lessons_by_day import LessonsByDay

STEP_H = 4.0
EPOCH = 1e8


class Unit(StrEnum):
    """What a number in a column of times counts."""

    HOURS = "hours"
    DAYS = "days"
    SECONDS = "seconds"
    STEPS = "steps"
    """An order only: which came first, and nothing about the clock."""


HOURS_IN = {Unit.HOURS: 1.0, Unit.DAYS: 24.0, Unit.SECONDS: 1 / 3600, Unit.STEPS: STEP_H}


@dataclass(frozen=True, slots=True)
class Row:
    """One rating of one person; ``value`` None where none was given, which is forecast all the same.

    ``local_h`` is the time by the clock where the person is, in hours since a Monday's midnight, where it is another.
    """

    person: str
    time: float
    value: float | None
    local_h: float | None = None


@dataclass(frozen=True, slots=True)
class Ahead:
    """What was expected of a row: the middle (median), and a range that holds it in 8 of 10 cases.

    ``rows`` says how many earlier values of the person it rests on; with none, on what other people told before.
    """

    middle: float
    low: float
    high: float
    rows: int


def forecast_rows(
    rows: Sequence[Row], *, unit: Unit = Unit.HOURS, low: float | None = None, high: float | None = None
) -> list[Ahead]:
    """One step ahead for each row, in the order of the rows.

    A row's forecast rests on the person's own values at earlier times, and, for what to expect of somebody new, how far
    the scale reaches and where the network errs among these people (`Lesson`), on other people's rows that stand above
    it *and* are earlier; of an earlier day, for the last.

    Parameters
    ----------
    unit:
        What ``time`` counts.
    low, high:
        The ends of the scale; by default the least and the greatest value there was before each row.

    >>> rows = [Row("a", hour, 4.0) for hour in (9.0, 15.0, 33.0)]
    >>> [ahead.rows for ahead in forecast_rows(rows, low=1, high=5)]
    [0, 1, 2]
    """
    hours = [row.time * HOURS_IN[unit] for row in rows]
    before = known_before(hours, [row.value for row in rows])
    found: list[Ahead | None] = [None] * len(rows)
    people: dict[str, _Followed] = {}
    lessons = LessonsByDay()
    for place, all_above in _in_order(rows, hours):
        row, at_h = rows[place], hours[place]
        followed = people.setdefault(row.person, _Followed(clock=unit is not Unit.STEPS, low=low, high=high))
        day = math.floor(at_h / 24)
        found[place] = followed.ahead(row, at_h, before[place], lessons.before(day) if all_above else None)
        if row.value is not None:
            if followed.known:
                lessons.see(day, followed.example(row, at_h, row.value))
            followed.see(row, at_h, row.value)
    return [ahead for ahead in found if ahead is not None]


def _in_order(rows: Sequence[Row], hours: Sequence[float]) -> Iterator[tuple[int, bool]]:
    """The places of rows, each person's in order of time, and whether all of theirs up to then stand above.

    A row that rests on rows of its person further down comes as late as the last of them, so that nothing taught by it
    reaches a row above those.
    """
    theirs: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        theirs.setdefault(row.person, []).append(place)
    order = []
    for places in theirs.values():
        places.sort(key=hours.__getitem__)
        order += [(last, k, place) for k, (place, last) in enumerate(zip(places, accumulate(places, max), strict=True))]
    return ((place, place == last) for last, _, place in sorted(order))


def unit_of(rows: Iterable[Row]) -> Unit:
    """What the times probably count, by how far apart they are: told from times alone.

    Very large numbers are seconds since 1970. Whole numbers mostly one apart are steps. Of the others, those mostly
    less than three quarters apart are days and their parts, else hours.
    """
    times: dict[str, list[float]] = {}
    for row in rows:
        times.setdefault(row.person, []).append(row.time)
    gaps = [b - a for theirs in times.values() for a, b in pairwise(sorted(theirs)) if b > a]
    every = [time for theirs in times.values() for time in theirs]
    if min(map(abs, every), default=0.0) > EPOCH:
        return Unit.SECONDS
    usual = median(gaps) if gaps else 1.0
    if all(time.is_integer() for time in every) and usual <= 1:
        return Unit.STEPS
    return Unit.DAYS if usual < 0.75 else Unit.HOURS


class _Followed:
    """One person, whose scale may turn out to reach further than was known."""

    def __init__(self, *, clock: bool, low: float | None, high: float | None) -> None:
        self._clock, self._low, self._high = clock, low, high
        self._own = Known()
        self._forecaster: AffectForecaster | None = None

    @property
    def known(self) -> bool:
        """Whether anything was seen of the person."""
        return self._own.n > 0

    def ahead(self, row: Row, at_h: float, others: Known, lesson: Array | None) -> Ahead:
        forecaster = self._on_scale(others + self._own, others)
        forecaster.lesson = lesson
        distribution = forecaster.ahead(at_h, local_h=row.local_h)
        return Ahead(distribution.middle, *distribution.interval(PROMISED), forecaster.n)

    def example(self, row: Row, at_h: float, value: float) -> Example:
        """What the value of a row, forecast just now, teaches about other people."""
        assert self._forecaster is not None
        return self._forecaster.example(at_h, value, local_h=row.local_h)

    def see(self, row: Row, at_h: float, value: float) -> None:
        self._own += Known(1, value, value, value)
        assert self._forecaster is not None  # a row is forecast before it is seen
        self._forecaster.see(at_h, value, local_h=row.local_h)

    def _on_scale(self, known: Known, others: Known) -> AffectForecaster:
        low, high = self._scale(known)
        if self._forecaster is None or not self._forecaster.n:
            start = min(high, max(low, others.total / others.n)) if others.n else None
            self._forecaster = AffectForecaster(low=low, high=high, start=start, clock=self._clock)
        elif (self._forecaster.low, self._forecaster.high) != (low, high):
            self._forecaster.rescale(low, high)
        return self._forecaster

    def _scale(self, known: Known) -> tuple[float, float]:
        low = known.low if self._low is None else self._low
        high = known.high if self._high is None else self._high
        if low < high:
            return low, high
        return (0.0, 1.0) if not known.n else (low - 0.5, low + 0.5)
