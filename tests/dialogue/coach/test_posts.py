"""What is suggested on ninety posts and on the cases: sorrow only over what is sad, right grammar, nothing twice."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from attunement.dialogue.coach import Coach, open_coach
from attunement.domain.coaching import Suggestion
from attunement.library.resources import content_folder

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "posts.yaml").read_text("utf-8"))
SHORT = ("I read what you wrote and I am thinking about it now.", "You should just relax, it is not that bad.")
LIGHT = re.compile(
    r"nobody was|four in the afternoon|head of the ward|call on sundays|asked six people|you lose (?:him|the house)|"
    r"you lie next to him\b(?! and)"
)
SORROW = re.compile(r"\b(?:sorry|sad to|feel for you|must (?:be|have been)|hardest|weighs|sounds so|worst)\b")
WRONG = (
    re.compile(r"\b(\w[\w']*) \1\b"),
    re.compile(r"\byou (?:am|is|was|has|feels|wants)\b|\b(?:he|she) (?:have|are|were)\b"),
    re.compile(r"\bto (?:felt|wanted|were|are)\b|since you(?:'re| are)\b|[?.!] ?[?.!]|\s{2}"),
    re.compile(r"\b(?:i|my|me|myself|i've|we|us|our)\b"),
)
OURS = re.compile(
    r"\"[^\"]*\"|\bi(?:'m (?:so|really)| feel for| can (?:see|hear))|touches me|thank you for telling me |"
    r"makes me happy|tell me more"
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
            told = " ".join(OURS.sub("", suggestion.text.lower()).split(" and  "))
            assert not any(pattern.search(told.strip()) for pattern in WRONG), (case["post"], told)


def test_what_the_draft_says_already_is_not_said_again() -> None:
    """A draft that takes up the loss is not told to take it up once more."""
    coach = open_coach()
    post = "My cat died on Sunday. I can't bear how quiet the kitchen is."
    draft = "So your cat died on Sunday. Time heals such things, and there are other cats to have in the world."
    suggestions = coach.feedback(post, draft).suggestions
    assert suggestions
    assert not any("cat died" in s.text for s in suggestions)


@pytest.mark.parametrize("file", sorted((content_folder() / "cases").glob("*.yaml")), ids=lambda file: file.stem)
def test_no_case_of_the_workspace_is_pitied_for_what_is_no_harm(file: Path) -> None:
    """Nor asked how harm that did not come felt; no list of a day's deeds is broken off after the first."""
    coach, post = open_coach(), yaml.safe_load(file.read_text("utf-8"))["post"]
    for suggestion in (s.text.lower() for draft in SHORT for s in coach.feedback(post, draft).suggestions):
        assert not (SORROW.search(suggestion) and LIGHT.search(suggestion)), suggestion
        assert not re.search(r"nobody was badly hurt|that you get up\b", suggestion), suggestion


def test_nobody_is_asked_how_things_are_with_the_dead() -> None:
    """Though no word of death is there: she "didn't live to see it"."""
    post = "I cried after the ceremony because my mother, who paid for my books, didn't live to see it."
    told = [s.text for draft in SHORT for s in open_coach().feedback(post, draft).suggestions]
    assert told
    assert not any("with your mother" in text for text in told)


def test_who_waits_for_something_is_told_of_it_as_a_fear() -> None:
    """What comes only if something else comes is no fact, and is taken up all the same."""
    told = open_coach().feedback("If I tell my mum, she throws me out.", f"{SHORT[0]} I will write more tonight.")
    assert any("your mum could throw you out" in s.text for s in told.suggestions)


def test_a_feeling_is_told_back_without_what_makes_it_small() -> None:
    """It is theirs to say that they "just" feel lost."""
    told = open_coach().feedback("I just feel so lost since the move.", f"{SHORT[0]} I will write more tonight.")
    assert any("you feel so lost" in s.text for s in told.suggestions)
    assert not any("you just feel" in s.text for s in told.suggestions)


@pytest.mark.parametrize(("post", "never"), [
    ("I lost my wedding ring in the sea. I can't tell my wife.", r"sorry you can't tell"),
    ("I crashed my dad's car and he hasn't said a word about it since.", r"sorry you crashed"),
    ("I keep checking the stove. I was late for work twice this week.", r"sorry you were late"),
    ("I sing in the church choir and I don't believe in God any more.", r"sorry you don't believe"),
    ("My mother moved to a home and she asked me when we are going home.", r"sorry your mother asked|asked you\.$"),
    ("My grandson was born in Australia. I have only seen him on a screen.", r"only seen him\b(?! on)"),
    ("Nobody at work knows that I sleep in my car.", r"that you sleep\b(?! in)"),
    ("Everyone at the reunion has a house and kids. I have a cactus.", r"that you have a cactus"),
    ("I have been signed off work with burnout and I feel like a fraud.", r"infuriating|annoying|frustrating"),
    ("Our dog bit the neighbour's child and they want her put down.", r"feels? like they want"),
    ("My ex is marrying the woman he said was just a colleague.", r"with your ex"),
    ("My cat hasn't come home for nine days.", r"how are things with your cat"),
    ("My landlord came in while I was in the shower and said he had knocked.", r'"said he'),
    ("I was told on Monday that my contract won't be renewed.", r'"i was told'),
    ("My uncle left me his house and my cousins hate me for it.", r"sorry your uncle left"),
    ("My kids think I'm at work. I'm at dialysis.", r"feels? like your kids"),
    ("We argue about money every single night.", r"the money"),
    ("My twin got into medical school and I didn't.", r"\bglad\b"),
    ("I'm 34 and I have never kissed anyone.", r"feels like"),
    ("My son wants to be called Mia now and my husband won't speak about it.", r"sorry your son"),
    ("My brother is getting out of jail on Friday and he wants to stay with me.", r"sorry (?:your brother|he wants)"),
    ("I wanted to be a pilot but I'm colour-blind.", r"what has happened that you wanted"),
    ("My exam is in two days and I have read nothing.", r"sorry you have read"),
    ("My dad is proud of me for the first time and I don't know what to do with it.", r"what to do with it"),
])  # fmt: skip
def test_nobody_is_pitied_for_what_is_no_loss_nor_told_half_of_it(post: str, never: str) -> None:
    """Neither for what they did not say or do, nor for a question; "only" keeps what it is about, a deed its place."""
    drafts = (*SHORT, "I would look at it again in a week or two, such things look quite different after some sleep.")
    coach = open_coach()
    for draft in drafts:
        for one in coach.feedback(post, draft).suggestions:
            assert not re.search(never, one.text.lower().strip()), one.text


def test_posts_are_many_and_unlike() -> None:
    """At least ninety, none twice, each with a draft of its own length."""
    assert len({case["post"] for case in CASES}) == len(CASES) >= 90
