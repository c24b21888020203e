"""What a draft should not do is found in many words, and what only looks alike is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from attunement.dialogue.coach.cautions import CautionFinder
from attunement.domain.coaching import Harm
from attunement.library.coach_words import Tells, load_coach_words
from attunement.library.resources import content_folder

CASES: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("caution_cases.yaml").read_text("utf-8"))
POST = "I feel so low since the spring."
FINDER = CautionFinder(load_coach_words(content_folder()).cautions)


GENERAL = [harm for harm in Harm if harm is not Harm.MISREADING]


@pytest.mark.parametrize(("harm", "draft"), [(harm, draft) for harm in GENERAL for draft in CASES[harm]])
def test_what_may_hurt_is_found(harm: Harm, draft: str) -> None:
    """Each sentence is warned of under its own name."""
    assert harm in {caution.harm for caution in FINDER.find(POST, draft)}


@pytest.mark.parametrize("draft", CASES["harmless"])
def test_what_looks_alike_is_left_alone(draft: str) -> None:
    """Denials, reported speech, leave to feel, and ordinary words are no harm."""
    assert FINDER.find(POST, draft) == ()


@pytest.mark.parametrize("draft", [
    "Other parents have it worse.", "Lots of people go through this, you'll be fine.", "I know exactly how you feel.",
    "That's just how life is.", "other single mums have it so much harder", "I understand exactly what you're feeling",
])  # fmt: skip
def test_what_makes_it_one_of_many_is_found(draft: str) -> None:
    """Whom others are, that it passes, and that one knows it all already."""
    assert Harm.MINIMISING in {caution.harm for caution in FINDER.find(POST, draft)}


@pytest.mark.parametrize("draft", [
    "I can't know exactly how you feel.", "I hope you'll be okay tonight.", "So that's how it is for you now.",
    "You are not alone, many people go through this and it hurts each time.", "They say you'll be fine, and it stings.",
    "I know how it feels to lose a dad, and yours was yours alone.",
])  # fmt: skip
def test_what_only_sounds_like_it_is_left_alone(draft: str) -> None:
    """Hopes, what others say, what is denied, and company."""
    assert FINDER.find(POST, draft) == ()


@pytest.mark.parametrize("draft", CASES["misreading"])
def test_pity_on_good_news_is_found_and_on_no_other(draft: str) -> None:
    """What is warm in a sad talk misses good news."""
    assert Harm.MISREADING in {caution.harm for caution in FINDER.find(POST, draft, tells=Tells.GLAD)}
    for tells in (None, Tells.DANGER):
        assert Harm.MISREADING not in {caution.harm for caution in FINDER.find(POST, draft, tells=tells)}


@pytest.mark.parametrize("draft", CASES["danger"])
def test_what_closes_the_door_on_danger_is_found(draft: str) -> None:
    """Forbidding, arguing and promising that it passes, where somebody spoke of dying."""
    assert Harm.MINIMISING in {caution.harm for caution in FINDER.find(POST, draft, tells=Tells.DANGER)}


@pytest.mark.parametrize("draft", CASES["harmless"] + CASES["danger_harmless"])
def test_what_is_good_is_good_in_danger_too(draft: str) -> None:
    """Asking plainly, staying, and all that hurts nobody elsewhere."""
    assert FINDER.find(POST, draft, tells=Tells.DANGER) == ()


@pytest.mark.parametrize("draft", CASES["glad_harmless"])
def test_gladness_is_left_alone(draft: str) -> None:
    """To good news, also where it speaks of what was hard before."""
    assert FINDER.find("I passed my driving test today, fourth try!", draft, tells=Tells.GLAD) == ()


def test_an_illness_the_seeker_named_may_be_named() -> None:
    """What is theirs is not a diagnosis of ours; the same words to another post are."""
    draft = "It sounds like your depression is back. You have depression, not a weak will."
    assert FINDER.find("My depression got worse in winter.", draft) == ()
    assert FINDER.find(POST, draft)[0].harm is Harm.DIAGNOSING


def test_a_fix_is_only_hurried_before_anything_was_heard() -> None:
    """An idea after words that show empathy is no hurry; before them it is."""
    draft = "That must be so lonely. You could join a choir."
    assert [c.harm for c in FINDER.find(POST, draft)] == [Harm.HURRYING]
    assert FINDER.find(POST, draft, heard=[(0, 23)]) == ()


def test_what_hurts_is_named_rather_than_the_hurry_around_it() -> None:
    """An order that makes small is no mere hurry, so that it can be replaced."""
    assert [c.harm for c in FINDER.find(POST, "You need to toughen up.")] == [Harm.MINIMISING]
    assert [c.harm for c in FINDER.find(POST, "You must have done something to make him that angry.")] == [Harm.JUDGING]


def test_advice_of_safety_to_somebody_who_is_hurt_is_no_hurry() -> None:
    """What keeps them safe tonight does not wait until all was heard."""
    post = "My husband hits me when he is drunk."
    for draft in (
        "Make sure you keep your documents safe.", "Keep a bag packed at a friend's, in case you need to go.",
        "Go to a neighbour if he gets violent.", "You could ask your doctor to note down the bruises.",
    ):  # fmt: skip
        assert FINDER.find(post, draft) == (), draft
    assert [c.harm for c in FINDER.find(post, "Make sure you get more exercise.")] == [Harm.HURRYING]


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_is_borne(post: str, draft: str) -> None:
    """Spans lie in the draft, in order, apart."""
    end = 0
    for caution in FINDER.find(post, draft):
        assert end <= caution.start < caution.end <= len(draft)
        end = caution.end
