"""Brings a database to the schema of this version, or says that it is from a newer one."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from attunement.domain.errors import ErrorCode, StoreError

NEWEST = "0014"


def current_revision(connection: Connection) -> str | None:
    """The revision the database is at, or None where it is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def is_behind(connection: Connection) -> bool:
    """Whether a database that has something in it is of an earlier schema than this version's."""
    revision = current_revision(connection)
    return revision is not None and revision < NEWEST


def upgrade(connection: Connection) -> None:
    """Run the migrations that are missing; nothing where none is.

    Raises `StoreError` (``store-too-new``) where the database was made by a later version, and touches nothing.
    """
    revision = current_revision(connection)
    if revision == NEWEST:
        return
    if revision is not None and revision > NEWEST:
        raise StoreError(
            ErrorCode.STORE_TOO_NEW,
            "The database is at schema {found}, and this version of Attunement knows up to {known}. "
            "Use the newer version; nothing was changed.",
            found=revision,
            known=NEWEST,
        )
    from alembic import command  # takes a while to import, and is rarely needed
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, NEWEST)
