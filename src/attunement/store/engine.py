"""Opens the database behind a URL, with full durability on SQLite."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.engine import Connection
from sqlalchemy.exc import ArgumentError

from attunement.domain.errors import AttunementError, ErrorCode, Invalid, StoreError

BUSY_S = 10.0


def parse_url(text: str) -> URL:
    """A database URL with its driver: ``sqlite:///FILE``, ``postgresql://USER@HOST/NAME``, or a plain file path.

    Raises `Invalid` (``bad-input``) where it is something else or names a folder, `StoreError` (``store-read-only``)
    where it cannot even be looked whether there is a file.
    """
    try:
        url = make_url(text if "://" in text else f"sqlite:///{text}")
    except ArgumentError as error:
        raise _bad_url(text) from error
    if url.get_backend_name() == "postgresql":
        if importlib.util.find_spec("psycopg") is None:
            raise AttunementError(
                ErrorCode.MISSING_EXTRA,
                "PostgreSQL needs the extra 'postgres'. Install it with: pip install 'attunement[postgres]'",
            )
        return url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        _check_no_folder(Path(url.database))
        return url
    raise _bad_url(text)


def _bad_url(text: str) -> Invalid:
    return Invalid(
        ErrorCode.BAD_INPUT,
        "'{url}' is not a database this works with. Use sqlite:///FILE or postgresql://USER@HOST/NAME.",
        url=text.split("@")[-1],
    )


def _check_no_folder(file: Path) -> None:
    try:
        folder = file.is_dir()
    except OSError as error:
        raise StoreError(
            ErrorCode.STORE_READ_ONLY,
            "The database file '{file}' cannot be looked at ({reason}). Check its name and who may enter its folder.",
            file=file.name,
            reason=error.strerror,
        ) from error
    if folder:
        raise Invalid(
            ErrorCode.BAD_INPUT,
            "'{folder}' is a folder, and a database is a file. Name a file in it, such as {folder}/attunement.db.",
            folder=file,
        )


def sqlite_file(url: URL) -> Path | None:
    """The database file, or None for a server database."""
    return Path(str(url.database)) if url.get_backend_name() == "sqlite" else None


def is_new(file: Path) -> bool:
    """Whether there is no database in a file yet."""
    return not file.exists() or file.stat().st_size == 0


def make_folder(folder: Path) -> None:
    """Make the folder a database file lies in; raises `StoreError` (``store-read-only``) where that is not possible."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            ErrorCode.STORE_READ_ONLY,
            "The folder '{folder}' cannot be made ({reason}). Check who owns the folder above it.",
            folder=folder.name,
            reason=error.strerror,
        ) from error


def make_engine(url: URL, *, writing: bool, busy_s: float = BUSY_S) -> Engine:
    """An engine for reading, or for writing; SQLite has one writer at a time, so its writing pool holds one.

    All that is read in one transaction is of one instant, on either database. Whoever waits longer than ``busy_s``
    seconds for another's lock gives up.
    """
    if sqlite_file(url) is None:
        options = f"{url.query.get('options', '')} -c lock_timeout={int(busy_s * 1000)}"
        return create_engine(
            url, pool_size=10, max_overflow=0, pool_timeout=busy_s, pool_pre_ping=True,
            isolation_level="READ COMMITTED" if writing else "REPEATABLE READ", connect_args={"options": options},
        )  # fmt: skip
    engine = create_engine(
        url,
        pool_size=1 if writing else 8,
        max_overflow=0,
        pool_timeout=busy_s * 3,
        connect_args={"timeout": busy_s, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_immediate if writing else _begin_deferred)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves; the driver's own guess comes too late
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
        "cache_size=-16000",
        "wal_autocheckpoint=4000",  # pages, 16 MB: the writer who copies the log back holds up all; see Store.tidy
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_deferred(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
