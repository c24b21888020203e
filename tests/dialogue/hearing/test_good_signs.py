"""Good news meets gladness, trouble that ended is no trouble, and what only looks glad is not congratulated on."""

from __future__ import annotations

import re

import numpy as np
import pytest

from attunement.dialogue.companion import Companion
from attunement.dialogue.hearing.felt_words import GLAD
from attunement.dialogue.hearing.gist import Gist, gist_of
from attunement.dialogue.hearing.good_signs import GOOD, STEP
from attunement.dialogue.hearing.talk import Talk, talk_of
from attunement.dialogue.replying.seed import seed_of
from attunement.domain.conversation import Line, Speaker
from attunement.library.companion_words import CompanionWords, load_companion_words
from attunement.library.resources import content_folder

PITY = re.compile(r"\b(?:deserve (?:an ear|care|better|comfort)|sad\b|hard\b|heavy|weighs|painful|hurts|to bear)")
HEARD = re.compile(
    r"\b(?:rest|mind|hard|heavy|lot|hurt\w*|deserve(?! every bit of that good)|grief|loss|miss)\b", re.IGNORECASE
)


@pytest.fixture(scope="module")
def words() -> CompanionWords:
    """What the companion can say."""
    return load_companion_words(content_folder())


def gist(companion: Companion, words: CompanionWords, text: str) -> Gist:
    """The gist of a message, read."""
    return gist_of(text, words, companion._read([text])[0])


def heard(companion: Companion, words: CompanionWords, *texts: str) -> Talk:
    """The talk of these lines of a member's."""
    return talk_of([Line(Speaker.MEMBER, text) for text in texts], words, companion._read(list(texts)))


def answers(companion: Companion, *texts: str, salt: str = "") -> list[str]:
    """What is said to each of these lines."""
    lines: list[Line] = []
    for text in texts:
        lines.append(Line(Speaker.MEMBER, text))
        said = companion.reply(lines, rng=np.random.default_rng(seed_of(lines, salt=salt))).text
        lines.append(Line(Speaker.COMPANION, said))
    return [line.text for line in lines[1::2]]


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("we're getting married in june", GLAD), ("my visa was approved", GLAD), ("My dog is cured!", GLAD),
        ("My daughter got into medical school!", GLAD), ("I slept eight hours", GLAD), ("I became an aunt today", GLAD),
        ("I finished my thesis", "deed"), ("I've been clean two months", "deed"),
        ("my headache is finally gone", "eased"),
        ("I'm not afraid of him anymore", "eased"), ("haven't had a nightmare in weeks", "eased"),
        ("I didn't binge today", "eased"), ("my brother quit smoking", "eased"), ("dad is out of hospital", "eased"),
        ("the divorce went through and I'm so relieved", "eased"), ("my neighbour brought me soup", "kindness"),
        ("She forgave me", "kindness"), ("a stranger asked if I was ok", "kindness"),
        ('my coach wrote "well done" under it', "kindness"),
    ],
)  # fmt: skip
def test_what_does_good_is_met_with_the_words_for_it(
    companion: Companion, words: CompanionWords, text: str, good: str
) -> None:
    """News, a feat, relief and kindness each have their own, and none is pitied."""
    assert gist(companion, words, text).good == good
    for salt in "abcd":
        said = answers(companion, text, salt=salt)[0]
        assert any(line in said for line in words.feelings[good].warm), said
        assert not PITY.search(said), said


@pytest.mark.parametrize(
    "text",
    [
        "I wish he stopped drinking", "if he stopped drinking I'd stay", "I'm not happy anymore", "I stopped eating",
        "she stopped loving me", "no sleep for two days", "he never brought me flowers", "nobody invited me to it",
        "they invited me to a disciplinary hearing", "she hugged me and said it's over", "he gave me a hug and left",
        "I slept 10 hours and I'm still tired", "I slept 3 hours", "my pregnancy test came back negative",
        "I became a mother at 16", "she got the flat we wanted", "great, another bill!", "I was happy before",
        "he stopped drinking but started again", "the house is gone",
    ],
)  # fmt: skip
def test_what_only_sounds_good_is_none(companion: Companion, words: CompanionWords, text: str) -> None:
    """A wish, a no, a blow beside it, or something good that is gone."""
    assert gist(companion, words, text).group != GLAD


@pytest.mark.parametrize("text", ["I nodded and then I cried in the loo", "I said congrats and then drove off alone"])
def test_joy_that_is_only_shown_is_not_taken_for_joy(companion: Companion, words: CompanionWords, text: str) -> None:
    """Whoever has to sit in the car afterwards has something else on their mind."""
    found = gist(companion, words, text)
    assert (found.group in GOOD, found.light) == (False, False)


def test_a_smile_that_is_returned_is_joy(companion: Companion, words: CompanionWords) -> None:
    """A smile alone is no show."""
    assert gist(companion, words, "I smiled at a stranger and she smiled back at me").group == GLAD


@pytest.mark.parametrize("text", ["I called the bank for the first time", "I read the report for the first time"])
def test_a_first_step_is_neither_joy_nor_sorrow(companion: Companion, words: CompanionWords, text: str) -> None:
    """It took courage, and that is said."""
    assert gist(companion, words, text).group == STEP
    said = answers(companion, text)[0]
    assert any(line in said for line in words.feelings[STEP].warm), said
    assert not PITY.search(said), said


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("My cousin failed and I passed", "mixed"), ("I inherited the house and my sister got nothing", "mixed"),
        ("I passed, but I cheated", "mixed"), ("My friend got the part I wanted", "envious"),
        ("I'm jealous of her wedding", "envious"), ("Oh great, my car got stolen", "wry"),
        ("doing brilliantly, just got fired, no big deal", "wry"), ("my wife has breast cancer", "shaken"),
        ("My uncle is in a coma", "shaken"), ("I was diagnosed with lupus", "shaken"),
    ],
)  # fmt: skip
def test_what_is_good_and_sore_or_said_wryly_or_shakes_is_told_apart(
    companion: Companion, words: CompanionWords, text: str, group: str
) -> None:
    """Each is met in words of its own."""
    found = gist(companion, words, text)
    assert (found.group, found.light) == (group, False)
    assert "?" in answers(companion, text)[0]


def test_wry_praise_is_not_said_back(companion: Companion) -> None:
    """Only what happened is."""
    for salt in "abcdef":
        said = answers(companion, "Yeah I'm doing fantastic, only got fired, no biggie", salt=salt)[0]
        assert "fantastic" not in said
        assert "biggie" not in said


@pytest.mark.parametrize("salt", "abc")
def test_what_goes_on_after_good_news_is_not_asked_what_hurts(companion: Companion, salt: str) -> None:
    """Light lines, bare ones as well, belong to it."""
    told = ("We got the allotment, we got it!", "after four years on the list", "starting in april", "it has a shed")
    for said in answers(companion, *told, salt=salt):
        assert not HEARD.search(said), said


@pytest.mark.parametrize("salt", "abcd")
@pytest.mark.parametrize("light", ["I have a garden", "my daughter likes school", "she gets good marks"])
def test_a_pleasant_fact_after_what_was_hard_is_no_burden(companion: Companion, light: str, salt: str) -> None:
    """Nobody is told that it comes on top of the rest."""
    said = answers(companion, "My husband left me last month.", light, salt=salt)[1]
    assert not re.search(r"on top of|in the middle of|easier to bear|with all of that|an ear", said), said


@pytest.mark.parametrize("salt", "abcd")
def test_nobody_is_asked_what_to_bear_of_what_is_light(companion: Companion, salt: str) -> None:
    """Where nothing hard was told at all."""
    for text in ("I got a letter from the town", "I woke up at eight"):
        assert not re.search(r"easier to bear|nobody sees|hardest", answers(companion, text, salt=salt)[0])


def test_who_is_spoken_of_these_days_is_not_the_one_who_died(companion: Companion, words: CompanionWords) -> None:
    """ "He likes football" goes on about somebody else."""
    assert not heard(companion, words, "My mum died in spring.", "he likes football").about_loss
    assert heard(companion, words, "My mum died in spring.", "she sang in the kitchen").about_loss


@pytest.mark.parametrize("salt", "abc")
def test_a_scream_for_joy_is_no_sorrow(companion: Companion, salt: str) -> None:
    """Nor is a cat that was startled by it."""
    for said in answers(companion, "I got the job!!!", "I screamed in the kitchen", "my cat was terrified", salt=salt):
        assert not HEARD.search(said), said
        assert "weigh" not in said, said
