"""The companion comes back to what it was asked to remember: rarely, fittingly, and never to what would frighten."""

from __future__ import annotations

import numpy as np
import pytest

from attunement.dialogue.answer import Answer
from attunement.dialogue.companion import Companion
from attunement.dialogue.partner import Partner
from attunement.dialogue.replying.seed import seed_of
from attunement.domain.conversation import Line, Speaker

SISTER = "I'm going to ring my sister on Tuesday."


def talk(companion: Companion, remembered: tuple[str, ...], *texts: str) -> list[Answer]:
    """The answers to these lines, one after the other, where this is remembered."""
    lines, answers = list[Line](), list[Answer]()
    for text in texts:
        lines.append(Line(Speaker.MEMBER, text))
        rng = np.random.default_rng(seed_of(lines))
        answers.append(companion.reply(lines, partner=Partner(remembered=remembered), rng=rng))
        lines.append(Line(Speaker.COMPANION, answers[-1].text))
    return answers


def back(answers: list[Answer]) -> list[str]:
    """The remembered lines that were come back to, in order."""
    return [answer.remembered for answer in answers if answer.remembered]


def test_a_plan_is_asked_after_at_a_greeting_in_the_members_own_terms(companion: Companion) -> None:
    """What was to come is told as past, one thing is asked, and the reason names the line."""
    (answer,) = talk(companion, (SISTER,), "hello")
    assert answer.remembered == SISTER
    assert "you were going to ring your sister on Tuesday" in answer.text
    assert answer.text.count("?") == 1
    assert f"You asked me to remember: {SISTER}" in [str(reason) for reason in answer.why]


def test_never_twice_in_a_talk(companion: Companion) -> None:
    """Neither the same line nor another one, however often there is room for it."""
    texts = ("hello", "ok", "idk", "my sister called", "ok", "hm", "idk", "my sister is coming on Tuesday")
    assert len(back(talk(companion, (SISTER, "I want to write to the choir."), *texts))) == 1


def test_a_line_about_what_is_spoken_of_belongs_there_and_another_does_not(companion: Companion) -> None:
    """From the third line on; what is no plan is never told out of the blue."""
    night = ("I work at night in a bakery.",)
    about = ("I'm tired today", "my back hurts a bit", "the bakery wants me to do one more shift")
    assert back(talk(companion, night, *about)) == list(night)
    assert back(talk(companion, night, "hello", "ok", "idk", "my cat is fat")) == []


def test_a_bad_hour_begins_without_it(companion: Companion) -> None:
    """A first line that is no mere greeting is answered, and so is one in danger."""
    assert back(talk(companion, (SISTER,), "my sister and I had an awful fight")) == []
    assert back(talk(companion, (SISTER,), "hello there i want to kill myself", "my sister", "idk")) == []


@pytest.mark.parametrize(
    "line",
    [
        "I wanted to kill myself in May.",
        "My sister died in May.",
        "I was going to end it all.",
        "I'm a failure.",
        "Ana",
    ],
)
def test_danger_loss_and_harsh_thoughts_are_never_come_back_to(companion: Companion, line: str) -> None:
    """Nor what says nothing that could be said back."""
    assert back(talk(companion, (line,), "hello", "ok", "idk", "my sister called in May", "ok")) == []


def test_nothing_is_asked_after_where_questions_are_unwanted(companion: Companion) -> None:
    """The plan waits for another talk."""
    assert back(talk(companion, (SISTER,), "stop asking me questions", "hello", "ok", "my sister called", "idk")) == []
