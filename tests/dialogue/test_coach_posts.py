"""What is suggested on seventy posts and drafts: sorrow only over what is sad, right grammar, nothing said twice."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from attunement.dialogue.coach import Coach, open_coach
from attunement.domain.coaching import Suggestion

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "coach_posts.yaml").read_text("utf-8"))
SORROW = re.compile(r"\b(?:sorry|sad to|feel for you|must (?:be|have been)|hardest|weighs|sounds so|worst)\b")
WRONG = (
    re.compile(r"\b(\w[\w']*) \1\b"),
    re.compile(r"\byou (?:am|is|was|has|feels|wants)\b|\b(?:he|she) (?:have|are|were)\b"),
    re.compile(r"\bto (?:felt|wanted|were|are)\b|since you(?:'re| are)\b|[?.!] ?[?.!]|\s{2}"),
    re.compile(r"\b(?:i|my|me|myself|i've|we|us|our)\b"),
)
OURS = re.compile(
    r"\"[^\"]*\"|\bi(?:'m (?:so|really)| feel for| can (?:see|hear))|touches me|makes me happy|tell me more"
)
"""Where the supporter speaks of themselves, or the words are quoted as they stand."""


@pytest.fixture(scope="module")
def found() -> list[tuple[dict[str, Any], tuple[Suggestion, ...]]]:
    """Each post and draft, and what is suggested."""
    coach: Coach = open_coach()
    return [(case, coach.feedback(case["post"], case["draft"]).suggestions) for case in CASES]


def test_nobody_is_pitied_for_a_fact_or_for_something_good(
    found: list[tuple[dict[str, Any], tuple[Suggestion, ...]]],
) -> None:
    """No sentence of sorrow takes up what is neutral or good, unless what weighs stands in it too."""
    for case, suggestions in found:
        for text in (s.text.lower() for s in suggestions):
            if SORROW.search(text) and not any(part.lower() in text for part in case["weighs"]):
                assert not any(part.lower() in text for part in case["light"]), (case["post"], text)


def test_gladness_is_only_over_what_is_glad(found: list[tuple[dict[str, Any], tuple[Suggestion, ...]]]) -> None:
    """Nobody is congratulated in a post that has nothing light in it."""
    for case, suggestions in found:
        if not case["light"]:
            assert not any(re.search(r"\bglad\b|\bhappy\b", s.text.lower()) for s in suggestions), case["post"]


def test_the_first_suggestion_takes_up_what_matters(
    found: list[tuple[dict[str, Any], tuple[Suggestion, ...]]],
) -> None:
    """On five of six posts: what hurts, is at stake or is felt, rather than where and when."""
    judged = [(case, s) for case, s in found if case["weighs"]]
    met = [s and any(part.lower() in s[0].text.lower() for part in case["weighs"]) for case, s in judged]
    assert sum(map(bool, met)) >= 5 / 6 * len(judged)


def test_the_grammar_holds(found: list[tuple[dict[str, Any], tuple[Suggestion, ...]]]) -> None:
    """No word twice, the verb goes with the person, the tense with the frame, no first person is left of theirs."""
    for case, suggestions in found:
        for suggestion in suggestions:
            told = OURS.sub("", suggestion.text.lower())
            assert not any(pattern.search(told.strip()) for pattern in WRONG), (case["post"], told)


def test_what_the_draft_says_already_is_not_said_again() -> None:
    """A draft that takes up the loss is not told to take it up once more."""
    coach = open_coach()
    post = "My cat died on Sunday. I can't bear how quiet the kitchen is."
    draft = "So your cat died on Sunday. Time heals such things, and there are other cats to have in the world."
    suggestions = coach.feedback(post, draft).suggestions
    assert suggestions
    assert not any("cat died" in s.text for s in suggestions)


def test_posts_are_many_and_unlike() -> None:
    """At least sixty, none twice, each with a draft of its own length."""
    assert len({case["post"] for case in CASES}) == len(CASES) >= 60
