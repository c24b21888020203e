"""A death stays near as long as the talk is about it, and no longer: old, distant or left behind, it rules no line."""

from __future__ import annotations

import re

import pytest

from attunement.dialogue.companion import Companion
from attunement.dialogue.hearing.asides import passes_death
from attunement.dialogue.hearing.loss import is_distant
from attunement.dialogue.hearing.talk import Talk, talk_of
from attunement.domain.conversation import Line, Speaker
from attunement.library.companion_words import load_companion_words
from attunement.library.resources import content_folder

OF_GRIEF = re.compile(r"\b(?:loss|grief|died|torn out|absence|miss \w+ so|mourn\w*|still so near)\b", re.IGNORECASE)


def told(companion: Companion, *texts: str) -> Talk:
    """The talk of these lines."""
    lines = [Line(Speaker.MEMBER, text) for text in texts]
    return talk_of(lines, load_companion_words(content_folder()), companion._read(list(texts)))


def last(companion: Companion, *texts: str) -> str:
    """What is said to the last of these lines."""
    lines: list[Line] = []
    for text in texts:
        lines.append(Line(Speaker.MEMBER, text))
        lines.append(Line(Speaker.COMPANION, companion.reply(lines).text))
    return lines[-1].text


TALKS = [
    ("my dad died when I was six, anyway i've got an interview tomorrow", "im scared ill mess it up"),
    ("a patient of mine died today", "anyway my manager wont sign off my leave", "she says theres no cover"),
    ("im so sad that David Bowie died", "my flatmate keeps eating my food", "he never says sorry"),
    ("my mum died three years ago and i still cook too much", "anyway my son starts school monday", "he is so excited"),
    ("my nan died in spring", "my boss gave me a warning", "my sister says i should quit", "i dont know what to do"),
]


@pytest.mark.parametrize("texts", TALKS)
def test_who_has_gone_on_from_a_death_is_not_held_to_it(companion: Companion, texts: tuple[str, ...]) -> None:
    assert not told(companion, *texts).mourning
    assert not OF_GRIEF.search(last(companion, *texts))


@pytest.mark.parametrize(
    "texts",
    [
        ("my dog died on saturday", "the house is quiet", "yes"),
        ("my mum died in may", "my sister wants the house", "i sleep badly"),
        ("my nan died in spring", "my boss gave me a warning", "my sister says i should quit", "nan would know"),
        ("my husband died in june", "my son has exams", "work is busy", "his clothes are still in the wardrobe"),
    ],
)
def test_who_speaks_of_it_or_comes_back_to_it_is_mourning(companion: Companion, texts: tuple[str, ...]) -> None:
    assert told(companion, *texts).mourning


def test_he_is_not_the_dead_where_somebody_else_was_just_named(companion: Companion) -> None:
    """After "my boss", "him" is the boss."""
    assert not told(companion, "my nan died in spring", "my boss gave me a warning", "i cant stand him").about_loss


def test_an_old_death_alone_is_no_passing_one() -> None:
    """It passes only where something else is told after it."""
    assert not passes_death("my dad died when i was six, anyway")
    assert not passes_death("my dad died when i was six and i never got over it")


def test_ones_own_are_not_distant() -> None:
    assert not is_distant("my best friend died, she was a singer")
    assert is_distant("one of our residents passed away last night")


def test_a_death_told_in_passing_is_heard_in_its_own_line(companion: Companion) -> None:
    """With a word, and no more."""
    said = last(companion, TALKS[0][0])
    assert "interview" in said
    assert "loss" in said or "lost somebody" in said


def test_what_stands_between_the_death_and_the_turn_goes_with_it() -> None:
    assert passes_death("my dad died when i was nine so mum worked two jobs, anyway thats why i cant fail")
