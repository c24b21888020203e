"""Turns what a database driver says into one coded error, in one place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError, TimeoutError

from attunement.domain.errors import AttunementError, Conflict, ErrorCode, StoreError

_BUSY = (
    ErrorCode.STORE_BUSY,
    "The database was busy for too long. Nothing was written; try again in a moment.",
)
_SAYS = (
    (("database is locked", "database table is locked", "lock timeout", "deadlock detected"), *_BUSY),
    (("readonly database", "read-only", "unable to open database file", "permission denied"), ErrorCode.STORE_READ_ONLY,
     "The database cannot be written or opened. Check who owns its file and folder, and that the disk can be written."),
    (("disk is full", "disk full", "no space left", "could not extend", "sqlite_ioerr_write"), ErrorCode.STORE_FULL,
     "The disk under the database is full, or its quota is. Nothing was half written; free some space and try again."),
    (("malformed", "not a database", "file is encrypted", "disk i/o error", "invalid page"), ErrorCode.STORE_CORRUPT,
     "The database file is damaged or is not an Attunement database. Nothing was changed; restore the newest backup."),
)  # fmt: skip


def not_the_owner() -> Conflict:
    """The error for whoever speaks in a conversation that is not, or not any more, theirs to speak in."""
    return Conflict(
        ErrorCode.NOT_THE_OWNER,
        "This conversation is in other hands by now, so nothing was said. Look at how it stands, then go on.",
    )


def coded(error: DBAPIError | TimeoutError) -> AttunementError | None:
    """The coded error for a driver's, or None where it is a bug of ours and must show as one."""
    if isinstance(error, TimeoutError):  # every connection of the pool is taken
        return StoreError(*_BUSY)
    text = f"{error.orig} {getattr(error.orig, 'sqlite_errorname', '')}".lower()
    if ErrorCode.NOT_THE_OWNER in text:  # raised by the triggers of migration 0007
        return not_the_owner()
    for marks, code, message in _SAYS:
        if any(mark in text for mark in marks):
            return StoreError(code, message)
    if isinstance(error, OperationalError):
        return StoreError(
            ErrorCode.STORE_UNREACHABLE,
            "The database does not answer. Check that it runs and that its address is right; then try again.",
        )
    return None


@contextmanager
def coded_errors() -> Iterator[None]:
    """Raise a driver's errors inside the block as coded ones."""
    try:
        yield
    except (DBAPIError, TimeoutError) as error:
        found = coded(error)
        if found is None:
            raise
        raise found from error
