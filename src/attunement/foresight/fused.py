"""A mood that was only read from words, weighed against what was expected of the person at that time."""

from __future__ import annotations

from attunement.domain.forecast import Distribution

DEVIATIONS = 2.563
"""How many standard deviations the middle 80 % of a normal distribution are wide."""


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
