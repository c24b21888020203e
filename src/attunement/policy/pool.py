"""What many people's outcomes tell of people at large: the sums of a hierarchical linear model.

Person i's reward is ``x·θᵢ + e`` with ``θᵢ ~ N(β, D)``, ``β ~ N(m₀, S₀)`` and ``e ~ N(0, σ²)``. Of the data X, y of
a person only ``C = XᵀAX``, ``c = XᵀAy``, ``yᵀAy`` and ``log|A|`` with ``A = (I + XDXᵀ/σ²)⁻¹`` bear on β and on how
likely σ² and D are, and they add up over people (Lindley & Smith 1972, *Bayes estimates for the linear model*, J. R.
Stat. Soc. B 34). They are kept for several ratios of D to σ² at once, so that how much people differ can be learned and
unlearned as exactly as everything else.

Where outcomes are to fade (`discount`), a person's X and y are weighted by how far each lies before their newest.

Each person's part is rounded to multiples of 2**-24, so that float64 adds up those of a million people without
rounding: the order of learning cannot matter, and taking a person out again is exact to the bit.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from attunement.domain.context import History
from attunement.library.resources import UNREADABLE
from attunement.policy.discount import weights
from attunement.policy.scales import Scales, ratios_of, scales_of
from attunement.policy.statistics import check_left, design

GRID = 2.0**24
FORM = 4  # since 3 a person is in the sums with the newest of their outcomes, not with all; since 4 outcomes may fade
Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Sums:
    """Of one person or of many, for each of k ratios: C (k, d, d), c (k, d), yᵀAy (k,), -log|A| (k,); and how much
    the outcomes count together (k,).
    """

    precision: Array
    shift: Array
    squares: Array
    spent: Array
    weight: Array

    def plus(self, other: Sums, sign: int = 1) -> Sums:
        """Both together, or the first without the second."""
        return Sums(*(a + sign * b for a, b in zip(self._parts(), other._parts(), strict=True)))

    def at(self, k: int) -> Sums:
        """Those for one of the ratios."""
        return Sums(*(part[k] for part in self._parts()))

    def _parts(self) -> tuple[Array, ...]:
        return self.precision, self.shift, self.squares, self.spent, self.weight


@dataclass(frozen=True, eq=False)
class Pool:
    """The sums over people, and how many people and outcomes there are.

    Parameters
    ----------
    names:
        The columns.
    mean, deviation:
        m₀ and the square root of the diagonal of S₀, (d,) each.
    fixed:
        How much people differ, where that is not to be learned.
    half_life:
        After how many days an outcome of a person counts for half; None where nothing fades.
    sums:
        What was seen.
    """

    names: tuple[str, ...]
    mean: Array
    deviation: Array
    fixed: Scales | None
    half_life: float | None
    sums: Sums
    people: int = 0
    outcomes: int = 0

    @classmethod
    def empty(
        cls, names: Sequence[str], mean: Array, deviation: Array, *, scales: Scales | None = None,
        half_life: float | None = None,
    ) -> Pool:  # fmt: skip
        """Nobody seen yet. Raises `ValueError` for a half-life that is not above 0."""
        if half_life is not None and not half_life > 0:
            raise ValueError(f"half_life is {half_life}; give days above 0, or None.")
        k, d = len(ratios_of(scales)), len(names)
        nothing = Sums(np.zeros((k, d, d)), np.zeros((k, d)), np.zeros(k), np.zeros(k), np.zeros(k))
        return cls(tuple(names), mean, deviation, scales, half_life, nothing)

    def plus(self, people: Iterable[History]) -> Pool:
        """With these people seen as well."""
        return self._changed(people, 1)

    def minus(self, people: Iterable[History]) -> Pool:
        """With these people never seen.

        Raises `Invalid` (``bad-input``) where they cannot have been: some are unknown, or are forgotten already. The
        sums at one of the ratios tell as much of that as those at the others.
        """
        left = self._changed(people, -1)
        last = left.sums.at(-1)
        check_left(
            float(last.weight) if left.people >= 0 else -1.0, last.precision, last.shift,
            rounding=len(left.names) * (self.people + 1) / GRID,
        )  # fmt: skip
        return left

    @cached_property
    def scales(self) -> Scales:
        """How much people differ, and how much one person's outcomes do: the likeliest, given all that was seen."""
        return self.fixed or scales_of(self.mean, self.deviation, self.sums)

    @cached_property
    def chosen(self) -> Sums:
        """The sums at these scales alone: C (d, d), c (d,) and two numbers."""
        return self.sums.at(ratios_of(self.fixed).index(self.scales.ratio))

    def part_of(self, person: History) -> Sums:
        """What one person brings to the sums at these scales; of the same form as `chosen`."""
        return self._sums_of(person, (self.scales.ratio,)).at(0)

    def rows_of(self, person: History) -> tuple[Array, Array]:
        """The features X (n, d) and rewards y (n,) of a person's outcomes, weighted by how long ago they were."""
        return design(self.names, person.experiences, weights(person.experiences, self.half_life))

    def _changed(self, people: Iterable[History], sign: int) -> Pool:
        ratios, total, n, outcomes = ratios_of(self.fixed), self.sums, self.people, self.outcomes
        for person in people:
            if person.experiences:
                total = total.plus(self._sums_of(person, ratios), sign)
                n += sign
                outcomes += sign * len(person.experiences)
        return replace(self, sums=total, people=n, outcomes=outcomes)

    def _sums_of(self, person: History, ratios: Sequence[float]) -> Sums:
        counted = math.fsum(weights(person.experiences, self.half_life))
        return sums_of(*self.rows_of(person), self.deviation, ratios, counted)

    def adds_up_with(self, other: Pool) -> bool:
        """Whether both have the same columns and the same beliefs before anything was seen."""
        return (
            self.names == other.names and self.half_life == other.half_life
            and ratios_of(self.fixed) == ratios_of(other.fixed)
            and np.array_equal(self.mean, other.mean) and np.array_equal(self.deviation, other.deviation)
        )  # fmt: skip

    def to_bytes(self) -> bytes:
        """A compact form; `from_bytes` reads it back exactly."""
        out = io.BytesIO()
        fixed = [self.fixed.ratio, self.fixed.noise] if self.fixed else []
        np.savez_compressed(
            out, form=np.array(FORM), names=np.array(self.names), mean=self.mean, deviation=self.deviation,
            precision=self.sums.precision, shift=self.sums.shift, squares=self.sums.squares, spent=self.sums.spent,
            weight=self.sums.weight, half_life=np.array([] if self.half_life is None else [self.half_life]),
            counts=np.array([self.people, self.outcomes]), fixed=np.array(fixed),
        )  # fmt: skip
        return out.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Pool | None:
        """Read back what `to_bytes` wrote; None for what is damaged, or what an earlier version of Attunement kept."""
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as file:
                if "form" not in file or int(file["form"]) != FORM:
                    return None
                people, outcomes = (int(n) for n in file["counts"])
                fixed = Scales(*map(float, file["fixed"])) if len(file["fixed"]) else None
                sums = Sums(file["precision"], file["shift"], file["squares"], file["spent"], file["weight"])
                half_life = float(file["half_life"][0]) if len(file["half_life"]) else None
                names = tuple(str(n) for n in file["names"])
                return cls(names, file["mean"], file["deviation"], fixed, half_life, sums, people, outcomes)
        except UNREADABLE:
            return None


def sums_of(x: Array, y: Array, deviation: Array, ratios: Sequence[float], counted: float) -> Sums:
    """What one person brings to the sums, for each of the ratios of D to σ²S₀; see `Pool.rows_of` for ``x`` and ``y``.

    ``counted`` is how much the outcomes count together: their number, where none has faded.

    With R² = S₀ and ``RXᵀXR = UΛUᵀ``, ``C = XᵀX - XᵀXRU diag(r / (1 + rΛ)) UᵀRXᵀX``, and the others alike; with fewer
    outcomes than columns the same is had from the smaller ``XR²Xᵀ``.
    """
    found = _by_outcomes if len(y) < x.shape[1] else _by_columns
    r = np.array(ratios)[:, None]
    parts = (*found(x, y, deviation, r), np.full(len(ratios), counted))
    return Sums(*(np.round(part * GRID) / GRID for part in parts))


def _by_outcomes(x: Array, y: Array, root: Array, r: Array) -> tuple[Array, ...]:
    size, turn = np.linalg.eigh((x * root**2) @ x.T)
    kept = 1 / (1 + r * np.maximum(size, 0))
    tx, ty = turn.T @ x, turn.T @ y
    precision = np.stack([tx.T @ (k[:, None] * tx) for k in kept])
    return (precision + precision.transpose(0, 2, 1)) / 2, (kept * ty) @ tx, kept @ ty**2, -np.log(kept).sum(axis=1)


def _by_columns(x: Array, y: Array, root: Array, r: Array) -> tuple[Array, ...]:
    g, v = x.T @ x, x.T @ y
    size, turn = np.linalg.eigh(root[:, None] * g * root)
    size = np.maximum(size, 0)
    lost = r / (1 + r * size)
    gt, vt = turn.T @ (root[:, None] * g), turn.T @ (root * v)
    precision = np.stack([g - gt.T @ (k[:, None] * gt) for k in lost])
    return (
        (precision + precision.transpose(0, 2, 1)) / 2, v - (lost * vt) @ gt, y @ y - lost @ vt**2,
        np.log1p(r * size).sum(axis=1),
    )  # fmt: skip
