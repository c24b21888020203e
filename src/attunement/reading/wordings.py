"""What words, and pairs of neighbouring words, say by themselves: the wide part beside a deep network.

A network of this size reads what a sentence comes to; what one rare word or turn of phrase nearly always goes with, a
plain table remembers better. Cheng et al. 2016, *Wide & deep learning*, arXiv:1606.07792.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from attunement.library.resources import UNREADABLE
from attunement.reading.model_files import broken, check_finite, checked

SAID = 31
"""How many numbers words say of feeling: a score for each of 28 emotions, then for valence, arousal and dominance."""
DANGER_SAID = 3
"""And how many of danger: a score for danger to life, one for an emergency of somebody's body, and one for harm that
others do, or that is done to others."""


@dataclass(frozen=True, slots=True)
class Wordings:
    """A table of words and pairs of words.

    ``keys`` ``(n,) uint32``, rising, are what `keys_of` gives for the pieces of a text; ``table`` ``(n, m) float32``
    is what each says.

    >>> few = Wordings(keys_of([7, 9])[:1], np.ones((1, SAID), np.float32))
    >>> float(few([7, 9])[0]), float(few([1, 2])[0])
    (1.0, 0.0)
    """

    keys: NDArray[np.uint32]
    table: NDArray[np.float32]

    def __call__(self, ids: Sequence[int]) -> NDArray[np.float32]:
        """What a window says, ``(m,) float32``: the sum over what is known of it, by the root of how much that is."""
        return self.of(keys_of(ids))

    def of(self, keys: NDArray[np.uint32]) -> NDArray[np.float32]:
        """The same of a window whose `keys_of` are told already."""
        rows = self._rows(keys)
        return np.asarray(self.table[rows].sum(axis=0) / np.sqrt(max(len(rows), 1)), np.float32)

    def rows(self, ids: Sequence[int]) -> NDArray[np.intp]:
        """The rows of the words and pairs of a window that are known, rising."""
        return self._rows(keys_of(ids))

    def _rows(self, keys: NDArray[np.uint32]) -> NDArray[np.intp]:
        place = np.searchsorted(self.keys, keys)
        within = place[place < len(self.keys)]  # keys rise, so those past the end are the last
        return np.asarray(within[self.keys[within] == keys[: len(within)]], np.intp)

    @classmethod
    def open(cls, file: Path, *, said: int, made_by: str) -> Self:
        """Read the table, each of whose rows has ``said`` numbers.

        Raises
        ------
        AttunementError
            ``MODEL_BROKEN`` where the file is missing, damaged, of another shape, or holds what is no number.
        """
        data = checked(file, made_by=made_by)
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
                found = cls(np.asarray(arrays["keys"], np.uint32), np.asarray(arrays["table"], np.float32))
            if found.table.shape != (len(found.keys), said):
                raise ValueError("the table has another shape")
            check_finite({"table": found.table})
        except UNREADABLE as error:
            raise broken(file, made_by=made_by) from error
        return found


def keys_of(ids: Sequence[int]) -> NDArray[np.uint32]:
    """A number for each word and each pair of neighbours among token ids (all below 65,535), rising, each once.

    >>> [int(key) for key in keys_of([7, 9])]
    [7, 9, 524297]
    """
    one = np.asarray(ids, np.uint32)
    return np.unique(np.concatenate([one, (one[:-1] + 1 << 16) | one[1:]]))
