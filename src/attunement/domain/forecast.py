"""What is expected of a measure at a time ahead, and how surely."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

LEVELS = tuple(round(0.05 * k, 2) for k in range(1, 20))
"""The chances at which a forecast says what the value will not exceed: 5 %, 10 %, up to 95 %."""
_CHANCES = np.array(LEVELS)
_STARTS = 33
_PARTS = np.linspace(0.0, 1.0, _STARTS)
_ASIDE = 1e-6 * np.abs(np.arange(_STARTS) - _STARTS // 2)
"""Of ranges as short as one another, the middle one is taken."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One value of a measure at one time, which knows its zone: the hour of the day matters where one lives."""

    at: datetime
    value: float


@dataclass(frozen=True, slots=True, eq=False)
class Distribution:
    """What a value may turn out to be: ``quantiles`` (19,), rising, one for each of `LEVELS`.

    ``shift`` says how much wider (above 0) or narrower intervals have to be than these quantiles, on the scale of
    log-odds of their chance, to have held what they promised so far.

    >>> even = Distribution(np.linspace(0.05, 0.95, 19))
    >>> round(even.middle, 2), [round(end, 2) for end in even.interval(0.8)]
    (0.5, [0.1, 0.9])
    """

    quantiles: NDArray[np.float64]
    shift: float = 0.0

    @property
    def middle(self) -> float:
        """The median: the one number whose distance to what comes is least on average."""
        return float(self.quantiles[len(LEVELS) // 2])

    def interval(self, share: float = 0.8) -> tuple[float, float]:
        """The shortest range that holds the value with this chance (above 0, up to 0.9).

        The shortest and not the middle one, since many scales pile up at an end: what lies at the floor half of the
        time has no tenth below it. Hyndman (1996), Computing and graphing highest density regions, Am. Stat. 50.
        """
        if not 0 < share <= 0.9:
            raise ValueError(f"share is {share}; give a chance above 0 and up to 0.9.")
        wide = min(0.9, 1 / (1 + math.exp(-(math.log(share / (1 - share)) + self.shift))))
        low = LEVELS[0] + (LEVELS[-1] - wide - LEVELS[0]) * _PARTS
        ends = np.interp(np.concatenate([low, low + wide]), _CHANCES, self.quantiles)
        best = int((ends[_STARTS:] - ends[:_STARTS] + _ASIDE).argmin())
        return float(ends[best]), float(ends[_STARTS + best])
