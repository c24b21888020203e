"""What is shown beside the offer: practices that are good, unlike each other, and near the interests asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attunement.domain.context import Context
from attunement.domain.practice import Practice
from attunement.policy.candidates import Past
from attunement.policy.likeness import Likeness

BESIDE = 2
ALIKE = 0.2
"""What a practice the same as one that is shown is marked down by, in units of reward, at the middle setting."""
CALIBRATED = 0.1
"""What coming one nat nearer to the interests asked for is worth, in units of reward."""
EVEN_BEFORE = 2.0
MISSING = 0.01
"""The part of what is asked for that q has in it, which keeps the divergence finite (Steck's α)."""
_COUNTED = (1 - MISSING) * np.arange(BESIDE + 2)[None, :, None] / np.arange(2, BESIDE + 2)[:, None, None]
Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


class Slate:
    """Which practices stand beside a pick: a function of the pick alone, once the moment is given.

    One after the other, the practice is taken whose ``expected - 0.2·(1/2 + breadth)·likeness + 0.1·nearer`` is
    greatest, likeness being that to the most alike of those shown, and ``nearer`` by how much it lowers the divergence
    ``Σ p ln(p/q)`` of the families shown, q, from those asked for, p. These are the member's interests (what they did,
    by how well it went) where they want offers close to what helped, what lies outside them where they want wide ones,
    and between the two a mixture.

    Carbonell & Goldstein (1998), The use of MMR, diversity-based reranking, SIGIR. Steck (2018), Calibrated
    recommendations, RecSys.

    Parameters
    ----------
    likeness:
        Of the practices of a library.
    context, candidates:
        As they were for the pick.
    expected:
        The reward expected of each candidate (n,); minus infinity for one that may be picked and not stand beside.
    past:
        That of the context, where it was looked up already.
    """

    def __init__(
        self, likeness: Likeness, context: Context, candidates: Sequence[Practice], expected: NDArray[np.float64],
        past: Past | None = None,
    ) -> None:  # fmt: skip
        among = likeness.among(candidates)
        self._alike, self._same = among.alike, among.same
        self._marked_down = np.float32(ALIKE * (0.5 + context.breadth))
        self._nearer, self._family = _nearer(wanted(likeness, context, past)), among.family
        self._expected = expected.astype(np.float32)

    def beside(self, pick: int | Ints) -> list[NDArray[np.int64]]:
        """The places of up to two others in the order they are shown; for many picks (m,) at once each is (m,)."""
        shown: list[Any] = []
        alike, counts = self._alike[pick], self._same[pick]
        for nearer in self._nearer[: len(self._expected) - 1]:
            if shown:
                alike = np.maximum(alike, self._alike[shown[-1]])
                counts = counts + self._same[shown[-1]]
            worth = self._expected + nearer[counts, self._family]
            shown.append((worth - self._marked_down * alike).argmax(axis=-1))
        return shown

    def inclusion(self, p: NDArray[np.float64]) -> NDArray[np.float64]:
        """The chance (n,) of each candidate to be shown, picked or beside, where each is picked with chance ``p`` (n,).

        ``P(i shown) = Σ p(pick) · [i in the slate of the pick]`` over all picks; the sum is exact. Where ``p`` sums to
        less than 1, what is missing is the most by which a chance may be more.
        """
        picks = np.arange(len(p))
        shown = np.column_stack([picks, *self.beside(picks)])
        return np.asarray(np.bincount(shown.ravel(), np.repeat(p, shown.shape[1]), minlength=len(p)), float)


class Inclusion(Mapping[str, float]):
    """By id the chance of each practice that is shown to be shown, worked out where somebody first asks.

    That takes every slate there could have been, and so about as long as a fifth of a decision.
    """

    def __init__(self, slate: Slate, p: NDArray[np.float64], shown: Mapping[str, int]) -> None:
        self._slate, self._p, self._shown = slate, p, shown

    @cached_property
    def _chances(self) -> NDArray[np.float64]:
        return self._slate.inclusion(self._p)

    def __getitem__(self, practice: str) -> float:
        return min(1.0, float(self._chances[self._shown[practice]]))

    def __iter__(self) -> Iterator[str]:
        return iter(self._shown)

    def __len__(self) -> int:
        return len(self._shown)


def wanted(likeness: Likeness, context: Context, past: Past | None = None) -> NDArray[np.float64]:
    """The share (k,) each family is to have among what is shown, by a member's interests and how wide they want it.

    Interests are the rewards of what they did by family, over two spread evenly; what lies outside is one minus those.
    """
    k = len(likeness.families)
    past = likeness.catalogue.past(context.met, past)
    earned, done = np.full(k, EVEN_BEFORE / k), past.rewards > 0
    np.add.at(earned, likeness.family[past.rows[done]], past.rewards[done])
    interests = earned / sum(earned.tolist())
    outside = (1 - interests) / max(k - 1, 1)
    return np.asarray((1 - context.breadth) * interests + context.breadth * outside)


def _nearer(p: NDArray[np.float64]) -> Floats:
    """What one more of a family is worth, for one to so many shown, by how many of it there are: (steps, counts, k).

    Only the share of its own family differs between candidates, so only ``p ln q`` of that is compared.
    """
    q = _COUNTED + MISSING * p
    log_q = np.log(np.maximum(q, 1e-12))
    return np.asarray(CALIBRATED * p * (log_q[:, 1:] - log_q[:, :-1]), np.float32)
