"""The schema: what the migrations make is what the code says, and a newer database is left alone."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, insert, inspect, select, text

from attunement.domain.errors import Conflict, ErrorCode, StoreError
from attunement.domain.reward import REWARDS
from attunement.privacy.programme_key import ProgrammeKey
from attunement.programme.house import House
from attunement.store import upgrade
from attunement.store.engine import parse_url
from attunement.store.schema import (
    alert_tellings,
    conversations,
    decisions,
    drifts,
    metadata,
    outcomes,
    staff_browsers,
    turns,
)
from attunement.store.sealing import Sealer
from attunement.store.server_lock import ServerLock
from attunement.store.store import Store
from attunement.store.upgrade import NEWEST, current_revision

VERSIONS = Path(__file__).parents[2] / "src" / "attunement" / "store" / "migrations" / "versions"
KEY = ProgrammeKey(bytes(32))


def test_the_migrations_make_the_schema(house: House) -> None:
    """After all migrations the database has the tables, columns, types and indexes of the code, and no others."""
    with house.store.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert set(inspect(connection).get_table_names()) == {*metadata.tables, "alembic_version"}
        assert current_revision(connection) == NEWEST


def test_the_newest_migration_is_the_newest() -> None:
    """The number the code knows is that of the last migration file."""
    assert max(file.stem[:4] for file in VERSIONS.glob("[0-9]*.py")) == NEWEST


def test_an_older_database_is_left_alone_while_a_server_uses_it(tmp_path: Path) -> None:
    """A newer version says to stop the server first and changes nothing; afterwards the schema is brought on."""
    file = tmp_path / "served.db"
    engine = create_engine(f"sqlite:///{file}")
    config = Config()
    config.set_main_option("script_location", str(VERSIONS.parent))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    server = ServerLock(file)
    server.hold()
    with pytest.raises(StoreError, match="Stop it first") as told:
        Store(str(file), Sealer(KEY))
    assert told.value.code is ErrorCode.STORE_IN_USE
    with engine.connect() as connection:
        assert current_revision(connection) == "0001"
    engine.dispose()
    server.release()
    store = Store(str(file), Sealer(KEY))
    with store.read() as connection:
        assert current_revision(connection) == NEWEST
    store.hold_as_server()  # nobody holds it any more
    store.close()


def test_a_database_of_the_first_schema_is_brought_on(blank_url: str) -> None:
    """What was in it stays: an offer made then has no expectation on record, and no alarm was ever given."""
    engine = create_engine(parse_url(blank_url))
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(VERSIONS.parent))
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


@pytest.mark.parametrize("later", ["0100", "9999"])
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


def test_an_older_database_learns_which_moods_counted(blank_url: str) -> None:
    """Opened by this version, outcomes of schema 0001 keep their rewards, and what they rest on is told by these."""
    engine = create_engine(parse_url(blank_url))
    config = Config()
    config.set_main_option("script_location", str(VERSIONS.parent))
    helped = REWARDS["helped-1"]
    told = {"c": 0.8, "finished": True, "learnable": True, "at": datetime(2026, 5, 1, tzinfo=UTC)}
    rewards = {d: helped.of(finished=True, rating=3, affect_change=c) for d, c in (("a", 0.8), ("b", None))}
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.execute(text(
            "INSERT INTO members (id, seq, joined, language, time_zone, synthetic, breadth) "
            "VALUES ('m', 1, :at, 'en', 'UTC', :learnable, 0.5)"), told)  # fmt: skip
        for decision, reward in rewards.items():
            connection.execute(text(
                "INSERT INTO outcomes (decision, member, seq, at, practice, finished, rating, affect_change, "
                "skill_shown, reward, reward_definition, learnable, features) "
                "VALUES (:d, 'm', 2, :at, 'p', :finished, 3, "
                ":c, 0.5, :reward, 'helped-1', :learnable, '{}')"
            ), {**told, "d": decision, "reward": reward})  # fmt: skip
    engine.dispose()
    store = Store(blank_url, Sealer(KEY))
    with store.read() as connection:
        rows = connection.execute(select(outcomes).order_by(outcomes.c.decision)).all()
        assert compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata) == []
    store.close()
    assert [(r.reward, r.affect_counted, r.skill_counted, r.corrected) for r in rows] == [
        (rewards["a"], 0.8, None, None), (rewards["b"], None, None, None),
    ]  # fmt: skip
    assert {(r.private, r.used) for r in rows} == {("{}", None)}


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


def test_decisions_of_the_first_schema_are_kept(blank_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database at the first schema is brought to the newest: its decisions stay, and no guard spoke at them."""
    monkeypatch.setattr(upgrade, "NEWEST", "0001")
    engine = create_engine(parse_url(blank_url))
    row = {"member": "m", "joined": datetime(2026, 5, 1, tzinfo=UTC)}
    with engine.begin() as connection:
        upgrade.upgrade(connection)
        connection.execute(text(
            "INSERT INTO members (id, seq, joined, language, time_zone, synthetic, breadth) "
            "VALUES (:member, 1, :joined, 'en', 'UTC', false, 0.5)"
        ), row)  # fmt: skip
        connection.execute(text(
            "INSERT INTO decisions (id, member, seq, at, practice, probability, policy, policy_version) "
            "VALUES ('d', :member, 2, :joined, 'p', 0.5, 'uniform', 0)"
        ), row)  # fmt: skip
    engine.dispose()
    monkeypatch.undo()
    store = Store(blank_url, Sealer(KEY))
    with store.read() as connection:
        kept = connection.execute(select(decisions.c.practice, decisions.c.guarded)).all()
        assert current_revision(connection) == NEWEST
    store.close()
    assert kept == [("p", False)]


def test_a_database_of_the_schema_before_conversations_can_hold_them(blank_url: str) -> None:
    """Brought on from 0005 its members stay, and the triggers that keep others silent are there."""
    engine = create_engine(parse_url(blank_url))
    at = datetime(2026, 5, 1, tzinfo=UTC)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(VERSIONS.parent))
        config.attributes["connection"] = connection
        command.upgrade(config, "0005")
        connection.execute(text(
            "INSERT INTO members (id, seq, joined, language, time_zone, synthetic, breadth) "
            "VALUES ('m', 1, :at, 'en', 'UTC', false, 0.5)"), {"at": at})  # fmt: skip
    engine.dispose()
    store = Store(blank_url, Sealer(KEY))
    talk = {"id": "c", "member": "m", "seq": 2, "owner": "waiting", "epoch": 1, "language": "en", "risk": "none",
            "opened": at, "last_at": at, "last_line": 1, "answered": 0}  # fmt: skip
    turn = {"conversation": "c", "member": "m", "line": 1, "logged": 2, "at": at, "epoch": 1}
    with store.write() as transaction:
        transaction.connection.execute(insert(conversations), talk)
        transaction.connection.execute(insert(turns), {**turn, "id": "a", "speaker": "member"})
    with pytest.raises(Conflict), store.write() as transaction:
        transaction.connection.execute(insert(turns), {**turn, "id": "b", "line": 2, "speaker": "companion"})
    with store.read() as connection:
        assert [row.id for row in connection.execute(select(turns))] == ["a"]
        assert compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata) == []
    store.close()


def test_in_talks_of_the_schema_before_nobody_looks_along(blank_url: str) -> None:
    """Brought on from 0013: a talk in a supporter's hands is still theirs, with no second person and no note known."""
    engine = create_engine(parse_url(blank_url))
    at = datetime(2026, 5, 1, tzinfo=UTC)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(VERSIONS.parent))
        config.attributes["connection"] = connection
        command.upgrade(config, "0013")
        connection.execute(text(
            "INSERT INTO members (id, seq, joined, language, time_zone, synthetic, breadth) "
            "VALUES ('m', 1, :at, 'en', 'UTC', false, 0.5)"), {"at": at})  # fmt: skip
        connection.execute(text(
            "INSERT INTO conversations (id, member, seq, owner, epoch, supporter, language, risk, opened, last_at, "
            "last_line, answered) VALUES ('c', 'm', 2, 'supporter', 3, 's', 'en', 'none', :at, :at, 4, 0)"
        ), {"at": at})  # fmt: skip
    engine.dispose()
    store = Store(blank_url, Sealer(KEY))
    with store.read() as connection:
        row = connection.execute(select(conversations)).one()
    store.close()
    assert (row.owner, row.supporter, row.second, row.noted) == ("supporter", "s", None, None)


def test_who_was_told_of_an_alert_is_known_after_notices_came(blank_url: str) -> None:
    """Brought on from 0011: a letter that went to an account still did."""
    engine = create_engine(parse_url(blank_url))
    at = datetime(2026, 5, 1, tzinfo=UTC)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(VERSIONS.parent))
        config.attributes["connection"] = connection
        command.upgrade(config, "0011")
        connection.execute(text(
            "INSERT INTO members (id, seq, joined, language, time_zone, synthetic, breadth) "
            "VALUES ('m', 1, :at, 'en', 'UTC', false, 0.5)"), {"at": at})  # fmt: skip
        connection.execute(text(
            "INSERT INTO alerts (id, member, seq, raised, by, level, reason, step, step_at, audience, due) "
            "VALUES ('a', 'm', 2, :at, 'reading', 'explicit', 'so', 1, :at, 'duty', :at)"), {"at": at})  # fmt: skip
        connection.execute(text(
            "INSERT INTO alert_tellings (alert, step, channel, account, at, out) "
            "VALUES ('a', 1, 'email', 's', :at, true)"), {"at": at})  # fmt: skip
    engine.dispose()
    store = Store(blank_url, Sealer(KEY))
    with store.read() as connection:
        row = connection.execute(select(alert_tellings)).one()
        assert (row.channel, row.whom, row.out) == ("email", "s", True)
        assert connection.execute(select(staff_browsers)).all() == []
    store.close()
