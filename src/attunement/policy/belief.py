"""What a linear policy believes of one person."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Belief:
    """What is believed of a person's coefficients: ``mean`` (d,), and ``spread`` (d, d) whose covariance is
    ``spread @ spread.T``; ``everybody`` is the mean of people's at large (d,).
    """

    mean: Array
    spread: Array
    everybody: Array

    @cached_property
    def rough(self) -> NDArray[np.float32]:
        """`spread` in float32, which draws are made in."""
        return self.spread.astype(np.float32)

    @cached_property
    def own(self) -> Array:
        """How far the person's mean lies from everybody's (d,)."""
        return np.asarray(self.mean - self.everybody)

    @classmethod
    def of(cls, precision: Array, shift: Array, everybody: Array | None = None) -> Belief:
        """The normal distribution with this precision (d, d) and precision times mean (d,).

        Without ``everybody``, people are taken to be all alike.
        """
        spread = np.linalg.inv(np.linalg.cholesky(precision)).T
        mean = spread @ (spread.T @ shift)
        return cls(mean, spread, mean if everybody is None else everybody)
