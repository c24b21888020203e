"""Reading again a talk one had: for two weeks, as far as it was one's own, and only while its member allows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from attunement.domain.consent import Category, Cell, Purpose
from attunement.domain.errors import Invalid, NotFound, Refused
from attunement.domain.ids import new_id
from attunement.programme.consents import do_change_consent
from attunement.programme.conversations.asking import do_ask_for_human, do_open
from attunement.programme.conversations.closing import do_close_as_supporter
from attunement.programme.conversations.conversation import Conversation
from attunement.programme.conversations.duty import do_go_on_duty
from attunement.programme.conversations.handing import do_claim, do_give_back, do_transfer
from attunement.programme.conversations.notes import access_notes, do_write_note
from attunement.programme.conversations.second import do_ask_second, do_end_look_along, do_look_along
from attunement.programme.conversations.talks_had import (
    LETS,
    access_talks_had,
    do_note_afterwards,
    do_read_again,
)
from attunement.programme.conversations.writing import (
    access_ticket,
    do_write_as_companion,
    do_write_as_member,
    do_write_as_supporter,
)
from attunement.programme.erasure import do_erase
from attunement.programme.exports import access_export
from attunement.programme.house import House
from attunement.programme.members import do_enrol


@pytest.fixture
def had(house: House, talk: Conversation, noor: str) -> Conversation:
    """Rosa, who lets supporters read what she writes, wrote with Noor, who ended it."""
    do_change_consent(house, talk.member, grant=[LETS])
    return _over(house, talk, noor)


def _over(house: House, talk: Conversation, supporter: str, end: Callable[..., Conversation] = do_close_as_supporter):  # type: ignore[no-untyped-def]
    do_go_on_duty(house, supporter, house.clock() + timedelta(hours=8))
    do_ask_for_human(house, talk.member, talk.id, words="My dog died.")
    do_claim(house, supporter, talk.id)
    do_write_as_supporter(house, supporter, talk.id, "I am so sorry.")
    return end(house, supporter, talk.id)


def _unreadable(house: House, supporter: str, talk: Conversation) -> None:
    assert access_talks_had(house, supporter) == []
    for tried in (
        lambda: do_read_again(house, supporter, talk.id), lambda: do_note_afterwards(house, supporter, talk.id, "Hm.")
    ):  # fmt: skip
        with pytest.raises(NotFound):
            tried()


def test_a_talk_one_had_can_be_read_again(house: House, had: Conversation, noor: str) -> None:
    """It stands in the list with the name, when it ended and until when; and all its lines are there."""
    (listed,) = access_talks_had(house, noor)
    assert (listed.conversation, listed.name, listed.left) == (had.id, "Rosa", had.closed)
    assert listed.until - listed.left == timedelta(days=14)
    again = do_read_again(house, noor, had.id)
    assert again.talk == listed
    assert [one.line for one in again.lines] == list(range(1, had.last_line + 1))
    assert {"My dog died.", "I am so sorry."} < {one.text for one in again.lines}
    assert [one.line for one in do_read_again(house, noor, had.id, after=2, limit=2).lines] == [3, 4]


def test_two_weeks_after_it_left_ones_hands_it_is_over(house: House, had: Conversation, noor: str) -> None:
    """To the minute, whatever is said in other talks meanwhile."""
    house.clock.forward(days=14, minutes=-1)  # type: ignore[attr-defined]
    assert do_read_again(house, noor, had.id).lines
    house.clock.forward(minutes=1)  # type: ignore[attr-defined]
    _unreadable(house, noor, had)


@pytest.mark.parametrize("how", ["never allowed", "withdrawn", "run out", "erased", "another category"])
def test_without_a_yes_that_stands_nothing_is_there(house: House, talk: Conversation, noor: str, how: str) -> None:
    """Not in the list, and unknown where its id is known; of what was withdrawn, at once."""
    if how not in ("never allowed", "another category"):
        do_change_consent(house, talk.member, grant=[LETS])
    if how == "run out":
        house.clock.forward(days=house.wording.lasts_days, hours=-1)  # type: ignore[attr-defined]
    over = _over(house, talk, noor)
    if how == "withdrawn":
        assert do_read_again(house, noor, over.id).lines
        do_change_consent(house, talk.member, withdraw=[LETS])
    elif how == "run out":
        assert do_read_again(house, noor, over.id).lines
        house.clock.forward(hours=1)  # type: ignore[attr-defined]
    elif how == "erased":
        do_erase(house, talk.member)
    elif how == "another category":
        do_change_consent(house, talk.member, grant=[Cell(Purpose.SUPPORTERS, Category.SELF_REPORT)])
    _unreadable(house, noor, over)


def test_a_yes_to_an_earlier_wording_is_none_to_this(house: House, talk: Conversation, noor: str) -> None:
    """It spoke of the last check-in alone; asked and allowed anew, it can be read."""
    before = replace(house, wording=house.wording.model_copy(update={"version": 5}))
    do_change_consent(before, talk.member, grant=[LETS])
    over = _over(house, talk, noor)
    _unreadable(house, noor, over)
    do_change_consent(house, talk.member, withdraw=[LETS])
    do_change_consent(house, talk.member, grant=[LETS])
    assert do_read_again(house, noor, over.id).lines


def test_it_is_for_whoever_had_it_alone(house: House, had: Conversation, ida: str) -> None:
    """A colleague, and whoever is no supporter, find nothing; nor is what never was any different."""
    _unreadable(house, ida, had)
    with pytest.raises(Refused):
        access_talks_had(house, had.member)
    for unknown in (new_id(), "none", "\0"):
        with pytest.raises(NotFound):
            do_read_again(house, ida, unknown)


def test_looking_along_is_not_having_had_it(house: House, talk: Conversation, noor: str, ida: str) -> None:
    """Whoever only looked along reads nothing afterwards, though they wrote a note."""
    do_change_consent(house, talk.member, grant=[LETS])
    do_ask_for_human(house, talk.member, talk.id)
    do_claim(house, noor, talk.id)
    do_ask_second(house, noor, talk.id)
    do_look_along(house, ida, talk.id)
    do_write_as_supporter(house, noor, talk.id, "I am so sorry.")
    do_write_note(house, ida, talk.id, "She needs time.")
    do_end_look_along(house, ida, talk.id)
    over = do_close_as_supporter(house, noor, talk.id)
    _unreadable(house, ida, over)
    assert do_read_again(house, noor, over.id).notes == ()


def test_what_was_said_after_it_left_ones_hands_is_not_there(house: House, talk: Conversation, noor: str) -> None:
    """Given back, what the member writes with the companion stays between the two, until they take it over again."""
    do_change_consent(house, talk.member, grant=[LETS])
    back = _over(house, talk, noor, do_give_back)
    do_write_as_member(house, talk.member, talk.id, "Only for the companion.")
    with house.store.read() as connection:
        ticket = access_ticket(connection, talk.id)
    do_write_as_companion(house, ticket, "I am with you.", by="composer")
    again = do_read_again(house, noor, talk.id)
    assert again.lines[-1].line == again.talk.last_line == back.last_line
    assert do_read_again(house, noor, talk.id, after=back.last_line).lines == ()
    do_ask_for_human(house, talk.member, talk.id)
    do_claim(house, noor, talk.id)
    _unreadable(house, noor, talk)
    do_transfer(house, noor, talk.id)
    assert "Only for the companion." in {one.text for one in do_read_again(house, noor, talk.id).lines}


def test_one_that_was_taken_over_without_a_word_was_not_had(house: House, talk: Conversation, noor: str) -> None:
    """Members allow whoever talked with them to read it again; claimed and passed on, nobody did."""
    do_change_consent(house, talk.member, grant=[LETS])
    do_ask_for_human(house, talk.member, talk.id, words="My dog died.")
    do_claim(house, noor, talk.id)
    do_transfer(house, noor, talk.id)
    _unreadable(house, noor, talk)


def test_the_last_that_left_stands_first(house: House, had: Conversation, noor: str) -> None:
    """By time, and by nothing else."""
    member = do_enrol(house, name="Ana")
    do_change_consent(house, member, grant=[LETS])
    house.clock.forward(hours=1)  # type: ignore[attr-defined]
    later = _over(house, do_open(house, member), noor)
    assert [one.conversation for one in access_talks_had(house, noor)] == [later.id, had.id]


def test_every_opening_is_in_the_members_export(house: House, had: Conversation, noor: str) -> None:
    """Who and when, once each; a look that was refused is none."""

    def opened() -> list[tuple[str, str]]:
        events = access_export(house, had.member)["events"]
        return [(one["supporter"], one["at"]) for one in events if one["kind"] == "talk-read-again"]

    access_talks_had(house, noor)
    assert opened() == []
    do_read_again(house, noor, had.id)
    do_read_again(house, noor, had.id)
    assert [who for who, _ in opened()] == [noor, noor]
    do_change_consent(house, had.member, withdraw=[LETS])
    _unreadable(house, noor, had)
    assert len(opened()) == 2


def test_ones_own_notes_stand_with_it_and_can_be_added_to(
    house: House, talk: Conversation, noor: str, ida: str
) -> None:
    """Those of this talk and this supporter, newest first; a later one reaches whoever talks with the member next."""
    do_change_consent(house, talk.member, grant=[LETS])
    do_ask_for_human(house, talk.member, talk.id)
    do_write_note(house, ida, talk.id, "Of a colleague.")
    do_claim(house, noor, talk.id)
    do_write_as_supporter(house, noor, talk.id, "I am so sorry.")
    do_write_note(house, noor, talk.id, "In the talk.")
    over = do_close_as_supporter(house, noor, talk.id)
    house.clock.forward(hours=1)  # type: ignore[attr-defined]
    do_note_afterwards(house, noor, over.id, "Looking back, I asked too much.")
    notes = do_read_again(house, noor, over.id).notes
    assert [one.text for one in notes] == ["Looking back, I asked too much.", "In the talk."]
    with pytest.raises(Invalid):
        do_note_afterwards(house, noor, over.id, " ")
    again = do_open(house, talk.member, human=True)
    with house.store.read() as connection:
        assert "Looking back, I asked too much." in [one.text for one in access_notes(house, connection, ida, again.id)]
