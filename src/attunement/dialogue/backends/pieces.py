"""Pieces of a reply on their way from one thread to another, with an end in time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from queue import Empty, SimpleQueue

from attunement.domain.conversation import BackendFailed

LATE = "no whole answer in time"


class Pieces:
    """What a model says, piece by piece, to be read in another thread until it ends, fails, or time is up.

    ``whole`` tells at the end whether the model ended by itself. Whoever writes looks at ``unwanted`` and stops: nobody
    reads on. Reading raises `BackendFailed` when the writer failed, or ``seconds`` after it was made, however much came
    until then.

    >>> pieces = Pieces(1.0)
    >>> pieces.put("Good "), pieces.put("day."), pieces.end()
    (None, None, None)
    >>> "".join(pieces)
    'Good day.'
    """

    def __init__(self, seconds: float) -> None:
        self.unwanted = False
        self.whole = True
        self._until = time.monotonic() + seconds
        self._queue: SimpleQueue[str | BackendFailed | None] = SimpleQueue()

    @property
    def left(self) -> float:
        """Seconds until time is up, never under 0."""
        return max(0.0, self._until - time.monotonic())

    def put(self, piece: str, whole: bool = True) -> None:
        """One more piece; not ``whole`` where the reply breaks off after it."""
        self.whole = self.whole and whole
        self._queue.put(piece)

    def end(self, failure: BackendFailed | None = None) -> None:
        """Nothing more comes; ``failure`` where it did not end well."""
        self._queue.put(failure)

    def __iter__(self) -> Iterator[str]:
        try:
            while (piece := self._next()) is not None:
                yield piece
        finally:
            self.unwanted = True

    def _next(self) -> str | None:
        try:
            piece = self._queue.get(timeout=self.left)
        except Empty:
            raise BackendFailed(LATE) from None
        if self.left == 0.0:
            raise BackendFailed(LATE)
        if isinstance(piece, BackendFailed):
            raise piece
        return piece
