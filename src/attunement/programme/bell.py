"""Tells whoever listens in this process that something changed, after it is written for good."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable

QUEUE, ANSWERS = "queue", "answers"
CONSENTS = "consents:"
Call = Callable[[], None]
Knows = Callable[[object], bool]


def consents_of(member: str) -> str:
    """What the bell rings about where a member allows or takes back something."""
    return CONSENTS + member


class Bell:
    """Rings for what changed; it carries no news itself.

    About a conversation by its id, a member's consents (`consents_of`), `QUEUE` (what waits for people) or `ANSWERS`
    (what the companion may owe). A mark is what tells one state from another: the number of a conversation's last line
    (changing hands is a line too), and when the newest note on it was written; of consents, the number of the newest.

    >>> bell, heard = Bell(), []
    >>> stop = bell.listen(QUEUE, lambda: heard.append("once"))
    >>> bell.ring(QUEUE); stop(); bell.ring(QUEUE); heard
    ['once']
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listeners: defaultdict[str, list[tuple[Call, Knows]]] = defaultdict(list)
        self.closed = False

    def listen(self, about: str, call: Call, *, knows: Knows = lambda _: False) -> Call:
        """Call this whenever it rings, from whichever thread rings, until what is returned is called.

        ``knows`` is whether the listener has seen the state of a mark, and need not be woken for it.
        """
        listener = (call, knows)
        with self._lock:
            self._listeners[about].append(listener)

        def stop() -> None:
            with self._lock:
                self._listeners[about].remove(listener)
                if not self._listeners[about]:
                    del self._listeners[about]

        return stop

    def ring(self, *about: str) -> None:
        """Wake whoever listens to any of these."""
        for call, _ in self._those(*about):
            call()

    def ring_for(self, about: str, mark: object) -> None:
        """Wake whoever listens to it and does not know yet that it stands so."""
        for call, knows in self._those(about):
            if not knows(mark):
                call()

    def _those(self, *about: str) -> list[tuple[Call, Knows]]:
        with self._lock:
            return [listener for one in about for listener in self._listeners.get(one, ())]

    def close(self) -> None:
        """Wake everybody for the last time: the server ends, and whoever follows it should come again."""
        self.closed = True
        self.ring(*self.heard())

    def heard(self) -> frozenset[str]:
        """What somebody listens to now."""
        with self._lock:
            return frozenset(self._listeners)
