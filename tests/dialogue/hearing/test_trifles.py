"""A small mishap is met with a word and no pity; what only begins like one is not."""

from __future__ import annotations

import re

import pytest

from attunement.dialogue.companion import Companion
from attunement.dialogue.hearing.trifles import is_trifle
from attunement.domain.conversation import Line, Speaker
from attunement.library.companion_words import load_companion_words
from attunement.library.resources import content_folder

TRIFLES = (
    "my phone fell off the balcony", "missed the bus again", "burnt the toast", "the wifi is down again",
    "my flight is delayed by three hours", "lost my keys", "my team lost in the last minute",
    "my haircut went wrong", "the printer ate my report",
)  # fmt: skip
NONE = (
    "I lost my job", "my dog died", "the car hit my dog", "my phone is dead and so am i", "he broke my phone",
    "my plant died and it was my gran's", "I lost my phone with the last photos of my dad",
    "I dropped my coffee and burst into tears", "missed my train and my interview", "I lost my mum",
    "my laptop died and my thesis with it", "my car broke down and I can't afford it", "I got a new phone",
    "I sat down with a coffee", "we ate cake", "the fridge is full", "I left the dinner early", "I ate soup for lunch",
    "I got my parcel today", "I broke up with him on the bus", "I lost weight", "we missed each other on the train",
)  # fmt: skip
PITY = re.compile(r"\b(?:deserve|hurt\w*|painful|must be|must feel|heavy|so hard|comfort|sad)\b", re.IGNORECASE)


@pytest.mark.parametrize("text", TRIFLES)
def test_a_mishap_is_pitied_by_nobody(companion: Companion, text: str) -> None:
    """One word to it, and a question that leaves room for more."""
    said = companion.reply([Line(Speaker.MEMBER, text)]).text
    assert any(said.startswith(one) for one in load_companion_words(content_folder()).parts["nuisance"]), said
    assert not PITY.search(said), said
    assert "?" in said


@pytest.mark.parametrize("text", NONE)
def test_what_only_begins_like_one_is_none(text: str) -> None:
    """A death, a person, tears, an exam or money beside it; or no mishap at all."""
    assert not is_trifle(text.lower())


@pytest.mark.parametrize(
    "text", ["nothing much today", "nothing new", "same old same old", "just checking in", "bored"]
)
def test_a_day_without_news_is_no_sorrow(companion: Companion, text: str) -> None:
    """Who has little to tell is neither pitied nor asked what hurts."""
    answer = companion.reply([Line(Speaker.MEMBER, text)])
    assert answer.moment == "little"
    assert not PITY.search(answer.text), answer.text


def test_a_little_of_a_feeling_is_a_little(companion: Companion) -> None:
    """To "kinda tired" nobody says how unbearable that must be."""
    said = companion.reply([Line(Speaker.MEMBER, "kinda tired")]).text
    assert "tired" in said
    assert not re.search(r"so hard|painful|really hard|takes out of you", said), said


def test_little_left_is_no_slow_day(companion: Companion) -> None:
    """ "Not much" may answer what is left to live on."""
    lines = [Line(Speaker.MEMBER, "I lost my wife and my job."), Line(Speaker.COMPANION, "What keeps you going?")]
    assert companion.reply([*lines, Line(Speaker.MEMBER, "not much")]).moment != "little"
