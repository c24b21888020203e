"""What is kept of one person's measure over time: running sums, at irregular times, and what a forecast sees of them.

Values lie between 0 and 1 (the ends of their scale) and times are in hours. An observation costs the same however
many came before.
"""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from collections import deque

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
STEP_RATES = (0.6, 0.3, 0.1)
HALF_LIVES_H = (4.0, 16.0, 80.0)
WINDOW = 256
"""Values whose quantiles are kept; older ones count in the sums alone."""
LATEST = 5
"""Values that are seen one by one; before there were as many, the first stands for those missing."""
AT = (0.1, 0.25, 0.5, 0.75, 0.9)
HOURS, WEEKDAYS = 24, 7
_HOUR_APART = np.abs((np.arange(HOURS)[:, None] - np.arange(HOURS) + 12) % 24 - 12)
_NEAR_HOUR = np.exp(-0.5 * (_HOUR_APART / 1.5) ** 2)
STEADY = (
    "mean", "sd", "few", "seen", "last", "before", "third", "fourth", "fifth", "step-fast", "step-middle", "step-slow",
    "recent-4h", "recent-16h", "recent-80h", "tie", "hour", "weekday", "q10", "q25", "q50", "q75", "q90", "lowest",
    "highest",
)  # fmt: skip
"""What a forecast sees, but for how long ago the last observation was; all but the first four are deviations."""
FLIPPED = {"q10": "q90", "q25": "q75", "q75": "q25", "q90": "q10", "lowest": "highest", "highest": "lowest"}
"""What each becomes where a scale is turned round: its partner here, else itself; deviations change their sign."""


class Trace:
    """The running summary of one measure of one person.

    Parameters
    ----------
    start:
        What is expected of somebody never seen (0 to 1): the mean of people at large.
    clock:
        Whether times tell the hour of the day and the day of the week: hours since a Monday's midnight, where one is.

    >>> trace = Trace()
    >>> trace.update(9.0, 0.5); trace.update(12.0, 1.0)
    >>> trace.n, trace.mean, trace.seen(15.0)[STEADY.index("last")]
    (2, 0.75, 0.25)
    """

    def __init__(self, *, start: float = 0.5, clock: bool = True) -> None:
        self.start = start
        self.clock = clock
        self.n = 0
        self.last_h = -math.inf
        self._total = self._squares = self._products = self._lagged = 0.0
        self._latest = deque([start] * LATEST, LATEST)
        self._steps = [start] * len(STEP_RATES)
        self._weights = [0.0] * len(HALF_LIVES_H)
        self._sums = [0.0] * len(HALF_LIVES_H)
        self._window: deque[float] = deque()
        self._sorted: list[float] = []
        self._by_hour = np.zeros((2, HOURS))
        self._by_weekday = np.zeros((2, WEEKDAYS))

    @property
    def mean(self) -> float:
        """The mean of all values; of people at large where none was seen."""
        return self._total / self.n if self.n else self.start

    def update(self, at_h: float, value: float, *, local_h: float | None = None) -> None:
        """See one more value, at a time not before the last; ``local_h`` is the same time where the person is."""
        if self.n:
            self._tie(value)
            self._fade(at_h - self.last_h)
        self._count(at_h if local_h is None else local_h, value)
        self.n += 1
        self._total += value
        self._squares += value * value
        self._latest.extendleft([value] * (1 if self.n > 1 else LATEST))
        self._steps = (
            [s + rate * (value - s) for s, rate in zip(self._steps, STEP_RATES, strict=True)]
            if self.n > 1
            else [value] * len(STEP_RATES)
        )
        self._weights = [w + 1 for w in self._weights]
        self._sums = [s + value for s in self._sums]
        self.last_h = at_h

    def rescale(self, factor: float, offset: float) -> None:
        """Take every value to have been ``factor·value + offset``, ``factor`` above 0; a long life costs no more."""

        def moved(values: list[float]) -> list[float]:
            return [factor * value + offset for value in values]

        self._squares = factor**2 * self._squares + 2 * factor * offset * self._total + offset**2 * self.n
        self._total = factor * self._total + offset * self.n
        self._products, self._lagged = factor**2 * self._products, factor**2 * self._lagged
        self.start = factor * self.start + offset
        self._steps, self._sorted = moved(self._steps), moved(self._sorted)
        self._latest = deque(moved(list(self._latest)), LATEST)
        self._window = deque(moved(list(self._window)))
        self._sums = [factor * s + offset * w for s, w in zip(self._sums, self._weights, strict=True)]
        for kept in (self._by_hour, self._by_weekday):
            kept[1] = factor * kept[1] + offset * kept[0]

    def seen(self, local_h: float) -> list[float]:
        """What a forecast for a time, told as it is where the person is, sees; in the order of `STEADY`."""
        mean, n = self.mean, self.n
        if not n:
            return [mean, 0.0, 1.0, 0.0, *([0.0] * (len(STEADY) - 4))]
        latest = [value - mean for value in self._latest]
        recent = [(s - w * mean) / (w + 0.5) for s, w in zip(self._sums, self._weights, strict=True)]
        hour, weekday = self._rhythm(local_h, mean)
        ordered, top = self._sorted, len(self._sorted)
        return [
            mean, math.sqrt(max(0.0, self._squares / n - mean * mean)), 1 / (1 + n), n / (n + 20),
            *latest, *(s - mean for s in self._steps), *recent, self.tie * latest[0], hour, weekday,
            *(_quantile(ordered, q) - mean for q in AT),
            bisect_left(ordered, ordered[0] + 1e-9) / top, 1 - bisect_left(ordered, ordered[-1] - 1e-9) / top,
        ]  # fmt: skip

    @property
    def tie(self) -> float:
        """How closely a value follows the one before: lag-one autocorrelation, shrunken while few were seen."""
        return max(-1.0, min(1.0, self._products / (self._lagged + 0.2))) if self.n > 1 else 0.0

    def _tie(self, value: float) -> None:
        mean = self.mean
        self._products += (value - mean) * (self._latest[0] - mean)
        self._lagged += (self._latest[0] - mean) ** 2

    def _fade(self, hours: float) -> None:
        kept = [0.5 ** (hours / half) for half in HALF_LIVES_H]
        self._weights = [w * k for w, k in zip(self._weights, kept, strict=True)]
        self._sums = [s * k for s, k in zip(self._sums, kept, strict=True)]

    def _count(self, local_h: float, value: float) -> None:
        self._window.append(value)
        insort(self._sorted, value)
        if len(self._window) > WINDOW:
            del self._sorted[bisect_left(self._sorted, self._window.popleft())]
        if self.clock:
            self._by_hour[:, int(local_h % 24)] += (1.0, value)
            self._by_weekday[:, int(local_h // 24 % 7)] += (1.0, value)

    def _rhythm(self, local_h: float, mean: float) -> tuple[float, float]:
        """How far the person's values about this hour, and on this day of the week, lie from their mean; shrunken."""
        if not self.clock:
            return 0.0, 0.0
        n, total = self._by_hour @ _NEAR_HOUR[int(local_h % 24)]
        day_n, day_total = self._by_weekday[:, int(local_h // 24 % 7)]
        return float((total - n * mean) / (n + 2)), float((day_total - day_n * mean) / (day_n + 3))


def _quantile(ordered: list[float], q: float) -> float:
    """By linear interpolation between neighbours."""
    place = q * (len(ordered) - 1)
    low = int(place)
    part = place - low
    return ordered[low] if part == 0 else ordered[low] * (1 - part) + ordered[low + 1] * part
