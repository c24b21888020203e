"""Practices by their place in a library: looked up once, and not again by each who wants to know something of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import nan
from typing import overload

import numpy as np
from numpy.typing import NDArray

from attunement.domain.context import Met
from attunement.domain.errors import ErrorCode, NotFound
from attunement.domain.practice import Practice
from attunement.domain.probabilities import Listed

REMEMBERED = 16
Ints = NDArray[np.int64]
Array = NDArray[np.float64]


class Candidates(Sequence[Practice]):
    """Some practices of a library in an order; ``rows`` (n,) is the place of each in the library.

    The same ones come back as the same object (`Catalogue.among`), so what hangs on them alone can be kept by it.
    """

    def __init__(self, catalogue: Catalogue, rows: Ints) -> None:
        self.catalogue, self.rows = catalogue, rows
        rows.flags.writeable = False

    @overload
    def __getitem__(self, place: int) -> Practice: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Practice, ...]: ...
    def __getitem__(self, place: int | slice) -> Practice | tuple[Practice, ...]:
        library = self.catalogue.library
        if isinstance(place, slice):
            return tuple([library[row] for row in self.rows[place].tolist()])
        return library[int(self.rows[place])]

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def listed(self) -> Listed:
        """Their ids."""
        return Listed(tuple([self.catalogue.library[row].id for row in self.rows.tolist()]))

    @cached_property
    def doubles(self) -> int:
        """How many of them stand there already."""
        return len(self.rows) - len(np.unique(self.rows))

    def part(self, places: Ints) -> Candidates:
        """Those at these places."""
        return self.catalogue.at(self.rows[places])


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """What a member met of a library, newest first: ``rows`` (m,), how many ``days_ago`` (m,) each was, and ``rewards``
    (m,), which are not a number where no outcome came.
    """

    catalogue: Catalogue
    rows: Ints
    days_ago: Array
    rewards: Array

    def __len__(self) -> int:
        return len(self.rows)


class Catalogue:
    """All practices of a library, in order.

    >>> from attunement.checks.examples import example_practices
    >>> library = example_practices(5)
    >>> catalogue = Catalogue(library)
    >>> some = catalogue.among([library[3], library[1]])
    >>> some.rows.tolist(), some is catalogue.among(some), some is catalogue.among([library[3], library[1]])
    ([3, 1], True, True)
    """

    def __init__(self, library: Sequence[Practice]) -> None:
        self.library = tuple(library)
        self.row = {p.id: row for row, p in enumerate(self.library)}
        self.everything = Candidates(self, np.arange(len(self.library)))
        self._kept = lru_cache(REMEMBERED)(self._made)

    @classmethod
    def of(cls, library: Sequence[Practice] | Catalogue) -> Catalogue:
        """That of a library, or the one given."""
        return library if isinstance(library, Catalogue) else cls(library)

    def among(self, practices: Sequence[Practice]) -> Candidates:
        """These practices; raises `NotFound` (``unknown-practice``) where one is not in the library."""
        if practices is self.library:
            return self.everything
        if isinstance(practices, Candidates) and practices.catalogue is self:
            return practices
        row = self.row
        try:
            return self.at(np.array([row[p.id] for p in practices], np.int64))
        except KeyError as error:
            raise NotFound(
                ErrorCode.UNKNOWN_PRACTICE,
                "There is no practice '{practice}' in the policy's library. Make the policy with one that has it.",
                practice=error.args[0],
            ) from error

    def at(self, rows: Ints) -> Candidates:
        """The practices in these places of the library."""
        return self._kept(rows.tobytes())

    def _made(self, rows: bytes) -> Candidates:
        return Candidates(self, np.frombuffer(rows, np.int64))

    def past(self, met: Sequence[Met], known: Past | None = None) -> Past:
        """What was met, without what the library no longer has; the one ``known`` where it is of this catalogue."""
        if known is not None and known.catalogue is self:
            return known
        row, kept = self.row, [m for m in met if m.practice in self.row]
        return Past(
            self, np.array([row[m.practice] for m in kept], np.int64), np.array([m.days_ago for m in kept], float),
            np.array([nan if m.reward is None else m.reward for m in kept], float),
        )  # fmt: skip
