"""The companion answers what is its own to answer, and hands over what is not."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest

from attunement.dialogue.companion import Companion
from attunement.dialogue.replying.prompting import build_prompt
from attunement.domain.conversation import Owner, Prompt, Speaker
from attunement.domain.errors import Conflict, ErrorCode, StoreError
from attunement.domain.reading import RiskLevel
from attunement.library.prompts import load_prompt
from attunement.library.resources import content_folder
from attunement.programme.alerts.alert import find_open_alerts
from attunement.programme.conversations.answering import FAULT, Answerer, access_owed, do_answer_talk
from attunement.programme.conversations.asking import (
    do_ask_for_human,
    do_hold_for_human,
    do_open,
    do_stop_waiting,
)
from attunement.programme.conversations.closing import do_close
from attunement.programme.conversations.conversation import Conversation, access_conversation
from attunement.programme.conversations.handing import do_claim, do_give_back, do_go_off_duty
from attunement.programme.conversations.lines import WrittenLine, access_lines
from attunement.programme.conversations.talk_settings import TalkSettings, access_talk_settings, do_choose_talk
from attunement.programme.conversations.writing import do_write_as_member, do_write_as_supporter
from attunement.programme.erasure import do_erase
from attunement.programme.house import House
from attunement.programme.members import do_enrol


@pytest.fixture
def rosa(house: House) -> str:
    """A member who allows nothing beyond the talk."""
    return do_enrol(house, name="Rosa", country="IE")


def _said(house: House, member: str, conversation: str) -> list[WrittenLine]:
    with house.store.read() as connection:
        return [line for line in access_lines(house, connection, member, conversation) if not line.notice]


def _notices(house: House, member: str, conversation: str) -> list[str]:
    with house.store.read() as connection:
        return [line.notice.code for line in access_lines(house, connection, member, conversation) if line.notice]


def _now(house: House, member: str, conversation: str) -> Conversation:
    with house.store.read() as connection:
        return access_conversation(connection, member, conversation)


def test_it_answers_once_what_was_said(house: House, rosa: str) -> None:
    """One answer to all that was said, with who composed it and why; then nothing is owed."""
    talk = do_open(house, rosa).id
    do_write_as_member(house, rosa, talk, "I had a fight with my sister about the house.")
    assert access_owed(house) == [talk]
    answer = do_answer_talk(house, talk)
    assert (answer.speaker, answer.by) == (Speaker.COMPANION, "composer")
    assert answer.why is not None
    assert answer.why["reason-1"]
    assert access_owed(house) == []
    with pytest.raises(Conflict) as caught:
        do_answer_talk(house, talk)
    assert caught.value.code is ErrorCode.ALREADY_ANSWERED
    assert [line.speaker for line in _said(house, rosa, talk)] == [Speaker.MEMBER, Speaker.COMPANION]


def test_what_is_thought_when_a_person_is_asked_for_is_never_said(house: House, rosa: str) -> None:
    """A person is asked for while the companion thinks: its answer is refused, and nothing of it is written."""
    talk = do_open(house, rosa).id
    do_write_as_member(house, rosa, talk, "I can't sleep.")

    class Slow:
        def reply(self, *args: Any, **kwargs: Any) -> Any:
            do_ask_for_human(house, rosa, talk)
            return house.companion.reply(*args, **kwargs)

    with pytest.raises(Conflict) as caught:
        do_answer_talk(replace(house, companion=Slow()), talk)  # type: ignore[arg-type]
    assert caught.value.code is ErrorCode.NOT_THE_OWNER
    assert [line.speaker for line in _said(house, rosa, talk)] == [Speaker.MEMBER]


def test_grave_danger_holds_the_talk_for_a_person(house: House, rosa: str) -> None:
    """The answer shows help, and from then on the conversation waits for a person."""
    talk = do_open(house, rosa).id
    do_write_as_member(house, rosa, talk, "I have the pills here and I am going to take them all tonight.")
    answer = do_answer_talk(house, talk)
    help = house.helplines.for_country("IE")
    assert any(number in answer.text for number in (help.emergency, *(line.phone for line in help.lines)) if number)
    now = _now(house, rosa, talk)
    assert (now.owner, now.asked_by) == (Owner.WAITING, "safety")
    with house.store.read() as connection:
        alerts = find_open_alerts(connection)
    assert [(a.conversation, a.level) for a in alerts] == [(talk, RiskLevel.IMMINENT)]


def test_a_fault_of_the_companion_leaves_nobody_without_an_answer(house: House, rosa: str) -> None:
    """Where composing fails the conversation waits for a person, and is not tried forever."""
    talk = do_open(house, rosa).id
    do_write_as_member(house, rosa, talk, "Hello.")

    class Broken:
        def reply(self, *args: Any, **kwargs: Any) -> Any:
            raise RuntimeError(FAULT)

    answerer = Answerer(replace(house, companion=Broken()))  # type: ignore[arg-type]
    answerer.round(0)
    answerer._pool.shutdown(wait=True)
    assert _now(house, rosa, talk).owner is Owner.WAITING
    assert access_owed(house) == []


def test_it_answers_by_itself_soon_after_a_line(house: House, rosa: str) -> None:
    """The thread is woken by the line and does not wait for its round."""
    talk, answerer = do_open(house, rosa).id, Answerer(house)
    answerer.start()
    try:
        do_write_as_member(house, rosa, talk, "Work was awful today.")
        until = time.monotonic() + 30
        while len(_said(house, rosa, talk)) < 2 and time.monotonic() < until:
            time.sleep(0.02)
    finally:
        answerer.stop()
    assert [line.speaker for line in _said(house, rosa, talk)] == [Speaker.MEMBER, Speaker.COMPANION]


class _Elsewhere:
    """A language model on another computer."""

    name, place = "far", "far.example.org"

    def generate(self, prompt: Prompt, n: int) -> list[str]:
        raise AssertionError("nothing may be sent")

    def close(self) -> None:
        """Nothing to let go of."""


class _Voice:
    """A language model that says what it was told to."""

    name = "voice"
    place = ""

    def __init__(self, replies: list[str]) -> None:
        self.replies = replies

    def generate(self, prompt: Prompt, n: int) -> list[str]:
        """All of it."""
        return self.replies[:n]


def test_another_computer_thinks_only_for_who_said_yes_to_that_one(house: House, rosa: str) -> None:
    """A yes counts for the computer it was given to; with another, and without a yes, nothing is sent."""
    far = replace(house, voice=_Elsewhere())  # type: ignore[arg-type]
    further = _Elsewhere()
    further.place = "further.example.org"
    with house.store.read() as connection:
        assert access_talk_settings(house, connection, rosa) == TalkSettings(0.5, True)
        assert access_talk_settings(far, connection, rosa) == TalkSettings(0.5, False)
    do_choose_talk(far, rosa, ideas=0.9, elsewhere=True)
    with house.store.read() as connection:
        assert access_talk_settings(far, connection, rosa) == TalkSettings(0.9, True)
        moved = replace(house, voice=further)  # type: ignore[arg-type]
        assert access_talk_settings(moved, connection, rosa) == TalkSettings(0.9, False)


def test_what_led_to_a_models_reply_is_kept_with_it(house: House, rosa: str) -> None:
    """The version of its prompt, and the codes of what the guard refused; of the composer's reply, no prompt."""
    said = "You had a fight with your sister about the house, and it still hurts. What did your sister say to you?"
    voice = _Voice([said])
    voiced = replace(house, voiced=Companion.shipped(backend=voice, prompter=build_prompt), voice=None)
    for refused in (False, True):
        talk = do_open(house, rosa).id
        do_write_as_member(house, rosa, talk, "I had a fight with my sister about the house.")
        voice.replies = [f"I know exactly how you feel. {said}"] if refused else [said]
        answer = do_answer_talk(voiced, talk)
        do_close(house, rosa, talk)
        assert answer.why is not None
        assert answer.by == ("composer" if refused else "voice")
        assert answer.why.get("prompt") == (None if refused else load_prompt(content_folder()).name)
        assert answer.why.get("refused") == ("claims-feelings" if refused else None)
        assert "exactly" not in str(answer.why)


def test_what_is_written_while_it_thinks_is_answered_next(house: House, rosa: str) -> None:
    """Danger in a line that came while the companion thought is not left behind its late answer."""
    talk = do_open(house, rosa).id
    do_write_as_member(house, rosa, talk, "Hello.")

    class Slow:
        def reply(self, *args: Any, **kwargs: Any) -> Any:
            do_write_as_member(house, rosa, talk, "I am going to kill myself tonight.")
            return house.companion.reply(*args, **kwargs)

    do_answer_talk(replace(house, companion=Slow()), talk)  # type: ignore[arg-type]
    assert access_owed(house) == [talk]
    assert house.helplines.for_country("IE").emergency in do_answer_talk(house, talk).text
    assert access_owed(house) == []


def test_what_a_person_answered_is_not_owed(house: House, rosa: str, noor: str) -> None:
    """Given back after a supporter spoke, the companion waits for the member's next line."""
    talk = do_open(house, rosa, human=True).id
    do_write_as_member(house, rosa, talk, "Hello?")
    do_claim(house, noor, talk)
    do_write_as_supporter(house, noor, talk, "I am here.")
    do_give_back(house, noor, talk)
    assert access_owed(house) == []
    with pytest.raises(Conflict) as caught:
        do_answer_talk(house, talk)
    assert caught.value.code is ErrorCode.ALREADY_ANSWERED
    do_write_as_member(house, rosa, talk, "Work was awful today.")
    assert do_answer_talk(house, talk).speaker is Speaker.COMPANION


def test_a_very_long_talk_is_answered_by_its_end(house: House, rosa: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The companion reads the last lines, not the first, where there are more than it can."""
    talk = do_open(house, rosa).id
    for text in ("Hello.", "Nothing much.", "I am going to kill myself tonight."):
        do_write_as_member(house, rosa, talk, text)
    monkeypatch.setattr("attunement.programme.conversations.lines.MOST", 2)
    assert house.helplines.for_country("IE").emergency in do_answer_talk(house, talk).text


@pytest.mark.parametrize(
    ("words", "step"),
    [("I have the pills here and I am going to take them all tonight.", "do_hold_for_human"),
     ("Can I talk to a human?", "do_ask_for_human")],
)  # fmt: skip
def test_no_answer_says_that_a_person_comes_without_asking_for_one(
    house: House, rosa: str, monkeypatch: pytest.MonkeyPatch, words: str, step: str
) -> None:
    """Where asking for a person fails, the answer is not written either; both come with the next try."""
    talk = do_open(house, rosa).id
    do_write_as_member(house, rosa, talk, words)

    def fails(*args: Any, **kwargs: Any) -> Any:
        raise StoreError(ErrorCode.STORE_BUSY, "busy")

    with monkeypatch.context() as patch:
        patch.setattr(f"attunement.programme.conversations.answering.{step}", fails)
        with pytest.raises(StoreError):
            do_answer_talk(house, talk)
    assert [line.speaker for line in _said(house, rosa, talk)] == [Speaker.MEMBER]
    do_answer_talk(house, talk)
    assert _now(house, rosa, talk).owner is Owner.WAITING


def test_an_answer_that_cannot_be_written_is_not_tried_forever(house: House, rosa: str) -> None:
    """A reply that no line can hold is a fault like any other: a person is asked for."""
    talk = do_open(house, rosa).id
    do_write_as_member(house, rosa, talk, "Hello.")

    class Endless:
        def reply(self, *args: Any, **kwargs: Any) -> Any:
            return replace(house.companion.reply(*args, **kwargs), text="no end " * 1_000)

    answerer = Answerer(replace(house, companion=Endless()))  # type: ignore[arg-type]
    answerer.round(0)
    answerer._pool.shutdown(wait=True)
    assert _now(house, rosa, talk).owner is Owner.WAITING


def test_erased_members_are_not_in_what_readers_remember(house: House, rosa: str) -> None:
    """With the member goes whatever the companion and the coach hold of their words in memory."""
    talk = do_open(house, rosa).id
    do_write_as_member(house, rosa, talk, "My sister moved away.")
    do_answer_talk(house, talk)
    house.coach.prepare("My sister moved away.")
    assert house.companion._readings
    do_erase(house, rosa)
    assert not house.companion._readings
    assert not house.coach._recent


def test_what_a_person_says_elsewhere_leaves_this_talk_owed(house: House, rosa: str, make_supporter: Any) -> None:
    """A supporter's line in another conversation does not keep the companion from answering in this one."""
    noor, other = make_supporter("Noor"), do_enrol(house)
    there = do_open(house, other, human=True).id
    do_claim(house, noor, there)
    for text in ("Hello.", "I am here.", "What happened?"):
        do_write_as_supporter(house, noor, there, text)
    talk = do_open(house, rosa).id
    do_write_as_member(house, rosa, talk, "I can't sleep.")
    assert access_owed(house) == [talk]


def test_what_is_held_for_safety_stays_held_when_it_is_passed_on(house: House, rosa: str, make_supporter: Any) -> None:
    """A supporter who passes it on, or goes off duty, does not let the member call the companion back."""
    noor, talk = make_supporter("Noor"), do_open(house, rosa).id
    do_hold_for_human(house, talk, "safety", reason="imminent")
    do_claim(house, noor, talk)
    do_go_off_duty(house, noor)
    with pytest.raises(Conflict) as caught:
        do_stop_waiting(house, rosa, talk)
    assert caught.value.code is ErrorCode.CONVERSATION_HELD


def test_asked_for_in_words_a_person_is_asked_for_as_by_the_button(house: House, rosa: str, noor: str) -> None:
    """In the first turn: one sentence, then it waits on the member's own word, and they may call the companion back."""
    talk = do_open(house, rosa).id
    do_write_as_member(house, rosa, talk, "Can I talk to a real person please")
    do_answer_talk(house, talk)
    assert [line.speaker for line in _said(house, rosa, talk)] == [Speaker.MEMBER, Speaker.COMPANION]
    now = _now(house, rosa, talk)
    assert (now.owner, now.asked_by) == (Owner.WAITING, "member")
    assert _notices(house, rosa, talk)[-1] == "waiting"
    do_write_as_member(house, rosa, talk, "Hello?")
    assert access_owed(house) == []
    with pytest.raises(Conflict) as caught:
        do_answer_talk(house, talk)
    assert caught.value.code is ErrorCode.NOT_THE_OWNER
    do_stop_waiting(house, rosa, talk)
    do_answer_talk(house, talk)
    assert _now(house, rosa, talk).owner is Owner.COMPANION


def test_asked_for_in_words_it_is_said_openly_that_nobody_is_on_duty(house: House, rosa: str) -> None:
    """The notice is the one the button gives."""
    talk = do_open(house, rosa).id
    do_write_as_member(house, rosa, talk, "human please")
    do_answer_talk(house, talk)
    assert _now(house, rosa, talk).owner is Owner.WAITING
    assert _notices(house, rosa, talk)[-1] == "nobody-on-duty"


def test_who_went_on_with_the_companion_is_not_handed_over_for_what_they_asked_before(house: House, rosa: str) -> None:
    """They asked in words, pressed the button too, and changed their mind: the companion answers and stays."""
    talk = do_open(house, rosa).id
    do_write_as_member(house, rosa, talk, "Can I talk to a human?")
    do_ask_for_human(house, rosa, talk)
    do_stop_waiting(house, rosa, talk)
    do_answer_talk(house, talk)
    assert _now(house, rosa, talk).owner is Owner.COMPANION
