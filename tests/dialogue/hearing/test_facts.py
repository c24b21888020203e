"""A bare fact, a name, an age, a place or a small wish, is taken in, and not asked how long it has been so."""

from __future__ import annotations

import pytest
from tests.dialogue.conftest import member

from attunement.dialogue.companion import Companion
from attunement.dialogue.hearing.facts import fact_in
from attunement.dialogue.hearing.gist import gist_of
from attunement.domain.conversation import Line, Speaker
from attunement.library.companion_words import CompanionWords, load_companion_words
from attunement.library.resources import content_folder


@pytest.fixture(scope="module")
def words() -> CompanionWords:
    """What the companion can say."""
    return load_companion_words(content_folder())


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("Her name is Petra", "she"), ("She's six, Lotte", "she"), ("He lives in Leeds", "he"),
        ("She's called Biscuit", "she"), ("One of them was 23", ""), ("They are 6 and 9", ""),
        ("She wants pancakes", ""), ("there are four of us", ""),
    ],
)  # fmt: skip
def test_a_bare_fact_is_known_with_whom_it_is_of(words: CompanionWords, text: str, of: str) -> None:
    """Of a small wish, of several and of nobody in particular, nobody is asked after."""
    fact = fact_in(gist_of(text, words))
    assert fact is not None
    assert fact.of == of


@pytest.mark.parametrize(
    "text",
    [
        "She is gone", "He's in prison", "She wants a divorce", "he wants out", "she is mine", "I'm 54",
        "She's six and already hates me", "He lives in fear of his own father every single day", "it's 3 am",
    ],
)  # fmt: skip
def test_what_weighs_or_tells_more_is_no_bare_fact(words: CompanionWords, text: str) -> None:
    """Though it is short and begins like one."""
    assert fact_in(gist_of(text, words)) is None


@pytest.mark.parametrize("text", ["Her name is Petra", "She's six, Lotte", "He lives in Leeds", "One of them was 23"])
@pytest.mark.parametrize("before", ["I have a new manager.", "We lost three patients this week."])
def test_a_bare_fact_is_taken_in_and_asked_no_stock_question(
    companion: Companion, words: CompanionWords, before: str, text: str
) -> None:
    """It is said back in a word, and what follows asks after the one it is of, or leaves room."""
    lines = [Line(Speaker.MEMBER, before), Line(Speaker.COMPANION, "What then?"), *member(text)]
    said = companion.reply(lines).text
    fitting = [*words.parts["ask_person"], *words.parts["ask_more"]]
    assert [q for q in fitting if q.format(she="she") in said or q.format(she="he") in said], said


def test_who_died_is_asked_after_as_who_was(companion: Companion, words: CompanionWords) -> None:
    """A name told of somebody who died brings a question about them, in words for a loss."""
    lines = [
        *member("My husband died in March."),
        Line(Speaker.COMPANION, "What then?"),
        *member("His name was Walter."),
    ]
    said = companion.reply(lines).text
    assert [q for q in words.topics["grief"].questions if q.format(lost="your husband") in said], said
