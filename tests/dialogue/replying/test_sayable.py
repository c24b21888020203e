"""What was told is put so that it can be said to somebody, without accusing and without a word that was not theirs."""

from __future__ import annotations

import pytest

from attunement.dialogue.companion import Companion
from attunement.dialogue.hearing.talk import talk_of
from attunement.dialogue.replying.sayable import Sayable, sayable
from attunement.domain.conversation import Line, Speaker
from attunement.library.companion_words import load_companion_words
from attunement.library.resources import content_folder


def put(companion: Companion, *texts: str, said: str = "") -> Sayable:
    """What can be said of these lines, after the companion said ``said``."""
    lines = [Line(Speaker.MEMBER, text) for text in texts]
    lines[-1:-1] = [Line(Speaker.COMPANION, said)] if said else []
    return sayable(talk_of(lines, load_companion_words(content_folder()), companion._read(list(texts))))


@pytest.mark.parametrize(
    ("text", "situation"),
    [
        ("I've told him twice that it hurts. It hurts. I've asked him four times.", "I've asked you four times"),
        ("I'm furious. I wake up from her music every night.", "I wake up from your music every night"),
        ("I pay the whole rent by myself, and it makes me angry.", "I pay the whole rent by myself"),
        ("He never listens to me.", ""), ("I think she is right.", ""), ("I've been there for years.", ""),
        ("I feel so alone with it.", ""),
    ],
)  # fmt: skip
def test_what_they_do_or_bear_is_said_to_the_other(companion: Companion, text: str, situation: str) -> None:
    """The other is spoken to; what the other does, and what would sound like a life of the program's, is left."""
    assert put(companion, text).situation == situation


def test_what_they_want_of_the_other_becomes_a_wish(companion: Companion) -> None:
    """In words that fit after "I would like you to"."""
    assert put(companion, "I just want him to knock first.").wish == "knock first"
    assert put(companion, "I want her to see what she did.").wish == ""


def test_what_does_not_weigh_is_nothing_to_be_taken_up_with_anybody(companion: Companion) -> None:
    """Two pieces of cake are no grievance."""
    assert put(companion, "I ate two pieces of cake on the stairs.").situation == ""


def test_nothing_is_offered_twice(companion: Companion) -> None:
    """What stood in a sentence that was offered gives way to the next."""
    texts = ("I'm furious. I pay the whole rent by myself. I get up at five for the second job.", "what should I say?")
    first = put(companion, *texts).situation
    assert first
    assert put(companion, *texts, said=f'You could say: "{first}."').situation not in {"", first}
