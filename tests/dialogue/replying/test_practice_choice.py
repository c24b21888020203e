"""A practice is offered where it fits what was said, and not for a chance word."""

from __future__ import annotations

import numpy as np
import pytest

from attunement.dialogue.companion import Companion
from attunement.dialogue.hearing.talk import talk_of
from attunement.dialogue.replying.practice_choice import fitting_practice
from attunement.domain.conversation import Line, Speaker
from attunement.domain.practice import Medium, Practice
from attunement.domain.reading import RiskLevel
from attunement.library.companion_words import load_companion_words
from attunement.library.library import load_library
from attunement.library.resources import content_folder

BEFORE = ("My flatmate borrows my things and forgets them.", "I've asked her twice.", "She laughs it off.")


def fitting(companion: Companion, *texts: str, moment: str = "") -> Practice | None:
    """What may be offered after these lines."""
    readings = companion._read(list(texts))
    talk = talk_of([Line(Speaker.MEMBER, text) for text in texts], load_companion_words(content_folder()), readings)
    practices = load_library(content_folder()).practices
    rng = np.random.default_rng(1)
    return fitting_practice(talk, readings[-1], practices, RiskLevel.NONE, moment=moment, rng=rng)


@pytest.mark.parametrize(
    "text",
    [
        "what happens to data when somebody dies?",
        "how much notice do I have to give my landlord?",
        "is that legal at night?",
    ],
)
def test_a_fact_is_no_wish_for_a_practice(companion: Companion, text: str) -> None:
    """Nothing is offered in the place of an answer."""
    assert fitting(companion, *BEFORE, text) is None


def test_one_word_in_common_is_chance(companion: Companion) -> None:
    """Two make a fit, where nobody asked."""
    assert (
        fitting(companion, "I'm sad.", "It is dark.", "I am so tired of it all.", "The line was dead again today.")
        is None
    )


def test_who_asks_for_words_may_rehearse_the_talk(companion: Companion) -> None:
    """The practice lets such a talk be tried out before it is had."""
    found = fitting(companion, *BEFORE, "what should I say to her?")
    assert found is not None
    assert found.medium is Medium.REHEARSE or found.family == "asking-for-what-one-needs"


def test_who_wishes_for_a_practice_gets_one(companion: Companion) -> None:
    """Whatever was said before."""
    assert fitting(companion, "can you give me a breathing exercise", moment="practice") is not None
