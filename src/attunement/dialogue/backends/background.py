"""An event loop in a thread of its own, so that what hangs can be called off and nobody waits for it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")


class Background:
    """Runs coroutines for threads that cannot; made once, and let go of by `close`.

    >>> async def answer() -> int:
    ...     return 42
    >>> background = Background()
    >>> background.start(answer()).result()
    42
    >>> background.close()
    """

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="language-model", daemon=True)
        self._thread.start()

    def start(self, coroutine: Coroutine[object, object, T]) -> Future[T]:
        """Begin it; cancelling what is returned cancels it."""
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    def close(self) -> None:
        """Call off what still runs, and end the thread."""
        self.start(self._call_off()).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _call_off(self) -> None:
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
