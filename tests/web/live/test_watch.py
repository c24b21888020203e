"""The watch over what other processes wrote: whoever has shown it already is left in peace."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.web.conftest import People

from attunement.domain.consent import Cell
from attunement.programme.bell import QUEUE, consents_of
from attunement.programme.consents import do_change_consent
from attunement.programme.conversations.asking import do_ask_for_human, do_open
from attunement.programme.conversations.conversation import Conversation
from attunement.programme.conversations.duty import do_go_on_duty
from attunement.programme.conversations.handing import do_claim
from attunement.programme.conversations.notes import do_write_note
from attunement.programme.conversations.second import do_ask_second
from attunement.programme.conversations.writing import do_write_as_member
from attunement.programme.erasure import do_erase
from attunement.programme.house import House
from attunement.web.live.watch import Watch


class Follower:
    """Follows a talk without a note, has shown its lines up to one, and counts how often it was woken."""

    def __init__(self, house: House, conversation: str) -> None:
        self.shown, self.woken = 1, 0
        house.bell.listen(conversation, self._ring, knows=lambda mark: mark == (self.shown, None))

    def _ring(self) -> None:
        self.woken += 1


@pytest.fixture
def talk(web_house: House, people: People) -> Conversation:
    """Rosa's conversation."""
    return do_open(web_house, people.rosa.member or "")


@pytest.fixture
def other(make_house: Callable[[str], House], sqlite_url: str, web_house: House) -> House:
    """Another process on the same database."""
    return make_house(sqlite_url)


def test_a_line_of_another_process_wakes_once(web_house: House, other: House, talk: Conversation) -> None:
    """At the first look after it, and not again at the next."""
    follower, watch = Follower(web_house, talk.id), Watch(web_house)
    watch.look()
    do_write_as_member(other, talk.member, talk.id, "From afar.")
    assert follower.woken == 0
    watch.look()
    watch.look()
    assert follower.woken == 1


def test_a_line_of_another_process_before_the_first_look_wakes(
    web_house: House, other: House, talk: Conversation
) -> None:
    """Written after the stream read what there is, and before the watch looked at it for the first time."""
    follower, watch = Follower(web_house, talk.id), Watch(web_house)
    do_write_as_member(other, talk.member, talk.id, "From afar.")
    watch.look()
    assert follower.woken == 1


def test_who_has_shown_all_is_not_woken_by_the_first_look(web_house: House, talk: Conversation) -> None:
    """Hundreds who come back after a restart would each read once for nothing."""
    follower, watch = Follower(web_house, talk.id), Watch(web_house)
    watch.look()
    assert follower.woken == 0


def test_a_fault_does_not_end_the_watch(web_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told in the log, and the next look comes."""
    looks = list[int]()

    async def looked() -> None:
        watch = Watch(web_house)
        monkeypatch.setattr(watch, "look", lambda: looks.append(1) or 1 / 0)
        task = asyncio.create_task(watch.run())
        while len(looks) < 2:
            await asyncio.sleep(0.01)
        task.cancel()

    monkeypatch.setattr("attunement.web.live.watch.EVERY_S", 0.01)
    web_house.bell.listen(QUEUE, lambda: None)
    apart = threading.Thread(
        target=lambda: asyncio.run(asyncio.wait_for(looked(), 30))
    )  # a browser's loop may run here
    apart.start()
    apart.join()
    assert len(looks) >= 2


def test_a_line_that_was_shown_wakes_nobody_again(web_house: House, talk: Conversation) -> None:
    """Written in this process the bell rang at once; the look that comes later finds nothing it does not know."""
    follower, watch = Follower(web_house, talk.id), Watch(web_house)
    watch.look()
    do_write_as_member(web_house, talk.member, talk.id, "From here.")
    assert follower.woken == 1
    follower.shown = 2
    watch.look()
    assert follower.woken == 1


def test_a_line_right_behind_one_that_was_shown_wakes(web_house: House, other: House, talk: Conversation) -> None:
    """One written here and one elsewhere between two looks: that the first was shown hides nothing."""
    follower, watch = Follower(web_house, talk.id), Watch(web_house)
    watch.look()
    do_write_as_member(web_house, talk.member, talk.id, "From here.")
    follower.shown = 2
    do_write_as_member(other, talk.member, talk.id, "From afar.")
    watch.look()
    assert follower.woken == 2


def test_changing_hands_wakes(web_house: House, other: House, talk: Conversation) -> None:
    """Whoever owns it now, it has a line that says so."""
    follower, watch = Follower(web_house, talk.id), Watch(web_house)
    watch.look()
    do_ask_for_human(other, talk.member, talk.id)
    watch.look()
    assert follower.woken == 1


def test_a_note_of_another_process_wakes(web_house: House, other: House, talk: Conversation, people: People) -> None:
    """Though it is no line: whoever looks along writes notes to the one whose talk it is."""
    do_ask_for_human(web_house, talk.member, talk.id)
    follower, watch = Follower(web_house, talk.id), Watch(web_house)
    follower.shown = 2
    watch.look()
    do_write_note(other, people.supporter.id, talk.id, "From afar.")
    watch.look()
    watch.look()
    assert follower.woken == 1


def test_consents_changed_elsewhere_wake_who_follows_them_alone(
    web_house: House, other: House, talk: Conversation
) -> None:
    """A supporter's page must not show what was taken back in another process; a member's own stream need not stir."""
    follower, watch, rung = Follower(web_house, talk.id), Watch(web_house), []
    web_house.bell.listen(consents_of(talk.member), lambda: rung.append("once"))
    watch.look()
    rung.clear()
    do_change_consent(other, talk.member, grant=[Cell.parse("supporters:text")])
    watch.look()
    watch.look()
    assert (rung, follower.woken) == (["once"], 0)


def test_asking_for_a_second_person_elsewhere_wakes_the_queue(
    web_house: House, other: House, talk: Conversation, people: People
) -> None:
    """Colleagues who follow their queue see it, whichever process wrote it."""
    sam = people.supporter.id
    do_go_on_duty(web_house, sam, web_house.clock() + timedelta(hours=1))
    do_ask_for_human(web_house, talk.member, talk.id)
    do_claim(web_house, sam, talk.id)
    follower, watch = Follower(web_house, QUEUE), Watch(web_house)
    watch.look()
    known = follower.woken
    do_ask_second(other, sam, talk.id)
    watch.look()
    watch.look()
    assert follower.woken == known + 1


def test_erasing_wakes(web_house: House, other: House, talk: Conversation) -> None:
    """What is gone has changed too."""
    follower, watch = Follower(web_house, talk.id), Watch(web_house)
    watch.look()
    do_erase(other, talk.member)
    watch.look()
    assert follower.woken == 1
