"""Work that a thread of the server does over and over."""

from __future__ import annotations

import logging
import threading
from abc import ABC, abstractmethod

from attunement.domain.errors import AttunementError

_log = logging.getLogger(__name__)


class Recurring(ABC):
    """Does its round every ``every_s`` seconds, and when it is woken, until it is stopped.

    Several may run, in several processes.
    """

    def __init__(self, name: str, *, every_s: float) -> None:
        self._every_s = every_s
        self._stop, self._woken = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the step under way."""
        self._stop.set()
        self._woken.set()
        if self._thread.ident is not None:
            self._thread.join(timeout=10)

    def wake(self) -> None:
        """Begin the next round now."""
        self._woken.set()

    @abstractmethod
    def round(self, number: int) -> None:
        """What is done once; ``number`` counts from 0."""

    def _run(self) -> None:
        number = 0
        while True:
            self._woken.wait(self._every_s)
            self._woken.clear()
            if self._stop.is_set():
                return
            try:
                self.round(number)
            except AttunementError as error:  # a busy or full database passes; what is to be done is in it
                _log.warning("%s waits: %s", self._thread.name, error)
            except Exception:  # whatever breaks in one round, the next must come
                _log.exception("%s stumbled", self._thread.name)
            number += 1
