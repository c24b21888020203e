"""Leaves no copy of a destroyed key in the files of a database, and keeps its write-ahead log short."""

from __future__ import annotations

import logging
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from attunement.domain.errors import StoreError
from attunement.store.errors import coded_errors

_log = logging.getLogger(__name__)
WAITS_MS = 200
"""So long a wipe waits for others who read; while it does, nobody can write."""


class Wiper:
    """Wipes a database after keys were destroyed: its write-ahead log (SQLite), or its dead rows (PostgreSQL).

    ``owed`` is whether there is something left to wipe, since others were reading: it is tried again by `tidy`, and
    when the database is next opened.
    """

    def __init__(self, writing: Engine, reading: Engine, file: Path | None) -> None:
        self._writing, self._reading, self._file = writing, reading, file
        self.owed = False

    def wipe(self) -> None:
        """Wipe now, or owe it. What is erased is erased already: a wipe that fails is told in the log alone."""
        try:
            with coded_errors():
                self.owed = not self._wiped()
            if self.owed:
                _log.warning("What is left of a destroyed key is wiped once nobody reads the database any more.")
        except (StoreError, DBAPIError) as error:
            self.owed = True
            _log.warning("What is left of a destroyed key could not be wiped yet: %s", error)

    def tidy(self) -> None:
        """Wipe what is owed; else copy what the write-ahead log holds, so that no writer has to wait while it is done.

        Raises `StoreError` where the database fails.
        """
        if self.owed:
            self.wipe()
        elif self._file is not None:
            with coded_errors(), self._reading.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)").fetchone()

    def _wiped(self) -> bool:
        if self._file is None:
            with self._writing.connect() as connection:
                connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM member_keys")
            return True
        raw = self._writing.raw_connection()
        try:
            cursor = raw.cursor()
            waits = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
            try:
                cursor.execute(f"PRAGMA busy_timeout={WAITS_MS}")
                return not cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            finally:
                cursor.execute(f"PRAGMA busy_timeout={waits}")
                cursor.close()
        finally:
            raw.close()
