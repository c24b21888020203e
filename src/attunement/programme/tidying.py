"""Keeps the database tidy while a server runs, so that nobody who writes has to wait for it."""

from __future__ import annotations

from attunement.programme.house import House
from attunement.programme.recurring import Recurring

EVERY_S = 5.0


class Tidier(Recurring):
    """Copies the write-ahead log back in small parts, and wipes what an erasure could not wipe at once."""

    def __init__(self, house: House) -> None:
        super().__init__("tidier", every_s=EVERY_S)
        self._house = house

    def round(self, number: int) -> None:
        """Tidy once."""
        self._house.store.tidy()
