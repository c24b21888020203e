"""Partial pooling against the same model worked out in one piece."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attunement.checks.examples import example_histories, example_practices
from attunement.domain.context import Context, Experience, History
from attunement.domain.errors import Invalid
from attunement.policy.features import FeatureMap
from attunement.policy.linear import BayesianLinearPolicy
from attunement.policy.pool import Pool
from attunement.policy.pooled import PooledPolicy
from attunement.policy.prior import NOISE_VARIANCE, prior
from attunement.policy.scales import RATIOS, Scales, _misfit, scales_of
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
    rewards += scales.noise * np.diag(1 / counted_for(people) - 1)
    gain = across @ np.linalg.inv(rewards)
    return mean + gain @ (y - x @ mean), shared + own - gain @ across.T


HALF_LIFE = 180.0


def counted_for(people: list[History]) -> np.ndarray:
    """How much each outcome counts, person after person: half of what one does that came a half-life later."""
    found = []
    for person in people:
        newest = max(e.day for e in person.experiences)
        found += [2 ** -((newest - e.day) / HALF_LIFE) for e in person.experiences]
    return np.array(found)


@pytest.mark.parametrize("who", [None, 0, 5])
@pytest.mark.parametrize("scales", [Scales.of(own=1.0, noise=0.06), Scales.of(own=0.3, noise=0.2)])
def test_the_belief_is_that_of_the_whole_model(who: int | None, scales: Scales) -> None:
    """For a newcomer and for two regulars, mean and covariance are those of conditioning on all rewards at once."""
    policy = PooledPolicy(MAP, scales=scales, half_life=HALF_LIFE).learn(PEOPLE)
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


def test_what_was_told_last_counts_most() -> None:
    """Somebody who came to like the other kind is met by that; where nothing fades, the two halves weigh the same."""
    liked, other = {"always": 1.0, "family/listening": 1.0}, {"always": 1.0, "family/repair": 1.0}

    def told(day: float, a: float, b: float) -> tuple[Experience, ...]:
        return Experience(liked, a, day=day), Experience(other, b, day=day)

    turned = History((*told(0.0, 1.0, 0.2), *told(0.0, 1.0, 0.2), *told(360.0, 0.2, 1.0), *told(360.0, 0.2, 1.0)))
    listening, repair = (vector(MAP.names, features) for features in (liked, other))
    for half_life, least, most in ((90.0, 0.2, 1.0), (None, -0.05, 0.05)):
        scales = Scales.of(own=2.0, noise=0.06)
        mean = PooledPolicy(MAP, scales=scales, half_life=half_life).belief_of(turned, NEWCOMER).mean
        assert least < mean @ repair - mean @ listening < most


@pytest.mark.parametrize("half_life", [0.0, -3.0, float("nan")])
def test_a_half_life_that_cannot_be_is_refused(half_life: float) -> None:
    """It is more than nothing, or None."""
    with pytest.raises(ValueError, match="half_life is"):
        PooledPolicy(MAP, half_life=half_life)


def test_people_who_are_all_alike_are_pooled_whole() -> None:
    """With no difference between people, the belief is that of the policy that is the same for everybody."""
    pooled = PooledPolicy(MAP, scales=Scales.of(own=1e-9, noise=0.06)).learn(PEOPLE).belief_of(PEOPLE[0], PEOPLE[0])
    alike = BayesianLinearPolicy(MAP).learn(PEOPLE).belief
    assert pooled.mean == pytest.approx(alike.mean, abs=1e-5)


def test_a_regular_is_known_by_their_own_and_a_newcomer_by_everybody() -> None:
    """Where everybody likes one kind and one person the other, each is met accordingly."""
    liked, other = {"always": 1.0, "family/listening": 1.0}, {"always": 1.0, "family/repair": 1.0}

    def person(a: float, b: float) -> History:
        return History((Experience(liked, a), Experience(other, b)) * 8)

    crowd, odd = [person(1.0, 0.2) for _ in range(20)], person(0.2, 1.0)
    policy = PooledPolicy(MAP, scales=Scales.of(own=2.0, noise=0.06)).learn([*crowd, odd])
    listening, repair = (vector(MAP.names, features) for features in (liked, other))
    newcomer, regular = policy.belief_of(NEWCOMER, NEWCOMER).mean, policy.belief_of(odd, odd).mean
    assert newcomer @ listening > newcomer @ repair + 0.1
    assert regular @ repair > regular @ listening


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(len(PEOPLE))), st.integers(1, len(PEOPLE) - 1))
def test_the_sums_are_exact(order: list[int], cut: int) -> None:
    """In any order the pool is the same to the bit, and forgetting equals never having seen."""
    empty = PooledPolicy(MAP, half_life=HALF_LIFE).pool
    gone, left = ([PEOPLE[k] for k in part] for part in (order[:cut], order[cut:]))
    whole, alone = empty.plus(gone).plus(left), empty.plus([PEOPLE[k] for k in sorted(order[cut:])])
    assert whole.sums.precision.tobytes() == empty.plus(PEOPLE).sums.precision.tobytes()
    forgotten = whole.minus(gone)
    for part in ("precision", "shift", "squares", "spent", "weight"):
        assert (getattr(forgotten.sums, part) == getattr(alone.sums, part)).all()
    assert (forgotten.people, forgotten.outcomes) == (alone.people, alone.outcomes)
    again = Pool.from_bytes(forgotten.to_bytes())
    assert again is not None
    assert np.array_equal(again.sums.precision, forgotten.sums.precision)
    assert again.scales == forgotten.scales


def test_a_stranger_cannot_be_forgotten() -> None:
    """People who were never learned, or are forgotten already, are told with a code, and the policy stays as it is."""
    policy = PooledPolicy(MAP).learn(PEOPLE[:5])
    before = policy.pool.sums.precision.tobytes()
    stranger = History((Experience({"always": 1.0, "length": 1.0}, 1.0),) * 3)
    for strangers in ([stranger], [*PEOPLE[:5], PEOPLE[0]]):
        with pytest.raises(Invalid, match="was not learned"):
            policy.forget(strangers)
        assert policy.pool.sums.precision.tobytes() == before
    assert policy.forget(PEOPLE[:5]).pool.outcomes == 0


def test_the_order_of_a_persons_own_outcomes_does_not_matter() -> None:
    """A history read backwards gives the same contribution, to the bit."""
    pool = PooledPolicy(MAP, half_life=HALF_LIFE).pool
    longest = max(PEOPLE, key=lambda person: len(person.experiences))
    long = History(longest.experiences * 30)  # more outcomes than columns go another way
    for person in (longest, long):
        forth, back = (pool.plus([History(e)]).sums for e in (person.experiences, person.experiences[::-1]))
        assert (forth.precision == back.precision).all()
        assert (forth.shift == back.shift).all()
    assert len(long.experiences) > len(MAP.names) > len(longest.experiences)


def _world(own: float, noise: float, *, people: int = 60, each: int = 20) -> list[History]:
    """Made-up people whose coefficients differ by so much, and whose outcomes scatter by so much."""
    rng, (mean, deviation) = np.random.default_rng(5), prior(MAP.names)
    everybody = rng.normal(mean, deviation)
    found = []
    for _ in range(people):
        theirs = rng.normal(everybody, own * deviation)
        x = np.round(rng.uniform(-1, 1, (each, len(mean))) * 4096) / 4096
        rewards = x @ theirs + rng.normal(0, noise**0.5, each)
        found.append(History(tuple(
            Experience(dict(zip(MAP.names, row, strict=True)), float(reward))
            for row, reward in zip(x.tolist(), rewards, strict=True)
        )))  # fmt: skip
    return found


@pytest.mark.parametrize(("own", "noise"), [(0.25, 0.12), (1.0, 0.03), (3.0, 0.06)])
def test_how_much_people_differ_is_learned(own: float, noise: float) -> None:
    """From people who differ by so much, and scatter by so much, both are found to within a factor of two."""
    scales = PooledPolicy(MAP).learn(_world(own, noise)).pool.scales
    assert own / 2 <= scales.own <= own * 2
    assert noise / 2 <= scales.noise <= noise * 2


def test_the_likeliest_scales_are_those_of_the_whole_model() -> None:
    """The evidence of the sums is that of the joint normal of all rewards, for every scale, up to one constant."""
    people, (mean, deviation) = PEOPLE[:12], prior(MAP.names)
    pool = PooledPolicy(MAP, half_life=HALF_LIFE).learn(people).pool
    rows = [(i, e) for i, person in enumerate(people) for e in person.experiences]
    x = np.stack([vector(MAP.names, e.features) for _, e in rows])
    y = np.array([round(e.reward * 1024) / 1024 for _, e in rows]) - x @ mean
    same = np.array([[i == j for j, _ in rows] for i, _ in rows])
    noises = np.array([0.03, 0.06, 0.2])
    gaps, counted = [], counted_for(people)
    for k, ratio in enumerate(RATIOS):
        misfits = _misfit(mean, deviation, pool.sums, k, noises)
        for noise, misfit in zip(noises, misfits, strict=True):
            shared = x @ np.diag(deviation**2) @ x.T
            covariance = shared + same * shared * ratio * noise + noise * np.diag(1 / counted)
            whole = np.linalg.slogdet(covariance)[1] + y @ np.linalg.solve(covariance, y)
            whole += (counted.sum() - len(y)) * np.log(noise)  # one that counts for half speaks of the noise by half
            own = (ratio * noise) ** 0.5
            before = np.log(own) ** 2 + (np.log(noise / NOISE_VARIANCE) / 0.7) ** 2
            gaps.append(misfit - before - whole)
    assert np.ptp(gaps) < 1e-4


def test_before_anything_was_seen_the_scales_are_the_stated_ones() -> None:
    """Nobody seen: people differ as much as the prior is wide, and rewards scatter as stated."""
    empty = PooledPolicy(MAP)
    assert (empty.pool.scales.own, empty.pool.scales.noise) == pytest.approx((1.0, NOISE_VARIANCE))
    world = _world(3.0, 0.03, people=10)
    assert empty.learn(world).forget(world).pool.scales == empty.pool.scales
    mean, deviation = prior(MAP.names)
    assert scales_of(mean, deviation, empty.pool.sums) == empty.pool.scales


def test_impossible_scales_are_refused() -> None:
    """Noise must be above nought, and people cannot differ by less than nothing."""
    for own, noise in ((-0.1, 0.06), (1.0, 0.0)):
        with pytest.raises(ValueError, match="give 0 or more"):
            Scales.of(own=own, noise=noise)


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
