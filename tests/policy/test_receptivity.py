"""Send or don't: the effect is found whatever else moves people, and forgotten exactly."""

from __future__ import annotations

import math

import numpy as np
import pytest

from attunement.domain.errors import ErrorCode, Invalid
from attunement.policy.receptivity import LEAST, MOST, Reached, ReceptivityPolicy

NAMES = ("always", "evening")


def _lived(n: int, *, effect: float, seed: int = 0) -> list[Reached]:
    """Moments at which how people do by themselves swings in a way no linear model can follow."""
    rng, seen = np.random.default_rng(seed), []
    for k in range(n):
        evening, p = float(rng.random() < 0.5), float(rng.uniform(0.2, 0.8))
        sent = bool(rng.random() < p)
        alone = 0.5 + 0.25 * math.sin(k / 9) * (1 - 2 * evening)
        reward = float(np.clip(alone + sent * effect * evening + rng.normal(0, 0.05), 0, 1))
        seen.append(Reached((1.0, evening), sent, p, reward))
    return seen


def test_the_effect_is_found_though_the_rest_of_the_model_is_wrong() -> None:
    """Sending helps in the evening and does nothing by day; both are found, with an honest spread."""
    policy = ReceptivityPolicy(NAMES).learn(_lived(3000, effect=0.15))
    evening, day = policy.effect((1.0, 1.0)), policy.effect((1.0, 0.0))
    assert evening[0] == pytest.approx(0.15, abs=0.03)
    assert day[0] == pytest.approx(0.0, abs=0.03)
    assert policy.probability((1.0, 1.0), cost=0.03) == MOST
    assert policy.probability((1.0, 0.0), cost=0.03) == LEAST


def test_chances_stay_between_their_bounds_and_fall_with_the_cost() -> None:
    """Whatever is believed, both answers stay possible; a dearer message is sent less often."""
    policy = ReceptivityPolicy(NAMES).learn(_lived(60, effect=0.1))
    chances = [policy.probability((1.0, 1.0), cost=cost) for cost in (-1.0, 0.0, 0.1, 1.0)]
    assert chances == sorted(chances, reverse=True)
    assert (chances[0], chances[-1]) == (MOST, LEAST)


def test_a_budget_is_spread_over_good_moments_and_not_spent_on_bad_ones() -> None:
    """With one message for ten moments, a good one is used twice as often as an even share, a bad one a fifth."""
    policy = ReceptivityPolicy(NAMES).learn(_lived(60, effect=0.1))
    assert policy.probability((1.0, 1.0), cost=-1.0, share=0.1) == pytest.approx(0.2)
    assert policy.probability((1.0, 1.0), cost=1.0, share=0.1) == pytest.approx(0.02)


def test_the_logged_probability_is_the_one_drawn_from() -> None:
    """Over two thousand draws, sending comes as often as stated."""
    policy, rng = ReceptivityPolicy(NAMES), np.random.default_rng(1)
    drawn = [policy.decide((1.0, 0.0), cost=0.05, rng=rng) for _ in range(2000)]
    assert np.mean([d.send for d in drawn]) == pytest.approx(drawn[0].probability, abs=0.04)


def test_what_was_never_seen_cannot_be_forgotten() -> None:
    """Strangers, or the same twice, are refused with a code; what was seen can be forgotten to the last."""
    seen = _lived(60, effect=0.1)
    policy = ReceptivityPolicy(NAMES).learn(seen)
    for strangers in (_lived(50, effect=0.1), [*seen, *seen]):
        with pytest.raises(Invalid) as raised:
            ReceptivityPolicy(NAMES).learn(seen[:5]).forget(strangers)
        assert raised.value.code is ErrorCode.BAD_INPUT
    assert policy.forget(seen).n == 0


def test_forgetting_equals_never_having_seen_in_any_order() -> None:
    """To the bit, in effect and spread."""
    seen = _lived(80, effect=0.1)
    part = ReceptivityPolicy(NAMES).learn(seen[::-1]).forget(seen[:30])
    assert part.effect((1.0, 0.5)) == ReceptivityPolicy(NAMES).learn(seen[30:]).effect((1.0, 0.5))
    assert part.n == 50


@pytest.mark.parametrize(
    "one",
    [
        Reached((1.0,), True, 0.5, 0.5), Reached((1.0, math.nan), True, 0.5, 0.5), Reached((1.0, 1.0), True, 0.0, 0.5),
        Reached((1.0, 1.0), False, 1.0, 0.5), Reached((1.0, 1.0), True, 0.5, math.inf),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(one: Reached) -> None:
    """Moments of another length or no numbers, certain probabilities, and absurd rewards change nothing."""
    policy = ReceptivityPolicy(NAMES)
    with pytest.raises(Invalid):
        policy.learn([Reached((1.0, 1.0), True, 0.5, 0.5), one])
    assert policy.n == 0
