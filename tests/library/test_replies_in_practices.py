"""Practices in which somebody is answered: warmth, understanding and asking are looked for, and told apart."""

from __future__ import annotations

from collections import defaultdict

import pytest

from attunement.domain.practice import Medium, Signal
from attunement.library.library import Library
from attunement.programme.feedback import give_feedback
from attunement.reading.practice_signals import MECHANISMS, PracticeSignalReader
from attunement.reading.reply_reader import ReplyReader
from attunement.reading.signals import RuleSignalReader

WARM, UNDERSTANDS, ASKS = Signal.WARMTH, Signal.UNDERSTANDING, Signal.ASKING

ANSWERS: dict[tuple[str, Signal], tuple[list[str], list[str]]] = {
    ("only-a-dog", WARM): (
        ["Oh no. I feel for you both, and for that lead by the door.", "I'm so sorry. It hurts to think of your boy."],
        ["You could get a puppy in spring.", "It was only a dog."],
    ),
    ("please-do-not-fix-it", WARM): (
        ["I'm glad I have you. I slept for the first time in a week.", "It meant so much to me that you just stayed."],
        ["You still interrupted me twice.", "When is the match on Saturday?"],
    ),
    ("the-morning-after-the-car-park", WARM): (
        ["That goes to my heart. I'm sorry for what I did to him.", "I'm so sorry that he's still frightened."],
        ["You parked in my space, though.", "Children forget quickly."],
    ),
    ("the-pan-on-the-second-shelf", WARM): (
        ["I'm sorry you still have to look. I'm glad you live here.", "Thank you for telling me. I feel for you."],
        ["Nobody has touched it.", "You can buy a lock for that cupboard."],
    ),
    ("the-remark-at-lunch", WARM): (
        ["I love you, and I'm glad you wrote. I see it differently.", "I'm sorry you lay awake. You mean a lot to me."],
        ["You said it very loudly.", "You should apologise to everyone."],
    ),
    ("fourteen-and-fine", UNDERSTANDS): (
        ["You must feel like everybody is looking at you.", "I'd guess you feel ashamed, and a bit angry as well."],
        ["You should leave the chat.", "Nobody thinks you're a baby."],
    ),
    ("half-an-apology", UNDERSTANDS): (
        ["It sounds like you feel ashamed. I'm still waiting for the money.", "You must feel pretty alone with that."],
        ["Good. So you should.", "You always have a plan."],
    ),
    ("how-high-is-the-water", UNDERSTANDS): (
        ["You must feel worried by now.", "It sounds like you feel scared of the post."],
        ["Bit of a nuisance.", "Try not to think of it."],
    ),
    ("the-letter-on-the-stairs", UNDERSTANDS): (
        ["It sounds like you felt ambushed by her name.", "You must have felt so lonely with that phone in your hand."],
        ["You have to ring again, there's a deadline.", "Offices are useless."],
    ),
    ("the-thursday-meeting", UNDERSTANDS): (
        [
            "I'd feel sick too if I had let her go with somebody I didn't know.",
            "It sounds like you've felt alone with that.",
        ],
        ["There's a list in the office.", "Everyone knows her uncle."],
    ),
    ("under-the-grumble", UNDERSTANDS): (
        [
            "It sounds like you feel left out of it again.\nI can imagine you feel shut out.\nMaybe you feel worn out.",
            "It sounds like you feel they forgot you.\nI can imagine you feel helpless.\nMaybe you feel worried.",
        ],
        [
            "Ask her why.\nPress the green one.\nCome back later.",
            "They always do that.\nIt has a manual.\nMondays.",
        ],
    ),
    ("ask-before-you-guess", ASKS): (
        ["What was it like, out there?", "Two hours. How did he look when he came out?"],
        ["You should ring the school.", "I'll tell Henning you were late."],
    ),
    ("the-car-keys", ASKS): (
        ["What scares you about Tuesday?", "Since before I was born. Where would you drive once more?"],
        ["There are buses.", "Then you stop, that's all."],
    ),
    ("the-remark-at-lunch", ASKS): (
        ["I love you. How does the baby look now?", "What do you hear when you hear yourself?"],
        ["The figures say something else.", "You said it very loudly."],
    ),
    ("the-seat-by-the-heater", ASKS): (
        ["How was it to hear her laugh?", "What did the bad line keep you from saying?"],
        ["You should tell her the truth.", "Mothers always ask that."],
    ),
    ("where-the-crumb-lands", ASKS): (
        ["What happens when the phone rings, Samir? Or shall we come back to it?", "Hold on. Who rings after ten?"],
        ["Let's go on with the bins.", "We should get an answering machine."],
    ),
}
"""For each such thing looked for: what shows it, and what does not."""


@pytest.fixture(scope="module")
def reader() -> PracticeSignalReader:
    """With the rules and the reply reader that ship."""
    return PracticeSignalReader(RuleSignalReader(), ReplyReader())


def _looked_for(library: Library) -> set[tuple[str, Signal]]:
    return {(p.id, item.signal) for p in library.practices for item in p.look_for if item.signal in MECHANISMS}


def test_each_of_the_three_can_be_met_in_five_practices(library: Library) -> None:
    """Whoever practises warmth, understanding or asking finds more than one place to do it in."""
    places = defaultdict(set)
    for practice, signal in _looked_for(library):
        places[signal].add(practice)
    assert {signal: len(places[signal]) for signal in MECHANISMS if len(places[signal]) < 5} == {}


def test_whoever_looks_for_one_of_them_has_what_is_answered(library: Library) -> None:
    """They are read in a reply, so the practice holds what it replies to, and a field to write it in."""
    asking = {practice for practice, _ in _looked_for(library)}
    assert {p.id for p in library.practices if p.id in asking and not (p.answers and p.ask)} == set()


def test_where_writing_is_extra_nobody_has_to(library: Library) -> None:
    """A field in a practice of another medium is offered with an "if you like"."""
    extra = [p for p in library.practices if p.ask and p.medium is not Medium.WRITE]
    assert extra
    assert [p.id for p in extra if not p.ask.startswith("If you like, ")] == []


def test_all_that_are_looked_for_are_tried(library: Library) -> None:
    """A practice that begins to look for one of them is tried here as well."""
    assert set(ANSWERS) == _looked_for(library)


@pytest.mark.parametrize(("name", "signal"), ANSWERS)
def test_feedback_tells_what_a_practice_is_after_from_what_it_is_not(
    library: Library, reader: PracticeSignalReader, name: str, signal: Signal
) -> None:
    """Replies of the kind a practice is after are met, others get the one small thing to try."""
    practice = library.practice(name)
    place = next(i for i, item in enumerate(practice.look_for) if item.signal is signal)

    def met(text: str) -> bool | None:
        return give_feedback(practice, reader, text=text, ticked=[], chosen={}).items[place].met

    shown, not_shown = ANSWERS[name, signal]
    assert [met(text) for text in shown] == [True] * len(shown)
    assert [met(text) for text in not_shown] == [False] * len(not_shown)
