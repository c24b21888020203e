"""Leaves a language model alone for a while when it keeps failing, and never asks it too much at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Protocol, runtime_checkable

from attunement.dialogue.backends.place import place_of
from attunement.dialogue.backends.spoken import Unsayable
from attunement.domain.conversation import Backend, BackendFailed, Prompt


class RestingBackend:
    """A circuit breaker: after ``after`` failures in a row, every call fails at once for ``rest_s`` seconds.

    Then one call may try; if it fails, the rest begins anew. Calls that hang count against ``at_once``, so that a model
    that never answers takes up no more threads than that. A reply that cannot be said is no failure: one person could
    lead the model to it, and nobody else is to go without for that.

    Parameters
    ----------
    backend:
        The model.
    after, rest_s:
        Failures in a row before a rest, and its length in seconds.
    at_once:
        How many calls may run at the same time; one more fails at once, without counting as a failure.

    >>> class Broken:
    ...     name = "broken"
    ...     def generate(self, prompt: Prompt, n: int) -> list[str]:
    ...         raise BackendFailed("it is broken")
    >>> resting = RestingBackend(Broken(), after=1)
    >>> for _ in range(2):
    ...     try:
    ...         resting.generate(Prompt("", (), "x-1"), 1)
    ...     except BackendFailed as why:
    ...         print(why)
    it is broken
    left alone for a while
    """

    def __init__(
        self, backend: Backend, *, after: int = 3, rest_s: float = 60.0, at_once: int = 16,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:  # fmt: skip
        self.name = backend.name
        self.place = place_of(backend)
        self._backend = backend
        self._after, self._rest_s, self._at_once = after, rest_s, at_once
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = self._running = 0
        self._rests_until = float("-inf")

    @classmethod
    def for_checks(cls) -> Iterator[RestingBackend]:
        """None: there is nothing to rest without a model. Tests bring one."""
        return iter(())

    def generate(self, prompt: Prompt, n: int) -> list[str]:
        """As the model does, or `BackendFailed` at once while it is left alone."""
        self._begin()
        failed = True
        try:
            replies = self._backend.generate(prompt, n)
            failed = False
        except Unsayable:
            failed = False
            raise
        finally:
            self._end(failed=failed)
        return replies

    def close(self) -> None:
        """Let go of the model, where it holds on to anything."""
        if isinstance(self._backend, _Closing):
            self._backend.close()

    def _begin(self) -> None:
        with self._lock:
            if self._running >= self._at_once:
                raise BackendFailed("too much is asked of it at once")
            if self._failures >= self._after:
                if self._clock() < self._rests_until:
                    raise BackendFailed("left alone for a while")
                self._rests_until = self._clock() + self._rest_s  # this call tries; others go on resting
            self._running += 1

    def _end(self, *, failed: bool) -> None:
        with self._lock:
            self._running -= 1
            self._failures = self._failures + 1 if failed else 0
            if failed and self._failures >= self._after:
                self._rests_until = self._clock() + self._rest_s


@runtime_checkable
class _Closing(Protocol):
    def close(self) -> None: ...
