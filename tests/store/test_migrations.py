"""The schema: what the migrations make is what the code says, and a newer database is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, select, text

from attunement.domain.errors import ErrorCode, StoreError
from attunement.privacy.programme_key import ProgrammeKey
from attunement.programme.house import House
from attunement.store import upgrade
from attunement.store.engine import parse_url
from attunement.store.schema import decisions, drifts, metadata
from attunement.store.sealing import Sealer
from attunement.store.store import Store
from attunement.store.upgrade import NEWEST, current_revision

KEY = ProgrammeKey(bytes(32))
MIGRATIONS = Path(upgrade.__file__).parent / "migrations"


def test_the_migrations_make_the_schema(house: House) -> None:
    """After all migrations the database has the tables, columns, types and indexes of the code, and no others."""
    with house.store.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert set(inspect(connection).get_table_names()) == {*metadata.tables, "alembic_version"}
        assert current_revision(connection) == NEWEST


def test_the_newest_migration_is_the_newest() -> None:
    """The number the code knows is that of the last migration file."""
    assert max(file.stem[:4] for file in (MIGRATIONS / "versions").glob("[0-9]*.py")) == NEWEST


def test_a_database_of_the_first_schema_is_brought_on(blank_url: str) -> None:
    """What was in it stays: an offer made then has no expectation on record, and no alarm was ever given."""
    engine = create_engine(parse_url(blank_url))
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        member = "('m', 1, '2026-05-01', 'en', NULL, 'UTC', false, 0.5, NULL)"
        connection.execute(text(f"INSERT INTO members VALUES {member}"))  # noqa: S608
        connection.execute(text(
            "INSERT INTO decisions (id, member, seq, at, practice, probability, policy, policy_version) "
            "VALUES ('d', 'm', 2, '2026-05-01', 'breathe', 0.5, 'partial-pooling', 3)"
        ))  # fmt: skip
    engine.dispose()
    store = Store(blank_url, Sealer(KEY))
    with store.read() as connection:
        assert current_revision(connection) == NEWEST
        row = connection.execute(select(decisions)).one()
        assert (row.policy_version, row.expected) == (3, None)
        assert connection.execute(select(drifts)).all() == []
    store.close()


def test_opening_twice_changes_nothing(blank_url: str) -> None:
    """A blank database gets its schema at the first opening; later ones leave it as it is."""
    seen = []
    for _ in range(2):
        store = Store(blank_url, Sealer(KEY))
        with store.read() as connection:
            seen.append((sorted(inspect(connection).get_table_names()), current_revision(connection)))
        store.close()
    assert seen[0] == seen[1]
    assert "log" in seen[0][0]


@pytest.mark.parametrize("later", ["0003", "9999"])
def test_a_database_of_a_later_version_is_left_alone(blank_url: str, later: str) -> None:
    """A newer schema is refused with both numbers, and nothing in it is touched."""
    engine = create_engine(parse_url(blank_url))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32))"))
        connection.execute(text("INSERT INTO alembic_version VALUES (:v)"), {"v": later})
        connection.execute(text("CREATE TABLE of_the_future (x INTEGER)"))
    with pytest.raises(StoreError, match=f"{later}.*{NEWEST}") as caught:
        Store(blank_url, Sealer(KEY))
    assert caught.value.code is ErrorCode.STORE_TOO_NEW
    with engine.connect() as connection:
        assert sorted(inspect(connection).get_table_names()) == ["alembic_version", "of_the_future"]
        assert current_revision(connection) == later
    engine.dispose()


def test_a_failed_migration_leaves_nothing(blank_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the first opening breaks off after the migrations, the database is as blank as before."""
    monkeypatch.setattr(Sealer, "fingerprint", property(lambda _: 1 / 0), raising=False)
    monkeypatch.setattr(Sealer, "__init__", lambda self, key: None)
    with pytest.raises(ZeroDivisionError):
        Store(blank_url, Sealer(KEY))
    engine = create_engine(parse_url(blank_url))
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == []
    engine.dispose()
