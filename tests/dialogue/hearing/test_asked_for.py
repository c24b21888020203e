"""What somebody asks for is told from what they only tell."""

from __future__ import annotations

import time

import pytest

from attunement.dialogue.hearing.asked_for import Asked, asked_for, open_question, wants_no_advice


@pytest.mark.parametrize(
    "text",
    [
        "How do I tell my mum that I'm moving out?", "What could I write to him?", "how would you put it to a boss",
        "Do you have a good sentence for me?", "help me phrase a message to my sister", "how do i bring it up",
        "I don't know how to say it to her", "could you word that for me", "Something gentler, please?",
        "what would a sensible adult say?",
    ],
)  # fmt: skip
def test_words_to_say_are_asked_for(text: str) -> None:
    """Words for somebody, however it is put."""
    assert asked_for(text) is Asked.WORDS


@pytest.mark.parametrize(
    "text",
    [
        "How many days of sick leave do I get?", "Can my boss legally read my mail?", "do I have to pay a deposit",
        "where can I find a therapist?", "When is the deadline to appeal?", "is it legal to record him?",
        "How tall is the Eiffel tower?", "do you know how to apply for benefits",
    ],
)  # fmt: skip
def test_facts_are_asked_for(text: str) -> None:
    """Rules, offices, prices and the wide world."""
    assert asked_for(text) is Asked.FACT


@pytest.mark.parametrize("text", ["Should I call him back?", "so should i just quit", "Would it be wrong to say no?"])
def test_a_decision_is_asked_for(text: str) -> None:
    """Whether or not, and not how."""
    assert asked_for(text) is Asked.DECISION


@pytest.mark.parametrize(
    "text",
    [
        "What can I do against it?", "any tips?", "what would you suggest", "something concrete please",
        "how do I get him to listen", "ideas", "what helps with that?", "tell me what to do",
    ],
)  # fmt: skip
def test_ideas_are_asked_for(text: str) -> None:
    """What could be done."""
    assert asked_for(text) is Asked.IDEAS


@pytest.mark.parametrize(
    "text",
    [
        "He never tells me what to do.", "I can never find the right words.", "I have some ideas for the garden.",
        "how can I ever forgive him", "How are you?", "I know I should, I just can't", "Why does she do that?",
        "I work in an office and my landlord lives next door.", "I asked her what to write", "how many people feel so",
        "is there a way out of this", "She wants me to give advice less often.", "what did she say",
    ],
)  # fmt: skip
def test_telling_asks_for_nothing(text: str) -> None:
    """Nor does a lament, or a question about somebody."""
    assert asked_for(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "please don't give me advice", "I don't want advice, I just want to say it", "I don't need solutions",
        "just listen to me", "stop giving me tips", "don't tell me what to do", "no suggestions please",
        "I'd rather you don't give me tips", "I don't need you to solve this for me",
        "you don't need to give me advice",
    ],
)  # fmt: skip
def test_advice_that_is_refused_is_not_asked_for(text: str) -> None:
    """Nor is it wanted in the lines after it, until some is asked for."""
    assert asked_for(text) is None
    assert wants_no_advice([text, "He slammed the door."])
    assert not wants_no_advice([text, "Now tell me what to do."])


@pytest.mark.parametrize(
    "text",
    [
        "He doesn't want advice.", "my mother never gives me advice", "can't you give me advice?",
        "why don't you give me some ideas", "don't you want to give me advice", "I have no idea, any tips?",
        "they should just listen to me", "I don't like my ideas", "I don't want to fix dinner",
    ],
)  # fmt: skip
def test_what_others_do_not_want_leaves_advice_open(text: str) -> None:
    """Only who says it to the companion is left without."""
    assert not wants_no_advice([text])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Will the pain ever go away?", "pass"), ("is it weird that I miss the noise", "normal"),
        ("Am I a bad person?", "normal"), ("do you think it's childish?", "normal"), ("why did nobody call", "why"),
        ("what do you think, will he come?", "opinion"), ("Was it him?", ""),
    ],
)  # fmt: skip
def test_open_questions_are_of_different_kinds(text: str, kind: str) -> None:
    """Each needs an honest answer of its own."""
    assert open_question(text) == kind


@pytest.mark.parametrize("word", ["a ", "the ", "some, ", "even ", "just ", "what should i ", "and so ", "? "])
def test_one_word_again_and_again_is_told_at_once(word: str) -> None:
    """No message keeps a talk waiting, however odd."""
    begun = time.thread_time()
    asked_for(word * 200)
    open_question(word * 200)
    assert time.thread_time() - begun < 1
