"""Everyday things are asked about in their own terms, told back as they were typed, and not taken for danger."""

from __future__ import annotations

import re

import pytest

from attunement.dialogue.answer import Answer
from attunement.dialogue.companion import Companion
from attunement.dialogue.hearing.asked_for import Asked, asked_for, open_question
from attunement.dialogue.hearing.clauses import clauses
from attunement.dialogue.hearing.felt_words import feeling_in
from attunement.dialogue.hearing.misread import is_of_illness, is_rage
from attunement.dialogue.hearing.plain import sentences, written_out
from attunement.dialogue.hearing.topic import topic_of
from attunement.domain.conversation import Line, Speaker
from attunement.library.companion_words import CompanionWords, load_companion_words
from attunement.library.resources import content_folder


@pytest.fixture(scope="module")
def words() -> CompanionWords:
    """What the companion can say."""
    return load_companion_words(content_folder())


def last(companion: Companion, *texts: str) -> Answer:
    """The answer to the last of these lines."""
    lines: list[Line] = []
    for text in texts:
        lines.append(Line(Speaker.MEMBER, text))
        answer = companion.reply(lines)
        lines.append(Line(Speaker.COMPANION, answer.text))
    return answer


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("bus didnt turn up so i was late", "transport"), ("housemate never washes up", "housemates"),
        ("got my theory test on friday", "driving"), ("ive applied for 43 jobs", "job_search"),
        ("my phone broke and i lost all the pictures", "devices"), ("third date cancelled on me", "dating"),
        ("been on hold with the council for an hour", "offices"), ("grandkids came over today", "grandchildren"),
        ("its my birthday on saturday and i have no plans", "own_birthday"), ("the neighbours are having a party again", "neighbours"),  # noqa: E501
    ],
)  # fmt: skip
def test_a_light_line_is_asked_about_in_its_own_terms(
    companion: Companion, words: CompanionWords, text: str, topic: str
) -> None:
    """And not with a question that could stand after any line."""
    said = last(companion, text).text
    assert any(question in said for question in words.topics[topic].questions), said


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("boss shouted at me", "your boss shouted at you"), ("bus didnt turn up", "the bus didn't turn up"),
        ("been a rubbish day at work", "it's been a rubbish day at work"),
        ("gave my cat to my neighbour", "you gave your cat to your neighbour"),
        ("got an essay due tomorrow", "you've got an essay due tomorrow"),
        ("I do the cooking and the pills and the nights", "you do the cooking and the pills and the nights"),
        ("i sit on the bathroom floor with the tap on", "you sit on the bathroom floor with the tap on"),
        ("im pregnant", "you're pregnant"), ("miss moved me to the front", "your teacher moved you to the front"),
        ("used to walk the dog on the heath", "you used to walk the dog on the heath"), ("might message her", "you might message her"),  # noqa: E501
        ("viewed nine places today", "you viewed nine places today"), ("i could go to the library i suppose", "you could go to the library"),  # noqa: E501
        ("its for a warehouse job", "it's for a warehouse job"), ("im scared ill mess it up", "you're scared I'll mess it up"),  # noqa: E501
    ],
)  # fmt: skip
def test_what_is_typed_short_is_told_back_whole(text: str, told: str) -> None:
    assert [clause.said.replace("you'll", "I'll") for clause in clauses(text)] == [told]


def test_a_laugh_between_two_sentences_is_a_full_stop() -> None:
    assert sentences("she will make friends lol she doesnt get it")[1] == "she doesn't get it."[:-1]


@pytest.mark.parametrize("text", ["ur just a bot", "your just a bot", "youre just a bot"])
def test_a_bot_is_called_one_in_any_spelling(text: str) -> None:
    assert written_out(text) == "you're just a bot"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("ur just a bot", "are_you_real"), ("you dont know what its like", "understands"),
        ("i just want someone to say its fucked", "say_it"), ("hang on phone", "wait"),
        ("what do other people talk to you about", "others_say"), ("can you tell jokes", "off_purpose"),
        ("maybe talk to someone real i guess", "human"), ("yeah and you just go oh that must be hard", "complaint"),
    ],
)  # fmt: skip
def test_what_is_said_to_the_companion_is_heard_as_that(companion: Companion, text: str, moment: str) -> None:
    assert last(companion, "hey", text).moment == moment


def test_who_calls_it_a_machine_kindly_is_told_nothing_they_know(companion: Companion) -> None:
    said = last(companion, "hello", "You are a machine, I know, but it does help to write it down.")
    assert said.moment != "are_you_real"


@pytest.mark.parametrize(
    "text",
    ["My best friend Carol has been told it is back, in the liver this time.", "my mate has cancer and starts chemo"],
)
def test_an_illness_of_somebody_near_is_no_worry_of_suicide(companion: Companion, text: str) -> None:
    """Nobody is asked whether their ill friend has spoken of suicide, and no people are told."""
    answer = last(companion, text)
    assert (answer.step, answer.actions) == ("", ())


def test_an_illness_beside_a_wish_to_die_stays_a_worry() -> None:
    assert not is_of_illness("she has cancer and wants to die")
    assert not is_of_illness("he says he will take all the pills before the operation")


def test_rage_at_others_is_no_sign_for_oneself(companion: Companion) -> None:
    """Nor is it said to make sense to want that."""
    answer = last(companion, "my brother died", "everyone says hes in a better place", "i want to punch them")
    assert answer.step == ""
    assert "sense to want" not in answer.text
    assert not is_rage("i want to punch them and then kill myself")


def test_an_idea_is_taken_up_without_an_apostrophe(companion: Companion) -> None:
    """Who writes "ill try that" is not ill."""
    idea = "Write the first line of it tonight, and no more. What have you tried already?"
    ideas = load_companion_words(content_folder()).parts["ideas"]
    lines = [
        Line(Speaker.MEMBER, "I have a presentation, any tips"), Line(Speaker.COMPANION, f"{ideas[0]} {idea}"),
        Line(Speaker.MEMBER, "ok ill try that"),
    ]  # fmt: skip
    assert companion.reply(lines).moment == "taken_up"


def test_had_better_is_no_feeling(words: CompanionWords) -> None:
    """Who had better go is not glad."""
    assert feeling_in("I had better see to her", words)[1] == ""
    assert feeling_in("I feel better", words)[1] == "glad"


def test_the_short_sleep_of_a_baby_is_no_sleep_of_a_grown_up(words: CompanionWords) -> None:
    """Nobody with a newborn is told to get up at the same time for a week."""
    assert topic_of("the baby is 5 weeks old and she won't sleep", words) == "baby"


@pytest.mark.parametrize(
    "text",
    [
        "my son came out to me last night", "my brother told us he's gay", "i came out as bi to my mum",
        "i came out last week", "my best friend came out", "i want to come out to dad", "i'm scared of coming out",
    ],
)  # fmt: skip
def test_who_came_out_is_asked_of_that_and_no_strain_presumed(text: str, words: CompanionWords) -> None:
    """As of any line about a son it was asked when it had last been easy between them."""
    assert topic_of(text, words) == "coming_out"


@pytest.mark.parametrize(
    "text",
    [
        "the cat came out to me finally", "the doctor came out to us", "the truth came out to my wife",
        "he came out to my house again", "he came out to work late", "she told me he's transferred",
        "he locked me in the closet", "coming out for a pint tonight", "the bullies told everyone i'm gay",
    ],
)  # fmt: skip
def test_what_else_comes_out_is_no_coming_out_nor_is_who_was_outed(text: str, words: CompanionWords) -> None:
    """Nobody is asked how a moment was that others took from them."""
    assert topic_of(text, words) != "coming_out"


def test_a_lost_child_is_no_pregnancy_to_be_asked_about(companion: Companion) -> None:
    said = last(companion, "We lost the baby at eleven weeks. Nobody knew I was pregnant.").text
    assert not re.search(r"first thought|Who knows of it so far", said)


def test_how_to_talk_to_somebody_asks_for_words() -> None:
    assert asked_for("how do i talk to her now") is Asked.WORDS


def test_learning_the_guitar_does_not_pass() -> None:
    """How long something takes is no question whether pain will end."""
    assert open_question("how long does it take to learn the guitar?") == ""
    assert open_question("how long does it take to get over it?") == "pass"


def test_a_bare_no_to_no_question_is_no_wrong_question(companion: Companion) -> None:
    lines = [
        Line(Speaker.MEMBER, "nobody asked my name"),
        Line(Speaker.COMPANION, "Nobody asked your name. If you want to say more, there is room for it."),
        Line(Speaker.MEMBER, "no"),
    ]
    assert companion.reply(lines).moment != "denied"


def test_what_weighed_just_before_is_no_joke_now(companion: Companion) -> None:
    """Who laughed and then had to go and stand in the larder was not being funny."""
    said = last(
        companion, "My friend is very ill, and I am so sad", "I laughed and then I had to stand in the larder"
    ).text
    assert not re.search(r"good line|straight face|small bow|postcard", said)
