"""Tells the unit of a signal by its range, and converts to the unit its kind implies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from attunement.domain.body import BodySignal

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit whose typical values lie in ``low`` to ``high``; ``value * scale + offset`` is in the implied unit."""

    low: float
    high: float
    scale: float = 1.0
    offset: float = 0.0


UNITS = {
    BodySignal.RR: (Unit(250, 2500), Unit(0.25, 2.5, 1e3), Unit(250e3, 2500e3, 1e-3)),
    BodySignal.HEART_RATE: (Unit(25, 240), Unit(0.42, 4, 60)),
    BodySignal.EDA: (Unit(0.01, 100), Unit(100, 100e3, 1e-3), Unit(1e-8, 1e-4, 1e6)),
    BodySignal.TEMPERATURE: (Unit(10, 48), Unit(48, 120, 5 / 9, -160 / 9), Unit(280, 325, 1, -273.15)),
}
"""The implied unit first: ms, 1/min, microsiemens, °C. Then s and µs; Hz; nS and S; °F and K."""


def in_units(kind: BodySignal, values: Array) -> tuple[Array, bool]:
    """Values in the unit the kind implies, told by where most of them lie, and whether they were converted.

    Where no unit fits, they are given back as they came; what lies out of range is left out later.

    >>> in_units(BodySignal.RR, np.array([0.5, 1.0]))
    (array([ 500., 1000.]), True)
    >>> in_units(BodySignal.TEMPERATURE, np.array([32.5]))
    (array([32.5]), False)
    """
    known = values[np.isfinite(values) & (values > 0)]
    if kind not in UNITS or not known.size:
        return values, False
    middle = float(np.median(known))
    unit = next((unit for unit in UNITS[kind] if unit.low <= middle <= unit.high), UNITS[kind][0])
    return values * unit.scale + unit.offset, unit != UNITS[kind][0]
