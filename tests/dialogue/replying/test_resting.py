"""Some replies end without a question: they leave room, where nothing was asked and nothing is dangerous."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from tests.dialogue.test_talks import LONELY, WHOLE

from attunement.dialogue.answer import Answer
from attunement.dialogue.companion import Companion
from attunement.dialogue.replying.seed import seed_of
from attunement.domain.conversation import Line, Speaker

WORK = (
    "I have a new manager and she changes everything I do|Her name is Petra|"
    "She rewrote my report last week without telling me|I found out in the meeting when the slides came up|"
    "Everyone was looking at me|My colleague Jens asked me later about it|I work in a botanical garden|"
    "The old boss trusted me|I started checking my work three times|Yesterday she praised me in front of the director"
)
CALM = [WORK, LONELY, *WHOLE.values()]
SALTS = "abcd"


def talk(companion: Companion, told: str, salt: str) -> list[Answer]:
    """The answers to these lines, one after the other."""
    lines, answers = list[Line](), list[Answer]()
    for text in told.split("|"):
        lines.append(Line(Speaker.MEMBER, text))
        answers.append(companion.reply(lines, rng=np.random.default_rng(seed_of(lines, salt=salt))))
        lines.append(Line(Speaker.COMPANION, answers[-1].text))
    return answers


def test_between_one_in_five_and_two_in_five_replies_ask_nothing(companion: Companion) -> None:
    """Counted over ordinary replies of calm talks from the third on."""
    asks = [
        "?" in answer.text
        for told in CALM for salt in SALTS for answer in talk(companion, told, salt)[2:] if not answer.moment
    ]  # fmt: skip
    assert 1 / 5 <= 1 - np.mean(asks) <= 2 / 5, 1 - np.mean(asks)


@pytest.mark.parametrize("salt", SALTS)
def test_the_first_two_replies_ask(companion: Companion, salt: str) -> None:
    """Who begins is helped along."""
    assert all("?" in answer.text for answer in talk(companion, WORK, salt)[:2])


@pytest.mark.parametrize("salt", SALTS)
def test_no_two_ordinary_replies_in_a_row_ask_nothing(companion: Companion, salt: str) -> None:
    """Else the talk would stall."""
    answers = talk(companion, WORK, salt)
    assert not [a.text for a, b in pairwise(answers) if "?" not in a.text and "?" not in b.text]


@pytest.mark.parametrize("salt", SALTS)
def test_after_danger_was_spoken_of_every_ordinary_reply_asks(companion: Companion, salt: str) -> None:
    """Also once it was denied."""
    told = f"I want to kill myself|no, I don't, I said that in anger|{WORK}"
    ordinary = [answer for answer in talk(companion, told, salt)[2:] if not answer.moment]
    assert len(ordinary) > 5
    assert all("?" in answer.text for answer in ordinary)
