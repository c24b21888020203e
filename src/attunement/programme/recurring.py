"""Work that a thread of the server does over and over."""

from __future__ import annotations

import logging
import threading
from abc import ABC, abstractmethod

from attunement.domain.errors import AttunementError

_log = logging.getLogger(__name__)


class Recurring(ABC):
    """Does its round every ``every_s`` seconds until it is stopped. Several may run, in several processes."""

    def __init__(self, name: str, *, every_s: float) -> None:
        self._every_s = every_s
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the step under way."""
        self._stop.set()
        self._thread.join(timeout=10)

    @abstractmethod
    def round(self, number: int) -> None:
        """What is done once; ``number`` counts from 0."""

    def _run(self) -> None:
        number = 0
        while not self._stop.wait(self._every_s):
            try:
                self.round(number)
            except AttunementError as error:  # a busy or full database passes; what is to be done is in it
                _log.warning("%s waits: %s", self._thread.name, error)
            number += 1
