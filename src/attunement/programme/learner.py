"""The one learner: folds outcomes into the next policy version, lets consent run out, and looks for segments anew."""

from __future__ import annotations

import logging
import threading

from attunement.domain.errors import AttunementError
from attunement.programme.consents import do_expire_consents
from attunement.programme.drift import access_pause, do_watch
from attunement.programme.house import House
from attunement.programme.segments import do_find_segments

EVERY_S = 2.0
SELDOM, WATCH_EVERY = 300, 15
"""Rounds: ten minutes, and thirty seconds."""

_log = logging.getLogger(__name__)


def do_learn(house: House) -> int | None:
    """Fold what is new into the next version of the policy; its number, or None where nothing is new.

    Nothing is learned while learning is paused (`attunement.programme.drift`).
    """
    with house.store.write(alone=True) as transaction:
        if access_pause(transaction.connection) is not None:
            return None
        return house.policies.learn(house.clock())


class Learner:
    """Runs `do_learn` every two seconds in a thread of the server. Several may run: the store lets one in at a time."""

    def __init__(self, house: House, *, every_s: float = EVERY_S) -> None:
        self._house = house
        self._every_s = every_s
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="attunement-learner", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the step under way."""
        self._stop.set()
        self._thread.join(timeout=10)

    def _run(self) -> None:
        rounds = 0
        while not self._stop.wait(self._every_s):
            try:
                if rounds % WATCH_EVERY == 0:
                    do_watch(self._house)
                do_learn(self._house)
                if rounds % SELDOM == 0:
                    do_expire_consents(self._house)
                if rounds % SELDOM == SELDOM // 2:  # seconds of work: not while a server has only just begun
                    do_find_segments(self._house)
            except AttunementError as error:  # a busy or full database passes; the log keeps what is to be learned
                _log.warning("learning waits: %s", error)
            rounds += 1
