"""What members write and are called is nowhere in the files of the database, nor in any table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import MetaData, select

from attunement.domain.affect import Affect
from attunement.domain.ids import new_id
from attunement.domain.need import Need
from attunement.programme.check_ins import do_check_in
from attunement.programme.consents import do_set_consent
from attunement.programme.conversations.asking import do_ask_for_human, do_open
from attunement.programme.conversations.writing import do_write_as_member
from attunement.programme.decisions import do_answer, do_choose, do_decide
from attunement.programme.erasure import do_erase
from attunement.programme.exports import access_export
from attunement.programme.house import House
from attunement.programme.learner import do_learn
from attunement.programme.members import access_name, do_change_profile, do_enrol, do_set_breadth
from attunement.programme.outcomes import do_finish
from attunement.programme.rebuild import do_rebuild

NAME, SAID, WROTE = "Quillfeather", "my heart is a zanzibarbaric harbour", "xylographic sorrows"
MARKS = [NAME, "zanzibarbaric", "xylographic"]


def _lives(house: House) -> str:
    """A member meets every use case that takes words of theirs."""
    member = do_enrol(house, name=NAME, country="IE")
    do_set_consent(house, member, house.wording.asked)
    do_set_breadth(house, member, 0.7)
    do_change_profile(house, member, language="de")
    do_check_in(house, member, affect=Affect(-0.4, 0.2), needs=[Need.HEARD], text=SAID)
    decision = do_decide(house, member)
    do_answer(house, member, decision.id, "started")
    do_finish(house, member, decision.id, rating=4, text=WROTE, affect_after=Affect(0, 0))
    writing = next(p for p in house.library.practices if p.ask)
    do_finish(house, member, do_choose(house, member, writing.id).id, text=f"I feel {WROTE}")
    do_learn(house)
    talk = do_open(house, member)
    do_write_as_member(house, member, talk.id, SAID, sent=new_id())
    do_ask_for_human(house, member, talk.id, words=WROTE)
    return member


def _everything_in_the_tables(house: House) -> bytes:
    with house.store.read() as connection:
        found = MetaData()
        found.reflect(connection)  # every table there is, also one nobody told us about
        values = [v for table in found.tables.values() for row in connection.execute(select(table)) for v in row]
    return b"\n".join(v if isinstance(v, bytes) else str(v).encode() for v in values)


def _everything_on_disk(house: House) -> bytes:
    if house.store.file is None:
        return b""
    files = sorted(Path(house.store.file).parent.glob(f"{house.store.file.name}*"))
    assert any(file.name.endswith("-wal") for file in files)
    return b"".join(file.read_bytes() for file in files)


@pytest.mark.parametrize("afterwards", [lambda h, m: None, lambda h, m: do_rebuild(h), do_erase])
def test_no_words_of_a_member_are_in_the_clear(
    house: House, afterwards: Callable[[House, str], object], caplog: pytest.LogCaptureFixture
) -> None:
    """Neither name nor text shows in a table, a file, the write-ahead log or the server's log, now or later."""
    caplog.set_level("DEBUG", logger="attunement")
    member = _lives(house)
    afterwards(house, member)
    for stored in (_everything_in_the_tables(house), _everything_on_disk(house), caplog.text.encode()):
        for mark in MARKS:
            assert mark.encode() not in stored
            assert mark.encode("utf-16-le") not in stored
            assert mark.lower().encode() not in stored.lower()


def test_the_member_still_reads_their_own_words(house: House) -> None:
    """The words are sealed, not lost: their owner gets every one of them back."""
    member = _lives(house)
    export = str(access_export(house, member))
    assert all(mark in export for mark in MARKS)
    with house.store.read() as connection:
        assert access_name(house, connection, member) == NAME


def test_the_marks_would_be_found(house: House) -> None:
    """The search itself works: a text put into a table in the clear is found by it."""
    with house.store.write() as transaction:
        transaction.connection.exec_driver_sql(f"INSERT INTO about VALUES ('x', '{NAME}')")  # noqa: S608
    assert NAME.encode() in _everything_in_the_tables(house)
    if house.store.file is not None:
        assert NAME.encode() in _everything_on_disk(house)
