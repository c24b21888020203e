"""Waits for the bell in the event loop, so that a stream costs nothing while nothing happens."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from attunement.programme.bell import Bell

PATIENCE_S = 20.0


class Waker:
    """Wakes one stream. Rings that come while it is busy are not lost: they wake it at once the next time."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()
        self._asked = time.monotonic()

    def ring(self) -> None:
        """Wake it (in its event loop)."""
        self._rung.set()

    def ready(self) -> None:
        """From here on rings count; to be called *before* looking at what there is."""
        self._rung.clear()

    def asks_again(self) -> bool:
        """Whether it is time to ask again who follows, however much there is to tell them; counted from here then."""
        due = time.monotonic() - self._asked >= PATIENCE_S
        if due:
            self._asked = time.monotonic()
        return due

    async def rung(self) -> bool:
        """Wait for a ring; False where none came for so long."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                await self._rung.wait()
        except TimeoutError:
            return False
        return True


@asynccontextmanager
async def woken_by(bell: Bell, about: str) -> AsyncIterator[Waker]:
    """A waker that listens to the bell, from whichever thread it rings."""
    waker, loop = Waker(), asyncio.get_running_loop()

    def ring() -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(waker.ring)

    stop = bell.listen(about, ring)
    try:
        yield waker
    finally:
        stop()
