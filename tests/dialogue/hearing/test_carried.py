"""Lines are read in the light of those before them: a success is one, and gladness does not end at the full stop."""

from __future__ import annotations

import numpy as np
import pytest

from attunement.dialogue.companion import Companion
from attunement.dialogue.hearing.felt_words import GLAD
from attunement.dialogue.hearing.talk import Talk, talk_of
from attunement.dialogue.replying.seed import seed_of
from attunement.domain.conversation import Line, Speaker
from attunement.library.companion_words import CompanionWords, load_companion_words
from attunement.library.resources import content_folder


@pytest.fixture(scope="module")
def words() -> CompanionWords:
    """What the companion can say."""
    return load_companion_words(content_folder())


def heard(companion: Companion, words: CompanionWords, *texts: str) -> Talk:
    """The talk of these lines of a member's."""
    return talk_of([Line(Speaker.MEMBER, text) for text in texts], words, companion._read(list(texts)))


def answer(companion: Companion, *texts: str, salt: str = "") -> str:
    """What is said to the last of these lines."""
    lines: list[Line] = []
    for text in texts:
        lines.append(Line(Speaker.MEMBER, text))
        said = companion.reply(lines, rng=np.random.default_rng(seed_of(lines, salt=salt))).text
        lines.append(Line(Speaker.COMPANION, said))
    return lines[-1].text


@pytest.mark.parametrize(
    "text",
    [
        "He grumbled at first, but washed the whole pan!", "I was shaking, but my boss actually listened!",
        "She called me back and said sorry.", "We talked it out and it worked.", "They gave me the flat in the end!",
        "Today was really lovely.",
    ],
)  # fmt: skip
def test_a_success_is_taken_for_one(companion: Companion, words: CompanionWords, text: str) -> None:
    """Whatever stood before the turn."""
    assert heard(companion, words, "My flatmate and I quarrel about the kitchen.", text).now.group == GLAD


@pytest.mark.parametrize(
    "text",
    [
        "He apologised but nothing changed.", "She wrote back that she is ashamed of me.", "I wish he finally agreed.",
        "I got the flat but I lost my job.", "I passed but my friend failed.", "It never worked.",
    ],
)  # fmt: skip
def test_what_is_set_against_it_afterwards_spoils_it(companion: Companion, words: CompanionWords, text: str) -> None:
    """Nobody is congratulated on half of it."""
    assert heard(companion, words, text).now.group != GLAD


@pytest.mark.parametrize("salt", "abcdef")
def test_the_turn_and_not_what_came_before_it_is_said_back(companion: Companion, salt: str) -> None:
    """The success is in the reply, and nothing in it pities."""
    said = answer(companion, "My brother never repays me.", "He laughed at me, but paid it all back!", salt=salt)
    assert "paid it all back" in said.lower()
    assert not [word for word in ("sad", "hard", "alone", "carry") if word in said.lower()]


def test_what_goes_on_about_something_good_does_not_weigh(companion: Companion, words: CompanionWords) -> None:
    """A plain line after good news is light; one with an exclamation mark is glad itself."""
    talk = heard(companion, words, "I finally finished the shelf!", "it took me since march", "my aunt loves it!")
    assert talk.bright
    assert talk.gists[1].light
    assert talk.gists[2].group == GLAD


def test_bad_news_ends_it(companion: Companion, words: CompanionWords) -> None:
    """A loss after good news is a loss."""
    talk = heard(companion, words, "I finally finished the shelf!", "then my dog died")
    assert not talk.now.light
    assert not talk.bright


def test_beside_a_death_a_smile_is_no_joke(companion: Companion, words: CompanionWords) -> None:
    """Only who laughs in so many letters jokes there."""
    assert not heard(companion, words, "My brother died in May.", "he would have laughed at that").now.playful
    assert heard(companion, words, "My brother died in May.", "haha he would have laughed at that").now.playful
