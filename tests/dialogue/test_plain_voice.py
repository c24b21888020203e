"""What is told on a phone is said back whole, plainly and without a verdict of the machine's."""

from __future__ import annotations

import numpy as np
import pytest
from tests.dialogue.conftest import member

from attunement.dialogue.companion import Companion
from attunement.dialogue.hearing.clauses import Kind, clauses
from attunement.dialogue.hearing.wondering import wondered
from attunement.domain.conversation import Line, Speaker

JUDGED = ("no fun", "nags", "mind that", "deserve", "courage", "You put words to something")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("i cant quit we need the money", ["you can't quit", "you need the money"]),
        ("he promised she won't tell", ["he promised she won't tell"]),
        ("I told my sister we can't go", ["you told your sister you can't go"]),
        ("maybe he doesn't love me", []),
        ("he didn't say anything just went quiet", ["he didn't say anything, just went quiet"]),
        ("we argued at mums birthday", ["you argued at your mum's birthday"]),
        ("i just feel like nobody sees it", ["you feel like nobody sees it"]),
    ],
)
def test_what_is_typed_in_one_go_is_told_back_as_it_was_meant(text: str, told: list[str]) -> None:
    """Two sentences without a mark are two; what was told to somebody stays one."""
    assert [clause.said for clause in clauses(text)] == told


def test_only_being_a_nobody_is_harsh() -> None:
    """That nobody sees it is told of others, and no verdict on oneself."""
    assert [clause.kind for clause in clauses("I feel like nobody sees it")] == [Kind.PLAIN]
    assert [clause.kind for clause in clauses("I feel like a nobody")] == [Kind.HARSH]


def test_what_somebody_asks_themselves_weighs_more_than_the_facts_beside_it() -> None:
    """Who has a child and no one to put her to bed does not write to say that there is a child."""
    told = clauses("i have a kid. she's 4. who is going to put her to bed")
    assert max(told, key=lambda clause: clause.weight).said == "you're asking yourself who is going to put her to bed"


@pytest.mark.parametrize("text", ["who is going to help you?", "How are you?", "where am I", "who will"])
def test_a_question_to_somebody_else_is_no_worry(text: str) -> None:
    """Only what cannot be meant for the reader is told back as asked of oneself."""
    assert wondered(text) == ""


@pytest.mark.parametrize("text", ["My son came out to me last night", "everyone at school has passed already"])
def test_what_may_be_taken_either_way_is_told_back_without_a_verdict(companion: Companion, text: str) -> None:
    """A machine does not know whether it weighs."""
    lines = member("I had a long week", "My daughter is fine")
    answer = companion.reply([*lines, *member(text)]).text
    assert not [word for word in JUDGED if word in answer], answer


def test_where_nobody_came_it_is_no_trifle(companion: Companion) -> None:
    """To be left alone is told by what happened, however evenly."""
    answer = companion.reply(member("nobody came to my birthday")).text
    assert not any(word in answer for word in ("bothers you", "just as it is", "no hurry"))


def test_a_plain_line_after_a_hard_one_is_no_pleasantry(companion: Companion) -> None:
    """Who booked a table for a birthday nobody came to does not hear that it is good to know."""
    lines = member("nobody came to my birthday")
    lines.append(Line(Speaker.COMPANION, companion.reply(lines).text))
    for salt in range(8):
        answer = companion.reply([*lines, *member("i booked a table for 8")], rng=np.random.default_rng(salt)).text
        assert not any(word in answer for word in ("good to", "Good that you came", "Thank you for")), answer
