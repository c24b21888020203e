"""Probabilities of many things by id, kept as one array: of ten thousand, no dictionary is built where nobody asks."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Listed:
    """Ids in an order, each once, and the place of each in it."""

    ids: tuple[str, ...]

    @cached_property
    def place(self) -> Mapping[str, int]:
        """By id; worked out where somebody first asks."""
        return {each: k for k, each in enumerate(self.ids)}

    @cached_property
    def version(self) -> str:
        """A hash of the ids in their order: 64 hexadecimal digits."""
        return sha256("\n".join(self.ids).encode()).hexdigest()


class Probabilities(Mapping[str, float]):
    """By id the probability of each of n, in their order; equal to a dictionary that says the same.

    Parameters
    ----------
    listed:
        The ids.
    values:
        The probability of each, (n,), which nobody changes afterwards; ``in_order`` are the same.

    >>> p = Probabilities(Listed(("a", "b")), np.array([0.25, 0.75]))
    >>> p["b"], dict(p), p == {"a": 0.25, "b": 0.75}
    (0.75, {'a': 0.25, 'b': 0.75}, True)
    """

    def __init__(self, listed: Listed, values: NDArray[np.float64]) -> None:
        self.listed, self.in_order = listed, values

    @classmethod
    def of(cls, probabilities: Mapping[str, float]) -> Probabilities:
        """Any others in this form."""
        if isinstance(probabilities, Probabilities):
            return probabilities
        return cls(Listed(tuple(probabilities)), np.array([*probabilities.values()], float))

    def __getitem__(self, name: str) -> float:
        return float(self.in_order[self.listed.place[name]])

    def __iter__(self) -> Iterator[str]:
        return iter(self.listed.ids)

    def __len__(self) -> int:
        return len(self.listed.ids)

    def items(self) -> ItemsView[str, float]:
        """Each with its own."""
        return dict(zip(self.listed.ids, self.in_order.tolist(), strict=True)).items()

    def values(self) -> ValuesView[float]:
        """Those of all."""
        return dict(self.items()).values()

    def __repr__(self) -> str:
        return repr(dict(self.items()))
