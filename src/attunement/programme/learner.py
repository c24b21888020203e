"""The one learner: folds outcomes into the next policy version, lets consent run out; seldom, what takes longer."""

from __future__ import annotations

from attunement.programme.consents import do_expire_consents
from attunement.programme.drift import access_pause, do_watch
from attunement.programme.house import House
from attunement.programme.mood_lessons import do_learn_moods
from attunement.programme.recurring import Recurring
from attunement.programme.segments import do_find_segments

EVERY_S = 2.0
SELDOM, WATCH_EVERY = 300, 15
"""Rounds: ten minutes, and thirty seconds."""


def do_learn(house: House) -> int | None:
    """Fold what is new into the next version of the policy; its number, or None where nothing is new.

    Nothing is learned while learning is paused (`attunement.programme.drift`).
    """
    with house.store.write(alone=True) as transaction:
        if access_pause(transaction.connection) is not None:
            return None
        return house.policies.learn(house.clock())


class Learner(Recurring):
    """Runs `do_learn` every two seconds in a thread of the server. Several may run: the store lets one in at a time."""

    def __init__(self, house: House, *, every_s: float = EVERY_S) -> None:
        super().__init__("attunement-learner", every_s=every_s)
        self._house = house

    def round(self, number: int) -> None:
        """Look whether what is learned is still right, and learn; seldom also what takes longer."""
        if number % WATCH_EVERY == 0:
            do_watch(self._house)
        do_learn(self._house)
        if number % SELDOM == 0:
            do_expire_consents(self._house)
        if number % SELDOM == SELDOM // 2:  # seconds of work: not while a server has only just begun
            do_find_segments(self._house)
            do_learn_moods(self._house)
