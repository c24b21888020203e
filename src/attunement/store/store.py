"""The store: one place to append events and to read what is derived from them."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, contextmanager, nullcontext
from contextvars import ContextVar
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, text

from attunement.domain.errors import ErrorCode, NotFound, StoreError
from attunement.domain.event import Event
from attunement.domain.ids import is_id, new_id
from attunement.privacy.vault import Seal
from attunement.store import schema
from attunement.store.engine import BUSY_S, make_engine, parse_url, sqlite_file
from attunement.store.errors import coded_errors
from attunement.store.log import Logged, open_row
from attunement.store.projections import project
from attunement.store.sealing import Sealer
from attunement.store.server_lock import ServerLock
from attunement.store.upgrade import is_behind, upgrade
from attunement.store.wiping import Wiper

_NEWEST = (  # statements on every member's way are built once: building costs more than running them
    select(schema.log)
    .where(schema.log.c.member == bindparam("member"), schema.log.c.kind == bindparam("kind"))
    .order_by(schema.log.c.seq.desc())
    .limit(1)
)
_AT = select(schema.log).where(
    schema.log.c.seq.in_(bindparam("places", expanding=True)), schema.log.c.member == bindparam("member")
)
_APPEND = insert(schema.log).returning(schema.log.c.seq)
WRITERS = 74_177  # the advisory lock (PostgreSQL) that writers share and the learner holds alone


class Transaction:
    """One write: appends events and derives from them at once, or does nothing at all."""

    def __init__(self, connection: Connection, sealer: Sealer, *, alone: bool) -> None:
        self.connection = connection
        self.alone = alone
        self.destroyed_a_key = False
        self._sealer = sealer
        self._seals: dict[str, Seal] = {}
        self.announcements: list[Callable[[], None]] = []

    def when_committed(self, announce: Callable[[], None]) -> None:
        """Call this once all is written for good; never where the transaction fails."""
        self.announcements.append(announce)

    def append(self, event: Event, *, member: str | None = None) -> Logged:
        """Seal and append one event, and project it into the derived tables.

        Raises `NotFound` (``unknown-member``) where the member was never enrolled, or is erased.
        """
        event_id = new_id()
        about = f"{event_id}|{event.kind}"
        seal = self._sealer.programme if member is None else self.seal(member)
        row = {
            "id": event_id,
            "member": member,
            "kind": event.kind,
            "at": event.at,
            "recorded": datetime.now(UTC),
            "payload": seal.close(event.model_dump_json().encode(), about=about),
        }
        seq = self.connection.execute(_APPEND, row).scalar_one()
        logged = Logged(seq=seq, id=event_id, member=member, event=event)
        project(self.connection, logged)
        return logged

    def hold(self, member: str) -> None:
        """Make other writes of this member wait; raises `NotFound` (``unknown-member``) where there is none."""
        self.seal(member)

    def seal(self, member: str) -> Seal:
        """A member's seal, looked up once a transaction; raises as `hold`."""
        if member not in self._seals:
            self._seals[member] = self._sealer.of(self.connection, member)
        return self._seals[member]

    def new_member(self, member: str) -> None:
        """Make the key of a member about to be enrolled."""
        self._sealer.make(self.connection, member)

    def destroy_key(self, member: str) -> None:
        """Destroy a member's key: whatever is sealed under it means nothing from now on.

        After the commit, `Wiper` wipes what copies of it lie about in the files of the database.
        """
        self.connection.execute(delete(schema.member_keys).where(schema.member_keys.c.member == member))
        self._seals.pop(member, None)
        self.destroyed_a_key = True


class Store:
    """The log and its derived tables behind one URL.

    ``write`` and ``read`` give a transaction; both raise `StoreError` where the database fails, and a failed write
    leaves nothing behind. A ``write`` inside a ``write`` joins it.
    """

    def __init__(self, url: str, sealer: Sealer, *, busy_s: float = BUSY_S) -> None:
        self.url = parse_url(url)
        self.file = sqlite_file(self.url)
        self._sealer = sealer
        self._reading = make_engine(self.url, writing=False, busy_s=busy_s)
        self._writing = make_engine(self.url, writing=True, busy_s=busy_s)
        self._joined: ContextVar[Transaction | None] = ContextVar("attunement_transaction", default=None)
        self._server = ServerLock(self.file)
        self._wiper = Wiper(self._writing, self._reading, self.file)
        try:
            with coded_errors():
                self._prepare()
            if self.file is not None:
                self._wiper.wipe()
        except BaseException:
            self.close()
            raise

    def _prepare(self) -> None:
        with self._writing.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:k)"), {"k": WRITERS + 1})
            with self._server.held() if is_behind(connection) else nullcontext():
                upgrade(connection)
            remembered = connection.execute(
                select(schema.about.c.value).where(schema.about.c.name == "key-fingerprint")
            ).scalar()
            if remembered is None:
                row = {"name": "key-fingerprint", "value": self._sealer.fingerprint}
                connection.execute(insert(schema.about), row)
            elif remembered != self._sealer.fingerprint:
                raise StoreError(
                    ErrorCode.WRONG_KEY,
                    "This database was made with another programme key. Put back the key that belongs to it "
                    "(the key file beside it, or ATTUNEMENT_KEY); nothing was changed.",
                )
            # changes nothing, but fails now where the database is read-only, and not at somebody's first check-in
            connection.execute(delete(schema.about).where(schema.about.c.name.is_(None)))

    @property
    def programme_seal(self) -> Seal:
        """The seal of what belongs to no one member, or only for a while (remembered answers)."""
        return self._sealer.programme

    @contextmanager
    def write(self, *, alone: bool = False) -> Iterator[Transaction]:
        """A transaction that commits when the block ends, and rolls back when it raises.

        ``alone`` waits until no other write is under way and keeps others waiting: the order of the log is then
        the order in which its events became visible (SQLite writes alone in any case). A write that joins another
        can be alone only where that one is: two that asked for it half way would wait for each other for ever.
        """
        outer = self._joined.get()
        if outer is not None:
            if alone and not outer.alone:
                raise RuntimeError("this write must be alone: open the one around it with alone=True as well")
            yield outer
            return
        with coded_errors(), self._writing.begin() as connection:
            _take_turn(connection, alone=alone)
            transaction = Transaction(connection, self._sealer, alone=alone)
            token = self._joined.set(transaction)
            try:
                yield transaction
            finally:
                self._joined.reset(token)
        for announce in transaction.announcements:
            announce()
        if transaction.destroyed_a_key:
            self._wiper.wipe()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent view for reading; inside a ``write`` it sees what that has written."""
        outer = self._joined.get()
        if outer is not None:
            yield outer.connection
            return
        with coded_errors(), self._reading.begin() as connection:
            yield connection

    def events(
        self, connection: Connection, *, member: str | None = None, kinds: tuple[str, ...] = (), after: int = 0,
        newest_first: bool = False, limit: int | None = None,
    ) -> Generator[Logged, None, None]:  # fmt: skip
        """Events in order of ``seq``, opened; those of erased members cannot be opened and are left out."""
        log = schema.log.c
        query = select(schema.log).where(log.seq > after)
        if member is not None:
            query = query.where(log.member == member)
        if kinds:
            query = query.where(log.kind == kinds[0] if len(kinds) == 1 else log.kind.in_(kinds))
        query = query.order_by(log.seq.desc() if newest_first else log.seq).limit(limit)
        seals: dict[str | None, Seal | None] = {None: self._sealer.programme}
        with connection.execute(query, execution_options={"yield_per": 500} if limit is None else {}) as found:
            for row in found:
                if row.member not in seals:
                    seals[row.member] = self._sealer.find(connection, row.member)
                seal = seals[row.member]
                if seal is not None:
                    yield open_row(row, seal)

    def at(self, connection: Connection, member: str, places: Iterable[int]) -> dict[int, Logged]:
        """Events of a member by their place in the log (``seq``); none where the member is erased."""
        wanted = list(places)
        rows = connection.execute(_AT, {"places": wanted, "member": member}).all() if wanted else []
        seal = self._sealer.find(connection, member) if rows else None
        return {} if seal is None else {row.seq: open_row(row, seal) for row in rows}

    def newest(self, connection: Connection, member: str, kind: str) -> Logged | None:
        """The newest event of one kind of a member."""
        row = connection.execute(_NEWEST, {"member": member, "kind": kind}).first() if is_id(member) else None
        if row is None:
            return None
        outer = self._joined.get()
        joined = outer is not None and outer.connection is connection
        seal = outer.seal(member) if outer and joined else self._sealer.find(connection, member)
        return None if seal is None else open_row(row, seal)

    def require_member(self, connection: Connection, member: str) -> None:
        """Raise `NotFound` (``unknown-member``) where there is no such member."""
        query = select(schema.members.c.id).where(schema.members.c.id == member)
        if not is_id(member) or connection.execute(query).first() is None:
            raise unknown_member()

    def rebuild(self) -> int:
        """Empty the derived tables and make them again from the log; returns how many events were read.

        Raises `StoreError` (``store-in-use``) where a server of another process holds the file.
        """
        count = 0
        with (
            self._server.held(),
            self.write(alone=True) as transaction,
            self._reading.begin() as reading,
            closing(self.events(reading)) as events,
        ):
            for table in (*reversed(schema.DERIVED), schema.policy_cache):
                transaction.connection.execute(delete(table))
            for logged in events:  # on a connection of its own, so that a long log need not fit in memory
                project(transaction.connection, logged)
                count += 1
        return count

    def hold_as_server(self) -> None:
        """Claim an SQLite file for this process, as long as it lives; PostgreSQL serves many at once.

        Raises `StoreError` (``store-in-use``) where another server holds it.
        """
        self._server.hold()

    def tidy(self) -> None:
        """Do between writes what would hold them up: see `Wiper.tidy`. Raises `StoreError` where the database fails."""
        self._wiper.tidy()

    def close(self) -> None:
        """Let go of the database."""
        for engine in (self._reading, self._writing):
            engine.dispose()
        self._server.release()


def _take_turn(connection: Connection, *, alone: bool) -> None:
    if connection.dialect.name == "postgresql":
        shared = "" if alone else "_shared"
        connection.execute(text(f"SELECT pg_advisory_xact_lock{shared}(:lock)"), {"lock": WRITERS})


def unknown_member() -> NotFound:
    """The error for a member that is not there, or not any more."""
    return NotFound(ErrorCode.UNKNOWN_MEMBER, "There is no such member. They may have erased themselves.")
