"""What a clause is to a supporter: whether one is sorry about it, asks about it, or only sees that it weighs."""

from __future__ import annotations

import pytest

from attunement.dialogue.coach.kinds import kind_of
from attunement.dialogue.coach.tone import Tone
from attunement.dialogue.hearing.clauses import Clause
from attunement.dialogue.hearing.clauses import Kind as Told
from attunement.library.coach_words import Kind, load_coach_words
from attunement.library.resources import content_folder

MARKS = load_coach_words(content_folder()).marks
SORE, NEITHER = Tone(0.9, 0.0), Tone(0.0, 0.0)


def kind(said: str, tone: Tone = SORE, told: Told = Told.PLAIN, *, in_good: bool = False) -> Kind | None:
    return kind_of(Clause(said, told, but=False, reason=False, weight=0.0, place=0), tone, in_good, MARKS)


@pytest.mark.parametrize("said", [
    "your mum has dementia", "you lost your job yesterday", "your rabbit was put to sleep", "you are being evicted",
    "your contract was not renewed", "your dad is on a ventilator", "they took your children into care",
])  # fmt: skip
def test_a_loss_is_grave(said: str) -> None:
    """Of a life, of health, of work and of a home."""
    assert kind(said) is Kind.GRAVE


@pytest.mark.parametrize("said", ["you lost your keys", "you lost your temper", "your panic attacks are back"])
def test_what_is_lost_in_a_day_is_not(said: str) -> None:
    """Nor is what only has a word of it."""
    assert kind(said) is not Kind.GRAVE


@pytest.mark.parametrize("said", [
    "you snapped at your kids", "you've been drinking again", "you lied to your best friend", "you hide the letters",
    "you pretend you're fine", "you laughed it off",
])  # fmt: skip
def test_what_they_did_is_a_deed(said: str) -> None:
    """Named as what weighs on them, and never as what one is sorry about."""
    assert kind(said) is Kind.DEED


@pytest.mark.parametrize("said", ["you failed your exam", "you can't sleep", "you cried in the car", "you sat there"])
def test_what_befalls_them_is_not(said: str) -> None:
    """Though they are the ones who fail, cry and sit there."""
    assert kind(said) is Kind.HURT


def test_a_fact_is_no_belief() -> None:
    """A brother in intensive care does not only feel as if; what others will do only seems so."""
    assert kind("your brother is in intensive care") is Kind.GRAVE
    assert kind("you've been wearing the same clothes for two weeks") is Kind.HURT
    assert kind("your brother doesn't care about you") is Kind.BELIEF
    assert kind("you'll be fired") is Kind.BELIEF


def test_what_is_hardly_sore_is_only_asked_about() -> None:
    """Unless something is lacking in it: a little sadness is read from many a fact."""
    assert kind("the kids call on Sundays", Tone(0.3, 0.0)) is Kind.PLAIN
    assert kind("your son won't let you see them", Tone(0.3, 0.0)) is Kind.HURT
    assert kind("the kids call you names", Tone(0.6, 0.0)) is Kind.HURT


def test_harm_that_did_not_come_and_the_hour_are_not_told() -> None:
    """However sad they are read."""
    assert kind("nobody died in the fire", told=Told.LOSS) is None
    assert kind("it's now four in the afternoon") is None


def test_dying_is_a_wish_or_not_told_at_all() -> None:
    """Also where it only shows in a word of living."""
    assert kind("you want to die", told=Told.DARK) is Kind.DARK
    assert kind("you keep thinking about ending it") is Kind.DARK
    assert kind("you wouldn't mind not being here") is Kind.DARK
    assert kind("you were not supposed to be alive on Tuesday") is None


def test_in_good_news_what_they_did_is_plain() -> None:
    """Nothing weighs on who is glad."""
    assert kind("you handed in your notice", in_good=True) is Kind.PLAIN
    assert kind("you handed in your notice", NEITHER) is Kind.PLAIN


@pytest.mark.parametrize(
    ("post", "said"),
    [
        ("goodbye.", "you came here to say goodbye"), ("i wanted to say goodbye", "you came here to say goodbye"),
        ("what is the easiest way to kill myself", "you are looking for a way to die"),
        ("i have no reason to live", "you see no reason to go on living"),
        ("i keep thinking about ending my life", "you are thinking of dying"),
        ("i wish i was dead", "you are thinking of dying"), ("sixty of them", "it has come to this"),
        ("i told my brother he should die", "it has come to this"), ("i thought he was dead", "it has come to this"),
        ("i never got to say goodbye to my dad", "it has come to this"), ("how did she die", "it has come to this"),
        ("i wanted to say goodbye to him", "it has come to this"), ("no way my dad would die", "it has come to this"),
    ],
)  # fmt: skip
def test_danger_of_which_no_clause_can_be_told_back_is_named_all_the_same(post: str, said: str) -> None:
    """As what they came with; who grieves is told nothing of a goodbye or a death of their own."""
    assert next(one.says for one in MARKS.danger if one.told.search(post)) == said
