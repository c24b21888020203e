"""Opens models and patterns before the first line of a talk needs them."""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Iterator

from attunement.domain.conversation import Line, Speaker
from attunement.domain.errors import AttunementError
from attunement.programme.house import House

POST, DRAFT = "I am tired, and my sister does not talk to me.", "That sounds lonely."
ELSEWHERE = "Ich bin heute sehr müde."
"""Words of nobody's: whatever reads or answers them opens all that it needs. The last asks which language it is."""
AFTER_S = 0.2
_log = logging.getLogger(__name__)


def warm_up(house: House) -> Iterator[str]:
    """Read, answer and coach once, step by step; each step is named before it is done.

    Models and patterns are opened at their first use, which takes a second or two, and whoever writes meanwhile waits
    as well. A language model is not asked. Raises `AttunementError` (``model-broken``).
    """
    yield "reading"
    house.reader.read([POST, ELSEWHERE])
    yield "answering"
    house.companion.reply([Line(Speaker.MEMBER, POST)])
    yield "coaching"
    house.coach.feedback(POST, DRAFT)
    yield "finding"
    house.finder.load()


class WarmUp:
    """Does `warm_up` once in a thread of the server, a little later than the first page, and then makes pauses short.

    What a running program holds hardly ever becomes garbage, but every look through all of it stops every thread for a
    good part of a second; so it is set apart, and later looks are through what came afterwards.
    """

    def __init__(self, house: House) -> None:
        self._house = house
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="warm-up", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the step under way."""
        self._stop.set()
        self._thread.join(timeout=10)

    def _run(self) -> None:
        if self._stop.wait(AFTER_S):
            return
        step = "beginning"
        try:
            for step in warm_up(self._house):  # noqa: B007 (told where one fails)
                if self._stop.is_set():
                    return
        except AttunementError as error:  # said now, and again to whoever needs that part
            _log.error("%s will not work: %s", step, error)
        except Exception:
            _log.exception("%s stumbled while warming up", step)
        gc.freeze()
