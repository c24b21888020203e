"""How much people differ, and how much one person's outcomes do: learned from the outcomes themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from attunement.policy.prior import NOISE_VARIANCE

if TYPE_CHECKING:
    from attunement.policy.pool import Sums

Array = NDArray[np.float64]
OWN_BEFORE, OWN_SPREAD, NOISE_SPREAD = 1.0, 1.0, 0.7
RATIOS = tuple(own**2 / NOISE_VARIANCE for own in (0.125, 0.25, 0.5, 1.0, 2.0, 4.0))
NOISES = tuple(NOISE_VARIANCE * 2.0 ** (k / 2) for k in range(-6, 5))


@dataclass(frozen=True, slots=True)
class Scales:
    """How much people differ against how much one person's outcomes do, and the latter.

    ``ratio`` is D/S₀ in units of σ², all that what a person brings to the sums depends on; ``noise`` is σ² in squared
    units of reward. `of` makes them from plainer numbers. Raises `ValueError` where the first is below 0 or the second
    is not above it.
    """

    ratio: float
    noise: float

    def __post_init__(self) -> None:
        if self.ratio < 0 or self.noise <= 0:
            raise ValueError(f"ratio is {self.ratio} and noise {self.noise}; give 0 or more, and more than 0.")

    @classmethod
    def of(cls, *, own: float, noise: float) -> Scales:
        """``own`` is the standard deviation of a person's coefficient around everybody's, as a share of its prior
        deviation: 0 for people who are all alike.
        """
        if own < 0:
            raise ValueError(f"own is {own}; give 0 or more.")
        return cls(own**2 / noise if noise > 0 else 0.0, noise)

    @property
    def own(self) -> float:
        """See `of`."""
        return float(np.sqrt(self.ratio * self.noise))


def ratios_of(fixed: Scales | None) -> tuple[float, ...]:
    """The ratios for which sums are kept: one where the scales are fixed."""
    return RATIOS if fixed is None else (fixed.ratio,)


def scales_of(mean: Array, deviation: Array, sums: Sums) -> Scales:
    """The scales under which all outcomes together are likeliest, of a grid of them; empirical Bayes.

    With ``u = c - Cm₀`` and ``q = yᵀAy - 2m₀ᵀc + m₀ᵀCm₀``, minus twice the log of how likely the outcomes are, which
    count as n together, is
    ``n ln σ² - ln|A| + q/σ² + ln|I + S₀C/σ²| - uᵀ(S₀⁻¹ + C/σ²)⁻¹u/σ⁴``. Before any outcome ``own`` is 1, give or take
    a factor of e, and the noise `NOISE_VARIANCE`, give or take a factor of 2.

    Efron & Morris (1973), Stein's estimation rule and its competitors, J. Am. Stat. Assoc. 68.
    """
    noises = np.array(NOISES)
    found = [(_misfit(mean, deviation, sums, k, noises), ratio) for k, ratio in enumerate(RATIOS)]
    _, ratio, noise = min((float(m[j]), ratio, NOISES[j]) for m, ratio in found for j in (int(np.argmin(m)),))
    return Scales(ratio, noise)


def _misfit(mean: Array, deviation: Array, sums: Sums, k: int, noises: Array) -> Array:
    """Minus twice the log posterior of each noise (m,), at the ratio with number k."""
    c, shift = sums.precision[k], sums.shift[k]
    size, turn = np.linalg.eigh(deviation[:, None] * c * deviation)
    size = np.maximum(size, 0)[:, None] / noises
    u = (turn.T @ (deviation * (shift - c @ mean)))[:, None]
    q = sums.squares[k] - 2 * mean @ shift + mean @ c @ mean
    fit = sums.weight[k] * np.log(noises) + sums.spent[k] + q / noises
    fit += np.log1p(size).sum(axis=0) - (u**2 / (1 + size)).sum(axis=0) / noises**2
    own = np.sqrt(RATIOS[k] * noises)
    before = (np.log(own / OWN_BEFORE) / OWN_SPREAD) ** 2 + (np.log(noises / NOISE_VARIANCE) / NOISE_SPREAD) ** 2
    return np.asarray(fit + before)
