"""What is suggested after posts that hurt: nothing that wounds again, nothing that blames, and nothing in vain."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from attunement.dialogue.coach import Coach, open_coach
from attunement.domain.coaching import Harm

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(Path(__file__).with_name("care.yaml").read_text("utf-8"))
USUAL = "I would look at it again in a week or two, these things often look quite different after some sleep."


@pytest.fixture(scope="module")
def coach() -> Coach:
    """One coach for all."""
    return open_coach()


def texts(coach: Coach, post: str, draft: str) -> list[str]:
    return [one.text.strip() for one in coach.feedback(post, draft).suggestions]


@pytest.mark.parametrize("case", CASES["wounding"] + CASES["deeds"], ids=lambda case: case["post"][:40])
def test_what_wounds_does_not_come_back(coach: Coach, case: dict[str, Any]) -> None:
    """Neither in few words after a short draft nor in full ones after a usual one."""
    for draft in (case["draft"], USUAL):
        for text in texts(coach, case["post"], draft):
            for pattern in case["never"]:
                assert not re.search(pattern, text.lower()), text


@pytest.mark.parametrize("case", CASES["danger"], ids=lambda case: case["post"][:40])
def test_danger_is_taken_up_and_not_asked_back(coach: Coach, case: dict[str, Any]) -> None:
    """It is known as danger; the wish to die is no question; what it is like is pain, and never anger."""
    for draft in (case["draft"], USUAL):
        feedback = coach.feedback(case["post"], draft)
        assert feedback.danger
        for one in feedback.suggestions:
            assert not re.match(r"(?:so )?you [^,]*\?$", one.text.strip().lower())
            assert not re.search(r"infuriating|frustrating|annoying", one.text)
    assert coach.feedback(case["post"], case["draft"]).cautions


@pytest.mark.parametrize("case", CASES["enough"], ids=lambda case: case["post"][:40])
def test_a_good_draft_is_left_alone(coach: Coach, case: dict[str, Any]) -> None:
    """Where all three ways show, or two of them clearly, there is nothing to add."""
    assert texts(coach, case["post"], case["draft"]) == []


def test_a_draft_that_asks_openly_gets_no_second_question(coach: Coach) -> None:
    """Whatever else is offered; a reproach in the form of a question does not count as one."""
    post = "I lost my job yesterday and I have no idea how to tell my wife."
    asks = "Jobs come and go, there is always another one somewhere, I think. What did your wife say about it?"
    blames = "Jobs come and go, there is always another one somewhere, I think. What did you expect from them?"
    assert texts(coach, post, asks)
    assert not any("?" in text for text in texts(coach, post, asks))
    assert any("?" in text for text in texts(coach, post, blames))


def test_most_poor_drafts_get_something_that_fits(coach: Coach) -> None:
    """Of a usual length, after posts of all these kinds: nine in ten, most of them about what was told."""
    cases = CASES["wounding"] + CASES["deeds"] + CASES["danger"]
    found = [texts(coach, case["post"], USUAL) for case in cases]
    assert sum(map(bool, found)) >= 0.9 * len(cases)
    assert sum(text.startswith(('"', "What were you feeling when you wrote")) for text, *_ in filter(None, found)) <= 2


def test_pity_misses_good_news_alone(coach: Coach) -> None:
    """The same words are no caution where something weighs, though it holds good news too."""
    draft = "I am so sorry you are going through this."
    happy = "I passed my driving test today, fourth try!"
    torn = "I passed my driving test today and my dad died before he could see it."
    assert Harm.MISREADING in {one.harm for one in coach.feedback(happy, draft).cautions}
    assert coach.feedback(torn, draft).cautions == ()


def test_a_verdict_tells_nothing_back(coach: Coach) -> None:
    """An insult, an order and a platitude are built like reflections; what takes up the post is one."""
    post = "My dog Biscuit has been put down this morning. The house is so quiet."
    for draft in ("You are such an idiot, get a new dog.", "You are a bad parent.", "Calm down.", "Men are like that."):
        assert coach.feedback(post, draft).mostly is None, draft
    assert coach.feedback(post, "So the house is quiet now, and you keep listening for him.").mostly == "reflects"
