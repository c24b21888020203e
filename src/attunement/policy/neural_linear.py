"""Chooses among named things by what a text is about: one Bayesian linear head for each, on vectors from a network."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from attunement.domain.errors import ErrorCode, Invalid
from attunement.policy.statistics import FEATURE_GRID, REWARD_GRID, check_left

Array = NDArray[np.float64]
NOISE, PRECISION, HINT, TEMPER, FLOOR = 0.1, 4.0, 0.6, 0.25, 0.01
DRAWS, SEED = 512, 20260521
LARGEST = 1024.0
"""Of the numbers of a vector: sums of products of larger ones would not be exact, nor forgotten exactly."""


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """What came of one choice: the vector of the moment (d,), up to ±1024; the arm taken; the reward (0 to 1)."""

    moment: Array
    arm: str
    reward: float


@dataclass(frozen=True, slots=True, eq=False)
class ArmChoice:
    """The arm that was taken, and the exact probability of each; they sum to 1."""

    arm: str
    probabilities: Mapping[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class _Head:
    """Sums of what one arm taught, kept exact, and the belief that follows: mean (d,) and covariance (d, d)."""

    xx: Array
    xy: Array
    mean: Array = field(repr=False)
    covariance: Array = field(repr=False)


class NeuralLinear:
    """Thompson sampling with a Bayesian linear regression for each arm, on vectors a network made.

    An arm's coefficients are ``N(h·a, I/λ)`` before anything was seen, ``a`` being the vector of what the arm itself
    means: so it is known from the first moment on that "afraid" may fit what sounds afraid. With the sums of an arm,
    ``S⁻¹ = λI + ZᵀZ/σ²`` and ``m = S(λha + Zᵀy/σ²)``. Draws are tempered (their deviation is multiplied): with one
    head an arm, full draws explore far too much (Phan, Abbasi-Yadkori & Domke 2019, NeurIPS).

    Parameters
    ----------
    arms:
        Their names, at least one.
    size:
        How many numbers a vector has; a one is put before it.
    meanings:
        A vector (size,) for each arm, or nothing.
    noise, precision, hint, temper, floor:
        σ², λ, h, the factor of a draw's deviation, and the share that goes to all arms alike (above 0, up to 1).

    >>> rng = np.random.default_rng(0)
    >>> tea, walk = np.array([1.0, 0.0]), np.array([0.0, 1.0])
    >>> policy = NeuralLinear(("tea", "walk"), 2).learn(
    ...     [Lesson(tea, "tea", 1.0), Lesson(tea, "walk", 0.0), Lesson(walk, "walk", 1.0)] * 5)
    >>> policy.decide(walk, rng=rng).probabilities["walk"] > 0.9
    True

    Riquelme, Tucker & Snoek (2018), Deep Bayesian bandits showdown, ICLR, arXiv:1802.09127.
    """

    name = "neural-linear"

    def __init__(
        self, arms: Sequence[str], size: int, *, meanings: Array | None = None, noise: float = NOISE,
        precision: float = PRECISION, hint: float = HINT, temper: float = TEMPER, floor: float = FLOOR,
    ) -> None:  # fmt: skip
        if not arms or len(set(arms)) != len(arms):
            raise ValueError("give at least one arm, each once")
        if min(noise, precision, temper) <= 0 or not 0 < floor <= 1:
            raise ValueError("noise, precision and temper must be above 0, and floor above 0 and up to 1")
        self.arms = tuple(arms)
        self.noise, self.precision, self.temper, self.floor = noise, precision, temper, floor
        before = np.zeros((len(arms), size + 1))
        before[:, 0] = 1 / len(arms)
        if meanings is not None:
            before[:, 1:] = hint * np.asarray(meanings, float)
        self._before = dict(zip(self.arms, before, strict=True))
        self._draws = np.random.default_rng(SEED).standard_normal((DRAWS, len(arms)))
        d = size + 1
        self._heads = {arm: self._head(arm, np.zeros((d, d)), np.zeros(d)) for arm in self.arms}
        self._stack()

    def probabilities(self, moment: Array) -> Array:
        """Of each arm (n_arms,), at a moment (size,); raises `Invalid` where it cannot be one."""
        z = self._with_one(moment)
        middle, spread = self._means @ z, np.sqrt(np.maximum((self._covariances @ z) @ z, 0)) * self.temper
        wins = np.bincount(np.argmax(middle + self._draws * spread, axis=1), minlength=len(self.arms))
        p = self.floor / len(self.arms) + (1 - self.floor) * wins / DRAWS
        return np.asarray(p / p.sum())

    def decide(self, moment: Array, *, rng: Generator) -> ArmChoice:
        """Take one arm by these probabilities."""
        p = self.probabilities(moment)
        arm = self.arms[int(rng.choice(len(p), p=p))]
        return ArmChoice(arm, dict(zip(self.arms, p.tolist(), strict=True)))

    def learn(self, lessons: Iterable[Lesson]) -> NeuralLinear:
        """The policy that has seen these as well; the order does not matter, to the bit.

        Raises `Invalid` (``bad-input``) where one cannot be learned from.
        """
        return self._changed(lessons, 1)

    def forget(self, lessons: Iterable[Lesson]) -> NeuralLinear:
        """The policy that has never seen these; equal to the bit.

        Raises `Invalid` (``bad-input``) where it cannot have: they are unknown, or are forgotten already.
        """
        return self._changed(lessons, -1)

    def _changed(self, lessons: Iterable[Lesson], sign: int) -> NeuralLinear:
        by_arm: dict[str, list[Lesson]] = {}
        for lesson in lessons:
            by_arm.setdefault(lesson.arm, []).append(lesson)
        new = object.__new__(NeuralLinear)
        new.__dict__.update(self.__dict__)
        new._heads = dict(self._heads)
        for arm, theirs in by_arm.items():
            if arm not in new._heads:
                raise Invalid(ErrorCode.BAD_INPUT, "There is no arm '{arm}'. Nothing was learned.", arm=arm)
            z = np.stack([self._with_one(lesson.moment) for lesson in theirs])
            y = np.round(np.array([lesson.reward for lesson in theirs]) * REWARD_GRID) / REWARD_GRID
            if not ((y >= 0) & (y <= 1)).all():
                raise Invalid(
                    ErrorCode.BAD_INPUT, "A reward of '{arm}' is no number from 0 to 1. Nothing was learned.", arm=arm
                )
            old = self._heads[arm]
            xx, xy = old.xx + sign * (z.T @ z), old.xy + sign * (z.T @ y)
            if sign < 0:
                check_left(xx[0, 0], xx, xy, largest=LARGEST)
            new._heads[arm] = self._head(arm, xx, xy)
        new._stack(tuple(by_arm))
        return new

    def _head(self, arm: str, xx: Array, xy: Array) -> _Head:
        d = len(xy)
        covariance: Array = np.asarray(np.linalg.inv(self.precision * np.eye(d) + xx / self.noise))
        return _Head(xx, xy, covariance @ (self.precision * self._before[arm] + xy / self.noise), covariance)

    def _stack(self, changed: Sequence[str] | None = None) -> None:
        """Put the heads side by side, for all arms to be scored at once."""
        if changed is None:
            self._means = np.stack([head.mean for head in self._heads.values()])
            self._covariances = np.stack([head.covariance for head in self._heads.values()])
            return
        self._means, self._covariances = self._means.copy(), self._covariances.copy()
        for arm in changed:
            k = self.arms.index(arm)
            self._means[k], self._covariances[k] = self._heads[arm].mean, self._heads[arm].covariance

    def _with_one(self, moment: Array) -> Array:
        z = np.concatenate([[1.0], np.asarray(moment, float)])
        if z.shape != (len(self._means[0]),) or not (np.abs(z) <= LARGEST).all():
            raise Invalid(
                ErrorCode.BAD_INPUT, "A moment must be {n} numbers from -{largest} to {largest}.",
                n=len(self._means[0]) - 1, largest=LARGEST,
            )  # fmt: skip
        return np.asarray(np.round(z * FEATURE_GRID) / FEATURE_GRID)
