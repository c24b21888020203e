"""What supporters have before them, and how long it takes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from attunement.domain.conversation import Owner
from attunement.domain.conversation_events import Wanted
from attunement.domain.errors import Invalid, Refused
from attunement.domain.reading import RiskLevel
from attunement.programme.accounts import do_make_staff
from attunement.programme.conversations.asking import do_open
from attunement.programme.conversations.closing import do_close
from attunement.programme.conversations.conversation import Conversation
from attunement.programme.conversations.duty import (
    access_colleagues,
    access_on_duty,
    access_supporter,
    do_describe_supporter,
    do_go_on_duty,
)
from attunement.programme.conversations.handing import do_claim
from attunement.programme.conversations.lines import access_lines
from attunement.programme.conversations.queue import access_queue
from attunement.programme.conversations.waiting import Expectation, access_expectation
from attunement.programme.conversations.writing import do_write_as_member
from attunement.programme.house import House
from attunement.programme.members import do_enrol


def _waits(house: House, name: str = "", risk: RiskLevel | None = None, **opened: object) -> Conversation:
    talk = do_open(house, do_enrol(house, name=name), human=True, **opened)
    if risk:
        do_write_as_member(house, talk.member, talk.id, "...", risk=risk)
    return talk


def _names(house: House, supporter: str) -> list[str]:
    return [one.name for one in access_queue(house, supporter).waiting]


def test_danger_first_then_mine_then_who_waited_longest(house: House, make_supporter: Callable[..., str]) -> None:
    """Where a point of fit counts as five minutes: who speaks the language is ahead of one nine minutes earlier."""
    noor = make_supporter("Noor", languages=["pt"], skills=["grief"], team="night")
    for name, more in (
        ("first", {}),
        ("kept for Noor", {"wanted": Wanted(person=noor)}),
        ("distressed", {"risk": RiskLevel.DISTRESS}),
        ("speaks her language", {"language": "pt-BR"}),
        ("wants another skill", {"language": "pt", "wanted": Wanted(skill="work")}),
        ("hinted", {"risk": RiskLevel.INDIRECT}),
        ("in danger", {"risk": RiskLevel.IMMINENT}),
    ):
        _waits(house, name, **more)
        house.clock.forward(minutes=3)
    assert _names(house, noor) == [
        "in danger", "hinted", "kept for Noor", "speaks her language", "first", "distressed", "wants another skill",
    ]  # fmt: skip
    fits = {one.name: one.fit for one in access_queue(house, noor).waiting}
    assert (fits["first"], fits["speaks her language"], fits["wants another skill"]) == (2, 4, 3)


def test_danger_is_in_the_queue_however_many_waited_before(
    house: House, noor: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With room for two, whoever is in danger and whoever waited longest; a line written since costs no place."""
    monkeypatch.setattr("attunement.programme.conversations.queue.MOST", 2)
    first = _waits(house, "first")
    for name, more in (("second", {}), ("third", {}), ("in danger", {"risk": RiskLevel.IMMINENT})):
        house.clock.forward(minutes=3)
        _waits(house, name, **more)
    do_write_as_member(house, first.member, first.id, "Is somebody there?")
    assert _names(house, noor) == ["in danger", "first"]


def test_what_is_taken_kept_or_ended_is_not_in_the_queue(house: House, noor: str, ida: str) -> None:
    """A claimed talk is the claimer's own; one kept for who is there shows to them alone; one left shows again."""
    taken, kept, ended = (
        _waits(house, n, **m) for n, m in (("a", {}), ("b", {"wanted": Wanted(person=ida)}), ("c", {}))
    )
    do_claim(house, noor, taken.id)
    do_close(house, ended.member, ended.id)
    assert [one.id for one in access_queue(house, noor).mine] == [taken.id]
    assert (_names(house, noor), _names(house, ida)) == ([], ["b"])
    assert access_queue(house, ida).waiting[0].for_me
    house.clock.forward(hours=9)  # nobody is on duty any more
    left = access_queue(house, ida).waiting
    assert {(one.name, one.left) for one in left} == {("a", True), ("b", False)}
    assert _names(house, noor) == ["b"]
    assert kept.owner is Owner.WAITING


def test_only_supporters_have_a_queue(house: House) -> None:
    """A steward sees no talk of anybody's, and neither does who is nobody."""
    with house.store.write() as transaction:
        steward = do_make_staff(house, transaction, "steward", "Sam", "x").id
    for account in (steward, "nobody"):
        with pytest.raises(Refused):
            access_queue(house, account)


def test_room_is_what_is_left_of_the_capacity(house: House, make_supporter: Callable[..., str]) -> None:
    """Who said two and has one has room for one; off duty there is none; those with most room come first."""
    two, usual = make_supporter("Two", capacity=2), make_supporter("Usual")
    make_supporter("Away", on_duty=False)
    do_claim(house, two, _waits(house).id)
    with house.store.read() as connection:
        there = [(s.name, s.talks, s.free) for s in access_on_duty(house, connection)]
        everybody = [(s.name, s.free) for s in access_colleagues(house, connection)]
    assert there == [("Usual", 0, 3), ("Two", 1, 1)]
    assert everybody == [("Away", 0), ("Two", 1), ("Usual", 3)]
    assert access_queue(house, usual).me.capacity == 3


@pytest.mark.parametrize("described", [
    {"capacity": 0}, {"capacity": 21}, {"languages": ["English"]}, {"skills": ["Deep Grief"]}, {"team": "a,b"},
    {"skills": [f"s{i}" for i in range(11)]},
])  # fmt: skip
def test_a_description_that_makes_no_sense_is_refused(house: House, noor: str, described: dict) -> None:
    """And what stood before stays."""
    before = do_describe_supporter(house, noor, languages=["en", "en"], skills=["grief"], team="day", capacity=2)
    with pytest.raises(Invalid):
        do_describe_supporter(house, noor, **described)
    with house.store.read() as connection:
        assert access_supporter(house, connection, noor) == before
    assert (before.languages, before.skills, before.team) == (("en",), ("grief",), "day")


@pytest.mark.parametrize("hours", [-1, 0, 13])
def test_a_shift_is_at_most_twelve_hours(house: House, noor: str, hours: int) -> None:
    """Nobody can be on duty for ever by mistake."""
    with pytest.raises(Invalid):
        do_go_on_duty(house, noor, house.clock() + timedelta(hours=hours))


def _expected(house: House) -> Expectation:
    with house.store.read() as connection:
        return access_expectation(house, connection)


def test_the_wait_is_told_from_recent_waits(house: House, make_supporter: Callable[..., str]) -> None:
    """Half and nine in ten of eleven waits of 0 to 10 minutes; old ones do not count; below five nothing is said."""
    noor = make_supporter("Noor", capacity=20)
    for minutes in range(11):
        assert (_expected(house).half_min is None) == (minutes < 5)
        talk = _waits(house)
        house.clock.forward(minutes=minutes)
        do_claim(house, noor, talk.id)
    assert _expected(house) == Expectation(on_duty=1, free=1, ahead=0, waits=11, half_min=5, most_min=9)
    _waits(house)
    assert _expected(house).ahead == 1
    house.clock.forward(seconds=1)
    talk = _waits(house)
    with house.store.read() as connection:
        assert access_expectation(house, connection, but=talk.id).ahead == 1
        told = access_lines(house, connection, talk.member, talk.id)[0].text
    assert "half waited up to 5 minutes, and nine in ten up to 9" in told
    house.clock.forward(days=15)
    do_go_on_duty(house, noor, house.clock() + timedelta(hours=1))
    assert _expected(house).waits == 0


def test_nobody_on_duty_is_said_openly(house: House, make_supporter: Callable[..., str]) -> None:
    """However short the waits were lately, no number is given when nobody is there, and the member is told so."""
    noor = make_supporter("Noor", capacity=20)
    for _ in range(6):
        do_claim(house, noor, _waits(house).id)
    assert _expected(house).half_min == 1
    house.clock.forward(hours=9)
    found = _expected(house)
    assert (found.on_duty, found.free, found.half_min, found.waits) == (0, 0, None, 6)
    talk = _waits(house)
    with house.store.read() as connection:
        notice = access_lines(house, connection, talk.member, talk.id)[0].notice
    assert notice is not None
    assert notice.code == "nobody-on-duty"
