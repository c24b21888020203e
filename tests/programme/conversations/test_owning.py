"""Who owns a conversation: it changes hands for exactly one, and nobody else is heard in it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Connection, insert, update
from sqlalchemy.exc import DBAPIError

from attunement.domain.conversation import Owner, Speaker
from attunement.domain.conversation_events import Wanted
from attunement.domain.errors import AttunementError, Conflict, ErrorCode, Invalid, NotFound, Refused
from attunement.domain.ids import new_id
from attunement.domain.reading import RiskLevel
from attunement.programme.accounts import do_close_account
from attunement.programme.alerts.alert import find_open_alerts
from attunement.programme.consents import do_change_consent
from attunement.programme.conversations import handing
from attunement.programme.conversations.asking import do_ask_for_human, do_hold_for_human, do_open, do_stop_waiting
from attunement.programme.conversations.closing import do_close, do_close_as_supporter
from attunement.programme.conversations.conversation import Conversation, find_conversation
from attunement.programme.conversations.duty import access_supporter, do_go_on_duty
from attunement.programme.conversations.handing import do_claim, do_give_back, do_go_off_duty, do_transfer
from attunement.programme.conversations.lines import access_lines
from attunement.programme.conversations.queue import access_queue
from attunement.programme.conversations.tending import do_bring_back_left
from attunement.programme.conversations.writing import (
    Ticket,
    access_ticket,
    do_write_as_companion,
    do_write_as_member,
    do_write_as_supporter,
)
from attunement.programme.erasure import do_erase
from attunement.programme.house import House
from attunement.programme.members import do_enrol
from attunement.store.schema import conversations, turns

Change = Callable[[House, Conversation, str], object]


def _stands(house: House, talk: Conversation) -> Conversation:
    with house.store.read() as connection:
        return find_conversation(connection, talk.id)


def _ticket(house: House, talk: Conversation) -> Ticket:
    with house.store.read() as connection:
        return access_ticket(connection, talk.id)


def _said(house: House, talk: Conversation) -> list[tuple[Speaker, str]]:
    with house.store.read() as connection:
        lines = access_lines(house, connection, talk.member, talk.id)
    return [(line.speaker, line.notice.code if line.notice else line.text) for line in lines]


def _asked(house: House, talk: Conversation, _: str) -> None:
    do_ask_for_human(house, talk.member, talk.id)


def _claimed(house: House, talk: Conversation, noor: str) -> None:
    do_ask_for_human(house, talk.member, talk.id)
    do_claim(house, noor, talk.id)


def _given_back(house: House, talk: Conversation, noor: str) -> None:
    _claimed(house, talk, noor)
    do_give_back(house, noor, talk.id)


def _closed(house: House, talk: Conversation, _: str) -> None:
    do_close(house, talk.member, talk.id)


def _held(house: House, talk: Conversation, _: str) -> None:
    do_hold_for_human(house, talk.id, "safety")


@pytest.mark.parametrize("change", [_asked, _claimed, _given_back, _closed, _held])
def test_a_turn_in_flight_is_refused_after_any_change(
    house: House, talk: Conversation, noor: str, change: Change
) -> None:
    """Whatever happened while the companion was thinking, even a way back to it, what it thought is not said."""
    do_write_as_member(house, talk.member, talk.id, "Hello?")
    ticket = _ticket(house, talk)
    change(house, talk, noor)
    before = _said(house, talk)
    with pytest.raises(Conflict) as caught:
        do_write_as_companion(house, ticket, "I am with you.", by="composer")
    assert caught.value.code is ErrorCode.NOT_THE_OWNER
    assert _said(house, talk) == before


def test_a_whole_talk_from_machine_to_person_and_back(house: House, talk: Conversation, noor: str) -> None:
    """Every line has its place, counted without gaps, and every change of hands is told as a line of its own."""
    do_write_as_member(house, talk.member, talk.id, "Hello?")
    do_write_as_companion(house, _ticket(house, talk), "What is on your mind?", by="composer")
    do_ask_for_human(house, talk.member, talk.id, words="A person, please.")
    do_claim(house, noor, talk.id)
    do_write_as_supporter(house, noor, talk.id, "I am here.")
    do_give_back(house, noor, talk.id)
    do_close(house, talk.member, talk.id)
    with house.store.read() as connection:
        lines = access_lines(house, connection, talk.member, talk.id)
        rest = access_lines(house, connection, talk.member, talk.id, after=6)
    assert [line.line for line in lines] == list(range(1, 10))
    assert _said(house, talk) == [
        (Speaker.NOTICE, "companion"), (Speaker.MEMBER, "Hello?"), (Speaker.COMPANION, "What is on your mind?"),
        (Speaker.MEMBER, "A person, please."), (Speaker.NOTICE, "waiting"), (Speaker.NOTICE, "claimed"),
        (Speaker.SUPPORTER, "I am here."), (Speaker.NOTICE, "back"), (Speaker.NOTICE, "closed"),
    ]  # fmt: skip
    assert (lines[6].name, lines[5].text) == (
        "Noor",
        "You are writing with Noor now, a person. The companion is silent.",
    )
    assert rest == lines[6:]


def test_the_companion_answers_each_line_once(house: House, talk: Conversation) -> None:
    """Of two answers to the same line the second is refused, and without a new line there is no ticket."""
    do_write_as_member(house, talk.member, talk.id, "Hello?")
    first, second = _ticket(house, talk), _ticket(house, talk)
    do_write_as_companion(house, first, "One.", by="composer")
    with pytest.raises(Conflict) as caught:
        do_write_as_companion(house, second, "Two.", by="composer")
    assert caught.value.code is ErrorCode.ALREADY_ANSWERED
    with pytest.raises(Conflict, match="answered already"):
        _ticket(house, talk)
    do_write_as_member(house, talk.member, talk.id, "And?")
    do_write_as_companion(house, _ticket(house, talk), "Three.", by="composer")


def test_the_database_itself_refuses_a_turn_of_anybody_else(house: House, talk: Conversation, noor: str) -> None:
    """Even past all use cases: a machine's once it waits, a supporter's who is another, anybody's after the end."""

    def row(speaker: Speaker, **more: object) -> None:
        with house.store.write() as transaction:
            transaction.connection.execute(insert(turns), {
                "id": new_id(), "conversation": talk.id, "member": talk.member, "line": 90, "logged": 1, "epoch": 1,
                "at": house.clock(), "speaker": speaker, **more,
            })  # fmt: skip
            raise _Undone

    for speaker in (Speaker.COMPANION, Speaker.MEMBER):
        with pytest.raises(_Undone):
            row(speaker)
    _asked(house, talk, noor)
    for epoch in (1, 2, 3):
        with pytest.raises(Conflict):
            row(Speaker.COMPANION, epoch=epoch)
    do_claim(house, noor, talk.id)
    with pytest.raises(_Undone):
        row(Speaker.SUPPORTER, author=noor)
    for author in (None, new_id()):
        with pytest.raises(Conflict):
            row(Speaker.SUPPORTER, author=author)
    do_close(house, talk.member, talk.id)
    for speaker in (Speaker.COMPANION, Speaker.MEMBER, Speaker.SUPPORTER):
        with pytest.raises(Conflict):
            row(speaker, author=noor, epoch=4)


class _Undone(Exception):
    pass


def test_the_database_itself_refuses_a_change_of_hands_without_a_new_epoch(house: House, talk: Conversation) -> None:
    """An owner cannot be changed under the epoch a ticket was given for, nor a line be put into another's mouth."""
    do_write_as_member(house, talk.member, talk.id, "Hello?")
    for change in (
        update(conversations).values(owner=Owner.WAITING),
        update(conversations).values(supporter=new_id()),
        update(conversations).values(epoch=0),
        update(turns).values(speaker=Speaker.COMPANION),
        update(turns).values(line=70),
    ):
        with pytest.raises((Conflict, DBAPIError)), house.store.write() as transaction:
            transaction.connection.execute(change)


def test_asking_works_in_the_first_turn_with_and_without_words(house: House, member: str) -> None:
    """A conversation may wait from its first line; asked again, it stays as it is, but for the words."""
    talk = do_open(house, member, human=True)
    assert (talk.owner, talk.asked_by, talk.epoch) == (Owner.WAITING, "member", 1)
    again = do_ask_for_human(house, member, talk.id)
    assert again == talk
    sent = new_id()
    for _ in range(2):
        do_ask_for_human(house, member, talk.id, words="Please.", sent=sent)
    assert _said(house, talk) == [(Speaker.NOTICE, "nobody-on-duty"), (Speaker.MEMBER, "Please.")]


def test_there_is_one_open_conversation(house: House, talk: Conversation) -> None:
    """Opened again, it is the same one; opened for a person, it waits; after its end another begins."""
    assert do_open(house, talk.member) == talk
    waits = do_open(house, talk.member, human=True)
    assert (waits.id, waits.owner) == (talk.id, Owner.WAITING)
    do_close(house, talk.member, talk.id)
    assert do_open(house, talk.member).id != talk.id


def test_who_would_rather_not_wait_goes_on_with_the_companion(house: House, talk: Conversation, noor: str) -> None:
    """Unless a person took over meanwhile, or it waits for the member's safety."""
    _asked(house, talk, noor)
    assert do_stop_waiting(house, talk.member, talk.id).owner is Owner.COMPANION
    _held(house, talk, noor)
    with pytest.raises(Conflict) as caught:
        do_stop_waiting(house, talk.member, talk.id)
    assert caught.value.code is ErrorCode.CONVERSATION_HELD
    do_claim(house, noor, talk.id)
    with pytest.raises(Conflict) as caught:
        do_stop_waiting(house, talk.member, talk.id)
    assert caught.value.code is ErrorCode.NOT_THE_OWNER


def test_only_who_is_on_duty_with_room_can_claim(house: House, make_supporter: Callable[..., str]) -> None:
    """Not off duty, not over capacity, and a conversation claimed twice by the same supporter is theirs once."""
    off, one = make_supporter("Off", on_duty=False), make_supporter("One", capacity=1)
    first, second = (do_open(house, do_enrol(house), human=True) for _ in range(2))
    with pytest.raises(Conflict) as caught:
        do_claim(house, off, first.id)
    assert caught.value.code is ErrorCode.NOT_ON_DUTY
    assert do_claim(house, one, first.id) == do_claim(house, one, first.id)
    with pytest.raises(Conflict) as caught:
        do_claim(house, one, second.id)
    assert caught.value.code is ErrorCode.AT_CAPACITY
    do_close_as_supporter(house, one, first.id)
    assert do_claim(house, one, second.id).supporter == one


def test_in_clear_danger_one_more_than_the_capacity_can_be_taken(
    house: House, make_supporter: Callable[..., str]
) -> None:
    """One and no more, and not on signs alone; otherwise the refusal says who has room, or that nobody has."""
    one = make_supporter("One", capacity=1)
    do_claim(house, one, do_open(house, do_enrol(house), human=True).id)
    talks = [do_open(house, do_enrol(house), human=True) for _ in range(3)]
    for talk, risk in zip(talks, (RiskLevel.INDIRECT, RiskLevel.EXPLICIT, RiskLevel.IMMINENT), strict=True):
        do_write_as_member(house, talk.member, talk.id, "I do not know any more.", risk=risk)

    def refused(talk: Conversation) -> str:
        with pytest.raises(Conflict) as caught:
            do_claim(house, one, talk.id)
        assert caught.value.code is ErrorCode.AT_CAPACITY
        return str(caught.value)

    assert "nobody else on duty has room" in refused(talks[0])
    make_supporter("Off", on_duty=False)
    make_supporter("Ida")
    assert "On duty with room: Ida." in refused(talks[0])
    assert do_claim(house, one, talks[1].id).supporter == one
    refused(talks[2])


def test_what_is_not_waiting_cannot_be_claimed(house: House, talk: Conversation, noor: str, ida: str) -> None:
    """Neither the companion's, nor a colleague's, nor one that has ended."""
    for change in (None, _claimed, _closed):
        if change:
            change(house, talk, noor)
        with pytest.raises(Conflict) as caught:
            do_claim(house, ida, talk.id)
        assert caught.value.code is ErrorCode.NOT_THE_OWNER


def test_what_an_absent_supporter_left_can_be_claimed(house: House, talk: Conversation, noor: str, ida: str) -> None:
    """When a shift is over without a word, a colleague can take over, and the first one is heard no more."""
    _claimed(house, talk, noor)
    house.clock.forward(hours=9)
    with pytest.raises(Conflict):
        do_claim(house, ida, talk.id)  # her own shift is over too
    _on_duty(house, ida)
    assert do_claim(house, ida, talk.id).supporter == ida
    with pytest.raises(NotFound):
        do_write_as_supporter(house, noor, talk.id, "Still there?")


def _on_duty(house: House, account: str) -> None:
    do_go_on_duty(house, account, house.clock() + timedelta(hours=2))


def test_passing_on_to_a_person_a_team_or_a_skill(house: House, talk: Conversation, noor: str, ida: str) -> None:
    """It waits again for who is wanted; a person who is there is waited for, and names are checked."""
    _claimed(house, talk, noor)
    passed = do_transfer(house, noor, talk.id, Wanted(person=noor), reason="back in five")
    assert (passed.owner, passed.supporter, passed.wanted.person) == (Owner.WAITING, None, noor)
    with pytest.raises(Conflict) as caught:
        do_claim(house, ida, talk.id)
    assert caught.value.code is ErrorCode.NOT_ALLOWED
    do_go_off_duty(house, noor)
    do_claim(house, ida, talk.id)
    for wanted in (Wanted(person=new_id()), Wanted(team="The Night")):
        with pytest.raises(Invalid):
            do_transfer(house, ida, talk.id, wanted)
    assert do_transfer(house, ida, talk.id, Wanted(team="night", skill="grief")).wanted.team == "night"


@pytest.mark.parametrize("what", ["danger", "no room", "ten minutes"])
def test_what_is_kept_for_a_colleague_is_freed(house: House, make_supporter: Callable[..., str], what: str) -> None:
    """At once where there are signs of danger or she has no room, and after ten minutes in any case."""
    noor, ida = make_supporter("Noor", capacity=1), make_supporter("Ida")
    talk = do_open(house, do_enrol(house, name="Rosa"), human=True, wanted=Wanted(person=noor))

    def shown() -> list[str]:
        return [one.name for one in access_queue(house, ida).waiting]

    house.clock.forward(minutes=9)
    with pytest.raises(Conflict) as caught:
        do_claim(house, ida, talk.id)
    assert (caught.value.code, shown()) == (ErrorCode.NOT_ALLOWED, [])
    if what == "danger":
        do_write_as_member(house, talk.member, talk.id, "It is all too much.", risk=RiskLevel.INDIRECT)
    elif what == "no room":
        do_claim(house, noor, do_open(house, do_enrol(house), human=True).id)
    else:
        house.clock.forward(minutes=1)
    assert shown() == ["Rosa"]
    assert do_claim(house, ida, talk.id).supporter == ida


def test_nobody_is_taken_from_in_mid_sentence(house: House, talk: Conversation, noor: str, ida: str) -> None:
    """Neither in the quarter of an hour after a shift nor in that after a line; until then it is in no queue."""
    _claimed(house, talk, noor)
    house.clock.forward(hours=8, minutes=14)
    do_write_as_supporter(house, noor, talk.id, "I stay a little longer.")
    house.clock.forward(minutes=14, seconds=59)
    _on_duty(house, ida)
    with pytest.raises(Conflict) as caught:
        do_claim(house, ida, talk.id)
    assert (caught.value.code, access_queue(house, ida).waiting) == (ErrorCode.NOT_THE_OWNER, ())
    house.clock.forward(seconds=1)
    assert [one.left for one in access_queue(house, ida).waiting] == [True]
    assert do_claim(house, ida, talk.id).supporter == ida


def test_going_off_duty_leaves_nobody_alone(house: House, talk: Conversation, noor: str) -> None:
    """What a supporter owns waits for colleagues when their shift ends, or their account is closed."""
    _claimed(house, talk, noor)
    assert do_go_off_duty(house, noor) == 1
    assert _stands(house, talk).owner is Owner.WAITING
    with house.store.read() as connection:
        assert access_supporter(house, connection, noor).until is None
    _on_duty(house, noor)
    do_claim(house, noor, talk.id)
    do_close_account(house, noor)
    assert _stands(house, talk).owner is Owner.WAITING
    with pytest.raises(Refused):
        do_claim(house, noor, talk.id)


@pytest.mark.parametrize(("risk", "owner", "notice"), [
    (RiskLevel.DISTRESS, Owner.CLOSED, "closed-by-consent"), (RiskLevel.INDIRECT, Owner.WAITING, "consent"),
])  # fmt: skip
def test_taking_back_consent_silences_the_companion(
    house: House, talk: Conversation, risk: RiskLevel, owner: Owner, notice: str
) -> None:
    """Mid-talk, with a reply in flight: it ends with a notice, or waits for a person where there was danger."""
    cells = [cell for cell in house.wording.asked if cell.purpose == "companion"]
    do_change_consent(house, talk.member, grant=cells)
    do_write_as_member(house, talk.member, talk.id, "I do not know any more.", risk=risk)
    ticket = _ticket(house, talk)
    do_change_consent(house, talk.member, withdraw=cells[:1])
    with pytest.raises(Conflict):
        do_write_as_companion(house, ticket, "You told me last week ...", by="composer")
    assert _stands(house, talk).owner is owner
    assert _said(house, talk)[-1] == (Speaker.NOTICE, notice)


def test_taking_back_other_consent_or_talking_to_a_person_changes_nothing(
    house: House, talk: Conversation, noor: str
) -> None:
    """A supporter's talk goes on whatever the companion may know, and so does any talk when nothing was taken back."""
    asked = house.wording.asked
    do_change_consent(house, talk.member, grant=asked)
    do_change_consent(house, talk.member, withdraw=[cell for cell in asked if cell.purpose == "research"])
    assert _stands(house, talk).owner is Owner.COMPANION
    _claimed(house, talk, noor)
    do_change_consent(house, talk.member, withdraw=[cell for cell in asked if cell.purpose == "companion"])
    assert _stands(house, talk).supporter == noor


@pytest.mark.parametrize(("risk", "owner", "notice"), [
    (RiskLevel.NONE, Owner.CLOSED, "closed-by-consent"), (RiskLevel.EXPLICIT, Owner.WAITING, "consent"),
])  # fmt: skip
def test_given_back_after_consent_was_taken_back_the_companion_does_not_go_on(
    house: House, talk: Conversation, noor: str, risk: RiskLevel, owner: Owner, notice: str
) -> None:
    """It ends with a notice, or waits for a person where there was danger; also where it was allowed again since."""
    cells = [cell for cell in house.wording.asked if cell.purpose == "companion"]
    do_change_consent(house, talk.member, grant=cells)
    do_write_as_member(house, talk.member, talk.id, "I do not know any more.", risk=risk)
    _claimed(house, talk, noor)
    do_change_consent(house, talk.member, withdraw=cells[:1])
    do_change_consent(house, talk.member, grant=cells[:1])
    assert do_give_back(house, noor, talk.id).owner is owner
    assert _said(house, talk)[-1] == (Speaker.NOTICE, notice)
    with pytest.raises(Conflict):
        _ticket(house, talk)


def test_passed_on_after_consent_was_taken_back_the_companion_is_not_called_back(
    house: House, talk: Conversation, noor: str
) -> None:
    """Waiting for a colleague, its member cannot go on with the companion there; before, and in another, they can."""
    cells = [cell for cell in house.wording.asked if cell.purpose == "companion"]
    do_change_consent(house, talk.member, grant=cells)
    do_change_consent(house, talk.member, withdraw=cells)
    do_close(house, talk.member, talk.id)
    house.clock.forward(minutes=1)  # type: ignore[attr-defined]
    fresh = do_open(house, talk.member)
    _claimed(house, fresh, noor)
    do_transfer(house, noor, fresh.id)
    assert do_stop_waiting(house, talk.member, fresh.id).owner is Owner.COMPANION
    _claimed(house, fresh, noor)
    do_change_consent(house, talk.member, grant=cells)
    do_change_consent(house, talk.member, withdraw=cells)
    do_transfer(house, noor, fresh.id)
    with pytest.raises(Conflict) as caught:
        do_stop_waiting(house, talk.member, fresh.id)
    assert caught.value.code is ErrorCode.CONVERSATION_HELD


def test_who_takes_back_consent_while_they_wait_waits_on_for_a_person(house: House, talk: Conversation) -> None:
    """In their place, with a notice, and the companion is not called back there; held for safety it stays held so."""
    cells = [cell for cell in house.wording.asked if cell.purpose == "companion"]
    do_change_consent(house, talk.member, grant=cells)
    since = do_ask_for_human(house, talk.member, talk.id).waiting_since
    house.clock.forward(minutes=5)
    do_change_consent(house, talk.member, withdraw=cells[:1])
    now = _stands(house, talk)
    assert (now.owner, now.asked_by, now.waiting_since) == (Owner.WAITING, "consent", since)
    assert _said(house, talk)[-1] == (Speaker.NOTICE, "consent")
    with pytest.raises(Conflict) as caught:
        do_stop_waiting(house, talk.member, talk.id)
    assert caught.value.code is ErrorCode.CONVERSATION_HELD
    do_hold_for_human(house, talk.id, "safety")
    do_change_consent(house, talk.member, withdraw=cells[1:2])
    assert _stands(house, talk).asked_by == "safety"


def test_erasure_in_the_middle_of_a_conversation(house: House, talk: Conversation, noor: str) -> None:
    """Nothing of it is left, and whoever still writes is told that there is nobody (any more)."""
    do_write_as_member(house, talk.member, talk.id, "Hello?")
    ticket = _ticket(house, talk)
    _claimed(house, talk, noor)
    receipt = do_erase(house, talk.member)
    assert (receipt.counts["conversations"], receipt.counts["lines"]) == (1, 4)
    for write in (
        lambda: do_write_as_companion(house, ticket, "I am with you.", by="composer"),
        lambda: do_write_as_member(house, talk.member, talk.id, "Hello?"),
        lambda: do_write_as_supporter(house, noor, talk.id, "Hello?"),
        lambda: do_give_back(house, noor, talk.id),
        lambda: do_close(house, talk.member, talk.id),
    ):
        with pytest.raises(NotFound):
            write()
    with house.store.read() as connection:
        assert connection.execute(turns.select()).all() == []


def test_who_took_back_consent_cannot_be_answered_by_the_companion_there_again(
    house: House, talk: Conversation
) -> None:
    """It said that it says no more in this conversation; in another it may."""
    cells = [cell for cell in house.wording.asked if cell.purpose == "companion"]
    do_change_consent(house, talk.member, grant=cells)
    do_write_as_member(house, talk.member, talk.id, "I do not know any more.", risk=RiskLevel.INDIRECT)
    do_change_consent(house, talk.member, withdraw=cells)
    with pytest.raises(Conflict) as caught:
        do_stop_waiting(house, talk.member, talk.id)
    assert caught.value.code is ErrorCode.CONVERSATION_HELD
    do_close(house, talk.member, talk.id)
    assert do_open(house, talk.member).owner is Owner.COMPANION


def test_signs_of_danger_that_nobody_asks_about_raise_an_alert(house: House, talk: Conversation) -> None:
    """While the companion answers it asks; as soon as the talk waits, people are told, and of each new sign too."""

    def told() -> list[RiskLevel]:
        with house.store.read() as connection:
            return [alert.level for alert in find_open_alerts(connection)]

    do_write_as_member(house, talk.member, talk.id, "It is all too much.", risk=RiskLevel.INDIRECT)
    assert told() == []
    do_ask_for_human(house, talk.member, talk.id)
    assert told() == [RiskLevel.INDIRECT]
    other = do_open(house, do_enrol(house), human=True)
    do_write_as_member(house, other.member, other.id, "It is all too much.", risk=RiskLevel.INDIRECT)
    assert told() == [RiskLevel.INDIRECT] * 2


@pytest.mark.parametrize("change", [do_transfer, lambda house, noor, _: do_go_off_duty(house, noor)])
def test_passed_on_with_signs_of_danger_it_does_not_wait_without_an_alert(
    house: House, talk: Conversation, noor: str, change: Callable[[House, str, str], object]
) -> None:
    """A hint in a supporter's talk raises nothing while she is there; passed on, or as her shift ends, it does."""
    _claimed(house, talk, noor)
    do_write_as_member(house, talk.member, talk.id, "It is all too much.", risk=RiskLevel.INDIRECT)
    with house.store.read() as connection:
        assert find_open_alerts(connection) == []
    change(house, noor, talk.id)
    with house.store.read() as connection:
        assert [(a.conversation, a.level) for a in find_open_alerts(connection)] == [(talk.id, RiskLevel.INDIRECT)]


def test_that_nobody_is_on_duty_is_said_at_every_turn(house: House, talk: Conversation, noor: str) -> None:
    """Passed on, held, or left behind with nobody there: the notice says so; with somebody there it does not."""

    def told() -> tuple[str, bool]:
        with house.store.read() as connection:
            notice = access_lines(house, connection, talk.member, talk.id)[-1].notice
        assert notice is not None
        return notice.code, "obody is on duty" in notice.text

    _claimed(house, talk, noor)
    do_transfer(house, noor, talk.id)
    assert told() == ("passed-on", False)
    do_claim(house, noor, talk.id)
    do_go_off_duty(house, noor)
    assert told() == ("passed-on", True)
    do_hold_for_human(house, talk.id, "safety")
    assert told() == ("held", True)
    _on_duty(house, noor)
    do_claim(house, noor, talk.id)
    house.clock.forward(hours=3)
    assert do_bring_back_left(house) == 1
    assert told() == ("left", True)
    other = do_open(house, do_enrol(house))
    _on_duty(house, noor)
    talk = do_hold_for_human(house, other.id, "safety")
    assert told() == ("held", False)


def test_words_of_danger_with_which_a_person_is_asked_for_raise_an_alert(house: House, talk: Conversation) -> None:
    """What is said in the same breath counts."""
    do_ask_for_human(house, talk.member, talk.id, words="I can't any more.", risk=RiskLevel.INDIRECT)
    with house.store.read() as connection:
        assert [alert.conversation for alert in find_open_alerts(connection)] == [talk.id]


def test_help_is_shown_with_a_line_of_danger_whoever_may_answer(house: House, talk: Conversation) -> None:
    """Also where the talk waits and no machine says a word."""
    do_ask_for_human(house, talk.member, talk.id)
    shown = [
        do_write_as_member(house, talk.member, talk.id, "Hello?", risk=risk).help_shown
        for risk in (None, RiskLevel.DISTRESS, RiskLevel.INDIRECT, RiskLevel.IMMINENT)
    ]
    assert shown == [False, False, True, True]


def test_a_talk_that_ends_while_a_shift_does_keeps_no_other_from_being_passed_on(
    house: House, noor: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two the first is gone by the time it would be passed on; the second waits for a colleague all the same."""
    first, second = (do_open(house, do_enrol(house), human=True) for _ in range(2))
    for one in (first, second):
        do_claim(house, noor, one.id)
    passes = handing.do_transfer

    def transfer(house: House, supporter: str, conversation: str, **more: str) -> Conversation:
        do_close(house, first.member, first.id)
        return passes(house, supporter, conversation, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(handing, "do_transfer", transfer)
    assert do_go_off_duty(house, noor) == 1
    assert (_stands(house, first).owner, _stands(house, second).owner) == (Owner.CLOSED, Owner.WAITING)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_going_off_duty_and_claiming_take_their_locks_in_one_order(
    house: House, talk: Conversation, noor: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Noor goes off duty in one transaction, as a request with an Idempotency-Key does, and presses claim meanwhile.

    The claim comes to her shift while it is locked, holding nothing that going off duty needs: both are answered.
    """
    _claimed(house, talk, noor)
    ended, at_the_shift = threading.Event(), threading.Event()
    end_shift, lock_shift = handing.end_shift, handing.lock_shift

    def end(house: House, supporter: str) -> None:
        end_shift(house, supporter)
        ended.set()
        assert at_the_shift.wait(60)

    def lock(connection: Connection, supporter: str) -> None:
        at_the_shift.set()
        lock_shift(connection, supporter)

    def off_duty() -> int:
        with house.store.write():
            return do_go_off_duty(house, noor)

    def claim() -> ErrorCode | None:
        assert ended.wait(60)
        try:
            do_claim(house, noor, talk.id)
        except AttunementError as error:
            return error.code
        return None

    monkeypatch.setattr(handing, "end_shift", end)
    monkeypatch.setattr(handing, "lock_shift", lock)
    with ThreadPoolExecutor(2) as pool:
        passed_on, claimed = pool.submit(off_duty), pool.submit(claim)
        assert (passed_on.result(), claimed.result()) == (1, ErrorCode.NOT_ON_DUTY)
    assert _stands(house, talk).owner is Owner.WAITING
