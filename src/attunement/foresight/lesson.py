"""What other people's values teach about where the shipped model's median lies off, for people like them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
FEWEST = 200
"""Examples below which nothing is taught: a handful of people says little about others."""
CLOSE = 0.01
"""Misses below this share of the scale all count alike."""
DOUBT = 100.0


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """One value that came: what the model made of the person before it, and how far it was out.

    ``basis`` (d,) is that of `ForecastModel.looked`; ``missed`` the value less the model's own median, ``error`` less
    what was said in the end; both as shares of the scale.
    """

    basis: Array
    missed: float
    error: float


class Lesson:
    """A ridge on what the model's median is made of, learned from sums, so that any two can be added.

    The model was learned elsewhere; a programme's own people and scale differ a little. So a correction
    ``b·basis`` of its median is learned from their values: the one that makes ``Σ w (missed - b·basis)² + λ Σ v b²``
    least, with v the variance of each column and no penalty on the first, which is 1. The weights
    ``w = c / (|error| + c)`` make squares count as absolute errors do: a median is what is asked for.

    >>> lesson = Lesson()
    >>> for k in range(400):
    ...     lesson.see([Example(np.array([1.0, k % 2]), 0.1 * (k % 2), 0.0)])
    >>> lesson.learned().round(2).tolist()
    [0.01, 0.08]

    Hoerl & Kennard (1970), Ridge regression, Technometrics 12; Schlossmacher (1973), An iterative technique for
    absolute deviations curve fitting, JASA 68.
    """

    def __init__(self) -> None:
        self.n = 0
        self._products: Array = np.zeros((0, 0))
        self._targets: Array = np.zeros(0)

    def see(self, examples: list[Example]) -> None:
        """Learn from one or more values, in any order."""
        basis = np.array([example.basis for example in examples])
        missed, error = np.array([(example.missed, example.error) for example in examples]).T
        weighted = basis.T * (CLOSE / (np.abs(error) + CLOSE))
        self._take(len(examples), weighted @ basis, weighted @ missed)

    def add(self, other: Lesson) -> None:
        """Learn all the other did."""
        if other.n:
            self._take(other.n, other._products, other._targets)

    def learned(self) -> Array | None:
        """The correction ``b`` (d,); None before `FEWEST` values."""
        if self.n < FEWEST:
            return None
        total = self._products[0, 0]
        mean = self._products[0] / total
        variance = np.maximum(self._products.diagonal() / total - mean**2, 0.0) + 1e-6
        variance[0] = 0.0
        return np.asarray(np.linalg.solve(self._products + np.diag(DOUBT * variance), self._targets))

    def _take(self, n: int, products: Array, targets: Array) -> None:
        self._products = self._products + products if self.n else products
        self._targets = self._targets + targets if self.n else targets
        self.n += n


def fitted(examples: list[Example], *, rounds: int = 4) -> Array | None:
    """The correction learned from many values at once, over and over, each time weighted by the errors it leaves."""
    learned: Array | None = None
    for _ in range(rounds):
        lesson = Lesson()
        lesson.see(examples)
        learned = lesson.learned()
        if learned is None:
            return None
        examples = [Example(e.basis, e.missed, e.missed - float(learned @ e.basis)) for e in examples]
    return learned
