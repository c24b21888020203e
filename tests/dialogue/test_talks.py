"""Talks of twenty turns with people of different kinds keep the laws of a talk."""

from __future__ import annotations

import numpy as np
import pytest

from attunement.dialogue.answer import Answer
from attunement.dialogue.companion import Companion
from attunement.dialogue.hearing.good_signs import GOOD
from attunement.dialogue.partner import Partner
from attunement.dialogue.replying.composer import sentences_of
from attunement.dialogue.replying.seed import seed_of
from attunement.domain.conversation import Line, Speaker
from attunement.library.companion_matter import speaks_as_a_person
from attunement.library.companion_words import CompanionWords, load_companion_words
from attunement.library.library import load_library
from attunement.library.resources import content_folder

TERSE = (
    "hey|bad day|work|boss|yes|idk|he yelled|in front of everyone|no|just sat there|angry i guess|2 years|no one|"
    "my brother maybe|he's far away|canada|ok|yeah maybe|tired now|bye"
)
JOKING = (
    "hello robot overlord|haha do you dream of electric sheep|my cat has decided that 4 am is party time|"
    "lol yes he knocked over a plant and a lamp, in that order|his name is Gerald. he is a menace. i love him|"
    "he looks like a loaf of bread with opinions|i tried closing the door. he sings|hahaha|no fleas. joking|"
    "it's a bit quiet here since my flatmate moved out|she was fun. we did quizzes on tuesdays|true|"
    "or i bring gerald, he knows geography|i'm going to ask my colleague Tom to come with me|"
    "yep. he knows sports and i know cheese|you're funny for a toaster|haha ok fair|lol|"
    "right, gerald demands dinner|ciao"
)
LONELY = (
    "I feel lonely since I moved here|In the evenings. when the office empties|I moved for the job, in September.|"
    "The light. And my friends. And people talking in the street|Joana. We met every Thursday for dinner|"
    "We call, but it's not the same|She would say come home|Not yet. I want to give it a year|"
    "There is a choir at the church next door. I used to sing|Alto|"
    "I was afraid that everybody knows each other already|"
    "I could write to them first|Yes. Tonight maybe.|I'd say that I can read music but that my German is bad|"
    "It's a bit better now that there is a plan|I'll write it after dinner|what should i do if nobody answers?|"
    "I don't want to talk about that|you're right|I'll say yes next time. Thank you. Good night"
)
GRIEVING = (
    "my dog died on saturday|her name was Bella, she was 13|i got her when i was 15|i keep hearing her on the stairs|"
    "yes at night mostly|i cried at work and my manager told me it's only a dog|it made me feel stupid|"
    "she always waited at the window|my mum, she loved Bella too|we want to plant a tree for her|a cherry tree i think|"
    "in my parents' garden, next sunday|i'm nervous about it|nothing|no|i looked at pictures of her today and smiled|"
    "the one with the baguette|yes|sorry for ranting|thanks for listening. i'll go to bed now"
)
TALKS = {"terse": TERSE, "joking": JOKING, "lonely": LONELY, "grieving": GRIEVING}
HARD_DAY = (
    "long day. I sort parcels and we were two people short|the scanner froze and the line manager shouted at me|"
    "in front of the new ones|not angry, more like made small|should i talk to him about it?|"
    "how do i even begin such a talk|that's not very helpful|ideas then|he apologised in the evening!|"
    "he even brought coffee|no|i think i'll take a bath and go to bed"
)
MOURNING = (
    "today is my sister's birthday|she died when she was nineteen|nobody in the family says her name|"
    "i baked her cake anyway|my dad left the room when he saw it|is it strange that i baked it?|"
    "i can't throw the candles away|what should i say to my dad?|my cat licked the icing lol|"
    "does it ever stop hurting?|he came back and ate a piece!|thank you"
)
TESTING = (
    "hello siri|are you alive|my tortoise runs faster than you think|what did i say about my tortoise?|do you love me?|"
    "sing me a song|bla bla|you're silly|why do you ask so many questions|that was useless|sorry for teasing|lol bye"
)
SEEKING = (
    "My flatmate takes my food from the fridge|I told her twice, she laughs it off|what can I do?|"
    "I already tried that|what could I say to her?|Something softer please|can she legally use my shelf?|"
    "should I move out?|you keep repeating what I say|I put a note on the fridge|"
    "She read it, but asked me first today!|thanks, that helped"
)
GOOD_DAY = (
    "guess what|I swam a kilometre for the first time|my knees shook but I did it|my son made me a medal!|"
    "he is five|nearly cried in the changing room|next is the lake in june|what do I need for that?|"
    "maybe my aunt comes along|wish me luck|I'm going to celebrate with soup|good night"
)
WHOLE = {"a hard day": HARD_DAY, "grief": MOURNING, "a tester": TESTING, "advice": SEEKING, "a good day": GOOD_DAY}
WORN = ("makes the picture clearer", "If I follow you", "How do you feel about it?", "None of this makes you weak")


def talk(companion: Companion, *texts: str, salt: str = "") -> list[Answer]:
    """The answers to these lines, one after the other."""
    partner, lines, answers = Partner(practices=load_library(content_folder()).practices), list[Line](), list[Answer]()
    for text in texts:
        lines.append(Line(Speaker.MEMBER, text))
        answers.append(companion.reply(lines, partner=partner, rng=np.random.default_rng(seed_of(lines, salt=salt))))
        lines.append(Line(Speaker.COMPANION, answers[-1].text))
    return answers


@pytest.fixture(scope="module")
def words() -> CompanionWords:
    """What the companion can say."""
    return load_companion_words(content_folder())


@pytest.mark.parametrize("salt", ["a", "b", "c"])
@pytest.mark.parametrize("name", TALKS)
def test_a_talk_of_twenty_turns_keeps_the_laws(companion: Companion, name: str, salt: str) -> None:
    """No sentence twice, at most one question a turn, no feelings of its own, and a goodbye without a question."""
    answers = talk(companion, *TALKS[name].split("|"), salt=salt)
    assert len(answers) == 20
    said = [sentence for answer in answers for sentence in sentences_of(answer.text)]
    assert [sentence for sentence in said if said.count(sentence) > 1] == []
    for answer in answers:
        assert answer.text.count("?") <= 1, answer.text
        assert answer.text
        assert not speaks_as_a_person(answer.text), answer.text
        assert not answer.actions, answer.text
    assert answers[-1].moment == "goodbye"
    assert "?" not in answers[-1].text


@pytest.mark.parametrize("salt", ["a", "b", "c"])
@pytest.mark.parametrize("name", WHOLE)
def test_a_talk_with_a_member_keeps_the_laws(companion: Companion, name: str, salt: str) -> None:
    """No sentence twice, at most one question, no feelings of its own and no stock phrase."""
    answers = talk(companion, *WHOLE[name].split("|"), salt=salt)
    said = [sentence for answer in answers for sentence in sentences_of(answer.text)]
    assert [sentence for sentence in said if said.count(sentence) > 1] == []
    for answer in answers:
        assert answer.text.count("?") <= 1, answer.text
        assert not speaks_as_a_person(answer.text), answer.text
        assert not [phrase for phrase in WORN if phrase in answer.text], answer.text


@pytest.mark.parametrize("salt", ["a", "b", "c"])
def test_light_lines_are_not_said_back_three_times_in_a_row(companion: Companion, salt: str) -> None:
    """That would be a parrot."""
    lines = (
        "I bought a lamp today.",
        "It is green.",
        "I put it on the shelf.",
        "I read a book under it.",
        "I made tea.",
    )
    back = ("you bought a lamp", "it is green", "you put it on the shelf", "you read a book", "you made tea")
    echoed = [told in a.text.lower() for told, a in zip(back, talk(companion, *lines, salt=salt), strict=True)]
    assert not any(all(echoed[k : k + 3]) for k in range(3)), echoed


@pytest.mark.parametrize("salt", ["a", "b", "c", "d"])
def test_after_no_more_questions_none_is_asked_until_one_is_allowed(companion: Companion, salt: str) -> None:
    """Whatever comes next, special moments among it, nothing is asked; told it may, it asks again."""
    lines = (
        "my landlord kept my deposit",
        "stop asking me questions",
        "he laughed at me",
        "i work nights",
        "idk",
        "ok",
    )
    answers = talk(companion, *lines, "what should i do then?", "i could go to the tenants union", salt=salt)
    assert [answer.text for answer in answers[1:] if "?" in answer.text] == []
    asked = talk(companion, *lines, "ok you can ask me things again", "i saved for it for a year", "idk", salt=salt)
    assert any("?" in answer.text for answer in asked[-3:])


def test_a_joke_is_not_pitied(companion: Companion, words: CompanionWords) -> None:
    """No line of warmth for the sad is said to somebody who laughs."""
    pity = {line for name, one in words.feelings.items() if name not in GOOD for line in (*one.warm, *one.grave)}
    for salt in "abcdef":
        for answer in talk(companion, "hi", "lol my cat thinks he owns the flat", "haha he sings at 4 am", salt=salt):
            assert not [line for line in pity if line in answer.text], answer.text


@pytest.mark.parametrize("text", ["thanks, goodbye", "Thank you, it helped. I'll go to bed now.", "Thanks a lot, bye!"])
def test_thanks_with_a_goodbye_are_taken_and_let_go(companion: Companion, text: str) -> None:
    """They are welcome, and nothing is asked."""
    answer = talk(companion, "my exam is next week", text)[-1]
    assert answer.text.startswith("You are welcome.")
    assert "?" not in answer.text


def test_a_plan_for_thursday_is_no_goodbye(companion: Companion) -> None:
    """Going somewhere is not leaving."""
    assert talk(companion, "i'll go on thursday, they're open till 8")[-1].moment == ""


def test_a_bare_answer_is_taken_up_in_the_members_words(companion: Companion) -> None:
    """What is answered in two words is in the reply."""
    assert "Your brother, maybe" in talk(companion, "I have nobody to talk to", "my brother maybe")[-1].text


def test_what_is_to_be_left_alone_is_not_come_back_to(companion: Companion) -> None:
    """Ten short lines later, too."""
    lines = (
        "hi",
        "my sister broke up with my best friend",
        "i don't want to talk about that",
        *("ok", "idk", "yes") * 3,
    )
    for answer in talk(companion, *lines)[2:]:
        assert "broke up" not in answer.text, answer.text


def test_how_long_is_not_asked_of_somebody_who_said_it(companion: Companion) -> None:
    """Told that it has been two years, it asks neither how long nor since when."""
    for salt in "abcdefgh":
        answers = talk(companion, "I feel sad", "for two years now", "it's hard", "I feel sad all the time", salt=salt)
        assert not [a.text for a in answers[1:] if "How long" in a.text or "When did you first" in a.text]
