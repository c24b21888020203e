"""Whom a member wishes for: what there is to wish for, and that wishes can be changed without losing one's place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from attunement.domain.alert import Done
from attunement.domain.conversation import Owner
from attunement.domain.conversation_events import HumanAsked, Wanted
from attunement.domain.errors import Conflict, ErrorCode, Invalid
from attunement.domain.ids import new_id
from attunement.domain.reading import RiskLevel
from attunement.programme.alerts.alert import find_open_alerts
from attunement.programme.alerts.owning import do_close_alert
from attunement.programme.conversations.asking import (
    WISHES_A_MINUTE,
    do_ask_for_human,
    do_hold_for_human,
    do_open,
    do_stop_waiting,
)
from attunement.programme.conversations.conversation import Conversation
from attunement.programme.conversations.handing import do_claim, do_give_back
from attunement.programme.conversations.lines import access_lines
from attunement.programme.conversations.queue import access_queue
from attunement.programme.conversations.tending import do_tell_still_waiting
from attunement.programme.conversations.wishes import Wishable, access_wishable
from attunement.programme.conversations.writing import do_write_as_member, do_write_as_supporter
from attunement.programme.house import House
from attunement.programme.members import do_enrol

GRIEF, NIGHT = Wanted(skill="grief"), Wanted(team="night")


def _notices(house: House, talk: Conversation) -> list[str]:
    with house.store.read() as connection:
        lines = access_lines(house, connection, talk.member, talk.id)
    return [line.notice.code for line in lines if line.notice]


def _asked(house: House, talk: Conversation) -> list[HumanAsked]:
    with house.store.read() as connection:
        events = [logged.event for logged in house.store.events(connection, member=talk.member)]
    return [event for event in events if isinstance(event, HumanAsked)]


def _wishable(house: House, member: str) -> Wishable:
    with house.store.read() as connection:
        return access_wishable(house, connection, member)


def test_other_wishes_take_the_place_of_those_there_were(
    house: House, member: str, make_supporter: Callable[..., str]
) -> None:
    """By one event with a notice; the queue follows at once, and since when it waits stays."""
    noor = make_supporter("Noor", team="night")
    talk = do_open(house, member, human=True, wanted=GRIEF)
    assert access_queue(house, noor).waiting[0].fit == 3
    house.clock.forward(minutes=5)
    now = do_ask_for_human(house, member, talk.id, wanted=NIGHT)
    assert (now.wanted, now.owner, now.asked_by) == (NIGHT, Owner.WAITING, "member")
    assert now.waiting_since == talk.waiting_since
    assert access_queue(house, noor).waiting[0].fit == 4
    assert _notices(house, talk) == ["waiting", "wished"]
    assert len(_asked(house, talk)) == 1
    assert do_ask_for_human(house, member, talk.id, wanted=Wanted()).wanted == Wanted()


def test_who_changes_their_wish_keeps_their_place(house: House, noor: str) -> None:
    """Noor fits neither wish; who waited longer is still before who came later."""
    first, second = (do_open(house, do_enrol(house, name=n), human=True, wanted=GRIEF) for n in ("first", "second"))
    house.clock.forward(minutes=1)
    do_ask_for_human(house, first.member, first.id, wanted=NIGHT)
    assert [one.conversation.id for one in access_queue(house, noor).waiting] == [first.id, second.id]


@pytest.mark.parametrize("again", [{}, {"wanted": GRIEF}, {"language": "en"}])
def test_asked_again_with_no_other_wishes_nothing_changes(house: House, member: str, again: dict) -> None:
    """Without a word of wishes, or with the same: no event, no notice; opened again it is the same too."""
    talk = do_open(house, member, human=True, wanted=GRIEF)
    assert do_ask_for_human(house, member, talk.id, **again) == talk
    assert do_open(house, member, human=True, **again) == talk


def test_a_flood_of_wishes_leaves_it_waiting_as_it_stands(house: House, talk: Conversation) -> None:
    """Asking is never refused; what changes again and again is written so many times a minute, and then no more."""
    do_ask_for_human(house, talk.member, talk.id)
    for k in range(3 * WISHES_A_MINUTE):
        assert do_ask_for_human(house, talk.member, talk.id, wanted=(GRIEF, NIGHT)[k % 2]).owner is Owner.WAITING
    assert len(_asked(house, talk)) == 1 + WISHES_A_MINUTE


def test_wishes_come_with_the_first_asking_and_with_opening_again(house: House, talk: Conversation) -> None:
    """From the companion to a person who is good at grief; opened once more for another team, it waits for that."""
    asked = do_ask_for_human(house, talk.member, talk.id, wanted=GRIEF)
    assert (asked.wanted, _notices(house, talk)) == (GRIEF, ["companion", "nobody-on-duty"])
    assert do_open(house, talk.member, human=True, wanted=NIGHT).wanted == NIGHT


def test_a_language_is_a_wish_too(house: House, talk: Conversation, make_supporter: Callable[..., str]) -> None:
    """Who speaks it fits, at the first asking and when it is changed; what is no language is refused."""
    noor = make_supporter("Noor", languages=["pt-BR"])

    def fit() -> int:
        return access_queue(house, noor).waiting[0].fit

    assert do_ask_for_human(house, talk.member, talk.id, language="pt").language == "pt"
    assert fit() == 4
    do_ask_for_human(house, talk.member, talk.id, language="en")
    assert (fit(), _notices(house, talk)[-1]) == (2, "wished")
    with pytest.raises(Invalid):
        do_ask_for_human(house, talk.member, talk.id, language="?")


def test_held_for_safety_it_stays_so_whoever_is_wished_for(house: House, talk: Conversation, noor: str) -> None:
    """The wish counts, the companion cannot be called back all the same, and no alert is raised anew by it."""
    do_write_as_member(house, talk.member, talk.id, "It is all too much.", risk=RiskLevel.INDIRECT)
    do_hold_for_human(house, talk.id, "safety")
    with house.store.read() as connection:
        (alert,) = find_open_alerts(connection)
    do_close_alert(house, noor, alert.id, Done.TALKED)
    now = do_ask_for_human(house, talk.member, talk.id, wanted=NIGHT)
    assert (now.wanted, now.asked_by) == (NIGHT, "safety")
    with house.store.read() as connection:
        assert find_open_alerts(connection) == []
    with pytest.raises(Conflict) as caught:
        do_stop_waiting(house, talk.member, talk.id)
    assert caught.value.code is ErrorCode.CONVERSATION_HELD


def test_where_a_person_is_there_wishes_change_nothing(house: House, talk: Conversation, noor: str) -> None:
    """Nobody is taken away by one; and what does not exist cannot be wished for."""
    do_ask_for_human(house, talk.member, talk.id)
    mine = do_claim(house, noor, talk.id)
    assert do_ask_for_human(house, talk.member, talk.id, wanted=GRIEF) == mine
    with pytest.raises(Invalid):
        do_ask_for_human(house, talk.member, talk.id, wanted=Wanted(person=new_id()))


def test_who_is_wished_for_later_has_the_first_ten_minutes_of_waiting(
    house: House, member: str, noor: str, ida: str
) -> None:
    """Wished for after eight, it is kept for Ida for two more; it never makes anybody wait ten minutes anew."""
    talk = do_open(house, member, human=True)
    house.clock.forward(minutes=8)
    do_ask_for_human(house, member, talk.id, wanted=Wanted(person=ida))
    assert access_queue(house, noor).waiting == ()
    house.clock.forward(minutes=2)
    assert [one.conversation.id for one in access_queue(house, noor).waiting] == [talk.id]


def test_who_changed_their_wish_is_told_as_others_that_nobody_came(house: House, member: str) -> None:
    """Half an hour after that, not only a day later."""
    talk = do_open(house, member, human=True)
    house.clock.forward(minutes=10)
    do_ask_for_human(house, member, talk.id, wanted=GRIEF)
    house.clock.forward(minutes=30)
    assert do_tell_still_waiting(house) == 1


def test_what_there_is_to_wish_for(house: House, talk: Conversation, make_supporter: Callable[..., str]) -> None:
    """What supporters entered, on duty or not, each once; by name only who wrote to this member before."""
    assert _wishable(house, talk.member) == Wishable({}, (), (), (), ())
    noor = make_supporter("Noor", skills=["work", "grief"], team="night", languages=["pt-BR", "en"])
    ida = make_supporter("Ida", skills=["grief"], languages=["pt"], on_duty=False)
    assert _wishable(house, talk.member) == Wishable(
        {ida: "Ida", noor: "Noor"}, (), ("night",), ("grief", "work"), ("en", "pt")
    )
    do_ask_for_human(house, talk.member, talk.id)
    do_claim(house, noor, talk.id)
    assert _wishable(house, talk.member).known == ()
    do_write_as_supporter(house, noor, talk.id, "I am here.")
    do_give_back(house, noor, talk.id)
    assert _wishable(house, talk.member).known == (noor,)
    assert _wishable(house, do_enrol(house)).known == ()
