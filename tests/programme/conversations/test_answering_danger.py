"""Whoever is asked about danger is answered, whatever they say, and an alert and an answer never cost each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from attunement.dialogue.safety.danger_asked import asks_about_danger
from attunement.domain.conversation import Owner, Speaker
from attunement.domain.errors import ErrorCode, Invalid, StoreError
from attunement.domain.reading import RiskLevel
from attunement.library.companion_matter import STEPS
from attunement.programme.alerts.alarms import AlarmKind, access_alert_status
from attunement.programme.alerts.alert import find_open_alerts
from attunement.programme.alerts.raising import LATE, do_raise_alert, do_raise_owed
from attunement.programme.conversations.answering import Answerer, access_owed, do_answer_talk
from attunement.programme.conversations.asking import do_stop_waiting
from attunement.programme.conversations.conversation import Conversation, access_conversation
from attunement.programme.conversations.hearing import do_hear
from attunement.programme.conversations.lines import WrittenLine, access_lines
from attunement.programme.conversations.writing import do_write_as_member
from attunement.programme.house import House

SIGN = "I don't want to be here anymore."


class Broken:
    """A companion that can read and not speak."""

    def reply(self, *args: Any, **kwargs: Any) -> Any:
        raise RuntimeError("no words")


def _say(house: House, talk: Conversation, text: str) -> None:
    do_write_as_member(house, talk.member, talk.id, text, risk=do_hear(house, talk.member, talk.id, text))


def _lines(house: House, talk: Conversation) -> Sequence[WrittenLine]:
    with house.store.read() as connection:
        return access_lines(house, connection, talk.member, talk.id)


def _alerts(house: House) -> list[tuple[str, RiskLevel]]:
    with house.store.read() as connection:
        return [(alert.reason, alert.level) for alert in find_open_alerts(connection)]


def _fails(house: House, talk: Conversation) -> None:
    """The companion answers in a round of its thread, and fails."""
    answerer = Answerer(replace(house, companion=Broken()))  # type: ignore[arg-type]
    answerer.round(0)
    answerer._pool.shutdown(wait=True)


@pytest.mark.parametrize("step", STEPS)
def test_every_step_of_safety_makes_a_reason_that_an_alert_accepts(house: House, member: str, step: str) -> None:
    """The companion gives its step as the reason."""
    assert do_raise_alert(house, member, level=RiskLevel.INDIRECT, reason=step).reason == step


@pytest.mark.parametrize(
    ("said", "alert"),
    [
        ("I don't know.", ("again", RiskLevel.INDIRECT)),
        ("hello?", ("again", RiskLevel.INDIRECT)),
        ("maybe", ("said-so", RiskLevel.EXPLICIT)),
        ("it doesn't matter", ("again", RiskLevel.INDIRECT)),
    ],
)
def test_who_says_neither_yes_nor_no_is_answered_and_people_are_told(
    house: House, talk: Conversation, said: str, alert: tuple[str, RiskLevel]
) -> None:
    """Asked about suicide, "I don't know" gets a reply and not a fault."""
    _say(house, talk, SIGN)
    assert asks_about_danger(do_answer_talk(house, talk.id).text)
    _say(house, talk, said)
    assert do_answer_talk(house, talk.id).speaker is Speaker.COMPANION
    assert _alerts(house) == [alert]


@pytest.mark.parametrize(
    "error", [Invalid(ErrorCode.BAD_INPUT, "no"), StoreError(ErrorCode.STORE_BUSY, "busy"), KeyError()]
)
def test_an_alert_that_fails_takes_no_answer_with_it(
    house: House, talk: Conversation, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """The member is answered; the alert is an alarm at once, and one like any other as soon as it can be raised."""

    def fails(*args: Any, **kwargs: Any) -> Any:
        raise error

    _say(house, talk, SIGN)
    do_answer_talk(house, talk.id)
    _say(house, talk, "I don't know.")
    with monkeypatch.context() as patch:
        patch.setattr("attunement.programme.alerts.raising.do_raise_alert", fails)
        assert do_answer_talk(house, talk.id).speaker is Speaker.COMPANION
        assert do_raise_owed(house) == 0
    (alarm,) = access_alert_status(house).alarms
    assert (alarm.kind, alarm.alert.conversation, alarm.alert.level) == (AlarmKind.UNTOLD, talk.id, RiskLevel.INDIRECT)
    assert type(error).__name__ in alarm.why
    assert _alerts(house) == []
    assert do_raise_owed(house) == 1
    assert _alerts(house) == [(LATE, RiskLevel.INDIRECT)]
    assert do_raise_owed(house) == 0


def test_an_answer_that_fails_takes_no_alert_with_it(house: House, talk: Conversation) -> None:
    """Where the companion finds no words after signs of danger, people are told of them and called."""
    _say(house, talk, SIGN)
    _fails(house, talk)
    assert _alerts(house) == [("said-so", RiskLevel.INDIRECT)]
    with house.store.read() as connection:
        assert access_conversation(connection, talk.member, talk.id).owner is Owner.WAITING


@pytest.mark.parametrize("on_duty", [False, True])
def test_after_a_fault_it_is_said_that_it_is_ours(
    house: House, talk: Conversation, make_supporter: Any, on_duty: bool
) -> None:
    """In words of its own, with what comes next: a person, or the companion for what is written then."""
    make_supporter("Noor", on_duty=on_duty)
    _say(house, talk, "Hello.")
    _fails(house, talk)
    notice = _lines(house, talk)[-1].notice
    assert notice is not None
    assert notice.code == "fault"
    assert "a fault of ours, not yours" in notice.text
    assert ("Nobody is on duty" in notice.text) is not on_duty


def test_called_back_after_a_fault_the_companion_answers_what_comes_next(house: House, talk: Conversation) -> None:
    """The same lines are not answered into the same fault again."""
    _say(house, talk, "Hello.")
    _fails(house, talk)
    do_stop_waiting(house, talk.member, talk.id)
    assert access_owed(house) == []
    _fails(house, talk)
    with house.store.read() as connection:
        assert access_conversation(connection, talk.member, talk.id).owner is Owner.COMPANION
    _say(house, talk, "Are you there?")
    assert access_owed(house) == [talk.id]
    assert do_answer_talk(house, talk.id).speaker is Speaker.COMPANION
