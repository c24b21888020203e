"""What many people's outcomes tell of people at large: the sums of a hierarchical linear model.

Person i's reward is ``x·θᵢ + e`` with ``θᵢ ~ N(β, D)``, ``β ~ N(m₀, S₀)`` and ``e ~ N(0, σ²)``. Of the data X, y of a
person only ``C = Xᵀ V⁻¹ X`` and ``c = Xᵀ V⁻¹ y`` with ``V = σ²I + X D Xᵀ`` bear on β, and they add up over people
(Lindley & Smith 1972, *Bayes estimates for the linear model*, J. R. Stat. Soc. B 34).

Each person's C and c are rounded to multiples of 2**-20, so that float64 adds up those of a million people without
rounding: the order of learning cannot matter, and taking a person out again is exact to the bit.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from attunement.domain.context import History
from attunement.policy.statistics import Statistics

GRID = 2.0**20
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scales:
    """How much people differ, and how much one person's outcomes do.

    ``own`` is the standard deviation of a person's coefficient around everybody's, as a share of its prior deviation
    (0 for people who are all alike); ``noise`` is σ² in squared units of reward.

    Raises `ValueError` where ``own`` is below 0 or ``noise`` is not above it.
    """

    own: float
    noise: float

    def __post_init__(self) -> None:
        if self.own < 0 or self.noise <= 0:
            raise ValueError(f"own is {self.own} and noise {self.noise}; give 0 or more, and more than 0.")


@dataclass(frozen=True, slots=True, eq=False)
class Pool:
    """Sums over people: ``precision`` of C (d, d), ``shift`` of c (d,); how many people and outcomes there are.

    ``own`` (d,) are the standard deviations of a person's coefficients around everybody's, the square root of the
    diagonal of D, and ``noise`` is σ².
    """

    names: tuple[str, ...]
    own: Array
    noise: float
    precision: Array
    shift: Array
    people: int = 0
    outcomes: int = 0

    @classmethod
    def empty(cls, names: Sequence[str], own: Array, noise: float) -> Pool:
        """Nobody seen yet."""
        d = len(names)
        return cls(tuple(names), own, noise, np.zeros((d, d)), np.zeros(d))

    def plus(self, people: Iterable[History]) -> Pool:
        """With these people seen as well."""
        return self._changed(people, 1)

    def minus(self, people: Iterable[History]) -> Pool:
        """With these people never seen."""
        return self._changed(people, -1)

    def _changed(self, people: Iterable[History], sign: int) -> Pool:
        precision, shift, n, outcomes = self.precision.copy(), self.shift.copy(), self.people, self.outcomes
        for person in people:
            if person.experiences:
                c, v = self.contribution(sums_of(self.names, person))
                precision += sign * c
                shift += sign * v
                n += sign
                outcomes += sign * len(person.experiences)
        return Pool(self.names, self.own, self.noise, precision, shift, n, outcomes)

    def contribution(self, sums: Statistics) -> tuple[Array, Array]:
        """C and c of a person, by ``C = G - G R (I + R G R)⁻¹ R G`` with ``G = XᵀX/σ²``, ``R² = D``."""
        g, v, root = sums.xx / self.noise, sums.xy / self.noise, self.own
        rg = root[:, None] * g
        middle = np.eye(len(root)) + rg * root
        solved = np.linalg.solve(middle, np.column_stack([rg, root * v]))
        c = g - rg.T @ solved[:, :-1]
        return _rounded((c + c.T) / 2), _rounded(v - rg.T @ solved[:, -1])

    def adds_up_with(self, other: Pool) -> bool:
        """Whether both have the same columns and take people to differ by the same."""
        return self.names == other.names and self.noise == other.noise and np.array_equal(self.own, other.own)

    def to_bytes(self) -> bytes:
        """A compact form; `from_bytes` reads it back exactly."""
        out = io.BytesIO()
        np.savez_compressed(
            out, names=np.array(self.names), own=self.own, noise=np.array(self.noise), precision=self.precision,
            shift=self.shift, counts=np.array([self.people, self.outcomes]),
        )  # fmt: skip
        return out.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Pool | None:
        """Read back what `to_bytes` wrote; None for what an earlier version of Attunement kept."""
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            if "precision" not in file:
                return None
            people, outcomes = (int(n) for n in file["counts"])
            return cls(
                tuple(str(n) for n in file["names"]), file["own"], float(file["noise"]), file["precision"],
                file["shift"], people, outcomes,
            )  # fmt: skip


def sums_of(names: Sequence[str], person: History) -> Statistics:
    """The sums of one person's experiences."""
    return Statistics.empty(names).plus(person.experiences)


def _rounded(values: Array) -> Array:
    return np.round(values * GRID) / GRID
