"""What is said to the companion itself is taken as such: a complaint, a wish, a report of what helped."""

from __future__ import annotations

import pytest
from tests.dialogue.conftest import member

from attunement.dialogue.answer import Answer
from attunement.dialogue.companion import Companion
from attunement.dialogue.hearing.tone import wants_no_practice, wants_no_questions
from attunement.dialogue.partner import Partner
from attunement.domain.conversation import Line, Speaker
from attunement.domain.reply import Strategy
from attunement.library.library import load_library
from attunement.library.resources import content_folder

BEFORE = [Line(Speaker.MEMBER, "My boss ignores me."), Line(Speaker.COMPANION, "What would change that?")]
IDEA = "Ask for ten minutes alone rather than raising it in front of others. Could something of that fit?"
GIVEN = [Line(Speaker.MEMBER, "any ideas?"), Line(Speaker.COMPANION, IDEA)]


def answered(companion: Companion, *texts: str, before: list[Line] = BEFORE) -> list[Answer]:
    """The answers to these lines, one after the other, where practices may be offered."""
    partner, lines, answers = Partner(practices=load_library(content_folder()).practices), [*before], list[Answer]()
    for text in texts:
        lines.append(Line(Speaker.MEMBER, text))
        answers.append(companion.reply(lines, partner=partner))
        lines.append(Line(Speaker.COMPANION, answers[-1].text))
    return answers


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("u asked me that before", "complaint"), ("didn't you just ask that?", "complaint"),
        ("that's what you said already", "complaint"), ("do you even listen", "complaint"),
        ("you always forget everything", "complaint"), ("that has nothing to do with it", "complaint"),
        ("thanks for nothing", "complaint"),
        ("we already talked about that", "complaint"), ("i told you that ten minutes ago", "complaint"),
        ("thats not the point", "misheard"),
        ("you never answered my other question", "not_helpful"), ("I asked you how to tell him", "not_helpful"),
        ("please answer the question", "not_helpful"),
    ],
)  # fmt: skip
def test_a_complaint_is_owned_however_it_is_put(companion: Companion, text: str, moment: str) -> None:
    """It is not thanked for being told, and no feeling is looked for in it."""
    assert answered(companion, text)[0].moment == moment


@pytest.mark.parametrize(
    "text",
    ["that's private", "I'd rather not answer that", "pass", "not your business", "your question is too personal"],
)
def test_what_somebody_keeps_to_themselves_is_left_there(companion: Companion, text: str) -> None:
    """Nothing more is asked."""
    answer = answered(companion, text)[0]
    assert answer.moment == "kept_back"
    assert "?" not in answer.text


@pytest.mark.parametrize(
    "text",
    [
        "what do u mean?", "i dont understand your question", "what do you mean by that", "that makes no sense to me",
        "huh? what's that got to do with him", "can you ask that differently?", "huh?", "what are you asking",
    ],
)  # fmt: skip
def test_who_does_not_understand_is_asked_more_simply_or_not_at_all(companion: Companion, text: str) -> None:
    """It is the companion's to be clear, and nobody else is to be asked what it meant."""
    answer = answered(companion, text)[0]
    assert answer.moment == "puzzled"
    assert "have been there" not in answer.text


@pytest.mark.parametrize(
    "text",
    [
        "she never remembers anything", "that has nothing to do with my dad", "it makes no sense that he left",
        "He loves me, then ignores me. That makes no sense.", "I don't understand why he left", "I skip lunch",
        "he asked me that already", "the exam question made no sense", "I asked him what to do",
        "my mum says that's private", "I tried the new pills and it helped", "he helped me so much yesterday",
        "My therapist told me to write and it works", "it was a good idea to leave", "I'll try my new bike",
        "I don't want more questions from the police", "no practice today, the coach is ill", "I tried everything",
    ],
)  # fmt: skip
def test_what_is_told_of_others_is_not_taken_for_said_to_it(companion: Companion, text: str) -> None:
    """It is answered as what it is, a piece of somebody's life."""
    assert answered(companion, text)[0].moment == ""


@pytest.mark.parametrize(
    "text",
    [
        "please no questions", "I don't want another question", "dont ask me anything pls", "no questions please",
        "I don't want to be asked things", "can you not ask me questions", "enough with all these questions",
        "I hate being asked questions", "quit asking me stuff",
    ],
)  # fmt: skip
def test_a_wish_for_no_questions_holds_for_the_rest_of_the_talk(companion: Companion, text: str) -> None:
    """And is said to be kept."""
    answers = answered(companion, text, "he shouted again, in front of everybody", "then i cried in the car")
    assert answers[0].moment == "unasked"
    assert [one.text for one in answers if "?" in one.text] == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("I don't want another question. Just tell me what to do about my landlord.", ""),
        ("Please no questions. He yelled at me in front of the whole team and I ran out.", "yelled at you"),
        ("I don't want a breathing exercise. My boss is the problem and he should go.", "boss"),
    ],
)
def test_a_wish_in_passing_holds_and_the_rest_is_answered(companion: Companion, text: str, says: str) -> None:
    """It is not said back as if it were told of oneself."""
    answer = answered(companion, text)[0]
    assert answer.moment == ""
    assert says in answer.text
    assert "don't want" not in answer.text
    assert "?" not in answer.text or "question" not in text


@pytest.mark.parametrize("text", ["I don't want to be asked out by him", "no questions came", "he wants no questions"])
def test_what_is_told_of_questions_leaves_them_open(text: str) -> None:
    """Only who says it to the companion is asked nothing."""
    assert not wants_no_questions([text])


@pytest.mark.parametrize(
    "text",
    [
        "no practices please", "I don't want a breathing exercise mate", "stop suggesting exercises",
        "no more breathing stuff", "I'm not doing meditation", "not another exercise",
        "I'm sick of breathing exercises", "no mindfulness crap please",
    ],
)  # fmt: skip
def test_a_wish_for_no_practices_holds_until_one_is_asked_for(companion: Companion, text: str) -> None:
    """None is offered in the lines that follow."""
    told = ("He shouted at me.", "I can't sleep.", "I'm so tense at night.", "How can I calm down?")
    answers = answered(companion, text, *told, "give me an exercise then")
    assert answers[0].moment == "unpractised"
    assert [one.practice for one in answers[:-1] if one.practice] == []
    assert answers[-1].practice


@pytest.mark.parametrize(
    "text",
    [
        "I don't do exercise any more",
        "I don't like the exercises my physio gives me",
        "no practice rooms here",
        "I hate my breathing problems",
    ],
)
def test_sport_and_what_others_give_one_to_do_leave_practices_open(text: str) -> None:
    """They are no wish of that kind."""
    assert not wants_no_practice([text])


@pytest.mark.parametrize(
    "text",
    [
        "u really helped me last night", "I did what you suggested and it worked!!", "it worked",
        "the exercise you gave me helped", "yesterday you told me to call her and it helped", "your tip was good",
        "talking to you yesterday helped", "writing it down helped a lot",
    ],
)  # fmt: skip
def test_what_helped_is_gladly_read_and_was_theirs_to_do(companion: Companion, text: str) -> None:
    """A program does not take the credit."""
    answer = answered(companion, text)[0]
    assert (answer.moment, answer.strategy) == ("helped", Strategy.AFFIRMATION)


@pytest.mark.parametrize(
    "text", ["good idea", "ok I'll try that", "that's a great tip, thanks", "I could do that", "ok will do"]
)
def test_an_idea_that_is_taken_up_is_not_asked_apart(companion: Companion, text: str) -> None:
    """Nobody has to say what they notice first when they think of it."""
    assert answered(companion, text, before=GIVEN)[0].moment == "taken_up"


@pytest.mark.parametrize(("text", "moment"), [("So thank you", "thanks"), ("well, thanks anyway", "thanks_anyway")])
def test_thanks_all_the_same_are_no_praise(companion: Companion, text: str, moment: str) -> None:
    """It does not claim to have been of use."""
    answer = answered(companion, text)[0]
    assert answer.moment == moment
    assert "of some use" not in answer.text or moment == "thanks"


def test_advice_refused_with_a_wish_to_be_heard_is_not_said_back(companion: Companion) -> None:
    """It is a wish, and is met."""
    assert companion.reply([*BEFORE, *member("I don't want advice, just listen")]).moment == "unadvised"
