"""Special messages are known for what they are, and answered truthfully."""

from __future__ import annotations

import re

import pytest
from tests.dialogue.conftest import member

from attunement.dialogue.companion import Companion
from attunement.dialogue.partner import Partner
from attunement.domain.conversation import Line, Speaker
from attunement.domain.reply import Strategy


@pytest.mark.parametrize("text", ["Write me a poem about cats", "What is 2+2?", "tell me a joke"])
def test_what_it_is_not_for_is_said_kindly_and_without_pity(companion: Companion, text: str) -> None:
    """It says what it is for instead."""
    answer = companion.reply(member(text))
    assert answer.moment == "off_purpose"
    assert re.search(r"\bfor\b", answer.text)
    assert "hard for you" not in answer.text


@pytest.mark.parametrize(
    "text", ["I have to write a poem for my mother's funeral", "I want to write him a letter", "He never plays with me"]
)
def test_what_a_member_has_to_write_is_no_order(companion: Companion, text: str) -> None:
    """Telling of a task is telling of oneself."""
    assert companion.reply(member(text)).moment == ""


def test_it_tells_truly_what_it_remembers_and_where_to_erase_it(companion: Companion) -> None:
    """Only chosen lines, only with consent, to be seen and taken out."""
    answer = companion.reply(member("Are you going to remember this?"))
    assert answer.moment == "memory"
    assert "/talk/memory" in answer.text
    assert re.search(r"allow|consent|agree", answer.text)


@pytest.mark.parametrize(
    "text", ["what do you think of football?", "do you like cats?", "what's your favourite colour"]
)
def test_asked_for_its_taste_it_has_none_and_asks_for_theirs(companion: Companion, text: str) -> None:
    """It pretends to no opinion, and is not taken for somebody in need."""
    answer = companion.reply(member(text))
    assert answer.moment == "opinion"
    assert re.search(r"program", answer.text)
    assert answer.text.endswith("?")


@pytest.mark.parametrize(
    "text", ["what do you think of what he did?", "what do you think I should do?", "do you like him"]
)
def test_asked_about_their_own_life_it_does_not_plead_to_have_no_taste(companion: Companion, text: str) -> None:
    """That is a question about them."""
    assert companion.reply(member(text)).moment != "opinion"


def test_asked_whether_it_may_be_asked_something_it_says_yes(companion: Companion) -> None:
    """It is no deep question."""
    assert companion.reply(member("can I ask you something?")).moment == "may_ask"


def test_what_one_thinks_one_may_be_is_no_plan(companion: Companion) -> None:
    """Nobody is asked what speaks against it."""
    assert not re.search(r"step|concrete|workable|go about", companion.reply(member("I think I might be gay")).text)


@pytest.mark.parametrize("text", ["do you even like me?", "would you miss me?", "are you fond of me"])
def test_asked_for_its_feelings_it_says_that_it_has_none_and_turns_to_the_person(
    companion: Companion, text: str
) -> None:
    """Plainly, kindly, and without a question thrown back as if it might have some."""
    answer = companion.reply(member(text))
    assert answer.moment == "loves_me"
    assert re.search(r"program", answer.text)
    assert re.search(r"\bno\b|nor|neither", answer.text, re.I)
    assert answer.text.endswith("?")


@pytest.mark.parametrize("text", ["I think I'll brush my teeth and go to bed", "time to sleep", "gonna lie down now"])
def test_who_goes_to_bed_is_let_go(companion: Companion, text: str) -> None:
    """With a good word and no question."""
    answer = companion.reply([*member("I had a long day."), *member(text)])
    assert answer.moment == "goodnight"
    assert "?" not in answer.text


def test_a_no_after_a_question_after_people_means_nobody(companion: Companion) -> None:
    """And one after any other question is left at that, without its echo."""
    asked = Line(Speaker.COMPANION, "So much. Who could know a little of this?")
    assert companion.reply([*member("I had a long day."), asked, *member("no")]).moment == "nobody"
    other = Line(Speaker.COMPANION, "So much. What would help?")
    answer = companion.reply([*member("I had a long day."), other, *member("no")])
    assert answer.moment == "denied"
    assert not re.match(r"(?:All right, |Okay, |Then )?no[.,]", answer.text, re.I)


def test_an_apology_to_it_is_taken_and_idle_words_are_let_be(companion: Companion) -> None:
    """A program cannot be hurt, and nobody has to say something deep."""
    assert companion.reply(member("sorry for being rude to you")).moment == "apology"
    answer = companion.reply(member("bla bla"))
    assert answer.moment == "idle"
    assert "?" not in answer.text


def test_a_riddle_is_given_up_and_its_answer_asked_for(companion: Companion) -> None:
    """A joke is no question that turns in anybody's head."""
    assert companion.reply(member("Why did the chicken cross the road?")).moment == "riddle"


@pytest.mark.parametrize(
    "text",
    [
        "gonna drive home in a bit, had eight pints",
        "had a bottle of wine but i'll just drive home now",
        "is it ok to drive after three beers?",
        "I'm a bit drunk, but I have to get in the car",
    ],
)
def test_who_is_about_to_drive_after_drinking_is_asked_not_to(companion: Companion, text: str) -> None:
    """And asked how else they could get home."""
    answer = companion.reply(member(text))
    assert answer.moment == "driving"
    assert re.search(r"the car|drive|the keys", answer.text)
    assert answer.text.endswith("?")


@pytest.mark.parametrize(
    "text",
    [
        "my brother drove home drunk last year and it scared me",
        "i had two beers so my wife is going to drive",
        "prices are so high, i'll just drive there",
        "I have to drive to work tomorrow after eight days off",
        "gonna drive to town for two drinks",
        "I'm too drunk to drive, so I'll take the bus",
    ],
)
def test_who_is_driven_or_goes_by_bus_is_told_nothing_of_it(companion: Companion, text: str) -> None:
    """Nor is somebody to whom another's drive happened."""
    assert companion.reply(member(text)).moment != "driving"


@pytest.mark.parametrize(
    "text",
    [
        "keep getting this picture of dropping my baby down the stairs",
        "i get horrible thoughts about pushing people on the platform",
        "intrusive thoughts where i hurt my little sister",
    ],
)
def test_an_unwanted_picture_is_no_wish_and_a_doctor_or_a_hand_is_near(companion: Companion, text: str) -> None:
    """What to do if it should become an urge is said every time."""
    answer = companion.reply(member(text))
    assert answer.moment == "unwanted_images"
    assert re.search(r"call somebody in at once|ring somebody straight away|go to somebody at once", answer.text)


@pytest.mark.parametrize(
    "text",
    [
        "i keep getting images of me swerving into a lorry",
        "intrusive thoughts about stabbing my arm",
        "I get pictures of me throwing a frisbee from my aunt",
        "horrible thoughts about dropping the course",
        "i have pictures of my son pushing his sister on the swing",
    ],
)
def test_pictures_of_hurting_oneself_and_photos_are_not_reassured_so(companion: Companion, text: str) -> None:
    """The first are danger to ask about, the others none."""
    assert companion.reply(member(text)).moment != "unwanted_images"


def test_whether_it_gets_bored_is_no_boredom_of_theirs(companion: Companion) -> None:
    """It is asked of the machine, and answered by it."""
    answer = companion.reply(member("do you ever get bored?"))
    assert answer.moment == "are_you_real"
    assert "bored" not in answer.text


@pytest.mark.parametrize(
    "text", ["HELP ME", "please help", "I need help", "Who can help me?", "Is there anyone who can help me"]
)
def test_who_asks_for_help_is_told_of_people(companion: Companion, text: str) -> None:
    """There are some here; it is no riddle."""
    assert "Ask for a person" in companion.reply([*member("He shouted at me again."), *member(text)]).text


@pytest.mark.parametrize("text", ["you keep repeating yourself", "that was a stupid answer", "what a dumb question"])
def test_a_complaint_about_an_answer_is_taken_as_one(companion: Companion, text: str) -> None:
    """It is not thanked for being told."""
    assert companion.reply([*member("My mother is sick."), *member(text)]).moment == "complaint"


def test_nothing_like_that_is_a_no(companion: Companion) -> None:
    """And nothing to be said back."""
    answer = companion.reply(member("I feel stuck at my job.", "no, nothing like that"))
    assert answer.moment == "denied"
    assert "othing like that" not in answer.text


@pytest.mark.parametrize(
    "text",
    [
        "what is a panic attack?", "what are the symptoms of depression?", "is it normal that i'm not hungry?",
        "can you tell me what burnout is?", "Is it normal to have nightmares after a while?",
    ],
)  # fmt: skip
def test_a_question_for_medical_facts_is_told_who_has_them(companion: Companion, text: str) -> None:
    """Honestly, with a place to ask, and back to the person."""
    answer = companion.reply(member(text))
    assert (answer.moment, answer.strategy) == ("health_fact", Strategy.INFORMATION)
    assert "octor" in answer.text
    assert "/help" in answer.text
    assert answer.text.endswith("?")


@pytest.mark.parametrize(
    "text", ["is it normal to miss her this much?", "My depression is back.", "what is it with my boss?"]
)
def test_what_is_no_question_for_medical_facts_is_answered_as_it_was(companion: Companion, text: str) -> None:
    """What they feel needs no doctor."""
    assert companion.reply(member(text)).moment == ""


def test_advice_refused_is_not_given_for_the_rest_of_the_talk(companion: Companion) -> None:
    """Whatever the member preferred before; asked for again, it is."""
    lines, partner = member("My boss shouts at me every day."), Partner(ideas=1.0)
    assert companion.reply([*lines, *member("please don't give me advice")], partner=partner).moment == "unadvised"
    after = [*lines, *member("please don't give me advice", "He shouted again today, in front of everybody.")]
    choice = companion.reply(after, partner=partner).choice
    assert choice is not None
    assert Strategy.SUGGESTION not in choice.probabilities
    again = companion.reply([*after, *member("What can I do against it?")], partner=partner).choice
    assert again is not None
    assert again.strategy is Strategy.SUGGESTION


@pytest.mark.parametrize(
    "text", ["I guess I just needed to say it", "I just had to get it off my chest", "it feels good to say it out loud"]
)
def test_what_only_had_to_be_said_is_not_asked_apart(companion: Companion, text: str) -> None:
    """Nobody asks when needing to say it is hardest."""
    heavy = [Line(Speaker.MEMBER, "My father left us when I was six and I never told anybody."),
             Line(Speaker.COMPANION, "That is a lot to carry. What was that like?")]  # fmt: skip
    assert companion.reply([*heavy, Line(Speaker.MEMBER, text)]).moment == "unburdened"


@pytest.mark.parametrize("text", ["leave me alone", "Please go away.", "stop talking to me", "ok just stop now"])
def test_who_wants_to_be_let_be_is_let_be(companion: Companion, text: str) -> None:
    """No question, no pity for being alone, and how to come back."""
    answer = companion.reply(member(text))
    assert answer.moment == "left_alone"
    assert "?" not in answer.text


@pytest.mark.parametrize(
    "text", ["He told me to leave me alone time after work", "They all leave me alone at lunch", "I want it to stop"]
)
def test_who_tells_of_being_alone_is_not_taken_to_send_it_away(companion: Companion, text: str) -> None:
    """Only what is said to it."""
    assert companion.reply(member(text)).moment != "left_alone"


@pytest.mark.parametrize(
    "text",
    ["I was abused as a child by my uncle.", "He touched me when I was nine. I've never told anyone before.",
     "when i was 12 my cousin molested me"],
)  # fmt: skip
def test_who_tells_of_abuse_long_ago_is_believed(companion: Companion, text: str) -> None:
    """The blame is with whoever did it, services are named, and nothing is asked about who did it."""
    answer = companion.reply(member(text))
    assert answer.moment == "abuse_told"
    assert re.search(r"fault|blame|deserve", answer.text)
    assert re.search(r"Need help now|Ask for a person", answer.text)
    assert "uncle" not in answer.text


@pytest.mark.parametrize(
    "text", ["My abuser died last week.", "My rapist died", "I'm glad my father is dead, he beat us"]
)
def test_the_death_of_who_hurt_them_is_no_loss(companion: Companion, text: str) -> None:
    """Nobody is missed, and no feeling at it is wrong."""
    answer = companion.reply(member(text))
    assert answer.moment == "tormentor_died"
    assert not re.search(r"miss|absence|loss", answer.text)


@pytest.mark.parametrize("text", ["i'm drunk and driving home lol", "driving home drunk rn"])
def test_who_drives_drunk_is_asked_to_stop(companion: Companion, text: str) -> None:
    assert companion.reply(member(text)).moment == "driving"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("😭😭", "tears"),
        (":((", "tears"),
        ("🎉🥳", "beaming"),
        ("🙄", "glowering"),
        ("😱", "trembling"),
        ("🙏🏽", "folded"),
        ("❤️", "warmly"),
    ],
)
def test_a_face_without_words_is_seen(companion: Companion, text: str, moment: str) -> None:
    """What it looks like is said, and what is behind it is asked."""
    assert companion.reply(member(text)).moment == moment


@pytest.mark.parametrize("text", ["😂😭", "🎉😭"])
def test_tears_beside_a_laugh_are_not_taken_for_grief(companion: Companion, text: str) -> None:
    """They may be of joy."""
    assert companion.reply(member(text)).moment != "tears"


def test_a_heart_is_not_taken_for_a_kindness_where_somebody_died(companion: Companion) -> None:
    """It may be for them; nor is a black one, whoever it is for."""
    talk = [*member("my mum died on sunday"), Line(Speaker.COMPANION, "That is hard."), *member("❤️")]
    assert companion.reply(talk).moment != "warmly"
    assert companion.reply(member("🖤🕊️")).moment != "warmly"


@pytest.mark.parametrize("text", ["👍", "...", "🤷", "🚌"])
def test_a_sign_that_tells_of_no_feeling_is_let_stand(companion: Companion, text: str) -> None:
    """A thumb is no news."""
    assert companion.reply(member(text)).moment == "ok"


def test_words_beside_a_face_are_what_is_answered(companion: Companion) -> None:
    """The face alone is not the message."""
    assert companion.reply(member("my dog died 😭")).moment not in {"tears", "ok"}
