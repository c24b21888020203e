"""Whether groups are there: found again among half of the people, and not to be had from one cloud of any shape."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from attunement.foresight.mixture import Mixture

REFITS, CLOUDS = 20, 39
STABLE = 0.75
EARLY, HOPELESS = 4, 0.6
Array = NDArray[np.float64]


def stability(x: Array, errors: Array, mixture: Mixture, *, rng: Generator) -> Array:
    """How far each group is found again (k,), 0 to 1: 1 is always and entirely.

    The mean, over mixtures fitted to random halves of the people, of ``|A ∩ B| / |A ∪ B|`` of the group with the most
    alike one found there. Hennig (2007), Cluster-wise assessment of cluster stability, Computational Statistics & Data
    Analysis 52, takes 0.75 for stable (`STABLE`) and under 0.6 for not to be trusted. It ends after a few halves where
    a group is under that by then.

    Parameters
    ----------
    x, errors:
        As in `Mixture.fitted`.
    mixture:
        The groups, fitted to everybody.
    """
    k = len(mixture.weights)
    groups = mixture.chances(x, errors).argmax(axis=1)
    found = np.zeros((0, k))
    while len(found) < REFITS and not (len(found) == EARLY and found.mean(axis=0).min() < HOPELESS):
        half = np.sort(rng.permutation(len(x))[: len(x) // 2])
        again = Mixture.fitted(x[half], errors[half], k, rng=rng).chances(x, errors).argmax(axis=1)
        found = np.vstack([found, _alike(groups, again, k)])
    return np.asarray(found.mean(axis=0))


def is_beyond_chance(x: Array, errors: Array, mixture: Mixture, *, rng: Generator) -> bool:
    """Whether these groups fit better than any that are found where there are none.

    One cloud without groups can be cut in halves that are found again, along the way it is longest. So as many people
    are drawn `CLOUDS` times from a single normal cloud of the same middle, shape and errors; groups count where they
    gain more fit over one group than in every one of those (p = 1/40).

    McLachlan (1987), On bootstrapping the likelihood ratio test statistic for the number of components in a normal
    mixture, Applied Statistics 36.
    """
    k = len(mixture.weights)
    gain = mixture.fit - Mixture.fitted(x, errors, 1, rng=rng).fit
    for _ in range(CLOUDS):
        cloud = _cloud(x, errors, rng)
        if Mixture.fitted(cloud, errors, k, rng=rng).fit - Mixture.fitted(cloud, errors, 1, rng=rng).fit >= gain:
            return False
    return True


def _alike(groups: NDArray[np.int64], again: NDArray[np.int64], k: int) -> Array:
    """Of each group, the largest share of people in common with one of those found again (k,)."""
    both = np.zeros((k, k))
    np.add.at(both, (groups, again), 1.0)
    either = both.sum(axis=1)[:, None] + both.sum(axis=0) - both
    return np.asarray((both / np.maximum(either, 1)).max(axis=1))


def _cloud(x: Array, errors: Array, rng: Generator) -> Array:
    """As many people from one normal cloud, known as well as these are."""
    known = np.isfinite(errors)
    noise = np.where(known, errors, 0.0)
    pairs = np.maximum(known.T.astype(float) @ known, 1.0)
    middle = x.sum(axis=0) / pairs.diagonal()
    apart = np.where(known, x - middle, 0.0)
    size, turn = np.linalg.eigh(apart.T @ apart / pairs - np.diag(noise.sum(axis=0) / pairs.diagonal()))
    true = middle + rng.standard_normal(x.shape) @ (turn * np.sqrt(np.maximum(size, 0.0))).T
    return np.where(known, true + rng.standard_normal(x.shape) * np.sqrt(noise), 0.0)
