"""Whether what a policy expects still comes about, watched in a way that may be looked at after every outcome."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

TOLERANCE = 0.05
ALPHA = 1e-4
BETS = (0.1, 0.2, 0.4, 0.8)


@dataclass(frozen=True, slots=True)
class Shift:
    """A rise that was found: the places (from 0) of the value it probably began with, and of that which gave proof."""

    began: int
    found: int


class RiseDetector:
    """Finds out that the mean of bounded values has risen above a tolerance, at whatever value it began.

    Each bet ``λ`` multiplies its stake by ``1 + λ(x - τ)``, which gains nothing on average as long as the mean of each
    ``x``, given those before, is at most ``τ``; and with every value one unit is staked anew (Shiryaev and Roberts):

        ``Rₜ(λ) = (1 + Rₜ₋₁(λ))(1 + λ(xₜ - τ))``,  alarm where the mean of ``Rₜ(λ)`` over bets reaches ``1/α``.

    ``Rₜ - t`` cannot rise on average, so without a rise there are on average at least ``1/α`` values up to an alarm,
    and within ``n`` values the chance of one is at most ``nα``: whatever the distribution, whether or not values depend
    on each other, and however often one looks. A rise is dated by each bet's own sum of ``log(1 + λ(x - τ))``, begun
    anew where it falls to nothing. After an alarm all begins anew.

    Parameters
    ----------
    tolerance:
        τ, from 0 to below 1: a mean up to this is as it should be.
    alpha:
        Of how many values at most one gives a false alarm, on average; above 0 and below 1.
    bets:
        The λs, each above 0 and below ``1/(1 + τ)``. Small ones find small rises, large ones find large rises sooner.

    Raises `ValueError` for parameters outside their range, and for values that are no numbers.

    >>> detector = RiseDetector(tolerance=0.05, alpha=0.001)
    >>> [shift] = detector.rises([0.0] * 40 + [0.4] * 40)
    >>> shift.began, shift.found
    (40, 59)

    Shin, Ramdas & Rinaldo (2024), E-detectors: a nonparametric framework for sequential change detection, New England
    J. Stat. Data Sci. 2; Waudby-Smith & Ramdas (2024), Estimating means of bounded random variables by betting, J. R.
    Stat. Soc. B 86.
    """

    def __init__(self, *, tolerance: float = TOLERANCE, alpha: float = ALPHA, bets: Sequence[float] = BETS) -> None:
        if not 0 <= tolerance < 1 or not 0 < alpha < 1:
            raise ValueError("tolerance must be from 0 to below 1, and alpha between 0 and 1.")
        if not bets or not all(0 < bet < 1 / (1 + tolerance) for bet in bets):
            raise ValueError("each bet must lie above 0 and below 1/(1 + tolerance).")
        self.tolerance, self.alpha, self.bets = tolerance, alpha, tuple(bets)
        self.n = 0
        self._begin()

    @property
    def evidence(self) -> float:
        """The mean stake; an alarm is given where it reaches ``1/α``."""
        return sum(self._stakes) / len(self.bets)

    def update(self, value: float) -> Shift | None:
        """Look at one more value, clipped to -1..1; the rise, where it is proven by this one."""
        if math.isnan(value):
            raise ValueError("a value to be watched must be a number.")
        apart = min(1.0, max(-1.0, value)) - self.tolerance
        for k, bet in enumerate(self.bets):
            if self._logs[k] <= 0.0:
                self._logs[k], self._began[k] = 0.0, self.n
            self._stakes[k] = (1.0 + self._stakes[k]) * (1.0 + bet * apart)
            self._logs[k] += math.log1p(bet * apart)
        self.n += 1
        if self.evidence < 1 / self.alpha:
            return None
        likeliest = max(range(len(self.bets)), key=self._logs.__getitem__)
        shift = Shift(self._began[likeliest], self.n - 1)
        self._begin()
        return shift

    def rises(self, values: Iterable[float]) -> list[Shift]:
        """Look at all of these, one after the other; every rise that was found."""
        return [shift for value in values if (shift := self.update(value)) is not None]

    def _begin(self) -> None:
        self._stakes = [0.0] * len(self.bets)
        self._logs = [0.0] * len(self.bets)
        self._began = [self.n] * len(self.bets)


def falls_short(expected: Iterable[float], rewards: Iterable[float]) -> list[Shift]:
    """Where rewards came to fall short of what was expected: a rise of ``expected - reward``, as `RiseDetector` finds.

    >>> falls_short([0.8] * 300, [0.8] * 100 + [0.2] * 200)[0].began
    100
    """
    return RiseDetector().rises(e - r for e, r in zip(expected, rewards, strict=True))


def turns_out_better(expected: Iterable[float], rewards: Iterable[float]) -> list[Shift]:
    """Where rewards came to be greater than what was expected, by the same rule."""
    return RiseDetector().rises(r - e for e, r in zip(expected, rewards, strict=True))
