"""Partial pooling against the same model worked out in one piece."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attunement.checks.examples import example_histories, example_practices
from attunement.domain.context import Context, Experience, History
from attunement.policy.features import FeatureMap
from attunement.policy.linear import BayesianLinearPolicy
from attunement.policy.pool import Pool, Scales, sums_of
from attunement.policy.pooled import PooledPolicy
from attunement.policy.prior import prior
from attunement.policy.statistics import vector

MAP = FeatureMap(example_practices())
PEOPLE = example_histories(MAP.names, n=60)
NEWCOMER = History()


def in_one_piece(people: list[History], who: int | None, scales: Scales) -> tuple[np.ndarray, np.ndarray]:
    """Mean and covariance of a person's coefficients from the joint normal of all rewards and these coefficients."""
    mean, deviation = prior(MAP.names)
    rows = [(i, e) for i, person in enumerate(people) for e in person.experiences]
    x = np.stack([vector(MAP.names, e.features) for _, e in rows])
    y = np.array([round(e.reward * 1024) / 1024 for _, e in rows])
    same = np.array([[i == j for j, _ in rows] for i, _ in rows])
    theirs = np.array([i == who for i, _ in rows])
    shared, own = np.diag(deviation**2), np.diag((scales.own * deviation) ** 2)
    rewards = x @ shared @ x.T + same * (x @ own @ x.T) + scales.noise * np.eye(len(x))
    across = shared @ x.T + (own @ x.T) * theirs
    gain = across @ np.linalg.inv(rewards)
    return mean + gain @ (y - x @ mean), shared + own - gain @ across.T


@pytest.mark.parametrize("who", [None, 0, 5])
@pytest.mark.parametrize("scales", [Scales(own=1.0, noise=0.06), Scales(own=0.3, noise=0.2)])
def test_the_belief_is_that_of_the_whole_model(who: int | None, scales: Scales) -> None:
    """For a newcomer and for two regulars, mean and covariance are those of conditioning on all rewards at once."""
    policy = PooledPolicy(MAP, scales=scales).learn(PEOPLE)
    own = NEWCOMER if who is None else PEOPLE[who]
    belief = policy.belief_of(own, own)
    mean, covariance = in_one_piece(PEOPLE, who, scales)
    assert belief.mean == pytest.approx(mean, abs=1e-6)
    assert belief.spread @ belief.spread.T == pytest.approx(covariance, abs=1e-6)


def test_what_is_not_shared_counts_for_oneself_alone() -> None:
    """Somebody whose history the pool may not learn from is met as one whom it would have learned from last."""
    kept_to_themselves = PooledPolicy(MAP).learn(PEOPLE[1:]).belief_of(PEOPLE[0], NEWCOMER)
    shared = PooledPolicy(MAP).learn(PEOPLE).belief_of(PEOPLE[0], PEOPLE[0])
    assert kept_to_themselves.mean == pytest.approx(shared.mean, abs=1e-12)


def test_people_who_are_all_alike_are_pooled_whole() -> None:
    """With no difference between people, the belief is that of the policy that is the same for everybody."""
    pooled = PooledPolicy(MAP, scales=Scales(own=1e-9, noise=0.06)).learn(PEOPLE).belief_of(PEOPLE[0], PEOPLE[0])
    alike = BayesianLinearPolicy(MAP).learn(PEOPLE).belief
    assert pooled.mean == pytest.approx(alike.mean, abs=1e-5)


def test_a_regular_is_known_by_their_own_and_a_newcomer_by_everybody() -> None:
    """Where everybody likes one kind and one person the other, each is met accordingly."""
    liked, other = {"always": 1.0, "family/listening": 1.0}, {"always": 1.0, "family/repair": 1.0}

    def person(a: float, b: float) -> History:
        return History((Experience(liked, a), Experience(other, b)) * 8)

    crowd, odd = [person(1.0, 0.2) for _ in range(20)], person(0.2, 1.0)
    policy = PooledPolicy(MAP, scales=Scales(own=2.0, noise=0.06)).learn([*crowd, odd])
    listening, repair = (vector(MAP.names, features) for features in (liked, other))
    newcomer, regular = policy.belief_of(NEWCOMER, NEWCOMER).mean, policy.belief_of(odd, odd).mean
    assert newcomer @ listening > newcomer @ repair + 0.1
    assert regular @ repair > regular @ listening


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(len(PEOPLE))), st.integers(1, len(PEOPLE) - 1))
def test_the_sums_are_exact(order: list[int], cut: int) -> None:
    """In any order the pool is the same to the bit, and forgetting equals never having seen."""
    empty = PooledPolicy(MAP).pool
    gone, left = ([PEOPLE[k] for k in part] for part in (order[:cut], order[cut:]))
    whole, alone = empty.plus(gone).plus(left), empty.plus([PEOPLE[k] for k in sorted(order[cut:])])
    assert whole.precision.tobytes() == empty.plus(PEOPLE).precision.tobytes()
    forgotten = whole.minus(gone)
    assert (forgotten.precision == alone.precision).all()
    assert (forgotten.shift == alone.shift).all()
    assert (forgotten.people, forgotten.outcomes) == (alone.people, alone.outcomes)
    again = Pool.from_bytes(forgotten.to_bytes())
    assert again is not None
    assert np.array_equal(again.precision, forgotten.precision)


def test_the_order_of_a_persons_own_outcomes_does_not_matter() -> None:
    """A history read backwards gives the same contribution, to the bit."""
    pool = PooledPolicy(MAP).pool
    longest = max(PEOPLE, key=lambda person: len(person.experiences))
    forth, back = (pool.contribution(sums_of(MAP.names, History(e))) for e in (longest.experiences,
                                                                              longest.experiences[::-1]))  # fmt: skip
    assert all((a == b).all() for a, b in zip(forth, back, strict=True))


def test_impossible_scales_are_refused() -> None:
    """Noise must be above nought, and people cannot differ by less than nothing."""
    for own, noise in ((-0.1, 0.06), (1.0, 0.0)):
        with pytest.raises(ValueError, match="give 0 or more"):
            Scales(own=own, noise=noise)


def test_what_is_ones_own_is_told_apart_from_what_holds_for_everybody() -> None:
    """The reason ``yours`` has the weight by which the person's own coefficients set the offer apart."""
    policy = PooledPolicy(MAP).learn(PEOPLE)
    practices = example_practices()
    context = Context(own=PEOPLE[2], shared=PEOPLE[2])
    x = MAP.matrix(context, practices)
    for seed in range(8):
        choice = policy.decide(context, practices, rng=np.random.default_rng(seed))
        belief = policy.belief_of(PEOPLE[2], PEOPLE[2])
        pick = [p.id for p in practices].index(choice.offered)
        apart = float((belief.mean - belief.everybody) @ (x[pick] - x.mean(axis=0)))
        told = {reason.about: reason for reason in choice.reasons}
        if "yours" in told:
            assert told["yours"].weight == pytest.approx(apart)
            assert told["yours"].fact["outcomes"] == len(PEOPLE[2].experiences)
        else:
            assert abs(apart) <= max(abs(reason.weight) for reason in choice.reasons)
    newcomer = policy.decide(Context(), practices, rng=np.random.default_rng(0))
    assert "yours" not in {reason.about for reason in newcomer.reasons}
