"""When the key, the file or the disk is not as it should be: a coded error, and what was there is still there."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from attunement.domain.affect import Affect
from attunement.domain.errors import AttunementError, ErrorCode, Invalid, StoreError
from attunement.privacy.programme_key import ProgrammeKey
from attunement.programme.check_ins import do_check_in
from attunement.programme.exports import access_export
from attunement.programme.house import House, open_house
from attunement.programme.members import access_member, do_enrol
from attunement.programme.rebuild import do_rebuild
from attunement.store.sealing import Sealer
from attunement.store.store import Store

sqlite_only = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
postgresql_only = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


def _coded(code: ErrorCode, what: Callable[..., object], *args: object, **kwargs: object) -> StoreError:
    with pytest.raises(StoreError) as caught:
        what(*args, **kwargs)
    assert caught.value.code is code, caught.value
    assert caught.value.status == 503
    return caught.value


def _some_life(house: House) -> str:
    member = do_enrol(house, name="Rosa")
    for _ in range(5):
        do_check_in(house, member, affect=Affect(0.1, 0.2), text="words " * 50)
    return member


def test_another_key_is_noticed_at_once(house: House, make_house: Callable[..., House]) -> None:
    """A database opened with another key is refused, and still opens with its own."""
    member, url = _some_life(house), house.store.url.render_as_string(hide_password=False)
    _coded(ErrorCode.WRONG_KEY, Store, url, Sealer(ProgrammeKey(os.urandom(32))))
    assert len(access_export(make_house(url), member)["events"]) == 6


def test_a_missing_key_is_not_replaced_by_a_new_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside a database that has data, a lost key file is told, and no new key is made in its place."""
    monkeypatch.delenv("ATTUNEMENT_KEY", raising=False)
    url, key_file = f"sqlite:///{tmp_path / 'programme.db'}", tmp_path / "programme.db.key"
    house = open_house(url)
    member = _some_life(house)
    house.close()
    assert key_file.stat().st_mode & 0o777 == 0o600
    kept = key_file.read_bytes()
    key_file.unlink()
    _coded(ErrorCode.WRONG_KEY, open_house, url)
    assert not key_file.exists()
    key_file.write_bytes(kept)
    house = open_house(url)
    assert len(access_export(house, member)["events"]) == 6
    house.close()


@sqlite_only
@pytest.mark.parametrize("damage", ["not a database at all " * 400, "header", "middle"])
def test_a_damaged_file_is_told(house: House, damage: str, key: ProgrammeKey) -> None:
    """A file that is something else, or is damaged, gives a coded error and is not written over."""
    _some_life(house)
    house.store.close()
    file = house.store.file
    assert file is not None
    content = bytearray(file.read_bytes())
    if damage == "header":
        content[:100] = os.urandom(100)
    elif damage == "middle":
        content[4096:] = os.urandom(len(content) - 4096)
    else:
        content = bytearray(damage.encode())
    file.write_bytes(content)

    def opens() -> None:
        store = Store(str(file), Sealer(key))
        try:
            with store.read() as connection:
                connection.execute(text("SELECT * FROM log")).all()
        finally:
            store.close()

    _coded(ErrorCode.STORE_CORRUPT, opens)
    assert file.read_bytes() == content


@sqlite_only
def test_a_locked_database_is_busy(make_house: Callable[..., House], database_url: str) -> None:
    """While another process holds the write lock for longer than the patience, writes are refused and reads go on."""
    house = make_house(database_url, busy_s=0.2)
    member = _some_life(house)
    other = sqlite3.connect(str(house.store.file), isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        error = _coded(ErrorCode.STORE_BUSY, do_check_in, house, member, affect=Affect(0, 0))
        assert "try again" in str(error)
        assert len(access_export(house, member)["events"]) == 6
        other.execute("ROLLBACK")
    finally:
        other.close()
    do_check_in(house, member, affect=Affect(0, 0))
    assert len(access_export(house, member)["events"]) == 7


def test_waiting_for_another_write_has_an_end(make_house: Callable[..., House], database_url: str) -> None:
    """A write that hangs keeps others waiting only so long; they are told it is busy, on either database."""
    hanging, house = make_house(database_url), make_house(database_url, busy_s=0.2)
    member = _some_life(house)
    with hanging.store.write(alone=True):
        _coded(ErrorCode.STORE_BUSY, do_check_in, house, member, affect=Affect(0, 0))
    with house.store.write() as transaction:  # so long, and not the ten seconds of others
        told = "SHOW lock_timeout" if house.store.file is None else "PRAGMA busy_timeout"
        assert transaction.connection.exec_driver_sql(told).scalar() in {200, "200ms"}
    do_check_in(house, member, affect=Affect(0, 0))


def test_when_all_connections_are_taken(make_house: Callable[..., House], database_url: str) -> None:
    """Where every connection of a process is in use for too long, that too is told as busy; freed ones serve again."""
    house = make_house(database_url, busy_s=0.1)
    with ExitStack() as readers:

        def one_more() -> None:
            for _ in range(100):
                readers.enter_context(house.store.read())

        _coded(ErrorCode.STORE_BUSY, one_more)
    do_enrol(house)


SERVER = """
import sys
from attunement.privacy.programme_key import ProgrammeKey
from attunement.store.sealing import Sealer
from attunement.store.store import Store
store = Store(sys.argv[1], Sealer(ProgrammeKey(bytes(32))))
store.hold_as_server()
store.hold_as_server()
print("held", flush=True)
sys.stdin.read()
"""


def test_two_servers_on_one_file(tmp_path: Path) -> None:
    """A second server is told that the file is in use; it may have it once the first is gone, however it went."""
    url = f"sqlite:///{tmp_path / 'a.db'}"
    command, pipe = [sys.executable, "-c", SERVER, url], subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "held\n"
        store = Store(url, Sealer(ProgrammeKey(bytes(32))))
        try:
            _coded(ErrorCode.STORE_IN_USE, store.hold_as_server)
            first.kill()
            first.wait()
            store.hold_as_server()
        finally:
            store.close()


@sqlite_only
def test_nothing_is_made_again_under_a_server(make_house: Callable[..., House], database_url: str) -> None:
    """While one process serves a file, another is told to stop it first, and everything stays; the server itself may.

    Afterwards anybody may, and the next server finds the file free.
    """
    server, other = make_house(database_url), make_house(database_url)
    member = _some_life(server)
    server.store.hold_as_server()
    with server.store.write() as transaction:  # a trace by which it shows that nothing was made again
        transaction.connection.execute(text("UPDATE members SET breadth = 0.25"))
    assert "Stop it first" in str(_coded(ErrorCode.STORE_IN_USE, do_rebuild, other))
    with other.store.read() as connection:
        assert access_member(connection, member).breadth == 0.25
    assert do_rebuild(server) == 6
    _coded(ErrorCode.STORE_IN_USE, other.store.hold_as_server)  # it is a server still
    server.store.close()
    assert do_rebuild(other) == 6
    make_house(database_url).store.hold_as_server()


@postgresql_only
def test_two_servers_on_postgresql(make_house: Callable[..., House], database_url: str) -> None:
    """PostgreSQL serves several at once."""
    make_house(database_url).store.hold_as_server()
    make_house(database_url).store.hold_as_server()


@postgresql_only
def test_a_server_that_breaks_the_connection(house: House) -> None:
    """After the database dropped all connections the next request is served as if nothing had been."""
    member = _some_life(house)
    admin = house.store.url.set(drivername="postgresql", database="postgres").render_as_string()
    with psycopg.connect(admin, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [house.store.url.database]
        )
    assert len(access_export(house, member)["events"]) == 6
    do_check_in(house, member, affect=Affect(0, 0))


@pytest.mark.parametrize(
    "url", ["postgresql://postgres@/nobody-here?host=/nonexistent", "postgresql://x@127.0.0.1:1/none"]
)
def test_a_database_that_does_not_answer(url: str) -> None:
    """Where no server listens, that is said."""
    _coded(ErrorCode.STORE_UNREACHABLE, Store, url, Sealer(ProgrammeKey(bytes(32))))


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite://", "sqlite:///:memory:", "not a url://", "http://x"])
def test_an_address_of_something_else(url: str) -> None:
    """Any other kind of address is refused with what to write instead."""
    with pytest.raises(Invalid, match="sqlite:///FILE") as caught:
        Store(url, Sealer(ProgrammeKey(bytes(32))))
    assert caught.value.code is ErrorCode.BAD_INPUT
    assert isinstance(caught.value, AttunementError)


def test_an_address_that_names_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder is no database: that is said with a file to name instead, and nothing is made in or beside it."""
    monkeypatch.delenv("ATTUNEMENT_KEY", raising=False)
    folder = tmp_path / "programme"
    folder.mkdir()
    for url in (f"sqlite:///{folder}", f"sqlite:///{folder}/", str(folder)):
        with pytest.raises(Invalid, match="is a folder") as caught:
            open_house(url)
        assert caught.value.code is ErrorCode.BAD_INPUT
        assert f"{folder}/attunement.db" in str(caught.value)
    assert (list(tmp_path.iterdir()), list(folder.iterdir())) == ([folder], [])


def test_an_address_that_cannot_be_looked_at(tmp_path: Path) -> None:
    """Where the system does not even say whether there is a file, its reason is told with a code."""
    error = _coded(ErrorCode.STORE_READ_ONLY, open_house, f"sqlite:///{tmp_path / ('long' * 100)}.db")
    assert "File name too long" in str(error)
