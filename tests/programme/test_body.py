"""Signals of the body: read only where that is allowed, against one's own rest; what was read is kept once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from tests.programme.signals import NOON, STIRRED, signals, stirred_after_rest

from attunement.domain.body import BodyReading, BodySignal, Channel, Flaw, Recording
from attunement.domain.consent import Category, Cell, Purpose
from attunement.domain.errors import AttunementError, ErrorCode, NotFound, Refused
from attunement.domain.events import BodyRead
from attunement.domain.need import Need
from attunement.programme.body import access_baseline, access_body, do_keep_body, do_read_body, measure_body
from attunement.programme.check_ins import do_check_in
from attunement.programme.consents import do_change_consent, do_set_consent
from attunement.programme.decisions import do_decide
from attunement.programme.erasure import do_erase
from attunement.programme.exports import access_export
from attunement.programme.house import House
from attunement.programme.members import do_enrol
from attunement.programme.rebuild import do_rebuild

BODY = Cell(Purpose.PERSONALISE, Category.BODY)


@pytest.fixture
def rosa(house: House) -> str:
    """A member who allows everything."""
    member = do_enrol(house, name="Rosa")
    do_set_consent(house, member, house.wording.asked)
    return member


def _kept(house: House, member: str) -> list[BodyRead]:
    with house.store.read() as connection:
        events = house.store.events(connection, member=member, kinds=(BodyRead.kind,))
        return [logged.event for logged in events if isinstance(logged.event, BodyRead)]


def _rested(house: House, member: str) -> int:
    with house.store.read() as connection:
        return len(access_baseline(house, connection, member).rows)


def _numbers(readings: list[BodyReading] | tuple[BodyReading, ...]) -> list[float]:
    return [x for r in readings for x in (r.arousal_mean, r.arousal_sd, r.stress_p or -1.0, r.quality)]


def test_without_consent_nothing_is_read_and_nothing_kept(house: House, rosa: str) -> None:
    """Neither before it was given nor after it was taken back; the windows kept before are not shown either."""
    do_read_body(house, rosa, signals(2, end=-5))
    measured = measure_body(house, rosa, signals(2))
    do_change_consent(house, rosa, withdraw=[BODY])
    stranger = do_enrol(house)
    attempts: list[Callable[[], object]] = [
        lambda: do_read_body(house, stranger, signals(2)), lambda: do_read_body(house, rosa, signals(2)),
        lambda: do_keep_body(house, rosa, measured), lambda: access_body(house, rosa),
    ]  # fmt: skip
    for attempt in attempts:
        with pytest.raises(Refused) as caught:
            attempt()
        assert caught.value.code is ErrorCode.CONSENT_MISSING
    assert (len(_kept(house, rosa)), _kept(house, stranger), _rested(house, rosa)) == (1, [], 0)


def test_what_was_read_is_kept_and_the_signal_is_not(house: House, rosa: str) -> None:
    """What comes back is what is kept, window by window, and the export holds no sample of it."""
    read = do_read_body(house, rosa, signals(5))
    assert access_body(house, rosa) == list(read.readings)
    assert access_body(house, rosa, limit=2) == list(read.readings[-2:])
    assert read.readings[-1].end == datetime.fromtimestamp(NOON, UTC)
    event = next(e for e in access_export(house, rosa)["events"] if e["kind"] == "body-read")
    assert set(event) == {"seq", "kind", "at", "windows", "rest"}
    assert max(len(v) for v in event["windows"][0].values() if isinstance(v, list | dict)) < 60


def test_rest_carries_over_from_one_request_to_the_next(house: House, rosa: str) -> None:
    """The first three minutes it can't tell for want of a baseline; of the fourth, sent later, it can."""
    first = do_read_body(house, rosa, signals(3, end=-1))
    later = do_read_body(house, rosa, signals(1, seed=2))
    assert [r.stress_p is None for r in (*first.readings, *later.readings)] == [True] * 3 + [False]
    assert _rested(house, rosa) == 4


def test_minute_by_minute_reads_the_same_as_at_once(house: House, rosa: str) -> None:
    """How a device cuts its signals into requests does not matter, for rest and the minutes before are known."""
    whole, oli = signals(8), do_enrol(house)
    do_change_consent(house, oli, grant=[BODY])
    at_once = do_read_body(house, rosa, whole).readings
    one_by_one = [
        reading
        for start in (NOON - 60 * left for left in range(8, 0, -1))
        for reading in do_read_body(house, oli, _between(whole, start, start + 60)).readings
    ]
    assert _numbers(one_by_one) == pytest.approx(_numbers(at_once), abs=0.02)
    assert [(r.start, r.why) for r in one_by_one] == [(r.start, r.why) for r in at_once]


def _between(recording: Recording, start: float, end: float) -> Recording:
    parts = [(c, (c.times >= start) & (c.times < end)) for c in recording.channels]
    return replace(recording, channels=tuple(Channel(c.kind, c.times[k], c.values[k]) for c, k in parts))


def test_declared_rest_takes_the_place_of_guessed_rest(house: House, rosa: str) -> None:
    """Minutes said to be rest are it from then on, and say so; others before and after are no part of it."""
    do_read_body(house, rosa, STIRRED(4, end=-6))
    assert _rested(house, rosa) == 4
    declared = do_read_body(house, rosa, signals(3, end=-3), rest=True)
    assert all(Flaw.IN_BASELINE in reading.why for reading in declared.readings)
    do_read_body(house, rosa, STIRRED(2))
    assert _rested(house, rosa) == 3
    assert access_body(house, rosa)[-1].arousal_mean > 0.75


def test_rest_another_reader_measured_is_not_compared_with(house: House, rosa: str) -> None:
    """Where the reader changed since, rest is learned anew."""
    do_read_body(house, rosa, signals(5, end=-2))
    later = type("LaterReader", (type(house.body),), {"version": "later"})()
    readings = do_read_body(replace(house, body=later), rosa, signals(2)).readings
    assert [Flaw.NO_BASELINE in reading.why for reading in readings] == [True, True]


def test_sending_again_doubles_nothing(house: House, rosa: str) -> None:
    """The same once more keeps nothing; what reaches over what is kept is read from where that ends."""
    sent = signals(4, end=-1)
    do_read_body(house, rosa, sent)
    again = do_read_body(house, rosa, sent)
    assert (again.readings, again.left_out) == ((), 2 * 240)
    beyond = do_read_body(house, rosa, signals(4))
    assert [reading.start.timestamp() for reading in beyond.readings] == [NOON - 60]
    assert [w.start.timestamp() for e in _kept(house, rosa) for w in e.windows] == [
        NOON - 60 * k for k in range(5, 0, -1)
    ]


def test_two_requests_at_once_keep_a_window_once(house: House, rosa: str) -> None:
    """What another request kept between measuring and keeping is left out as well."""
    measured = [measure_body(house, rosa, signals(3)) for _ in range(2)]
    kept = [do_keep_body(house, rosa, one).readings for one in measured]
    assert [len(readings) for readings in kept] == [3, 0]


def _bad(name: str) -> Recording:
    times, values = NOON - 60 + np.arange(60.0), np.full(60, 70, np.float32)
    odd = {
        "empty": (times[:0], values[:0]), "NaN": (times, np.where(times == NOON - 1, np.nan, values)),
        "no time": (np.where(times == NOON - 1, np.inf, times), values), "milliseconds": (times * 1e3, values),
        "future": (times + 3600, values), "1970": (times - NOON + 3600, values), "before": (times - 3 * NOON, values),
        "too many": (np.linspace(NOON - 60, NOON, 100_001), np.full(100_001, 70)),
        "too long": (np.array([NOON - 4 * 3601, NOON]), values[:2]),
    }[name]  # fmt: skip
    return Recording((Channel(BodySignal.HEART_RATE, odd[0], np.float32(odd[1])),), "bad")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("empty", "bad-signal"), ("NaN", "bad-signal"), ("no time", "bad-signal"), ("milliseconds", "bad-time"),
        ("future", "bad-time"), ("1970", "bad-time"), ("before", "bad-time"), ("too many", "too-large"),
        ("too long", "too-large"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_and_nothing_kept(house: House, rosa: str, name: str, code: str) -> None:
    """Each has its code, and none leaves a trace."""
    with pytest.raises(AttunementError) as caught:
        do_read_body(house, rosa, _bad(name))
    assert caught.value.code == code
    with pytest.raises(AttunementError, match="no samples"):
        do_read_body(house, rosa, Recording((), "none"))
    assert _kept(house, rosa) == []


def test_erasure_takes_what_the_body_showed(house: House, rosa: str) -> None:
    """It is counted on the receipt, cannot be opened afterwards, and no more can be sent."""
    stirred_after_rest(house, rosa)
    assert do_erase(house, rosa).counts["body_readings"] == 2
    assert _kept(house, rosa) == []
    for attempt in (lambda: do_read_body(house, rosa, signals(1)), lambda: access_body(house, rosa)):
        with pytest.raises(NotFound) as caught:
            attempt()
        assert caught.value.code is ErrorCode.UNKNOWN_MEMBER


def test_rebuilding_changes_nothing(house: House, rosa: str, rows: Callable[[House], object]) -> None:
    """With signals read and used, every derived row is the same after a rebuild."""
    stirred_after_rest(house, rosa)
    do_check_in(house, rosa, needs=[Need.CALM])
    do_decide(house, rosa, seed=1)
    before = rows(house)
    do_rebuild(house)
    assert rows(house) == before
    assert len(access_body(house, rosa)) == 15
