"""Rewards: by hand, by law, and what is no definition of one."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.domain.errors import Invalid
from attunement.domain.reward import EQUAL_STEPS, REWARDS, RewardDefinition, ridits


@pytest.mark.parametrize(
    ("finished", "rating", "change", "reward"),
    [
        (True, 5, 2.0, 1.0), (False, 1, -2.0, 0.0), (True, None, None, 1.0), (False, None, None, 0.0),
        (True, 3, None, 0.625), (False, 5, None, 0.75), (True, None, -1.0, 0.5), (True, 4, 0.5, 0.8),
        (False, 3, 0.0, 0.4),
    ],
)  # fmt: skip
def test_rewards_by_hand(finished: bool, rating: int | None, change: float | None, reward: float) -> None:
    """The weighted mean (0.6 rating, 0.2 finishing, 0.2 affect) over what is known."""
    assert REWARDS["helped-1"].of(finished=finished, rating=rating, affect_change=change) == pytest.approx(reward)


@given(st.sampled_from(sorted(REWARDS)), st.booleans(), st.none() | st.integers(1, 5), st.none() | st.floats(-2, 2))
def test_rewards_lie_in_zero_to_one_and_grow_with_each_part(
    name: str, finished: bool, rating: int | None, change: float | None
) -> None:
    """Whatever is known, a reward is from 0 to 1; a better rating, finishing or a better change never lowers it."""
    reward = REWARDS[name].of(finished=finished, rating=rating, affect_change=change)
    assert 0 <= reward <= 1
    assert REWARDS[name].of(finished=True, rating=rating, affect_change=change) >= reward
    if rating is not None:
        assert REWARDS[name].of(finished=finished, rating=5, affect_change=change) >= reward
    if change is not None:
        assert REWARDS[name].of(finished=finished, rating=rating, affect_change=change + 0.1) >= reward


def test_a_reward_of_nothing_known_is_the_middle() -> None:
    """A definition that weighs only what is not known gives one half."""
    assert RewardDefinition("r", rating=1, finishing=0, affect=0).of(finished=True, rating=None, affect_change=1) == 0.5


WEIGHTS = st.floats(0, 100)


@given(WEIGHTS, WEIGHTS, WEIGHTS, WEIGHTS, st.floats(0, 1), st.integers(1, 5), st.booleans())
def test_any_definition_gives_zero_to_one(
    rating: float, finishing: float, affect: float, skill: float, shown: float, stars: int, finished: bool
) -> None:
    """However the parts are weighed, a reward is from 0 to 1, and more skill shown never lowers it."""
    if not rating + finishing + affect + skill:
        return
    definition = RewardDefinition("r", rating=rating, finishing=finishing, affect=affect, skill=skill)
    told = {"finished": finished, "rating": stars, "affect_change": 0.3}
    reward = definition.of(**told, skill_shown=shown)
    assert 0 <= reward <= 1
    assert definition.of(**told, skill_shown=1.0) >= reward


def test_skill_and_steps_count_as_told() -> None:
    """By hand: weights 3 and 1 for a rating of 4 that counts 0.8 and a skill of 0.4 give 0.7."""
    definition = RewardDefinition("r", rating=3, finishing=0, affect=0, skill=1, steps=(0, 0.1, 0.2, 0.8, 1))
    assert definition.of(finished=True, rating=4, affect_change=None, skill_shown=0.4) == pytest.approx(0.7)
    assert definition.of(finished=True, rating=4, affect_change=None) == pytest.approx(0.8)


def test_the_three_there_always_were_weigh_no_skill() -> None:
    """What older logs name is worth what it was: equal steps, and skill counts nothing."""
    for definition in REWARDS.values():
        assert (definition.skill, definition.steps) == (0.0, EQUAL_STEPS)
        known = {"finished": True, "rating": 2, "affect_change": 0.5}
        assert definition.of(**known, skill_shown=0.0) == definition.of(**known)


@given(st.dictionaries(st.integers(1, 5), st.integers(1, 10_000), min_size=1))
def test_ridits_have_a_mean_of_one_half(counts: dict[int, int]) -> None:
    """Over the ratings they come from, ranks average one half; they never fall, and make a definition."""
    steps = ridits(counts)
    total = sum(counts.values())
    assert sum(steps[rating - 1] * n for rating, n in counts.items()) / total == pytest.approx(0.5)
    RewardDefinition("r", rating=1, finishing=0, affect=0, steps=steps)


def test_ridits_by_hand() -> None:
    """One 1, two 4s and one 5: a 1 counts 1/8, what was never given what lies below it, a 4 counts 1/2, a 5 7/8."""
    assert ridits({1: 1, 4: 2, 5: 1}) == (0.125, 0.25, 0.25, 0.5, 0.875)


@pytest.mark.parametrize(
    "wrong",
    [
        {"rating": -0.1}, {"rating": math.nan}, {"affect": math.inf}, {"skill": 101}, {"rating": 0}, {"name": ""},
        {"name": "x" * 41}, {"steps": (0, 0.5, 1)}, {"steps": (0, 0.5, 0.4, 0.8, 1)}, {"steps": (0, 0.5, 0.6, 0.8, 2)},
        {"steps": (math.nan, 0.5, 0.6, 0.8, 1)}, {"steps": (-0.1, 0.5, 0.6, 0.8, 1)},
    ],
)  # fmt: skip
def test_what_is_no_definition_is_refused(wrong: dict[str, object]) -> None:
    """Weights below 0, above 100, that are no numbers or all 0, steps that fall, and names too long or empty."""
    good: dict[str, object] = {"name": "r", "rating": 1, "finishing": 0, "affect": 0}
    RewardDefinition(**good)  # type: ignore[arg-type]
    with pytest.raises(Invalid):
        RewardDefinition(**(good | wrong))  # type: ignore[arg-type]
