"""Waits for the bell in the event loop, so that a stream costs nothing while nothing happens."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from attunement.programme.bell import Bell

PATIENCE_S = 20.0


class Waker:
    """Wakes one stream. Rings that come while it is busy are not lost: they wake it at once the next time.

    ``shown`` is the mark (see `Bell`) of what the stream has read. How long it waits differs from stream to stream, by
    a quarter: hundreds that came again together after a restart need not all ask again in the same moment.
    """

    def __init__(self) -> None:
        self._rung = asyncio.Event()
        self._asked = time.monotonic()
        self._patience_s = PATIENCE_S * random.uniform(0.75, 1)  # noqa: S311 (no secret)
        self.shown: object = None

    def ring(self) -> None:
        """Wake it (in its event loop)."""
        self._rung.set()

    def ready(self) -> None:
        """From here on rings count; to be called *before* looking at what there is."""
        self._rung.clear()

    def asks_again(self) -> bool:
        """Whether it is time to ask again who follows, however much there is to tell them; counted from here then."""
        due = time.monotonic() - self._asked >= self._patience_s
        if due:
            self._asked = time.monotonic()
        return due

    async def rung(self) -> bool:
        """Wait for a ring; False where none came for so long."""
        try:
            async with asyncio.timeout(self._patience_s):
                await self._rung.wait()
        except TimeoutError:
            return False
        return True


@asynccontextmanager
async def woken_by(bell: Bell, *about: str) -> AsyncIterator[Waker]:
    """A waker that listens to the bell about any of these, from whichever thread it rings."""
    waker, loop = Waker(), asyncio.get_running_loop()

    def ring() -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(waker.ring)

    stops = [bell.listen(one, ring, knows=lambda mark: mark is not None and mark == waker.shown) for one in about]
    try:
        yield waker
    finally:
        for stop in stops:
            stop()
