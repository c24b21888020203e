"""A question of fact is one without its mark as well, and nobody is told as a fact what they only asked."""

from __future__ import annotations

import pytest
from tests.dialogue.conftest import member

from attunement.dialogue.companion import Companion
from attunement.dialogue.hearing.asked_for import asked_for
from attunement.dialogue.hearing.questions import with_marks


@pytest.mark.parametrize(
    "text",
    [
        "how long does sertraline take to work", "is it normal to cry every day", "does therapy actually help",
        "can you get sacked for being off sick", "what happens if i miss a dose", "can my landlord just come in",
        "whats the difference between sad and depressed", "btw how long is the waiting list", "do people really change",
        "does anyone know how long grief lasts", "when does universal credit get paid", "are sleeping pills addictive",
        "could i have done more", "have i lost him", "am i too old for this",
    ],
)  # fmt: skip
def test_a_question_gets_the_mark_it_was_typed_without(text: str) -> None:
    assert with_marks(text) == f"{text}?"


@pytest.mark.parametrize(
    "text",
    [
        "how am i supposed to do this", "why does it always happen to me", "how long do i have to put up with this",
        "did my homework", "does my head in", "do the dishes every night", "can sleep now at least",
        "is getting worse", "how much i miss her", "when my mum is home she shouts", "does what he wants",
        "what is wrong with me", "did i tell you i got a dog", "how old he looked",
    ],
)  # fmt: skip
def test_what_is_told_or_cried_out_stays_as_it_is(text: str) -> None:
    assert with_marks(text) == text


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("how long does sertraline take to work", "medical"), ("does therapy actually help", "health_fact"),
        ("is depression hereditary", "health_fact"), ("is there a free helpline", "number"),
        ("what happens if i miss a dose", "medical"),
    ],
)  # fmt: skip
def test_a_fact_asked_without_a_mark_is_answered_as_one(companion: Companion, text: str, moment: str) -> None:
    answer = companion.reply(member(text))
    assert (answer.moment, answer.step) == (moment, "")


def test_whether_something_is_normal_is_answered_without_a_mark(companion: Companion) -> None:
    """As the same with one."""
    text = companion.reply(member("is it normal to cry every day")).text
    assert any(word in text for word in ("normal", "hardly the only one", "single word"))


@pytest.mark.parametrize(("text", "never"), [("could i have done more", "done more"), ("have i lost him", "lost him")])
def test_what_one_asks_oneself_is_not_told_back_as_a_fact(companion: Companion, text: str, never: str) -> None:
    assert never not in companion.reply(member("my gran died in march", text)).text


def test_should_i_have_known_asks_for_no_decision() -> None:
    """It is over: what is asked is whether one is to blame."""
    assert asked_for("should i have known?") is None


def test_a_question_alone_gets_no_thanks_for_coming(companion: Companion) -> None:
    """What is said beside a light question belongs to it."""
    text = companion.reply(member("do people really change")).text
    assert "good to have you" not in text
