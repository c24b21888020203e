"""How often one caller may do one thing. Counted in this process, by the minute, and never written down."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable

from attunement.domain.errors import ErrorCode, Throttled

WINDOW_S = 60


class Throttle:
    """Counts what callers do in a minute and refuses what is too much.

    >>> throttle = Throttle(lambda: 0.0)
    >>> throttle.hit(1, "sign-in", "192.0.2.7")
    >>> throttle.hit(1, "sign-in", "192.0.2.7")
    Traceback (most recent call last):
    ...
    attunement.domain.errors.Throttled: That was too often in a short time. Wait a minute, then try again.
    """

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._counts: Counter[tuple[str, str]] = Counter()
        self._minute = 0
        self._lock = threading.Lock()

    def hit(self, most: int, what: str, who: str) -> None:
        """Count one use of ``what`` by ``who``, who has ``most`` of them a minute.

        Raises `Throttled` (``too-many-tries``) over it.
        """
        minute = int(self._seconds() // WINDOW_S)
        with self._lock:
            if minute != self._minute:
                self._minute = minute
                self._counts.clear()
            self._counts[what, who] += 1
            if self._counts[what, who] <= most:
                return
        raise Throttled(ErrorCode.TOO_MANY_TRIES, "That was too often in a short time. Wait a minute, then try again.")
