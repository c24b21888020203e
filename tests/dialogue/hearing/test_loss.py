"""Who died is known by what was told of them, and an animal that lives is no loss."""

from __future__ import annotations

import re

import numpy as np
import pytest

from attunement.dialogue.companion import Companion
from attunement.dialogue.hearing.loss import is_bereaved, lost_in
from attunement.dialogue.replying.seed import seed_of
from attunement.domain.conversation import Line, Speaker
from attunement.library.companion_words import load_companion_words
from attunement.library.resources import content_folder

SALTS = "abcdef"


def last(companion: Companion, *texts: str, salt: str) -> str:
    """What is said to the last of these lines."""
    lines: list[Line] = []
    for text in texts:
        lines.append(Line(Speaker.MEMBER, text))
        said = companion.reply(lines, rng=np.random.default_rng(seed_of(lines, salt=salt))).text
        lines.append(Line(Speaker.COMPANION, said))
    return lines[-1].text


@pytest.mark.parametrize(
    ("texts", "lost"),
    [
        (("Today is my sister's birthday.", "She died when she was nine."), "your sister"),
        (("My uncle and my dad fought.", "He died last year."), ""),
        (("My little brother passed away.",), "your little brother"),
        (("I lost my keys.",), ""),
        (("We had to put Bella down yesterday.",), "Bella"),
        (("Bella crossed the rainbow bridge.",), "Bella"),
        (("My old cat got run over.",), "your old cat"),
        (("My aunt is ill.", "Sorry, I meant my uncle. My aunt died in 2011."), ""),
    ],
)
def test_who_died_is_told_by_who_was_spoken_of(texts: tuple[str, ...], lost: str) -> None:
    """Where two may be meant, nobody is named."""
    assert lost_in(texts) == lost


@pytest.mark.parametrize("text", ["My dog chewed my good shoes.", "my cat sat on my exam papers again"])
def test_a_living_animal_is_asked_after_as_one(companion: Companion, text: str) -> None:
    """Also beside a death: no memories are asked for, nothing is mourned and nobody pitied."""
    words = load_companion_words(content_folder())
    mourned = {line for name in ("mourned", "kind", "kind_bereaved", "light_bereaved") for line in words.parts[name]}
    mourned |= set(words.topics["grief"].questions)
    for salt in SALTS:
        for before in ((), ("My mum died in spring.",)):
            said = last(companion, *before, text, salt=salt)
            assert not [line for line in mourned if "{" not in line and line in said], said
            assert "memory" not in said
            assert "your mum" not in said


@pytest.mark.parametrize("text", ["My dog is sick and may not make it.", "my cat hasn't eaten for three days"])
def test_a_sick_animal_is_no_anecdote(companion: Companion, text: str) -> None:
    """It weighs."""
    for salt in SALTS:
        assert "What else does" not in last(companion, text, salt=salt)


@pytest.mark.parametrize("text", ["sorry, I was unfair to you", "yada yada", "no", "what happens with my messages?"])
def test_what_is_not_about_the_loss_is_not_answered_with_grief(companion: Companion, text: str) -> None:
    """An apology, idle words, a no, a plain question."""
    for salt in SALTS:
        said = last(companion, "My mum died in February.", "I found her scarf.", text, salt=salt)
        assert "your mum died" not in said, said
        assert "Nobody has to be over" not in said, said


@pytest.mark.parametrize("salt", SALTS)
def test_no_date_is_put_on_getting_better(companion: Companion, salt: str) -> None:
    """Asked whether it ends, it promises nothing and does not hurry."""
    said = last(companion, "My dad died three weeks ago.", "will it ever stop?", salt=salt)
    assert "soon" not in said
    assert "will get better" not in said


@pytest.mark.parametrize("text", ["My battery died.", "my phone died on the way home", "My laptop is dead."])
def test_a_device_is_not_mourned(companion: Companion, text: str) -> None:
    """What is torn out of somebody's days is no battery."""
    for salt in SALTS:
        said = last(companion, text, salt=salt)
        assert "torn out of your days" not in said, said
        assert "miss" not in said, said
        assert "about them" not in said, said


@pytest.mark.parametrize(
    ("text", "bereaved"),
    [
        ("we had to put Rex to sleep", True), ("having to put bella down last week", True),
        ("my rabbit was hit by a car", True), ("I lost my dad in 2009", True), ("My father died in 2009", True),
        ("I had to put Ben to sleep three times last night", False), ("had to put the phone down", False),
        ("I had to put dinner down and run", False), ("we had to put everything down", False),
        ("Not my dad, my stepdad. My dad died years ago", False), ("my dog was hit by a wave", False),
    ],
)  # fmt: skip
def test_an_animal_put_down_or_run_over_is_a_loss(text: str, *, bereaved: bool) -> None:
    """By its name as well; a child put to bed is none, nor is an old death told to say who is meant."""
    assert is_bereaved(text) is bereaved


def test_who_was_put_right_is_not_mourned_later(companion: Companion) -> None:
    """The old death is no matter of the talk."""
    told = ("My mother had a fall", "Sorry, I meant my stepmother. My mother died in 1999", "She can't walk", "I cook")
    for salt in SALTS:
        for k in (2, 3, 4):
            said = last(companion, *told[:k], salt=salt)
            assert not re.search(r"\b(?:grief|loss|died|[Mm]iss(?:ing)? your)\b", said), said
