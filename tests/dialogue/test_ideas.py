"""An idea fits what it is asked for, or is owned not to be there; an exercise is one, and another is another."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.dialogue.conftest import member

from attunement.dialogue.answer import Answer
from attunement.dialogue.companion import Companion
from attunement.dialogue.hearing.asked_for import is_practical
from attunement.dialogue.hearing.topic import topic_of
from attunement.dialogue.partner import Partner
from attunement.domain.conversation import Line, Speaker
from attunement.domain.practice import Practice
from attunement.library.companion_words import CompanionWords, load_companion_words
from attunement.library.library import load_library
from attunement.library.resources import content_folder


@pytest.fixture(scope="module")
def words() -> CompanionWords:
    """What the companion can say."""
    return load_companion_words(content_folder())


def talk(companion: Companion, *texts: str, practices: Sequence[Practice] = ()) -> list[Answer]:
    """The answers to these lines, one after the other."""
    lines, answers = list[Line](), list[Answer]()
    for text in texts:
        lines += member(text)
        answers.append(companion.reply(lines, partner=Partner(practices=tuple(practices))))
        lines.append(Line(Speaker.COMPANION, answers[-1].text))
    return answers


def holds(answer: Answer, lines: Sequence[str]) -> bool:
    """Whether an answer holds one of these lines."""
    return any(line in answer.text for line in lines)


@pytest.mark.parametrize(
    "texts",
    [
        ("I'm flying next week", "what can I do on the plane?"),
        ("My teacher asked me to the sauna", "What should I bring?"),
        ("My ex asked me to his wedding", "what should I wear?"), ("We have guests", "what should I cook?"),
        ("It's my wife's birthday", "what should I get her?"), ("Should I bring flowers?",),
        ("I have my driving test tomorrow", "any tips?"), ("We have a second date", "which shirt should I wear?"),
    ],
)  # fmt: skip
def test_of_what_it_has_no_idea_it_says_so(companion: Companion, words: CompanionWords, texts: tuple[str, ...]) -> None:
    """And asks what they thought of themselves, with no lead as if an idea came."""
    answer = talk(companion, *texts)[-1]
    assert holds(answer, words.parts["no_idea"]), answer.text
    assert not holds(answer, words.parts["advice"])


@pytest.mark.parametrize(
    ("texts", "topic"),
    [
        (("My son wets the bed again since the divorce", "what should I do?"), "small_child"),
        (("My toddler bites", "any ideas?"), "small_child"), (("I have an exam on Friday", "any tips?"), "exam"),
        (("My boss ignores me", "what can I do at work?"), "work"), (("I can't sleep", "what can I do?"), "sleep"),
    ],
)  # fmt: skip
def test_an_idea_is_about_what_they_speak_of(
    companion: Companion, words: CompanionWords, texts: tuple[str, ...], topic: str
) -> None:
    """And not about a word beside it."""
    answer = talk(companion, *texts)[-1]
    assert holds(answer, words.topics[topic].ideas), answer.text


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("I sleep badly since the breakup", "sleep"), ("my boss is different after the holidays", "work"),
        ("the divorce is final", "breakup"), ("I miss her since the funeral", "grief"),
        ("I cried during the exam", "exam"),
    ],
)  # fmt: skip
def test_what_only_says_when_it_was_is_no_topic_beside_another(words: CompanionWords, text: str, topic: str) -> None:
    """Alone it is."""
    assert topic_of(text, words) == topic


@pytest.mark.parametrize(
    "text",
    ["what can I do at night?", "what should I do?", "what can I do in the meantime", "what should I get out of it"],
)
def test_what_could_be_done_about_it_is_not_taken_for_things(text: str) -> None:
    """It is what ideas are for."""
    assert not is_practical(text, "")


@pytest.mark.parametrize(
    "texts", [("I've been nervous all day", "give me an exercise"), ("I feel tense", "any exercises?")]
)
def test_who_is_uneasy_and_asks_for_an_exercise_gets_one_that_calms(
    companion: Companion, words: CompanionWords, texts: tuple[str, ...]
) -> None:
    """One of the library, or a small one where it has none; never a task with somebody."""
    practices = load_library(content_folder()).practices
    assert "Breathe" in talk(companion, *texts, practices=practices)[-1].text
    assert holds(talk(companion, *texts)[-1], words.parts["exercise"])


@pytest.mark.parametrize(
    "text", ["another one?", "something else?", "do you have anything different", "no, another one"]
)
def test_another_after_a_practice_is_another_practice(companion: Companion, text: str) -> None:
    """And no change of subject."""
    practices = load_library(content_folder()).practices
    first, second = talk(companion, "I feel tense.", "give me an exercise", text, practices=practices)[1:]
    assert second.practice
    assert second.practice != first.practice


@pytest.mark.parametrize("text", ["another idea?", "something else?", "any other tips", "ok, another one please"])
def test_another_after_an_idea_is_another_idea(companion: Companion, words: CompanionWords, text: str) -> None:
    """Not the same, and nothing about what nobody can know."""
    first, second = talk(companion, "My boss ignores me.", "any ideas?", text)[1:]
    assert holds(second, [*words.topics["work"].ideas, *words.parts["ideas"]]), second.text
    assert not [line for line in words.topics["work"].ideas if line in first.text and line in second.text]


def test_something_else_is_another_subject_where_nothing_was_suggested(companion: Companion) -> None:
    """As before."""
    assert talk(companion, "My boss ignores me.", "something else please")[-1].moment == "shift"


@pytest.mark.parametrize(
    ("texts", "topic"),
    [
        (("My flat is so quiet without her", "what can I do?"), "home"),
        (("My daughter moved to Canada and I'm lonely", "what can I do?"), "parenting"),
        (("I cried at work because I miss my mum", "what can I do?"), "work"),
        (("I have no friends here", "what can I do?"), "friends"),
    ],
)
def test_a_bare_noun_brings_no_practical_idea(
    companion: Companion, words: CompanionWords, texts: tuple[str, ...], topic: str
) -> None:
    """Loneliness in a flat is no matter for the tenancy, nor in a family one for rules."""
    answer = talk(companion, *texts)[-1]
    assert not holds(answer, words.topics[topic].ideas), answer.text


@pytest.mark.parametrize(
    ("texts", "topic"),
    [
        (("My landlord keeps my deposit", "what can I do?"), "home"),
        (("My son slams doors and won't talk to me", "what can I do?"), "parenting"),
        (("My baby is five weeks old and I feel nothing", "what can I do?"), "baby"),
    ],
)
def test_beside_words_that_call_for_them_the_ideas_of_a_topic_are_given(
    companion: Companion, words: CompanionWords, texts: tuple[str, ...], topic: str
) -> None:
    """As before."""
    answer = talk(companion, *texts)[-1]
    assert holds(answer, words.topics[topic].ideas), answer.text
