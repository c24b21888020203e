"""Strategies are chosen with probabilities that are known, floored and learned from feedback."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.random import default_rng

from attunement.dialogue.replying.strategy import EXPLORED, OPEN, Feedback, Situation, StrategyPolicy
from attunement.domain.need import Need
from attunement.domain.reply import Strategy

COUNTS = st.dictionaries(st.sampled_from(OPEN), st.integers(0, 60))


@given(
    helped=COUNTS, missed=COUNTS, ideas=st.floats(0, 1), asked=st.booleans(), seed=st.integers(0, 2**32 - 1),
    needs=st.dictionaries(st.sampled_from(list(Need)), st.floats(0, 1)),
    allowed=st.lists(st.sampled_from(OPEN), min_size=1, unique=True),
)  # fmt: skip
def test_probabilities_sum_to_one_and_keep_their_floor(
    helped: dict[Strategy, int], missed: dict[Strategy, int], ideas: float, asked: bool, seed: int,
    needs: dict[Need, float], allowed: list[Strategy],
) -> None:  # fmt: skip
    """Whatever was fed back, each strategy that is open keeps its even share of exploration."""
    choice = StrategyPolicy().choose(
        Situation(needs, ideas, asked), allowed, Feedback(helped, missed), rng=default_rng(seed)
    )
    assert set(choice.probabilities) == set(allowed)
    assert abs(sum(choice.probabilities.values()) - 1) < 1e-9
    assert min(choice.probabilities.values()) >= EXPLORED / len(allowed) - 1e-12
    assert choice.strategy in allowed


def test_the_logged_probability_is_how_often_it_is_chosen() -> None:
    """Over many draws each strategy comes as often as its probabilities said."""
    policy, situation, feedback = StrategyPolicy(), Situation({Need.HEARD: 1.0}), Feedback()
    choices = [policy.choose(situation, OPEN, feedback, rng=default_rng(seed)) for seed in range(1500)]
    for strategy in OPEN:
        said = np.mean([choice.probabilities[strategy] for choice in choices])
        came = np.mean([choice.strategy is strategy for choice in choices])
        assert abs(said - came) < 0.05


def test_the_same_seed_chooses_the_same() -> None:
    """A choice can be replayed."""
    situation, feedback = Situation({Need.ACT: 1.0}), Feedback()
    one, two = (StrategyPolicy().choose(situation, OPEN, feedback, rng=default_rng(3)) for _ in range(2))
    assert one == two


def test_asking_what_to_do_makes_a_suggestion_likelier() -> None:
    """And a wish for listening makes it less likely."""

    def p(**how: object) -> float:
        situation = Situation({Need.UNDERSTAND: 1.0}, **how)  # type: ignore[arg-type]
        return (
            StrategyPolicy().choose(situation, OPEN, Feedback(), rng=default_rng(1)).probabilities[Strategy.SUGGESTION]
        )

    assert p(asked=True) > p() > p(ideas=0.0)
