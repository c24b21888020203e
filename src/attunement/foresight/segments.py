"""Segments: whether people come in kinds, and in which, by their traits. For stewards; never a label on a member."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from attunement.foresight.mixture import Mixture
from attunement.foresight.stability import STABLE, is_beyond_chance, stability
from attunement.foresight.traits import Known, Mark, Trait

LEAST, MOST = 8, 6
TOLD, APART = 3, 0.5
"""How many traits name a segment, and how many standard deviations of what is seen each must at least lie apart."""
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Segment:
    """Some people who have something in common.

    ``marks`` are what sets them apart, strongest first, none where nothing does by much; ``size`` how many they are;
    ``stability`` (0 to 1) how far they are found again among other halves of the people.
    """

    marks: tuple[Mark, ...]
    size: int
    stability: float


@dataclass(frozen=True, eq=False)
class Segments:
    """Kinds of people: the most that are found again and could not come about in a crowd without any; often one.

    Of mixtures (`Mixture`) with up to ``most`` groups, that with the most is taken in which no group has fewer than
    ``least`` people, each is stable (`stability`), and which fits better than chance would (`is_beyond_chance`). Where
    none is like that, all are one segment: an honest answer.

    Parameters
    ----------
    all:
        The segments, in the order of the columns of `chances`.
    mixture:
        Fitted to traits counted from ``middle`` (d,) in units of ``scale`` (d,), how much people differ in each.

    >>> from attunement.foresight.traits import Trait
    >>> rng = np.random.default_rng(0)
    >>> night = np.repeat([0.0, 1.0], 20)[:, None] + 0.1 * rng.standard_normal((40, 1))
    >>> traits = [Trait("time/night", "check in at night", "hardly ever check in at night")]
    >>> found = Segments.fit(Known(night, np.full(night.shape, 0.01)), traits, rng=rng)
    >>> sorted((segment.marks[0].words(), segment.size) for segment in found.all)
    [('check in at night', 20), ('hardly ever check in at night', 20)]

    von Luxburg (2010), Clustering stability: an overview, Foundations and Trends in Machine Learning 2.
    """

    all: tuple[Segment, ...]
    mixture: Mixture = field(repr=False)
    middle: Array = field(repr=False)
    scale: Array = field(repr=False)

    @classmethod
    def fit(
        cls, known: Known, traits: Sequence[Trait], *, rng: Generator, least: int = LEAST, most: int = MOST
    ) -> Segments:
        """Find them.

        Parameters
        ----------
        known:
            What is known of n people in d traits.
        traits:
            The d traits and their words.
        rng:
            Where all chance comes from: the same people in the same order and the same seed, the same segments.
        least:
            The fewest people a segment may have.
        most:
            The most segments that are looked for.
        """
        middle, scale = _measure(known, rng)
        x, errors = known.counted(middle, scale)
        for k in range(min(most, len(x) // least), 1, -1):
            mixture = Mixture.fitted(x, errors, k, rng=rng)
            sizes = np.bincount(mixture.chances(x, errors).argmax(axis=1), minlength=k)
            if sizes.min() < least:
                continue
            found = stability(x, errors, mixture, rng=rng)
            if found.min() >= STABLE and is_beyond_chance(x, errors, mixture, rng=rng):
                told = [_marks(mixture, scale / known.deviation, traits, one) for one in range(k)]
                return cls(tuple(map(Segment, told, sizes.tolist(), found.tolist())), mixture, middle, scale)
        return cls((Segment((), len(x), 1.0),), Mixture.fitted(x, errors, 1, rng=rng), middle, scale)

    def chances(self, known: Known) -> Array:
        """Of each of n people to belong to each segment (n, k), from whatever is known of them; rows sum to 1."""
        return self.mixture.chances(*known.counted(self.middle, self.scale))


def _measure(known: Known, rng: Generator) -> tuple[Array, Array]:
    """The middle of all people in each trait and how much they differ in it (d,), but for errors."""
    middle, scale = known.middle, known.deviation
    one = Mixture.fitted(*known.counted(middle, scale), 1, rng=rng)
    return middle + scale * one.middles[0], scale * np.sqrt(one.variances)


def _marks(mixture: Mixture, units: Array, traits: Sequence[Trait], one: int) -> tuple[Mark, ...]:
    """What sets one group most apart from all the others together; ``units`` (d,) is what 1 is in deviations seen."""
    others = np.delete(mixture.weights, one) @ np.delete(mixture.middles, one, axis=0) / (1 - mixture.weights[one])
    apart = (mixture.middles[one] - others) * units
    strongest = np.argsort(-np.abs(apart), kind="stable")[:TOLD].tolist()
    return tuple(Mark(traits[j], bool(apart[j] > 0)) for j in strongest if abs(apart[j]) >= APART)
