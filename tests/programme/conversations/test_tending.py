"""Talks in which nothing happens: which end by time, which wait for as long as it takes, and what is told."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from attunement.domain.conversation import Owner, Speaker
from attunement.domain.errors import ErrorCode, StoreError
from attunement.domain.reading import RiskLevel
from attunement.programme.alerts.alert import find_open_alerts
from attunement.programme.alerts.raising import do_raise_alert
from attunement.programme.conversations import tending
from attunement.programme.conversations.asking import do_ask_for_human, do_hold_for_human, do_open, do_stop_waiting
from attunement.programme.conversations.conversation import Conversation, find_conversation
from attunement.programme.conversations.duty import do_go_on_duty
from attunement.programme.conversations.handing import do_claim
from attunement.programme.conversations.lines import access_lines
from attunement.programme.conversations.tending import (
    Tender,
    do_bring_back_left,
    do_end_quiet,
    do_tell_still_waiting,
)
from attunement.programme.conversations.writing import (
    access_ticket,
    do_write_as_companion,
    do_write_as_member,
    do_write_as_supporter,
)
from attunement.programme.erasure import do_erase
from attunement.programme.house import House
from attunement.programme.members import do_enrol
from attunement.programme.rebuild import do_rebuild
from attunement.programme.sessions import do_open_session
from attunement.store.store import Transaction


def _stands(house: House, talk: Conversation) -> Conversation:
    with house.store.read() as connection:
        return find_conversation(connection, talk.id)


def _told(house: House, talk: Conversation) -> list[str]:
    """The codes of the notices, in order."""
    with house.store.read() as connection:
        lines = access_lines(house, connection, talk.member, talk.id)
    assert [line.line for line in lines] == list(range(1, len(lines) + 1))
    return [line.notice.code for line in lines if line.notice]


def _say(house: House, talk: Conversation, risk: RiskLevel = RiskLevel.NONE) -> None:
    do_write_as_member(house, talk.member, talk.id, "Hello?", risk=risk)


def _answer(house: House, talk: Conversation) -> None:
    with house.store.read() as connection:
        ticket = access_ticket(connection, talk.id)
    do_write_as_companion(house, ticket, "I am with you.", by="composer")


# silence ------------------------------------------------------------------------------------------------------------
def test_a_talk_in_which_nothing_was_said_for_a_day_ends(house: House, talk: Conversation) -> None:
    """Not a second earlier; it says so, once, and another can be begun."""
    house.clock.forward(hours=5)
    _say(house, talk)
    _answer(house, talk)
    house.clock.forward(hours=24, seconds=-1)
    assert do_end_quiet(house) == 0
    house.clock.forward(seconds=1)
    assert [do_end_quiet(house), do_end_quiet(house)] == [1, 0]
    assert _stands(house, talk).owner is Owner.CLOSED
    assert _told(house, talk) == ["companion", "closed-by-time"]
    assert do_open(house, talk.member).id != talk.id


def test_what_the_companion_owes_is_not_ended(house: House, talk: Conversation) -> None:
    """A server that was down for three days answers first; only then does the day begin."""
    _say(house, talk)
    house.clock.forward(days=3)
    assert do_end_quiet(house) == 0
    _answer(house, talk)
    assert do_end_quiet(house) == 0
    house.clock.forward(days=1)
    assert do_end_quiet(house) == 1


def test_signs_of_danger_keep_a_talk_for_as_long_as_they_count(house: House, talk: Conversation) -> None:
    """They count for 72 hours in the talk they were read in, so it does not end before."""
    _say(house, talk, RiskLevel.INDIRECT)
    _answer(house, talk)
    house.clock.forward(hours=72, seconds=-1)
    assert do_end_quiet(house) == 0
    house.clock.forward(seconds=1)
    assert do_end_quiet(house) == 1


def test_a_talk_with_an_open_alert_stays(house: House, talk: Conversation) -> None:
    """However long nobody looks after it; an alert about another talk keeps none."""
    other = do_open(house, do_enrol(house))
    do_raise_alert(house, talk.member, level=RiskLevel.EXPLICIT, reason="said-so", conversation=talk.id)
    house.clock.forward(days=9)
    assert do_end_quiet(house) == 1
    assert (_stands(house, talk).is_open, _stands(house, other).is_open) == (True, False)


def test_what_waits_or_is_a_persons_never_ends_by_time(house: House, talk: Conversation, noor: str) -> None:
    """Neither after a day nor after a year."""
    other = do_open(house, do_enrol(house), human=True)
    do_claim(house, noor, other.id)
    do_ask_for_human(house, talk.member, talk.id)
    house.clock.forward(days=365)
    assert do_end_quiet(house) == 0
    assert (_stands(house, talk).owner, _stands(house, other).owner) == (Owner.WAITING, Owner.SUPPORTER)


# left ---------------------------------------------------------------------------------------------------------------
def test_what_a_supporter_left_waits_again_and_the_member_is_told(house: House, talk: Conversation, noor: str) -> None:
    """A quarter of an hour after her shift ended without a word, and not before."""
    do_ask_for_human(house, talk.member, talk.id)
    do_claim(house, noor, talk.id)
    house.clock.forward(hours=8, minutes=15, seconds=-1)
    assert do_bring_back_left(house) == 0
    house.clock.forward(seconds=1)
    assert [do_bring_back_left(house), do_bring_back_left(house)] == [1, 0]
    now = _stands(house, talk)
    assert (now.owner, now.supporter, now.asked_by, now.waiting_since) == (Owner.WAITING, None, "time", house.clock())
    assert _told(house, talk)[-1] == "left"
    do_stop_waiting(house, talk.member, talk.id)


def test_who_writes_on_after_their_shift_has_not_left(house: House, talk: Conversation, noor: str) -> None:
    """A supporter who stays with somebody is not taken from them; what the member writes does not keep her there."""
    do_ask_for_human(house, talk.member, talk.id)
    do_claim(house, noor, talk.id)
    house.clock.forward(hours=8, minutes=10)
    do_write_as_supporter(house, noor, talk.id, "I stay a little longer.")
    house.clock.forward(minutes=14)
    _say(house, talk)
    assert do_bring_back_left(house) == 0
    house.clock.forward(minutes=1)
    assert do_bring_back_left(house) == 1


def test_a_supporter_who_vanishes_during_their_shift_keeps_nobody_waiting(
    house: House, talk: Conversation, noor: str
) -> None:
    """Nothing answered and nothing done on any page for a quarter of an hour: it waits again. Who is there keeps it."""
    do_ask_for_human(house, talk.member, talk.id)
    do_claim(house, noor, talk.id)
    do_write_as_supporter(house, noor, talk.id, "Hello, I am Noor.")
    house.clock.forward(minutes=30)
    assert do_bring_back_left(house) == 0  # nothing waits for an answer
    _say(house, talk)
    house.clock.forward(minutes=14)
    assert do_bring_back_left(house) == 0
    do_open_session(house, noor, "supporter")
    house.clock.forward(minutes=14)
    assert do_bring_back_left(house) == 0  # she reads, and may be writing
    house.clock.forward(minutes=2)
    assert do_bring_back_left(house) == 1
    assert (_stands(house, talk).owner, _told(house, talk)[-1]) == (Owner.WAITING, "left")


def test_a_supporter_who_claims_and_vanishes_keeps_nobody_waiting_either(
    house: House, talk: Conversation, noor: str
) -> None:
    """That they took it over is no answer to what was written before."""
    _say(house, talk)
    do_ask_for_human(house, talk.member, talk.id)
    do_claim(house, noor, talk.id)
    house.clock.forward(minutes=14)
    assert do_bring_back_left(house) == 0
    house.clock.forward(minutes=2)
    assert do_bring_back_left(house) == 1


def test_what_was_left_in_danger_raises_an_alert(house: House, talk: Conversation, noor: str) -> None:
    """Nobody asks now how a hint was meant: people are told of it as soon as it waits."""
    do_ask_for_human(house, talk.member, talk.id)
    do_claim(house, noor, talk.id)
    _say(house, talk, RiskLevel.INDIRECT)
    house.clock.forward(hours=9)
    assert do_bring_back_left(house) == 1
    with house.store.read() as connection:
        assert [(a.conversation, a.level) for a in find_open_alerts(connection)] == [(talk.id, RiskLevel.INDIRECT)]


def test_who_comes_back_keeps_what_is_theirs(house: House, talk: Conversation, noor: str) -> None:
    """Another shift begun in time, and nothing is taken away."""
    do_ask_for_human(house, talk.member, talk.id)
    do_claim(house, noor, talk.id)
    house.clock.forward(hours=8, minutes=10)
    do_go_on_duty(house, noor, house.clock() + timedelta(hours=1))
    house.clock.forward(minutes=30)
    assert do_bring_back_left(house) == 0


def test_held_for_safety_it_stays_held_when_it_is_left(house: House, talk: Conversation, noor: str) -> None:
    """What was held for a person is not the companion's again because that person left."""
    do_hold_for_human(house, talk.id, "safety")
    do_claim(house, noor, talk.id)
    house.clock.forward(hours=9)
    do_bring_back_left(house)
    assert _stands(house, talk).asked_by == "safety"


# waiting ------------------------------------------------------------------------------------------------------------
def test_who_writes_on_while_nobody_is_on_duty_is_not_left_in_silence(house: House, talk: Conversation) -> None:
    """Soon after they wrote, and not at every line; who writes nothing waits as before."""
    do_ask_for_human(house, talk.member, talk.id)
    house.clock.forward(minutes=4)
    assert do_tell_still_waiting(house) == 0
    _say(house, talk)
    assert do_tell_still_waiting(house) == 0
    house.clock.forward(minutes=1)
    assert [do_tell_still_waiting(house), do_tell_still_waiting(house)] == [1, 0]
    _say(house, talk)
    house.clock.forward(minutes=2)
    assert do_tell_still_waiting(house) == 0
    house.clock.forward(minutes=1)
    assert do_tell_still_waiting(house) == 1
    assert _told(house, talk)[-2:] == ["still-waiting", "still-waiting"]


def test_who_writes_on_while_somebody_is_on_duty_waits_for_them(house: House, talk: Conversation, noor: str) -> None:
    """They see it, and a notice at each line would be noise."""
    do_ask_for_human(house, talk.member, talk.id)
    _say(house, talk)
    house.clock.forward(minutes=5)
    assert do_tell_still_waiting(house) == 0


def test_a_long_wait_is_told_after_half_an_hour_and_then_once_a_day(house: House, talk: Conversation) -> None:
    """Each time as it is: nobody on duty, or somebody and still nobody came. It never moves the place in the queue."""
    do_ask_for_human(house, talk.member, talk.id)
    since = _stands(house, talk).waiting_since
    house.clock.forward(minutes=29)
    assert do_tell_still_waiting(house) == 0
    for hours in (1 / 60, 24, 24):
        house.clock.forward(hours=hours)
        assert [do_tell_still_waiting(house), do_tell_still_waiting(house)] == [1, 0]
        house.clock.forward(seconds=1)
    assert _told(house, talk)[1:] == ["nobody-on-duty", "still-waiting", "still-waiting", "still-waiting"]
    assert (_stands(house, talk).waiting_since, _stands(house, talk).owner) == (since, Owner.WAITING)


def test_it_is_told_as_it_is(house: House, talk: Conversation, make_supporter: Callable[..., str]) -> None:
    """Where somebody is on duty, it is not said that nobody is; where they usually take an hour, not before that."""
    noor = make_supporter("Noor", capacity=20)
    for _ in range(5):
        other = do_open(house, do_enrol(house), human=True)
        house.clock.forward(minutes=60)
        do_claim(house, noor, other.id)
    do_ask_for_human(house, talk.member, talk.id)
    house.clock.forward(minutes=59)
    assert do_tell_still_waiting(house) == 0
    house.clock.forward(minutes=1)
    assert do_tell_still_waiting(house) == 1
    with house.store.read() as connection:
        text = access_lines(house, connection, talk.member, talk.id)[-1].text
    assert text.startswith("Nobody has come yet, and how long it will take is not known.")


def test_who_was_taken_over_is_told_anew_when_they_wait_again(house: House, talk: Conversation, noor: str) -> None:
    """The half hour counts from the last change of hands."""
    do_ask_for_human(house, talk.member, talk.id)
    house.clock.forward(minutes=40)
    assert do_tell_still_waiting(house) == 1
    do_claim(house, noor, talk.id)
    house.clock.forward(hours=9)
    assert do_tell_still_waiting(house) == 0
    do_bring_back_left(house)
    assert do_tell_still_waiting(house) == 0
    house.clock.forward(minutes=30)
    assert do_tell_still_waiting(house) == 1


# all of them --------------------------------------------------------------------------------------------------------
def test_two_processes_do_it_once(make_house: Callable[[str], House], database_url: str, house: House) -> None:
    """Eight at the same moment, over two servers: each of four talks ends once, with one notice."""
    houses = (house, make_house(database_url))
    talks = [do_open(house, do_enrol(house)) for _ in range(4)]
    house.clock.forward(days=2)
    gate = threading.Barrier(8)

    def end(i: int) -> int:
        gate.wait()
        return do_end_quiet(houses[i % 2])

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(end, range(8))) == 4
    assert [_told(house, talk) for talk in talks] == [["companion", "closed-by-time"]] * 4


def test_what_happens_in_between_comes_first(house: House, talk: Conversation, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line written after the talk was found, and before it is ended, keeps it open."""
    house.clock.forward(days=2)
    hold = type(house.store).write
    wrote = []

    def write_first(store: object, *, alone: bool = False) -> object:
        if not wrote:
            wrote.append(True)
            _say(house, talk)
        return hold(house.store, alone=alone)

    monkeypatch.setattr(type(house.store), "write", write_first)
    assert do_end_quiet(house) == 0
    assert _stands(house, talk).owner is Owner.COMPANION


def test_an_erased_member_is_passed_over(house: House, talk: Conversation) -> None:
    """Others are tended all the same."""
    other = do_open(house, do_enrol(house))
    house.clock.forward(days=2)
    do_erase(house, talk.member)
    assert do_end_quiet(house) == 1
    assert _stands(house, other).owner is Owner.CLOSED


# faults -------------------------------------------------------------------------------------------------------------
def _stumbles_over(talk: Conversation, fault: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever puts this talk into other hands meets the fault."""
    well = tending.change_hands

    def change_hands(house: House, transaction: Transaction, found: Conversation, *rest: Any) -> Any:
        if found.id == talk.id:
            raise fault
        return well(house, transaction, found, *rest)

    monkeypatch.setattr(tending, "change_hands", change_hands)


@pytest.mark.parametrize("fault", [KeyError("ours"), StoreError(ErrorCode.WRONG_KEY, "Its key does not fit.")])
def test_a_fault_in_one_talk_keeps_no_other_waiting(
    house: House, talk: Conversation, fault: Exception, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    """What comes after it is tended in the same round; the fault is logged, and once it is mended that talk is too."""
    house.clock.forward(minutes=1)
    after = do_open(house, do_enrol(house))
    house.clock.forward(days=2)
    with monkeypatch.context() as patch:
        _stumbles_over(talk, fault, patch)
        assert do_end_quiet(house) == 1
    assert (_stands(house, talk).owner, _stands(house, after).owner) == (Owner.COMPANION, Owner.CLOSED)
    assert f"Tending stumbled over the talk {talk.id}" in caplog.text
    assert do_end_quiet(house) == 1


def test_a_fault_in_one_kind_of_tending_leaves_the_others(
    house: House, talk: Conversation, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Where it cannot even be looked what was left, what fell silent is ended all the same."""

    def do_nothing_right(_: House) -> int:
        raise KeyError("ours")

    monkeypatch.setattr(tending, "do_bring_back_left", do_nothing_right)
    house.clock.forward(days=2)
    Tender(house).round(0)
    assert _stands(house, talk).owner is Owner.CLOSED
    assert "Tending stumbled over do_nothing_right" in caplog.text


def test_a_database_that_is_busy_ends_the_round(
    house: House, talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That is no fault of one talk: it is told, and the next round finds out whether it is over."""
    house.clock.forward(days=2)
    _stumbles_over(talk, StoreError(ErrorCode.STORE_BUSY, "Busy."), monkeypatch)
    with pytest.raises(StoreError):
        Tender(house).round(0)


# all of it ----------------------------------------------------------------------------------------------------------
def test_it_can_be_rebuilt(house: House, talk: Conversation, noor: str, rows) -> None:  # type: ignore[no-untyped-def]
    """What was ended, brought back and told by time is the same when made again from the log."""
    left, waits = (do_open(house, do_enrol(house), human=True) for _ in range(2))
    do_claim(house, noor, left.id)
    house.clock.forward(days=2)
    Tender(house).round(0)
    now = [_stands(house, one).owner for one in (talk, left, waits)]
    assert now == [Owner.CLOSED, Owner.WAITING, Owner.WAITING]
    assert _told(house, waits)[-1] == "still-waiting"
    before = rows(house)
    do_rebuild(house)
    assert rows(house) == before


def test_the_thread_does_all_three(house: House, talk: Conversation) -> None:
    """Woken, it ends what fell silent."""
    house.clock.forward(days=2)
    tender = Tender(house)
    ended = threading.Event()
    stop = house.bell.listen(talk.id, ended.set)
    tender.start()
    tender.wake()
    assert ended.wait(30)
    tender.stop()
    stop()
    with house.store.read() as connection:
        last = access_lines(house, connection, talk.member, talk.id)[-1]
    assert last.speaker is Speaker.NOTICE
