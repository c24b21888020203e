"""How alike practices are, by what they are: family, medium, viewpoints and needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from attunement.domain.need import Need
from attunement.domain.practice import Medium, Practice, Viewpoint
from attunement.policy.candidates import REMEMBERED, Candidates, Catalogue

FAMILY, MEDIUM, VIEWPOINTS, NEEDS = 0.4, 0.2, 0.2, 0.2
Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Among:
    """Some practices beside each other: how alike each is to each, infinitely to itself; of whose family each is one.

    ``alike`` (n, n), ``same`` (n, n) 1 where two are of one family, ``family`` (n,).
    """

    alike: Vectors
    same: NDArray[np.int8]
    family: NDArray[np.int64]


class Likeness:
    """A vector for each practice of a library; the product of two says how alike they are, from 0 to about 1.

    It is ``0.4 [same family] + 0.2 [same medium] + 0.2 cos(viewpoints) + 0.2 cos(needs)``, which is 0 for two that
    have nothing of it in common.

    >>> from attunement.checks.examples import example_practices
    >>> some = example_practices(8)
    >>> Likeness(some).between(some[:4])[0].astype(float).round(1).tolist()
    [1.0, 0.0, 0.0, 0.4]
    """

    def __init__(self, library: Sequence[Practice] | Catalogue) -> None:
        self.catalogue = Catalogue.of(library)
        practices = self.catalogue.library
        self.families = sorted({p.family for p in practices})
        place = {family: k for k, family in enumerate(self.families)}
        self.family = np.array([place[p.family] for p in practices], np.int64)
        blocks = (
            (FAMILY, [[f == p.family for f in self.families] for p in practices]),
            (MEDIUM, [[m == p.medium for m in Medium] for p in practices]),
            (VIEWPOINTS, [[v in p.viewpoints for v in Viewpoint] for p in practices]),
            (NEEDS, [[n in p.needs for n in Need] for p in practices]),
        )
        vectors = [np.sqrt(weight) * _unit(np.array(table, float)) for weight, table in blocks]
        self._vectors = np.hstack(vectors).astype(np.float32)
        self._of = lru_cache(REMEMBERED)(self._among)

    def between(self, practices: Sequence[Practice]) -> Vectors:
        """How alike each is to each (n, n); all of them must be in the library."""
        chosen = self._vectors[self.catalogue.among(practices).rows]
        return np.asarray(chosen @ chosen.T)

    def among(self, practices: Sequence[Practice]) -> Among:
        """The same as a slate is chosen by, remembered for the sets that were asked for last."""
        return self._of(self.catalogue.among(practices))

    def _among(self, candidates: Candidates) -> Among:
        vectors, family = self._vectors[candidates.rows], self.family[candidates.rows]
        alike = vectors @ vectors.T
        np.fill_diagonal(alike, np.inf)
        return Among(alike, (family[:, None] == family).astype(np.int8), family)


def _unit(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each row at length 1; a row of zeros stays one."""
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12))
