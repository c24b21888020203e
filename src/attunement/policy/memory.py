"""What a member's past tells of practices: how the like of each helped, what is too recent, what is new."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from attunement.policy.candidates import Array, Ints, Past
from attunement.policy.traits import Traits

HISTORY = (
    "helped/practice",
    "helped/family",
    "helped/medium",
    "helped/length",
    "tired/practice",
    "tired/family",
    "new/family",
)
FATIGUE_DAYS = 7.0
SHRINK = 2.0
RECENT = 5


@dataclass(frozen=True, slots=True, eq=False)
class Memory:
    """Of each key of `Traits` how it ``helped`` (k,); of each practice how ``tired`` the member is of it (n,); and
    ``of_family`` (f, 2) how often each was met lately, and whether it is new.
    """

    helped: Array
    tired: Array
    of_family: Array

    @classmethod
    def of(cls, past: Past, traits: Traits) -> Memory:
        """Shrunken mean rewards, tiredness of the recent, and what is new, by a past that is not empty."""
        rows, rated = past.rows, np.isfinite(past.rewards)
        families = traits.family[rows]
        tired, of_family = np.zeros(len(traits.keys)), np.empty((traits.n_families, 2))
        np.maximum.at(tired, rows, np.exp(past.days_ago / -FATIGUE_DAYS))
        of_family[:, 0] = np.bincount(families[:RECENT], minlength=traits.n_families) / RECENT
        of_family[:, 1] = 1.0
        of_family[families, 1] = 0.0
        keys = traits.keys.take(rows[rated], axis=0).ravel()
        helped = shrunken_means(keys, past.rewards[rated].repeat(4), size=traits.n_keys)
        return cls(helped, tired, of_family)

    def seen(self, rows: Ints, keys: Ints) -> Array:
        """The columns of `HISTORY` (n, 7) for the practices in these places, which have these keys (n, 4)."""
        x = np.empty((len(rows), len(HISTORY)))
        x[:, :4], x[:, 4], x[:, 5:] = self.helped[keys], self.tired[rows], self.of_family[keys[:, 1]]
        return x

    def worth(self, mean: Array, traits: Traits) -> Array:
        """What each key is worth (k,) by the coefficients of `HISTORY` (7,), but for being tired of one practice."""
        worth = self.helped * mean[traits.column]
        worth[: traits.n_families] += self.of_family @ mean[5:]
        return np.asarray(worth)


def shrunken_means(keys: Ints, rewards: Array, *, size: int) -> Array:
    """Mean rewards by key as a difference from the middle, ``2·Σ(r - 1/2) / (n + 2)``: near nothing while few.

    ``keys`` (n,) from 0 to ``size`` - 1, ``rewards`` (n,) from 0 to 1; the result ``(size,)`` lies in -1 to 1.

    >>> shrunken_means(np.array([1, 1]), np.array([1.0, 1.0]), size=3).tolist()
    [0.0, 0.5, 0.0]
    """
    n = np.bincount(keys, minlength=size)
    total = np.bincount(keys, weights=rewards, minlength=size)
    return np.asarray(2 * (total - n / 2) / (n + SHRINK))
