"""Regression trees grown one on another, all of them walked at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
LEAVES = 16
"""The most leaves of a tree."""


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """The sum over trees of the value of the leaf an input falls into.

    An inner node asks whether one input is at most a threshold; if not, it rules out the leaves to its left. Of the
    leaves that no node rules out, the leftmost is where a walk from the root would end. So nothing is walked: every
    node of every tree is asked in one comparison, and what each rules out is a row of bits.

    Parameters
    ----------
    inputs, thresholds:
        ``(nodes, trees)``: which input a node asks about, and the most of it that goes left; infinity where a tree has
        fewer nodes than others.
    keeps:
        ``(nodes, trees)`` uint16: a bit for each leaf, from the left, that stays where the answer is no.
    values:
        ``(trees, 16)``: of the leaves from the left.

    >>> one = Trees(np.array([[0]]), np.array([[0.5]]), np.array([[0b10]], np.uint16), np.array([[-1.0, 2.0]]))
    >>> one(np.array([0.5])), one(np.array([0.6]))
    (-1.0, 2.0)

    Lucchese et al. 2015, *QuickScorer: a fast algorithm to rank documents with additive ensembles of regression trees*,
    SIGIR; Friedman 2001, *Greedy function approximation: a gradient boosting machine*, Annals of Statistics 29.
    """

    inputs: NDArray[np.intp]
    thresholds: Array
    keeps: NDArray[np.uint16]
    values: Array

    def __call__(self, x: Array) -> float:
        """The sum for one input ``(n,)``."""
        ruled = np.where(x.take(self.inputs) > self.thresholds, self.keeps, np.uint16(0xFFFF))
        left = np.bitwise_and.reduce(ruled, axis=0)
        first = np.bitwise_count((left & -left) - np.uint16(1))
        return float(self.values[np.arange(len(first)), first].sum())
