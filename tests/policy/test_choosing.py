"""Rewards and eligibility."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.checks.examples import example_practices
from attunement.domain.practice import AvoidWhen
from attunement.domain.reading import RiskLevel
from attunement.domain.state import State
from attunement.policy.eligibility import conditions, eligible
from attunement.policy.rewards import REWARDS, RewardDefinition

PRACTICES = example_practices()


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


@pytest.mark.parametrize(
    ("state", "holds"),
    [
        (State(), set()),
        (State(risk=RiskLevel.DISTRESS), set()),
        (State(risk=RiskLevel.INDIRECT), {"risk"}),
        (State(risk=RiskLevel.IMMINENT), {"risk"}),
        (State(valence=-0.51, arousal=0.51), {"overwhelmed"}),
        (State(valence=-0.5, arousal=0.9), set()),
        (State(valence=-0.9, arousal=0.5), set()),
        (State(valence=-0.31, arousal=-0.51), {"drained"}),
        (State(valence=-0.3, arousal=-0.9), set()),
        (State(valence=-0.9, arousal=0.9, risk=RiskLevel.EXPLICIT), {"risk", "overwhelmed"}),
    ],
)
def test_conditions_hold_just_past_their_bounds(state: State, holds: set[str]) -> None:
    """Each condition begins where the words of `AvoidWhen` say."""
    assert conditions(state) == holds


@given(
    st.floats(-1, 1), st.floats(-1, 1), st.sampled_from(RiskLevel),
    st.lists(st.sets(st.sampled_from(AvoidWhen)), min_size=12, max_size=12),
    st.sets(st.sampled_from([p.id for p in PRACTICES])),
)  # fmt: skip
def test_what_must_be_avoided_is_never_eligible(
    valence: float, arousal: float, risk: RiskLevel, avoid: list[set[AvoidWhen]], rested: set[str]
) -> None:
    """Nothing to be avoided now is offered, in danger only gentle things are, and rest holds while three are left."""
    library = [replace(p, avoid_when=tuple(a)) for p, a in zip(PRACTICES, avoid, strict=True)]
    state = State(valence=valence, arousal=arousal, risk=risk)
    holds, left = conditions(state), eligible(library, state, rested=rested)
    assert all(not holds & set(p.avoid_when) for p in left)
    assert "risk" not in holds or all(p.intensity == 1 for p in left)
    unrested = eligible(library, state)
    awake = [p for p in unrested if p.id not in rested]
    assert left == (awake if len(awake) >= 3 else unrested)
