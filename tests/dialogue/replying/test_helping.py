"""Who asks for something gets it at once, or is told plainly that it cannot be given and who can."""

from __future__ import annotations

import re

import numpy as np
import pytest

from attunement.dialogue.answer import Answer
from attunement.dialogue.companion import Companion
from attunement.dialogue.partner import Partner
from attunement.dialogue.replying.seed import seed_of
from attunement.domain.conversation import Line, Speaker
from attunement.domain.reply import Strategy
from attunement.library.companion_words import CompanionWords, load_companion_words
from attunement.library.library import load_library
from attunement.library.resources import content_folder

SALTS = "abcd"
NOISE = ("My neighbour plays drums until midnight.", "I've asked him twice. He shrugs and goes on.")


@pytest.fixture(scope="module")
def words() -> CompanionWords:
    """What the companion can say."""
    return load_companion_words(content_folder())


def talk(companion: Companion, *texts: str, salt: str = "") -> list[Answer]:
    """The answers to these lines, one after the other."""
    partner, lines, answers = Partner(practices=load_library(content_folder()).practices), list[Line](), list[Answer]()
    for text in texts:
        lines.append(Line(Speaker.MEMBER, text))
        answers.append(companion.reply(lines, partner=partner, rng=np.random.default_rng(seed_of(lines, salt=salt))))
        lines.append(Line(Speaker.COMPANION, answers[-1].text))
    return answers


@pytest.mark.parametrize("salt", SALTS)
def test_words_to_say_are_given_at_once_and_of_their_own(companion: Companion, salt: str) -> None:
    """A sentence in quotes, of what they told; asked again, another one."""
    first, again = talk(companion, *NOISE, "How can I say it to him?", "and the exact words?", salt=salt)[-2:]
    assert "I've asked you twice" in first.text
    assert first.strategy is Strategy.SUGGESTION
    assert '"' in again.text
    assert re.findall('"(.*?)"', again.text) != re.findall('"(.*?)"', first.text)


@pytest.mark.parametrize("salt", SALTS)
def test_an_idea_is_given_at_once_and_never_only_a_question(
    companion: Companion, words: CompanionWords, salt: str
) -> None:
    """Whatever the chance."""
    ideas = [*words.parts["ideas"], *(idea for topic in words.topics.values() for idea in topic.ideas)]
    for text in ("what can I do about it?", "do you have any tips for me", "tell me something concrete"):
        said = talk(companion, *NOISE, text, salt=salt)[-1].text
        assert [idea for idea in ideas if idea in said] or '"' in said, said
        assert said.count("?") <= 1


@pytest.mark.parametrize("salt", SALTS)
def test_whether_to_do_something_is_weighed(companion: Companion, words: CompanionWords, salt: str) -> None:
    """And not decided for them."""
    said = talk(companion, *NOISE, "should I write to the house manager?", salt=salt)[-1].text
    assert [line for line in words.parts["decide"] if line in said], said


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("how long is the notice period for my flat?", "tenan"), ("am I entitled to sick pay at work?", "contract"),
        ("is it legal to record somebody?", "advice"),
    ],
)  # fmt: skip
def test_a_fact_it_does_not_have_is_owned_and_somebody_named_who_has_it(
    companion: Companion, text: str, who: str
) -> None:
    """It does not turn the question round and offers no practice."""
    for salt in SALTS:
        answer = talk(companion, text, salt=salt)[-1]
        assert re.search(r"can't look|don't have|don't know|wrong place", answer.text), answer.text
        assert who in answer.text
        assert answer.practice is None


@pytest.mark.parametrize("text", ["that's no use to me", "That really didn't help.", "you didn't answer my question"])
def test_told_that_it_did_not_help_it_owns_that_and_changes_course(companion: Companion, text: str) -> None:
    """It offers listening, ideas or a person; and does what is chosen."""
    for salt in SALTS:
        answers = talk(companion, *NOISE, "how do I stop it?", text, "ideas please", salt=salt)
        assert answers[-2].moment == "not_helpful"
        assert re.search(r"listen|ear", answers[-2].text)
        assert re.search(r"person", answers[-2].text)
        assert answers[-1].strategy is Strategy.SUGGESTION


@pytest.mark.parametrize("salt", SALTS)
def test_who_wants_an_ear_is_asked_nothing_more(companion: Companion, salt: str) -> None:
    """The promise is kept in the lines that follow."""
    answers = talk(
        companion, *NOISE, "not helpful", "listening", "he started again at ten", "i hid in the kitchen", salt=salt
    )
    assert [a.text for a in answers[3:] if "?" in a.text] == []


@pytest.mark.parametrize("salt", SALTS)
def test_told_that_it_only_repeats_it_says_nothing_back_any_more(companion: Companion, salt: str) -> None:
    """That promise, too, is kept."""
    answers = talk(
        companion, *NOISE, "you keep repeating what I say", "he shrugged at me", "I sleep at my aunt's", salt=salt
    )
    assert answers[2].moment == "echoed"
    for answer in answers[3:]:
        assert "he shrugged at you" not in answer.text.lower()
        assert "you sleep at your aunt's" not in answer.text.lower()


@pytest.mark.parametrize("salt", SALTS)
def test_what_was_tried_gives_way_to_something_else(companion: Companion, salt: str) -> None:
    """Another idea, not the same one, and no question back instead of it."""
    before, after = talk(companion, *NOISE, "any ideas?", "I already tried that", salt=salt)[-2:]
    assert after.moment == "tried"
    assert not [s for s in re.split(r"(?<=[.?]) ", before.text) if s in after.text]


def test_nobody_who_did_not_ask_is_given_ideas_early(companion: Companion, words: CompanionWords) -> None:
    """In the first lines it listens."""
    ideas = [*words.parts["ideas"], *(idea for topic in words.topics.values() for idea in topic.ideas)]
    for salt in "abcdefgh":
        for answer in talk(companion, *NOISE, "I work early, too.", salt=salt):
            assert not [idea for idea in ideas if idea in answer.text], answer.text


@pytest.mark.parametrize(
    "text", ["what happens with people's chats when they die?", "who gets my messages after I die"]
)
def test_a_plain_question_about_data_gets_a_plain_answer(companion: Companion, text: str) -> None:
    """What is stored, who can erase it, and where that stands; calm, and no practice."""
    answer = talk(companion, text)[-1]
    assert answer.moment == "data_after_death"
    assert "/privacy" in answer.text
    assert "erase" in answer.text
    assert answer.practice is None


@pytest.mark.parametrize("salt", SALTS)
@pytest.mark.parametrize("asked", ["How do I tell them?", "How should I tell my mother?", "help me tell the kids"])
def test_asked_how_to_tell_something_hard_it_says_how_such_things_are_told(
    companion: Companion, words: CompanionWords, asked: str, salt: str
) -> None:
    """Short, true, in pieces: no sentence that complains to those who are to hear it."""
    said = talk(companion, "I was diagnosed with cancer on Tuesday", "I haven't told the kids", asked, salt=salt)[
        -1
    ].text
    assert [line for line in words.parts["wording_news"] if line in said], said


@pytest.mark.parametrize("salt", SALTS)
def test_asked_how_to_tell_somebody_to_do_something_it_is_no_news(
    companion: Companion, words: CompanionWords, salt: str
) -> None:
    """There a sentence to say is given, or a practice."""
    said = talk(companion, *NOISE, "How do I tell him to stop?", salt=salt)[-1].text
    assert not [line for line in words.parts["wording_news"] if line in said], said
