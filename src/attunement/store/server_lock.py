"""One server a database file: a lock beside it says who that is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from attunement.domain.errors import ErrorCode, StoreError


class ServerLock:
    """The lock beside an SQLite file, held by the process that serves it; PostgreSQL, without a file, needs none.

    It goes with the process, however that ends.
    """

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._held: FileLock | None = None

    def hold(self) -> None:
        """Hold it until `release`; raises `StoreError` (``store-in-use``) where another does."""
        if self._file is None or self._held is not None:
            return
        lock = FileLock(Path(f"{self._file}.lock"), mode=0o600)
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            raise StoreError(
                ErrorCode.STORE_IN_USE,
                "An Attunement server uses '{file}'. Stop it first and try again; several at once need PostgreSQL.",
                file=self._file.name,
            ) from error
        self._held = lock

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold it for a while, so that nothing is changed under a server; raises as `hold`."""
        before = self._held
        self.hold()
        try:
            yield
        finally:
            if before is None:
                self.release()

    def release(self) -> None:
        """Let go of it."""
        if self._held is not None:
            self._held.release()
            self._held = None
