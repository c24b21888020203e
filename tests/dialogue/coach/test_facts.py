"""What of a post is no news of harm: what did not come, the hour, and what may come but has not."""

from __future__ import annotations

import pytest

from attunement.dialogue.coach.facts import as_feared, hinges, is_clock, is_unharmed, parted
from attunement.library.coach_words import load_coach_words
from attunement.library.resources import content_folder

FEARED = load_coach_words(content_folder()).marks.feared


@pytest.mark.parametrize("said", [
    "nobody was badly hurt", "nobody died in the fire", "nothing happened to the kids in the crash",
    "luckily no one got injured", "none of you got hurt", "not one of your pupils was harmed", "nothing bad happened",
    "your dog wasn't hit by the car", "you didn't lose the house", "it is not cancer", "he has never been arrested",
])  # fmt: skip
def test_harm_that_did_not_come_is_known(said: str) -> None:
    """By who was spared and by what is denied."""
    assert is_unharmed(said)


@pytest.mark.parametrize("said", [
    "nobody came to your party", "nobody believes you", "nobody hurt you like he did", "no one cares that he died",
    "nothing happened after you reported it", "you lost the house", "your son won't let you see him", "nothing helps",
    "your dog was hit by a car", "you can't sleep since he died",
    "you never lost a patient before",
])  # fmt: skip
def test_what_nobody_did_may_hurt(said: str) -> None:
    """A lack is no harm spared, nor is harm beside one."""
    assert not is_unharmed(said)


def test_the_hour_and_the_day_are_known_and_what_came_with_them_is_more() -> None:
    """As typed on a phone, too."""
    for said in (
        "it's now four in the afternoon",
        "its 4am",
        "today is Monday",
        "it was Sunday evening",
        "it's 3:15 pm",
    ):
        assert is_clock(said)
    for said in ("it's been a year", "it's over", "it's three in the morning and you can't sleep", "Monday"):
        assert not is_clock(said)


@pytest.mark.parametrize("text", [
    "If he finds out, he leaves me.", "if i tell him i lose everything", "And if I stop, they fire me",
    "Unless I pay they evict us.", "When she hears that I lied, she leaves me.", "What if my wife leaves me?",
])  # fmt: skip
def test_what_may_come_is_no_part_of_what_is(text: str) -> None:
    """With a comma or without."""
    as_it_is, may_come = parted(text)
    assert not as_it_is.strip(" .?")
    assert may_come


@pytest.mark.parametrize("text", [
    "When my dad drinks, he screams at us.", "If he was drunk, he hit us.", "If I cry, he always laughs.",
    "If I'm honest, I hate my life.", "I don't know if I can go on.", "As if I had a choice.",
    "When I got home she was gone.",
])  # fmt: skip
def test_what_came_and_what_comes_each_time_is_told_as_it_is(text: str) -> None:
    """And so is what only has the word."""
    assert parted(text) == (text, "")


def test_what_stands_against_a_condition_is_no_part_of_it() -> None:
    """What follows "but" is so."""
    as_it_is, may_come = parted("If I tell him, he leaves me but I can't lie any more.")
    assert "lie any more" in as_it_is
    assert "lie any more" not in may_come


def test_only_what_is_to_fear_is_told_as_a_fear() -> None:
    """As what could come; what would be good, or is neither, is not told at all."""
    assert as_feared("your best friend'll leave you", FEARED) == "your best friend could leave you"
    assert as_feared("they evict you", FEARED) == "they could evict you"
    assert as_feared("you lose your job", FEARED) == "you could lose your job"
    for said in ("you lose weight", "you feel better", "he comes home", "you take a break", "she stops drinking"):
        assert as_feared(said, FEARED) is None


def test_what_hinges_on_something_is_no_fact() -> None:
    """Told after it, too; what comes each time is a fact."""
    assert hinges("you lose your job if the audit finds the mistake", FEARED)
    assert not hinges("he shouts if you are late", FEARED)
