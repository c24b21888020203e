"""What was taught before a day: lessons whose sums are kept so that any day's is found in few steps."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from attunement.foresight.lesson import Example, Lesson

MOST = 2**16
"""Days told apart: ninety years to either side of nought."""
GROWN = 1.05


class LessonsByDay:
    """Examples by their day, and the lesson of all earlier days.

    A lesson is worked out again when there are a twentieth more examples than at the last time it was asked for that
    day; until then the last one holds. It rests only on what was seen before it was worked out.

    >>> lessons = LessonsByDay()
    >>> for k in range(400):
    ...     lessons.see(k // 100, Example(np.array([1.0]), 0.2, 0.0))
    >>> lessons.before(0) is None, lessons.before(3).round(2).tolist()
    (True, [0.2])

    Fenwick (1994), A new data structure for cumulative frequency tables, Software: Practice and Experience 24.
    """

    def __init__(self) -> None:
        self._n = 0
        self._new: dict[int, list[Example]] = {}
        self._tree: dict[int, Lesson] = {}
        self._kept: dict[int, tuple[int, NDArray[np.float64] | None]] = {}

    def see(self, day: int, example: Example) -> None:
        """One more example of a day."""
        self._new.setdefault(_place(day), []).append(example)
        self._n += 1

    def before(self, day: int) -> NDArray[np.float64] | None:
        """The correction learned from all earlier days; None while that is too little."""
        place = _place(day)
        at, learned = self._kept.get(place, (0, None))
        if self._n > GROWN * at:
            self._sort_in()
            learned = self._up_to(place - 1).learned()
            self._kept[place] = (self._n, learned)
        return learned

    def _sort_in(self) -> None:
        for place, examples in self._new.items():
            one = Lesson()
            one.see(examples)
            k = place
            while k < MOST:
                self._tree.setdefault(k, Lesson()).add(one)
                k += k & -k
        self._new.clear()

    def _up_to(self, k: int) -> Lesson:
        found = Lesson()
        while k:
            if k in self._tree:
                found.add(self._tree[k])
            k &= k - 1
        return found


def _place(day: int) -> int:
    return min(MOST - 1, max(1, day + MOST // 2))
