"""What a draft has already is seen, so that nothing is piled on it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from attunement.dialogue.coach.enough import asks_openly, is_enough
from attunement.domain.coaching import Caution, Feedback, Harm
from attunement.domain.reply import Behaviour, Doing, Mechanism, MechanismReading, ReplyReading
from attunement.reading.reply_reader import ReplyReader

NOTHING = ReplyReader().read([("", "")])[0]


def shows(*levels: int) -> ReplyReading:
    sure = {0: (1.0, 0.0, 0.0), 1: (0.0, 1.0, 0.0), 2: (0.0, 0.0, 1.0)}
    found = {m: MechanismReading(level, sure[level], ()) for m, level in zip(Mechanism, levels, strict=True)}
    return replace(NOTHING, empathy=found)


@pytest.mark.parametrize(("levels", "enough"), [
    ((1, 1, 1), True), ((2, 0, 2), True), ((0, 2, 2), True), ((2, 1, 0), False), ((0, 0, 2), False), ((1, 1, 0), False),
])  # fmt: skip
def test_all_three_ways_or_two_of_them_clearly_are_enough(levels: tuple[int, ...], enough: bool) -> None:
    """No line needs all three."""
    assert is_enough(shows(*levels)) is enough


def test_what_is_likeliest_strong_is_enough_though_weak_was_chosen() -> None:
    """Weak is chosen more often than it is likeliest, so that it is found at all; such a draft is as good."""
    found = shows(0, 1, 2)
    doubtful = MechanismReading(1, (0.28, 0.27, 0.45), ())
    assert not is_enough(found)
    assert is_enough(replace(found, empathy={**found.empathy, Mechanism.INTERPRETATIONS: doubtful}))


@pytest.mark.parametrize(("draft", "asks"), [
    ("That hurts. What makes it so hard?", True), ("I hear you, how was that for you?", True),
    ("Would you like to tell me more?", True), ("Are you ok?", False), ("I know how it is.", False), ("", False),
])  # fmt: skip
def test_an_open_question_is_one_by_its_words(draft: str, asks: bool) -> None:
    """One that is answered with yes or no leaves room for another."""
    assert asks_openly(draft, shows(0, 0, 0)) is asks


def test_a_reproach_is_no_question_and_a_clear_asking_needs_no_mark() -> None:
    """What a caution stands on does not count; what reads as asking on does."""
    caution = Caution(Harm.JUDGING, 0, 19, "")
    assert not asks_openly("What did you expect?", shows(0, 0, 0), [caution])
    assert asks_openly("Tell me about him.", shows(0, 0, 2))


def test_only_what_shows_understanding_tells_it_back() -> None:
    """Built like a reflection, an insult shows none; beside a verdict nothing is said of what was understood."""
    likely = dict.fromkeys(Behaviour, 0.0) | {Behaviour.SIMPLE_REFLECTION: 0.9}
    bare, understood = (replace(shows(0, level, 0), behaviour=likely) for level in (0, 1))
    assert (bare.mostly, understood.mostly) == (None, Doing.REFLECTS)
    for harm, mostly in ((Harm.JUDGING, None), (Harm.MINIMISING, None), (Harm.HURRYING, Doing.REFLECTS)):
        assert Feedback(understood, (), (Caution(harm, 0, 3, ""),)).mostly is mostly
    asks = replace(bare, behaviour=dict.fromkeys(Behaviour, 0.0) | {Behaviour.OPEN_QUESTION: 0.8})
    assert Feedback(asks, (), (Caution(Harm.JUDGING, 0, 3, ""),)).mostly is Doing.ASKS
