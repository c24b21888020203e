"""The log: append-only, sealed, and closed to what it does not know."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError

from attunement.domain.errors import ErrorCode, NotFound, StoreError
from attunement.domain.events import KINDS, MemberEnrolled, PreferenceSet
from attunement.domain.ids import new_id
from attunement.programme.house import House
from attunement.programme.members import do_enrol
from attunement.store import schema

AT = datetime(2026, 5, 1, tzinfo=UTC)
NOBODY = "0196b3a0-0000-7000-8000-000000000000"


@pytest.mark.parametrize(
    "statement",
    ["UPDATE log SET kind = 'x'", "DELETE FROM log", "UPDATE log SET payload = payload WHERE seq = 1"],
)
def test_the_database_refuses_to_change_the_log(house: House, statement: str) -> None:
    """No row of the log can be updated or deleted, even by hand."""
    do_enrol(house)
    with pytest.raises(DBAPIError, match="append-only"), house.store.write() as transaction:
        transaction.connection.execute(text(statement))


@pytest.mark.parametrize("columns", ["seq, 'another id'", "seq + 9, id"])
def test_no_row_of_the_log_can_be_replaced(house: House, columns: str) -> None:
    """A row cannot be swapped for another of the same number or the same id either."""
    do_enrol(house)
    with house.store.read() as connection:
        before = connection.execute(select(schema.log)).all()
        verb = "INSERT OR REPLACE" if connection.dialect.name == "sqlite" else "INSERT"
    forged = f"{verb} INTO log SELECT {columns}, member, 'forged', at, recorded, payload FROM log"  # noqa: S608
    with pytest.raises(DBAPIError), house.store.write() as transaction:
        transaction.connection.execute(text(forged))
    with house.store.read() as connection:
        assert connection.execute(select(schema.log)).all() == before


def test_postgresql_refuses_to_empty_the_log(house: House) -> None:
    """TRUNCATE, which fires no row triggers, is refused as well."""
    do_enrol(house)
    with house.store.read() as connection:
        if connection.dialect.name == "sqlite":
            pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(DBAPIError, match="append-only"), house.store.write() as transaction:
        transaction.connection.execute(text("TRUNCATE log"))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_unknown_fields_are_refused(kind: str) -> None:
    """No event takes a field it does not know, so nothing is silently dropped or smuggled in."""
    with pytest.raises(ValidationError) as caught:
        KINDS[kind].model_validate({"at": AT, "unheard_of": 1})
    assert ("unheard_of",) in [error["loc"] for error in caught.value.errors() if error["type"] == "extra_forbidden"]


@pytest.mark.parametrize("at", ["2026-05-01T12:00:00", None])
def test_events_need_a_time_zone(at: str | None) -> None:
    """A time without a zone is refused."""
    with pytest.raises(ValidationError):
        PreferenceSet.model_validate({"at": at, "breadth": 0.5})


def test_events_come_back_as_they_were(house: House) -> None:
    """What is appended is read back the same, in order, by member and by kind, from either end."""
    rosa, ida = do_enrol(house, name="Rosa"), do_enrol(house, name="Ida")
    with house.store.write() as transaction:
        put = [transaction.append(PreferenceSet(at=AT, breadth=b), member=rosa) for b in (0.1, 0.2)]
    with house.store.read() as connection:
        everything = list(house.store.events(connection))
        assert [x.event.kind for x in everything] == ["member-enrolled"] * 2 + ["preference-set"] * 2
        assert [x.seq for x in everything] == sorted(x.seq for x in everything)
        assert list(house.store.events(connection, member=rosa, kinds=("preference-set",))) == put
        assert list(house.store.events(connection, after=put[0].seq)) == put[1:]
        assert house.store.newest(connection, rosa, "preference-set") == put[1]
        assert [x.member for x in house.store.events(connection, member=ida)] == [ida]


def test_a_payload_opens_only_in_its_own_row(house: House) -> None:
    """A sealed payload moved under another row of the same member does not open."""
    member = do_enrol(house, name="Rosa")
    with house.store.write() as transaction:
        row = transaction.connection.execute(select(schema.log)).mappings().one()
        moved = {k: v for k, v in row.items() if k != "seq"} | {"id": new_id()}
        transaction.connection.execute(insert(schema.log), moved)
    with house.store.read() as connection, pytest.raises(StoreError) as caught:
        list(house.store.events(connection, member=member))
    assert caught.value.code is ErrorCode.WRONG_KEY


def test_an_event_of_a_later_version_is_named(house: House) -> None:
    """A kind this version does not know is said so by number and name, not passed over."""
    with house.store.write() as transaction:
        row = {"id": new_id(), "member": None, "kind": "from-the-future", "at": AT, "recorded": AT}
        sealed = house.store.programme_seal.close(b"{}", about=f"{row['id']}|from-the-future")
        transaction.connection.execute(insert(schema.log), {**row, "payload": sealed})
    with house.store.read() as connection, pytest.raises(StoreError, match="from-the-future") as caught:
        list(house.store.events(connection))
    assert caught.value.code is ErrorCode.BAD_EVENT


@pytest.mark.parametrize("member", [NOBODY, "", "nobody", "\x00", "\ud800", "a" * 5000, "'; DROP TABLE log; --"])
def test_nothing_is_written_for_a_member_who_is_not_there(house: House, member: str) -> None:
    """An event of a member never enrolled is refused, whatever stands in place of the id, and leaves no row."""
    with pytest.raises(NotFound) as caught, house.store.write() as transaction:
        transaction.append(MemberEnrolled(at=AT), member=member or new_id())
    assert caught.value.code is ErrorCode.UNKNOWN_MEMBER
    with house.store.read() as connection:
        assert connection.execute(select(schema.log)).all() == []


def test_a_write_that_raises_leaves_nothing(house: House) -> None:
    """Whatever a transaction wrote before it broke off is gone, also from a write inside a write."""
    member = do_enrol(house)

    def breaks_off() -> None:
        with house.store.write() as outer:
            outer.append(PreferenceSet(at=AT, breadth=0.1), member=member)
            with house.store.write() as inner:
                inner.append(PreferenceSet(at=AT, breadth=0.2), member=member)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        breaks_off()
    with house.store.read() as connection:
        assert len(list(house.store.events(connection))) == 1
        assert connection.execute(select(schema.members.c.breadth)).scalar_one() == 0.5


def test_reading_is_of_one_instant(house: House) -> None:
    """What is written while somebody reads does not show before they read anew."""
    do_enrol(house)
    with house.store.read() as connection:
        before = connection.execute(select(schema.members.c.id)).all()
        ida = do_enrol(house, name="Ida")
        assert connection.execute(select(schema.members.c.id)).all() == before
    with house.store.read() as connection:
        assert ida in connection.execute(select(schema.members.c.id)).scalars().all()
