"""A second person: asked for, looks along and writes notes, never to the member, who is told when they come and go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from attunement.domain.consent import Category, Cell, Purpose
from attunement.domain.conversation import Owner, Speaker
from attunement.domain.conversation_events import SecondPersonCame, SecondPersonLeft
from attunement.domain.errors import Conflict, ErrorCode, NotFound, Refused
from attunement.domain.ids import new_id
from attunement.programme.accounts import do_close_account
from attunement.programme.coaching import do_draw_coach
from attunement.programme.consents import do_change_consent
from attunement.programme.conversations.asking import do_ask_for_human
from attunement.programme.conversations.closing import do_close, do_close_as_supporter
from attunement.programme.conversations.conversation import (
    Conversation,
    access_as_supporter,
    access_conversations,
    find_conversation,
)
from attunement.programme.conversations.duty import do_go_on_duty, end_shift
from attunement.programme.conversations.handing import do_claim, do_give_back, do_go_off_duty, do_transfer
from attunement.programme.conversations.insight import access_insight
from attunement.programme.conversations.lines import access_lines, access_lines_as_supporter
from attunement.programme.conversations.notes import access_notes, do_write_note
from attunement.programme.conversations.queue import access_queue
from attunement.programme.conversations.searching import access_search
from attunement.programme.conversations.second import do_ask_second, do_end_look_along, do_look_along
from attunement.programme.conversations.tending import do_bring_back_left, do_let_seconds_go
from attunement.programme.conversations.writing import access_ticket, do_write_as_member, do_write_as_supporter
from attunement.programme.erasure import do_erase
from attunement.programme.house import House
from attunement.programme.sessions import do_open_session


@pytest.fixture
def asking(house: House, talk: Conversation, noor: str) -> Conversation:
    """Rosa's talk in Noor's hands, who asks for a second person."""
    do_ask_for_human(house, talk.member, talk.id, words="My dog died.")
    do_claim(house, noor, talk.id)
    return do_ask_second(house, noor, talk.id)


@pytest.fixture
def along(house: House, asking: Conversation, ida: str) -> Conversation:
    """The same, with Ida looking along."""
    return do_look_along(house, ida, asking.id)


def _notices(house: House, talk: Conversation) -> list[tuple[str, str]]:
    with house.store.read() as connection:
        lines = access_lines(house, connection, talk.member, talk.id)
    return [(one.notice.code, str(one.notice.facts.get("name", ""))) for one in lines if one.notice]


def _now(house: House, talk: Conversation) -> Conversation:
    with house.store.read() as connection:
        return find_conversation(connection, talk.id)


def _reads(house: House, supporter: str, talk: Conversation) -> bool:
    try:
        with house.store.read() as connection:
            access_lines_as_supporter(house, connection, supporter, talk.id)
    except NotFound:
        return False
    return True


def test_a_colleague_looks_along_and_it_stays_the_owners(
    house: House, asking: Conversation, noor: str, ida: str
) -> None:
    """Before, it is unknown to Ida; then she reads it, Noor asks no more, and owner and epoch are as they were."""
    assert not _reads(house, ida, asking)
    now = do_look_along(house, ida, asking.id)
    assert _reads(house, ida, asking)
    assert (now.owner, now.supporter, now.epoch, now.second) == (Owner.SUPPORTER, noor, asking.epoch, ida)
    queue = access_queue(house, ida)
    assert (queue.seconds, [one.id for one in queue.along], queue.mine, queue.me.talks) == ((), [asking.id], (), 0)
    assert [one.text for one in access_search(house, ida, "dog")] == ["My dog died."]
    assert do_look_along(house, ida, asking.id).last_line == now.last_line  # pressed twice


def test_the_member_is_told_by_name_when_they_come_and_when_they_leave(
    house: House, along: Conversation, noor: str, ida: str
) -> None:
    """One notice each, and one event each in the member's own record."""
    assert _notices(house, along)[-1] == ("second-came", "Ida")
    do_end_look_along(house, ida, along.id)
    assert _notices(house, along)[-1] == ("second-left", "Ida")
    with house.store.read() as connection:
        kinds = (SecondPersonCame.kind, SecondPersonLeft.kind)
        events = [one.event for one in house.store.events(connection, member=along.member, kinds=kinds)]
    assert [(one.kind, one.supporter) for one in events] == [(kind, ida) for kind in kinds]  # type: ignore[attr-defined]
    do_write_as_supporter(house, noor, along.id, "It is us two again.")


def test_they_write_notes_and_no_lines(house: House, along: Conversation, noor: str, ida: str) -> None:
    """A note of Ida's reaches Noor; a line of hers, the coach, passing on, giving back and ending are Noor's alone."""
    do_write_note(house, ida, along.id, "Ask about the leash.")
    with house.store.read() as connection:
        assert [(one.name, one.text) for one in access_notes(house, connection, noor, along.id)] == [
            ("Ida", "Ask about the leash.")
        ]
    before = _now(house, along)
    for refused in (
        lambda: do_write_as_supporter(house, ida, along.id, "Hello."),
        lambda: do_draw_coach(house, ida, along.id), lambda: do_transfer(house, ida, along.id),
        lambda: do_give_back(house, ida, along.id), lambda: do_close_as_supporter(house, ida, along.id),
        lambda: do_ask_second(house, ida, along.id), lambda: do_ask_second(house, ida, along.id, asked=False),
        lambda: do_end_look_along(house, noor, along.id),
    ):  # fmt: skip
        with pytest.raises(Conflict) as told:
            refused()
        assert told.value.code is ErrorCode.NOT_THE_OWNER
    assert _now(house, along) == before
    with pytest.raises(Conflict):
        access_ticket_of(house, along)


def access_ticket_of(house: House, talk: Conversation) -> None:
    """What the companion would take before it thinks."""
    with house.store.read() as connection:
        access_ticket(connection, talk.id)


def test_who_may_look_along(
    house: House, asking: Conversation, noor: str, ida: str, make_supporter: Callable[..., str]
) -> None:
    """Somebody on duty, whom it is not, while it is asked for, and one at a time."""
    away, third = make_supporter("Away", on_duty=False), make_supporter("Third")
    for who, code in ((away, ErrorCode.NOT_ON_DUTY), (noor, ErrorCode.NOT_ALLOWED)):
        with pytest.raises(Conflict) as told:
            do_look_along(house, who, asking.id)
        assert told.value.code is code
    with pytest.raises(Refused):
        do_look_along(house, new_id(), asking.id)
    with pytest.raises(NotFound):
        do_look_along(house, ida, new_id())
    do_look_along(house, ida, asking.id)
    with pytest.raises(Conflict):
        do_look_along(house, third, asking.id)
    assert not _reads(house, third, asking)
    assert do_ask_second(house, noor, asking.id).second_asked is None  # there is one already
    do_ask_second(house, noor, asking.id, asked=False)
    with pytest.raises(Conflict):
        do_look_along(house, third, asking.id)


def test_what_the_member_shares_is_shown_to_both_alike(house: House, along: Conversation, noor: str, ida: str) -> None:
    """By the same consent, gone at once for both."""
    cell = Cell(Purpose.SUPPORTERS, Category.TEXT)
    do_change_consent(house, along.member, grant=[cell])
    assert access_insight(house, ida, along.id) == access_insight(house, noor, along.id)
    assert access_insight(house, ida, along.id).shares == {Category.TEXT}
    do_change_consent(house, along.member, withdraw=[cell])
    assert access_insight(house, ida, along.id).shares == frozenset()


End = Callable[[House, Conversation, str, str], object]
ENDS: dict[str, tuple[End, list[str]]] = {
    "the member ends it": (lambda h, t, n, i: do_close(h, t.member, t.id), ["closed"]),
    "the owner ends it": (lambda h, t, n, i: do_close_as_supporter(h, n, t.id), ["closed"]),
    "it is passed on": (lambda h, t, n, i: do_transfer(h, n, t.id), ["passed-on"]),
    "it is given back": (lambda h, t, n, i: do_give_back(h, n, t.id), ["back"]),
    "the owner goes off duty": (lambda h, t, n, i: do_go_off_duty(h, n), ["passed-on"]),
    "the owner needs none": (lambda h, t, n, i: do_ask_second(h, n, t.id, asked=False), []),
    "they leave": (lambda h, t, n, i: do_end_look_along(h, i, t.id), []),
    "they go off duty": (lambda h, t, n, i: do_go_off_duty(h, i), []),
    "their account is closed": (lambda h, t, n, i: do_close_account(h, i), []),
}


@pytest.mark.parametrize("how", ENDS)
def test_it_ends_once_and_the_member_is_told_first(
    house: House, along: Conversation, noor: str, ida: str, how: str
) -> None:
    """However: one notice that Ida left, before whatever else happened; who reads the talk next is not her."""
    end, then = ENDS[how]
    end(house, along, noor, ida)
    codes = [code for code, _ in _notices(house, along)]
    assert codes[codes.index("second-came") + 1 :] == ["second-left", *then]
    now = _now(house, along)
    assert now.second is None
    if now.owner is not Owner.WAITING:
        assert not _reads(house, ida, along)
    assert (now.owner is Owner.SUPPORTER) == (not then)


def test_it_does_not_come_back_with_the_talk(house: House, along: Conversation, noor: str, ida: str) -> None:
    """Passed on and taken over again, Ida looks along no more."""
    do_transfer(house, noor, along.id)
    do_claim(house, noor, along.id)
    assert not _reads(house, ida, along)
    assert access_queue(house, ida).along == ()


def test_who_takes_over_what_was_left_is_no_second_person_any_more(
    house: House, along: Conversation, noor: str, ida: str
) -> None:
    """Noor's shift is over for a quarter of an hour: Ida takes it over, and the member reads both."""
    end_shift(house, noor)
    house.clock.forward(minutes=16)  # type: ignore[attr-defined]
    now = do_claim(house, ida, along.id)
    assert (now.supporter, now.second) == (ida, None)
    assert _notices(house, along)[-2:] == [("second-left", "Ida"), ("claimed", "Ida")]


def test_a_shift_that_ran_out_ends_it(house: House, along: Conversation, noor: str, ida: str) -> None:
    """A quarter of an hour after that, and not before; the talk goes on in Noor's hands."""
    do_go_on_duty(house, noor, house.clock() + timedelta(hours=12))
    do_go_on_duty(house, ida, house.clock() + timedelta(minutes=5))
    house.clock.forward(minutes=15)  # type: ignore[attr-defined]
    assert (do_let_seconds_go(house), _now(house, along).second) == (0, ida)
    do_open_session(house, noor, "supporter")  # she is there
    house.clock.forward(minutes=6)  # type: ignore[attr-defined]
    assert (do_bring_back_left(house), do_let_seconds_go(house), do_let_seconds_go(house)) == (0, 1, 0)
    assert (_now(house, along).supporter, _now(house, along).second) == (noor, None)
    assert _notices(house, along)[-1] == ("second-left", "Ida")


def test_erasure_ends_it(house: House, along: Conversation, ida: str) -> None:
    """Nothing is left to read."""
    do_erase(house, along.member)
    assert not _reads(house, ida, along)
    assert access_queue(house, ida).along == ()


def test_lines_stay_without_gaps_whoever_comes_and_goes(house: House, along: Conversation, noor: str, ida: str) -> None:
    """Notices of the second person are lines like any other, and the coach and the companion read past them."""
    do_write_as_member(house, along.member, along.id, "He was old.")
    do_end_look_along(house, ida, along.id)
    do_write_as_supporter(house, noor, along.id, "Old, and yours.")
    do_close_as_supporter(house, noor, along.id)
    with house.store.read() as connection:
        lines = access_lines(house, connection, along.member, along.id)
        assert [one.line for one in lines] == list(
            range(1, access_conversations(connection, along.member)[0].last_line + 1)
        )
        with pytest.raises(NotFound):
            access_as_supporter(connection, ida, along.id)
    assert [one.speaker for one in lines if one.speaker is not Speaker.NOTICE] == [
        Speaker.MEMBER, Speaker.MEMBER, Speaker.SUPPORTER
    ]  # fmt: skip
