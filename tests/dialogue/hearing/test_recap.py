"""Asked what was said, it tells what was said, or that it cannot find it."""

from __future__ import annotations

import pytest
from tests.dialogue.conftest import member

from attunement.dialogue.companion import Companion
from attunement.dialogue.partner import Partner
from attunement.domain.conversation import Line, Speaker

TOLD = (
    Line(Speaker.MEMBER, "my parrot learned to say \"not my problem\" from my boss"),
    Line(Speaker.COMPANION, "What is your parrot like, otherwise?"),
    Line(Speaker.MEMBER, "He sings at night. My aunt gave him to me."),
    Line(Speaker.COMPANION, "How is that for you?"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("what did I tell you about my aunt?", "your aunt gave him to you"),
        ("do you remember what I said about the parrot", 'your parrot learned to say "not my problem" from your boss'),
        ("what did i just say", "your aunt gave him to you"),
    ],
)
def test_what_was_said_is_told_back(companion: Companion, asked: str, told: str) -> None:
    """What is quoted in it stays as it was."""
    answer = companion.reply([*TOLD, Line(Speaker.MEMBER, asked)])
    assert answer.moment == "recap"
    assert told in answer.text


def test_what_is_not_there_is_not_made_up(companion: Companion) -> None:
    """It says so and asks."""
    answer = companion.reply([*TOLD, Line(Speaker.MEMBER, "what did I say about my cousin?")])
    assert answer.moment == "recap"
    assert "aunt" not in answer.text
    assert answer.text.endswith("?")


def test_what_went_wrong_is_no_request_to_be_reminded(companion: Companion) -> None:
    """Who asks what they said wrong asks for no minutes."""
    assert companion.reply([*TOLD, Line(Speaker.MEMBER, "what did I say wrong?")]).moment != "recap"


KEPT = ("My sister Ana moved to Leeds.", "I am going to call the doctor on Monday.")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("do you remember what she gave to me, my aunt?", "your aunt gave him to you"),
        ("i told you the parrot learned that from my boss right?", "your parrot learned to say"),
        ("didn't I tell you about my aunt?", "your aunt gave him to you"),
        ("Do you remember my parrot?", "your parrot learned to say"),
    ],
)
def test_who_asks_whether_it_remembers_is_told_the_line(companion: Companion, asked: str, told: str) -> None:
    """However many lines ago it was."""
    between = [line for text in ("The bus was late.", "I had a coffee.", "It rained.") for line in member(text)]
    answer = companion.reply([*TOLD, *between, *member(asked)])
    assert answer.moment == "recap"
    assert told in answer.text


@pytest.mark.parametrize("asked", ["i told you his name was Bruno right?", "Do you remember my cousin?"])
def test_what_was_never_told_is_not_claimed_to_be_known(companion: Companion, asked: str) -> None:
    """Neither from the talk nor from what is remembered."""
    answer = companion.reply([*TOLD, *member(asked)], partner=Partner(remembered=KEPT))
    assert answer.moment == "recap"
    assert not any(word in answer.text for word in ("aunt", "parrot", "Leeds", "doctor"))
    assert answer.remembered == ""


def test_a_remembered_line_is_quoted_to_who_asks_after_it(companion: Companion) -> None:
    """And the answer says which line it was, so that it can be taken out in time."""
    answer = companion.reply(member("Do you remember my sister?"), partner=Partner(remembered=KEPT))
    assert "your sister Ana moved to Leeds" in answer.text
    assert answer.remembered == KEPT[0]


def test_asked_what_it_knows_it_quotes_what_is_remembered_and_says_where_it_stands(companion: Companion) -> None:
    """Without any it does not pretend to."""
    known = companion.reply(member("what do you know about me?"), partner=Partner(remembered=KEPT))
    assert known.moment == "known"
    assert all(part in known.text for part in ("Ana moved to Leeds", "call the doctor on Monday", "/talk/memory"))
    assert "Leeds" not in companion.reply(member("what do you know about me?")).text


@pytest.mark.parametrize("asked", ["do you talk to other people too?", "how many people do you talk to?"])
def test_that_it_talks_to_others_is_not_hidden(companion: Companion, asked: str) -> None:
    """It is asked honestly and answered so."""
    assert companion.reply(member(asked)).moment == "others"


def test_a_memory_shared_with_somebody_is_no_question_to_it(companion: Companion) -> None:
    """Said to who is missed; nor is what was said to somebody else."""
    for text in ("do you remember when we danced in the kitchen?", "I said no to her, right?"):
        assert companion.reply([*TOLD, *member(text)]).moment != "recap"


NAMED = [
    line
    for told in (
        "I have a new manager",
        "Her name is Petra",
        "My colleague Jens came by",
        "I might ask her for a coffee",
    )
    for line in (Line(Speaker.MEMBER, told), Line(Speaker.COMPANION, "What then?"))
]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Do you remember her name?", "her name is Petra"),
        ("what is my manager called?", "her name is Petra"),
        ("what was my colleague's name?", "your colleague Jens"),
    ],
)
def test_asked_for_a_name_the_line_that_tells_it_is_found(companion: Companion, asked: str, told: str) -> None:
    """However long ago, and not the last line with the same pronoun."""
    answer = companion.reply([*NAMED, Line(Speaker.MEMBER, asked)])
    assert answer.moment == "recap"
    assert told in answer.text


def test_a_name_that_was_not_told_is_not_made_up(companion: Companion) -> None:
    """It says that it cannot find it."""
    answer = companion.reply([*NAMED, Line(Speaker.MEMBER, "Do you remember his name?")])
    assert answer.moment == "recap"
    assert "Petra" not in answer.text
