"""What a message is about and how it weighs is told from the words that say it."""

from __future__ import annotations

import re

import pytest

from attunement.dialogue.companion import Companion
from attunement.dialogue.hearing.felt_words import GLAD
from attunement.dialogue.hearing.gist import Gist, gist_of
from attunement.library.companion_words import CompanionWords, load_companion_words
from attunement.library.resources import content_folder


@pytest.fixture(scope="module")
def words() -> CompanionWords:
    """What the companion can say."""
    return load_companion_words(content_folder())


def gist(companion: Companion, words: CompanionWords, text: str) -> Gist:
    """The gist of a message, read."""
    return gist_of(text, words, companion._read([text])[0])


@pytest.mark.parametrize("text", ["what if she thinks I'm weird", "do you get lonely", "he said I am stupid"])
def test_what_others_feel_or_think_is_no_feeling_of_the_members(
    companion: Companion, words: CompanionWords, text: str
) -> None:
    """It is not said back as theirs."""
    assert gist(companion, words, text).feeling == ""


def test_what_one_thinks_of_oneself_is_felt(companion: Companion, words: CompanionWords) -> None:
    """ "I think I'm stupid" is the member's own word."""
    assert gist(companion, words, "I think I'm stupid").feeling == "stupid"


@pytest.mark.parametrize(
    "text",
    [
        "I got passed over for the promotion again.",
        "It's my birthday and nobody wrote.",
        "We can't pay the rent this month.",
        "My best friend is getting married and didn't invite me.",
    ],
)
def test_what_is_hardly_light_for_anybody_is_not_taken_for_light(
    companion: Companion, words: CompanionWords, text: str
) -> None:
    """However calmly it is told."""
    assert not gist(companion, words, text).light


@pytest.mark.parametrize("text", ["I have been sober for 90 days today.", "My sister had her baby, I'm an aunt!"])
def test_good_news_is_known_by_what_happened(companion: Companion, words: CompanionWords, text: str) -> None:
    """Without a word for a feeling."""
    assert gist(companion, words, text).group == GLAD


@pytest.mark.parametrize(
    "text",
    [
        "My colleague took the credit for my slides.", "She put her name on our poster.", "He lied to me about it.",
        "They talked over me in the whole meeting.", "My flatmate never cleans the bath.",
    ],
)  # fmt: skip
def test_an_unfairness_is_known_by_what_happened(companion: Companion, words: CompanionWords, text: str) -> None:
    """It is met as one, and no feeling is said to be theirs."""
    found = gist(companion, words, text)
    assert (found.group, found.cued, found.feeling) == ("angry", True, "")


def test_being_treated_well_is_none(companion: Companion, words: CompanionWords) -> None:
    """Nor is paying by card."""
    for text in ("He treats me like a queen.", "The bank took my credit card."):
        assert gist(companion, words, text).group != "angry"


def test_a_feeling_said_to_be_small_weighs_little(companion: Companion, words: CompanionWords) -> None:
    """ "A bit scared" is not terror."""
    assert gist(companion, words, "I'm a bit scared of the crowd.").mild
    assert not gist(companion, words, "I'm so scared of the crowd.").mild


def test_a_word_alone_after_somebody_else_is_theirs(companion: Companion, words: CompanionWords) -> None:
    """ "She's not a bad person. Just stressed" tells nothing of the member's feelings."""
    assert gist(companion, words, "She's not a bad person. Just stressed about the rent.").feeling == ""
    assert gist(companion, words, "Just stressed about the rent.").feeling == "stressed"


@pytest.mark.parametrize("text", ["She left on sunday.", "I haven't slept in days.", "My wife walked out."])
def test_who_was_left_tells_nothing_light(companion: Companion, words: CompanionWords, text: str) -> None:
    """However short."""
    assert not gist(companion, words, text).light


def test_a_parent_is_not_asked_about_studies(companion: Companion, words: CompanionWords) -> None:
    """School is the child's there."""
    text = "My daughter hates her school and her teacher says it is a phase."
    assert gist(companion, words, text).topic == "parenting"


def test_hardly_any_line_is_a_blessing(words: CompanionWords) -> None:
    """At most one of all that the companion says in peace begins with "May"; warmth is said, not wished."""
    said = [line for lines in words.parts.values() for line in lines]
    said += [line for one in words.feelings.values() for line in (*one.warm, *one.grave)]
    said += [line for one in words.moments.values() for lines in one.say for line in lines]
    assert sum(bool(re.search(r"(?:^|[.,] (?:and )?)[Mm]ay ", line)) for line in said) <= 1


def test_who_was_told_to_die_tells_no_joke(companion: Companion, words: CompanionWords) -> None:
    """Laughed at or not, it is cruel."""
    told = gist(companion, words, "My boss said 'you should kill yourself' lol")
    assert not told.playful
    assert not told.light
    assert told.group == "angry"


def test_what_was_nice_is_good_news_and_what_was_nice_once_is_none(companion: Companion, words: CompanionWords) -> None:
    """After what was hard as well."""
    assert gist(companion, words, "my sister called and it was nice").group == GLAD
    assert gist(companion, words, "it was nice before he moved out").group != GLAD


@pytest.mark.parametrize(
    ("text", "light"),
    [
        ("I just want to feel loved", False), ("today was really hard", False), ("need a friend", False),
        ("I want to be happy for her", True), ("I need a friend to play chess", True), ("I laughed so hard", True),
    ],
)  # fmt: skip
def test_what_somebody_lacks_is_no_small_talk(
    companion: Companion, words: CompanionWords, text: str, *, light: bool
) -> None:
    """However calmly it is told; the same words about something else may be."""
    assert gist(companion, words, text).light is light
