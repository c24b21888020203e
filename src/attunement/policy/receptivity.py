"""Whether to reach out to a person now or to leave them in peace, learned from what reaching out changed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from attunement.domain.errors import ErrorCode, Invalid
from attunement.policy.statistics import FEATURE_GRID, LARGEST, REWARD_GRID, check_left

Array = NDArray[np.float64]
LEAST, MOST = 0.1, 0.8
NOISE, BASELINE_SD, EFFECT_SD = 0.1, 0.5, 0.15


@dataclass(frozen=True, slots=True)
class Reached:
    """What came of one moment at which somebody could have been reached.

    ``moment`` (d,) is what was known then, ``sent`` whether they were reached, ``probability`` how likely that was,
    ``reward`` (0 to 1) how it went afterwards, whether reached or not.
    """

    moment: tuple[float, ...]
    sent: bool
    probability: float
    reward: float


@dataclass(frozen=True, slots=True)
class Reaching:
    """To send or not, the exact probability of sending, and the effect that is expected of it."""

    send: bool
    probability: float
    effect: float


class ReceptivityPolicy:
    """Thompson sampling for "send" against "don't", in the action-centred form.

    With ``a`` the action and ``π`` its probability, the reward is taken to be ``x·α + (a - π)·x·δ + e``, of which only
    the effect ``δ`` matters: since ``a - π`` has no relation to anything known before, δ is estimated rightly even
    where the rest of the model is wrong, and however people do by themselves. How likely it is that sending is worth
    what it costs, ``worth = Φ((x·E[δ] - cost) / sd(x·δ))`` (at least `LEAST`), moves the even share of the moment up
    or down: ``min(MOST, 2·worth·share)``. So a good moment is used up to twice as often as one nothing is known of, a
    bad one a fifth as often, and where all moments are bad, little is sent at all.

    Parameters
    ----------
    names:
        What is known of a moment; the first should be 1 always.
    xx, xy, n:
        The exact sums of ``φφᵀ`` (2d, 2d) and ``φ·reward`` (2d,) over moments, ``φ = (x, (a - π)x)``; how many.

    >>> policy = ReceptivityPolicy(("always", "evening"))
    >>> helped = [Reached((1.0, 1.0), sent, 0.5, 0.9 if sent else 0.4) for sent in (True, False)] * 40
    >>> policy.learn(helped).probability((1.0, 1.0), cost=0.05) == MOST
    True

    Greenewald, Tewari, Klasnja & Murphy (2017), Action centered contextual bandits, NeurIPS; Liao et al. (2020),
    Personalized HeartSteps, IMWUT 4(1).
    """

    name = "action-centred"

    def __init__(
        self, names: Sequence[str], *, xx: Array | None = None, xy: Array | None = None, n: int = 0, version: int = 0
    ) -> None:
        self.names, self.n, self.version = tuple(names), n, version
        d = len(self.names)
        self._xx = np.zeros((2 * d, 2 * d)) if xx is None else xx
        self._xy = np.zeros(2 * d) if xy is None else xy
        before = np.repeat([BASELINE_SD**-2, EFFECT_SD**-2], d)
        covariance = np.linalg.inv(np.diag(before) + self._xx / NOISE)
        self._effect = (covariance @ self._xy / NOISE)[d:]
        self._spread = covariance[d:, d:]

    def effect(self, moment: Sequence[float]) -> tuple[float, float]:
        """What sending is expected to add to the reward, and how unsure that is (a standard deviation)."""
        x = self._known(moment)
        return float(x @ self._effect), math.sqrt(max(0.0, float(x @ self._spread @ x)))

    def probability(self, moment: Sequence[float], *, cost: float, share: float = 0.5) -> float:
        """Of sending, at what cost (in rewards), where a moment nothing is known of has the chance ``share``."""
        mean, sd = self.effect(moment)
        worth = 0.5 * (1 + math.erf((mean - cost) / (sd * math.sqrt(2)))) if sd > 0 else float(mean > cost)
        return min(MOST, 2 * max(LEAST, worth) * share)

    def decide(self, moment: Sequence[float], *, cost: float, share: float = 0.5, rng: Generator) -> Reaching:
        """Send or not, by this probability."""
        p = self.probability(moment, cost=cost, share=share)
        return Reaching(bool(rng.random() < p), p, self.effect(moment)[0])

    def learn(self, seen: Iterable[Reached]) -> ReceptivityPolicy:
        """The policy that has seen these as well; in any order, to the bit."""
        return self._changed(seen, 1)

    def forget(self, seen: Iterable[Reached]) -> ReceptivityPolicy:
        """The policy that has never seen these; equal to the bit.

        Raises `Invalid` (``bad-input``) where it cannot have seen them.
        """
        return self._changed(seen, -1)

    def _changed(self, seen: Iterable[Reached], sign: int) -> ReceptivityPolicy:
        xx, xy, n = self._xx.copy(), self._xy.copy(), self.n
        for one in seen:
            if not (0 < one.probability < 1 and 0 <= one.reward <= 1):
                raise Invalid(
                    ErrorCode.BAD_INPUT,
                    "What came of reaching out cannot be learned from: its probability must lie between 0 and 1, and "
                    "its reward from 0 to 1. Nothing was learned.",
                )
            x = self._known(one.moment)
            phi = np.concatenate([x, np.round((one.sent - one.probability) * x * FEATURE_GRID) / FEATURE_GRID])
            xx += sign * np.outer(phi, phi)
            xy += sign * phi * (round(one.reward * REWARD_GRID) / REWARD_GRID)
            n += sign
        if sign < 0:
            check_left(n, xx, xy)
        return ReceptivityPolicy(self.names, xx=xx, xy=xy, n=n, version=self.version)

    def _known(self, moment: Sequence[float]) -> Array:
        x = np.asarray(moment, float)
        if x.shape != (len(self.names),) or not (np.abs(x) <= LARGEST).all():
            raise Invalid(
                ErrorCode.BAD_INPUT, "A moment must be {n} numbers from -{largest} to {largest}.",
                n=len(self.names), largest=LARGEST,
            )  # fmt: skip
        return np.asarray(np.round(x * FEATURE_GRID) / FEATURE_GRID)
