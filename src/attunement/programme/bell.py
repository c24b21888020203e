"""Tells whoever listens in this process that something changed, after it is written for good."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable

QUEUE = "queue"


class Bell:
    """Rings for what changed: a conversation by its id, or `QUEUE`, what waits for people. It carries no news itself.

    >>> bell, heard = Bell(), []
    >>> stop = bell.listen(QUEUE, lambda: heard.append("once"))
    >>> bell.ring(QUEUE); stop(); bell.ring(QUEUE); heard
    ['once']
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: defaultdict[str, list[Callable[[], None]]] = defaultdict(list)
        self.closed = False

    def listen(self, about: str, call: Callable[[], None]) -> Callable[[], None]:
        """Call this whenever it rings, from whichever thread rings, until what is returned is called."""
        with self._lock:
            self._listeners[about].append(call)

        def stop() -> None:
            with self._lock:
                self._listeners[about].remove(call)
                if not self._listeners[about]:
                    del self._listeners[about]

        return stop

    def ring(self, *about: str) -> None:
        """Wake whoever listens to any of these."""
        with self._lock:
            calls = [call for one in about for call in self._listeners.get(one, ())]
        for call in calls:
            call()

    def close(self) -> None:
        """Wake everybody for the last time: the server ends, and whoever follows it should come again."""
        self.closed = True
        self.ring(*self.heard())

    def heard(self) -> frozenset[str]:
        """What somebody listens to now."""
        with self._lock:
            return frozenset(self._listeners)
