"""Where somebody died, nothing is guessed, nobody is asked for how long, and who it was is named."""

from __future__ import annotations

import re

import numpy as np
import pytest

from attunement.dialogue.companion import Companion
from attunement.dialogue.hearing.loss import is_bereaved
from attunement.dialogue.hearing.talk import talk_of
from attunement.dialogue.replying.seed import seed_of
from attunement.domain.conversation import Line, Speaker
from attunement.library.companion_words import CompanionWords, load_companion_words
from attunement.library.resources import content_folder

SALTS = "abcdefghij"


@pytest.fixture(scope="module")
def words() -> CompanionWords:
    """What the companion can say."""
    return load_companion_words(content_folder())


def replies(companion: Companion, *texts: str) -> list[str]:
    """What is said to the last of these lines, by ten chances."""
    found = []
    for salt in SALTS:
        lines: list[Line] = []
        for text in texts:
            lines.append(Line(Speaker.MEMBER, text))
            said = companion.reply(lines, rng=np.random.default_rng(seed_of(lines, salt=salt))).text
            lines.append(Line(Speaker.COMPANION, said))
        found.append(said)
    return found


def bereaved(companion: Companion, words: CompanionWords, text: str) -> tuple[bool, str]:
    """Whether a death is heard in a line, and whose."""
    talk = talk_of([Line(Speaker.MEMBER, text)], words, companion._read([text]))
    return talk.bereaved, talk.lost


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("My dog died on Saturday.", (True, "your dog")),
        ("we lost our little brother in spring", (True, "your little brother")),
        ("My grandmother passed away last month.", (True, "your grandmother")),
        ("my cat had to be put down yesterday", (True, "your cat")),
        ("I miss my best friend, he killed himself two years ago", (True, "")),
        ("He died in May.", (True, "")),
        ("We lost the baby at eleven weeks.", (True, "")),
        ("we got killed on saturday, five nil", (False, "")),
        ("after friday i'm dead to the world", (False, "")),
        ("my phone died again", (False, "")),
        ("i died laughing", (False, "")),
        ("died to the same boss nine times", (False, "")),
        ("we lost 4-0", (False, "")),
    ],
)
def test_a_death_is_told_from_a_manner_of_speaking(
    companion: Companion, words: CompanionWords, text: str, heard: tuple[bool, str]
) -> None:
    """A phone that died and a team that was killed are mourned by nobody."""
    assert bereaved(companion, words, text) == heard


@pytest.mark.parametrize("text", ["My dog died on Saturday. He was fourteen.", "My mum passed away in January."])
def test_nobody_is_told_that_they_are_perhaps_sad_after_a_death(companion: Companion, text: str) -> None:
    """Nor asked what "they" were like: it was somebody."""
    for said in replies(companion, text):
        assert not re.search(r"quite sad|quite anxious|only a guess", said), said
        assert not re.search(r"What were they like|about them\?|How are things between", said), said


def test_who_is_dying_is_not_spoken_of_as_dead(companion: Companion) -> None:
    """Nor is it taken for a remark."""
    for said in replies(companion, "My grandfather is dying and I'm 900 km away"):
        assert not re.search(r"What was|do you miss|I see\.|, if you could", said), said


def test_how_long_a_death_has_been_so_is_not_asked(companion: Companion) -> None:
    """Come back to later, it is asked after as something that is over."""
    for said in replies(companion, "my dog died on saturday", "the house is quiet", "yes", "i work a lot", "idk", "ok"):
        assert not re.search(r"died[^?]*(?:How long has that been so|When is that hardest|How is that now)", said), said


def test_an_unborn_child_is_not_asked_after_as_if_it_had_lived(companion: Companion) -> None:
    """What it was like is no question."""
    for said in replies(companion, "We lost the baby at eleven weeks. Nobody knew I was pregnant."):
        assert not re.search(r"\bthem\b|What (?:were they|was your)|quite sad", said), said


def test_a_child_laid_down_for_a_nap_is_nobodys_death(companion: Companion) -> None:
    """A mother of a newborn is not told that grief keeps to no timetable."""
    lines: list[Line] = []
    for text in ("I have a 6 week old baby", "sometimes I put him down and just cry", "he is smiling"):
        lines.append(Line(Speaker.MEMBER, text))
        lines.append(Line(Speaker.COMPANION, companion.reply(lines).text))
    assert not re.search(r"\b(?:loss|grief|died|torn out)\b", " ".join(one.text for one in lines[1::2]), re.IGNORECASE)
    assert not is_bereaved("I had to put her down for her nap")
    assert not is_bereaved("I had to put him to sleep at 3am")
    assert not is_bereaved("we put her to sleep and argued")
    assert is_bereaved("We had to put him down.")
    assert is_bereaved("we put our old dog to sleep")
