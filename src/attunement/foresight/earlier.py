"""What many people's rows told before a row: earlier in the file, and earlier in time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Known:
    """How many values, their sum, the least and the greatest."""

    n: int = 0
    total: float = 0.0
    low: float = math.inf
    high: float = -math.inf

    def __add__(self, other: Known) -> Known:
        return Known(
            self.n + other.n, self.total + other.total, min(self.low, other.low), max(self.high, other.high)
        )  # fmt: skip


def known_before(times: Sequence[float], values: Sequence[float | None]) -> list[Known]:
    """For each row, what the rows before it *in both senses* told: above it in the file, and at an earlier time.

    So no forecast rests on what was to come, however a file is sorted, and a file cut short gives the same forecasts.

    >>> before = known_before([1.0, 3.0, 2.0], [5.0, 9.0, 7.0])
    >>> [(known.n, known.total) for known in before]
    [(0, 0.0), (1, 5.0), (1, 5.0)]

    Fenwick (1994), A new data structure for cumulative frequency tables, Software: Practice and Experience 24.
    """
    rank = {time: k for k, time in enumerate(sorted(set(times)), start=1)}
    tree = [Known()] * (len(rank) + 1)
    before = []
    for time, value in zip(times, values, strict=True):
        before.append(_up_to(tree, rank[time] - 1))
        if value is not None:
            _add(tree, rank[time], Known(1, value, value, value))
    return before


def _up_to(tree: list[Known], k: int) -> Known:
    found = Known()
    while k:
        found += tree[k]
        k &= k - 1
    return found


def _add(tree: list[Known], k: int, one: Known) -> None:
    while k < len(tree):
        tree[k] += one
        k += k & -k
