"""A file from a watch or a strap: its last hours read where that is allowed, told what is wrong with it where not."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from typing import BinaryIO

import numpy as np
import pytest
from tests.programme.signals import NOON
from tests.reading.body.files import zipped

from attunement.domain.consent import Category, Cell, Purpose
from attunement.domain.errors import ErrorCode, Invalid, Refused
from attunement.programme import body_files
from attunement.programme.body import access_body
from attunement.programme.body_files import do_read_body_file
from attunement.programme.consents import do_change_consent, do_set_consent
from attunement.programme.house import House
from attunement.programme.members import do_enrol

AT_NOON = datetime.fromtimestamp(NOON, UTC)


@pytest.fixture
def rosa(house: House) -> str:
    """A member who allows everything."""
    member = do_enrol(house, name="Rosa")
    do_set_consent(house, member, house.wording.asked)
    return member


def table(minutes: int, *, end: float = 0.0, begin: float | None = None) -> BinaryIO:
    """A table of heart rates each second until ``end`` minutes from noon, or counted from ``begin``."""
    t = np.arange(60 * minutes) + (NOON + 60 * (end - minutes) if begin is None else begin)
    rows = [f"{time:.0f},{70 + 2 * np.sin(time / 7):.1f}" for time in t]
    return io.BytesIO("\n".join(["time,heart_rate", *rows]).encode())


def test_a_table_is_read_minute_by_minute_and_not_read_twice(house: House, rosa: str) -> None:
    """Five minutes are five windows; given again nothing is new, and nothing is kept twice."""
    found = do_read_body_file(house, rosa, table(5))
    assert (len(found.kept.readings), found.kept.left_out, found.older) == (5, 0, 0)
    assert found.kept.readings[-1].end == AT_NOON
    again = do_read_body_file(house, rosa, table(5))
    assert (again.kept.readings, again.kept.left_out) == ((), 300)
    assert access_body(house, rosa) == list(found.kept.readings)


def test_of_a_long_recording_the_last_four_hours_are_read(house: House, rosa: str) -> None:
    """Ten minutes more than four hours are left, and counted."""
    found = do_read_body_file(house, rosa, table(250))
    assert (len(found.kept.readings), found.older) == (240, 600 - 1)
    assert found.kept.readings[0].start >= AT_NOON - timedelta(hours=4, minutes=1)


def test_intervals_without_a_day_need_one(house: House, rosa: str) -> None:
    """Beats one a line do not say when they were; with a beginning they are read from there."""
    beats = b"\n".join([b"850"] * 300)
    with pytest.raises(Invalid) as raised:
        do_read_body_file(house, rosa, io.BytesIO(beats))
    assert (raised.value.code, "Say when it began" in str(raised.value)) == (ErrorCode.BAD_TIME, True)
    found = do_read_body_file(house, rosa, io.BytesIO(beats), start=AT_NOON - timedelta(minutes=10))
    assert AT_NOON - timedelta(minutes=10) <= found.kept.readings[0].start < AT_NOON - timedelta(minutes=9)


def test_without_consent_the_file_is_not_even_looked_at(house: House, rosa: str) -> None:
    """A file that cannot be read is refused for the consent and not for what it is, and stays where it was."""
    do_change_consent(house, rosa, withdraw=[Cell(Purpose.PERSONALISE, Category.BODY)])
    broken = io.BytesIO(b"nothing of the kind")
    with pytest.raises(Refused) as raised:
        do_read_body_file(house, rosa, broken)
    assert (raised.value.code, broken.tell()) == (ErrorCode.CONSENT_MISSING, 0)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", ErrorCode.UNKNOWN_FORMAT),
        (b"dear diary", ErrorCode.UNKNOWN_FORMAT),
        (b"PK\x03\x04 cut off", ErrorCode.BAD_SIGNAL),
        (zipped({"notes.txt": "hello"}), ErrorCode.UNKNOWN_FORMAT),
        (table(5, end=60).read(), ErrorCode.BAD_TIME),
    ],
)
def test_what_is_wrong_with_a_file_is_told_and_nothing_kept(
    house: House, rosa: str, data: bytes, code: ErrorCode
) -> None:
    """Empty, no signals, damaged, a zip of something else, of tomorrow."""
    with pytest.raises(Invalid) as raised:
        do_read_body_file(house, rosa, io.BytesIO(data))
    assert raised.value.code is code
    assert access_body(house, rosa) == []


def test_a_small_zip_that_would_grow_large_is_refused_before_it_is_unpacked(
    house: House, rosa: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an archive says of its size is enough; a plain file is measured as it is."""
    monkeypatch.setattr(body_files, "MOST_UNPACKED", 50_000)
    with pytest.raises(Invalid) as raised:
        do_read_body_file(house, rosa, io.BytesIO(zipped({"EDA.csv": "0" * 60_000})))
    assert raised.value.code is ErrorCode.TOO_LARGE
    monkeypatch.setattr(body_files, "MOST_FILE", 1_000)
    with pytest.raises(Invalid) as raised:
        do_read_body_file(house, rosa, table(5))
    assert raised.value.code is ErrorCode.TOO_LARGE
