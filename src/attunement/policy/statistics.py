"""What a Bayesian linear model needs of its data: sums, kept exact so that they can be taken back.

Features are multiples of 2**-12 and rewards of 2**-10, so every product is a multiple of 2**-24 and float64 adds up
to 2**29 of them without rounding. Hence the order of learning cannot matter, and forgetting is exact to the bit.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from attunement.domain.context import Experience
from attunement.domain.errors import ErrorCode, Invalid

FEATURE_GRID = 4096.0
REWARD_GRID = 1024.0
LARGEST = 8


@dataclass(frozen=True, slots=True, eq=False)
class Statistics:
    """``xx`` is the sum of x xᵀ ``(d, d)``, ``xy`` of x·reward ``(d,)``, ``n`` the number of experiences.

    >>> names = ("always", "length")
    >>> seen = [Experience({"always": 1.0, "length": -0.5}, 0.75), Experience({"always": 1.0}, 0.25)]
    >>> both = Statistics.empty(names).plus(seen)
    >>> both.minus(seen[:1]).xy.tolist(), both.n
    ([0.25, 0.0], 2)
    """

    names: tuple[str, ...]
    xx: NDArray[np.float64]
    xy: NDArray[np.float64]
    n: int

    @classmethod
    def empty(cls, names: Sequence[str]) -> Statistics:
        """Nothing seen yet."""
        d = len(names)
        return cls(tuple(names), np.zeros((d, d)), np.zeros(d), 0)

    def plus(self, experiences: Iterable[Experience]) -> Statistics:
        """With these seen as well."""
        return self._changed(experiences, 1)

    def minus(self, experiences: Iterable[Experience]) -> Statistics:
        """With these never seen.

        Raises `Invalid` (``bad-input``) where what would be left is the sum of nothing: they were never seen.
        """
        left = self._changed(experiences, -1)
        check_left(left.n, left.xx, left.xy)
        return left

    def _changed(self, experiences: Iterable[Experience], sign: int) -> Statistics:
        seen = list(experiences)
        if not seen:
            return self
        x, y = design(self.names, seen)
        return Statistics(self.names, self.xx + sign * (x.T @ x), self.xy + sign * (x.T @ y), self.n + sign * len(seen))

    def renamed(self, names: Sequence[str]) -> Statistics:
        """The same sums for other columns: those of equal name are kept, new ones start empty."""
        if tuple(names) == self.names:
            return self
        old = {name: i for i, name in enumerate(self.names)}
        kept = [(i, old[name]) for i, name in enumerate(names) if name in old]
        result = Statistics.empty(names)
        if kept:
            new_i, old_i = (np.array(side) for side in zip(*kept, strict=True))
            result.xx[np.ix_(new_i, new_i)] = self.xx[np.ix_(old_i, old_i)]
            result.xy[new_i] = self.xy[old_i]
        return Statistics(result.names, result.xx, result.xy, self.n)

    def to_bytes(self) -> bytes:
        """A compact form; `from_bytes` reads it back exactly."""
        out = io.BytesIO()
        np.savez_compressed(out, names=np.array(self.names), xx=self.xx, xy=self.xy, n=np.array(self.n))
        return out.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Statistics:
        """Read back what `to_bytes` wrote."""
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            return cls(tuple(str(n) for n in file["names"]), file["xx"], file["xy"], int(file["n"]))


def vector(names: Sequence[str], features: Mapping[str, float]) -> NDArray[np.float64]:
    """Features by name as a vector on the exact grid; unknown names are left out."""
    return np.round(np.array([features.get(name, 0.0) for name in names]) * FEATURE_GRID) / FEATURE_GRID


def check_learnable(experiences: Iterable[Experience]) -> None:
    """Raise `Invalid` (``bad-input``) where a feature or a reward is no number or beyond ±`LARGEST`.

    A single one of these would stay in everybody's sums. Features lie from -1 to 1 and rewards from 0 to 1 by
    themselves; beyond the bound something went wrong before.
    """
    for experience in experiences:
        if not all(-LARGEST <= value <= LARGEST for value in (experience.reward, *experience.features.values())):
            raise Invalid(
                ErrorCode.BAD_INPUT,
                "An outcome cannot be learned from: its reward and its features must be numbers from -{largest} to "
                "{largest}. Nothing was learned.",
                largest=LARGEST,
            )


def check_left(
    n: float, xx: NDArray[np.float64], xy: NDArray[np.float64], *, largest: float = LARGEST, rounding: float = 0.0
) -> None:
    """Raise `Invalid` (``bad-input``) where outcomes cannot have sums like these: somebody unknown was taken out.

    As far as sums can tell: that there are ``n`` of them, or that they count for so much together, that ``xx`` (d, d)
    and ``xy`` (d,) are no larger than those of numbers up to ``largest``, and that no square is below 0 by more than
    ``rounding``.
    """
    most = (n * largest**2 if n else 0.0) + rounding
    possible = n >= 0 and np.abs(xx).max(initial=0) <= most and np.abs(xy).max(initial=0) <= most
    allowed = rounding + np.finfo(np.float64).eps * len(xx) * max(float(np.trace(xx)), 0.0)
    if not possible or np.linalg.eigvalsh(xx).min(initial=0) < -allowed:
        raise never_learned()


def never_learned() -> Invalid:
    """What is said where somebody is to be forgotten who was never learned from."""
    return Invalid(
        ErrorCode.BAD_INPUT,
        "What is to be forgotten was not learned, or is forgotten already. Nothing was changed.",
    )


def design(
    names: tuple[str, ...], experiences: Sequence[Experience], weights: NDArray[np.float64] | None = None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Features (n, d) and rewards (n,) of experiences on the exact grid, in an order that hangs on them alone.

    Where they count by ``weights`` (n,), both are multiplied by the square roots of these, and off the grid.

    Raises `Invalid` as `check_learnable` does.
    """
    check_learnable(experiences)
    column, x = _columns(names), np.zeros((len(experiences), len(names)))
    for row, experience in enumerate(experiences):
        for name, value in experience.features.items():
            if (k := column.get(name)) is not None:
                x[row, k] = value
    x = np.round(x * FEATURE_GRID) / FEATURE_GRID
    y = np.round(np.array([e.reward for e in experiences]) * REWARD_GRID) / REWARD_GRID
    if weights is not None:
        root = np.sqrt(weights)
        x, y = x * root[:, None], y * root
    order = np.lexsort(np.column_stack([x, y]).T)
    return x[order], y[order]


@lru_cache(maxsize=8)
def _columns(names: tuple[str, ...]) -> Mapping[str, int]:
    return {name: k for k, name in enumerate(names)}
