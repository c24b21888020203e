"""What an erasure leaves in the files of a database is wiped at once, or as soon as nobody reads any more."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from attunement.programme.erasure import do_erase
from attunement.programme.house import House
from attunement.programme.members import do_enrol
from attunement.programme.tidying import Tidier
from attunement.store.errors import coded_errors
from attunement.store.wiping import Wiper


@pytest.fixture
def wiper(house: House) -> Wiper:
    """That of the house's database."""
    return house.store._wiper


def _log_of(house: House) -> Path:
    file = house.store.file
    if file is None:
        pytest.skip("PostgreSQL keeps no write-ahead log beside it")
    return file.with_name(f"{file.name}-wal")


def test_an_erasure_wipes_at_once(house: House, wiper: Wiper) -> None:
    """Nothing is owed, and the log beside the database is empty."""
    do_erase(house, do_enrol(house))
    assert not wiper.owed
    if house.store.file is not None:
        assert _log_of(house).stat().st_size == 0


def test_who_reads_meanwhile_is_not_waited_for(house: House, wiper: Wiper, caplog: pytest.LogCaptureFixture) -> None:
    """The wipe is owed, which is told in the log, somebody else can write, and it is done once nobody reads."""
    log = _log_of(house)
    member = do_enrol(house)
    with house.store.read() as connection:
        connection.execute(text("SELECT count(*) FROM log")).one()
        eraser = threading.Thread(target=do_erase, args=(house, member))
        eraser.start()
        eraser.join(30)
        assert wiper.owed
        assert "once nobody reads" in caplog.text
        writer = threading.Thread(target=do_enrol, args=(house,))
        writer.start()
        writer.join(30)
        assert not writer.is_alive()
    assert log.stat().st_size > 0
    Tidier(house).round(0)
    assert not wiper.owed
    assert log.stat().st_size == 0


def test_a_wipe_that_fails_takes_nothing_back(
    house: House, wiper: Wiper, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """They are erased, are told so, and what was read of them is forgotten; the fault is in the log, and it is owed."""

    def fails(_: Wiper) -> bool:
        with coded_errors():
            raise RuntimeError("not a fault of the database's") from None

    def refused(_: Wiper) -> bool:
        with house.store._writing.connect() as connection:
            connection.exec_driver_sql("PRAGMA nonsense(" if house.store.file else "VACUUM no_such_table")
        return True

    forgotten = list[bool]()
    monkeypatch.setattr(type(house.companion), "forget", lambda _: forgotten.append(True))
    monkeypatch.setattr(Wiper, "_wiped", refused)
    with caplog.at_level(logging.WARNING):
        receipt = do_erase(house, do_enrol(house))
    assert receipt
    assert forgotten
    assert wiper.owed
    assert "could not be wiped yet" in caplog.text
    monkeypatch.setattr(Wiper, "_wiped", fails)
    with pytest.raises(RuntimeError):
        wiper.wipe()


def test_tidying_keeps_the_log_short(house: House) -> None:
    """What was copied back is written over by the next writer, and so the log does not grow with every line."""
    log, sizes = _log_of(house), list[int]()
    for _ in range(4):
        for _ in range(20):
            do_enrol(house)
        sizes.append(log.stat().st_size)
        house.store.tidy()
    assert sizes[-1] < 2 * sizes[0]
