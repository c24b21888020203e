"""The linear policy against numbers worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from attunement.checks.examples import example_contexts, example_practices
from attunement.domain.context import Context, Experience, History
from attunement.domain.errors import ErrorCode, Invalid
from attunement.policy import thompson
from attunement.policy.features import FeatureMap
from attunement.policy.linear import BayesianLinearPolicy
from attunement.policy.optimistic import EpsilonGreedyPolicy, LinUcbPolicy
from attunement.policy.pooled import PooledPolicy
from attunement.policy.prior import NOISE_VARIANCE
from attunement.policy.statistics import Statistics, vector

PRACTICES = example_practices()
MAP = FeatureMap(PRACTICES)
EXPERIENCES = st.lists(
    st.builds(
        Experience,
        st.dictionaries(st.sampled_from(MAP.names), st.floats(-1, 1), max_size=8),
        st.floats(0, 1),
    ),
    max_size=12,
)


class TwoColumns:
    """Stands in for the feature map: 'always', and a need."""

    names = ("always", "need:calm")


def test_the_posterior_of_two_columns() -> None:
    """Two lessons give the mean and covariance that Bayes' rule gives on paper.

    Prior: means 0.5 and 0.25, deviations 0.3 and 0.08; noise variance 0.06. Lessons: (1, 1) earned 1, (1, 0) earned
    0. The precision is diag(1/0.3², 1/0.08²) + [[2, 1], [1, 1]]/0.06, and Cramer's rule solves for the mean.
    """
    policy = BayesianLinearPolicy(TwoColumns()).learn([  # type: ignore[arg-type]
        History((Experience({"always": 1.0, "need:calm": 1.0}, 1.0), Experience({"always": 1.0}, 0.0)))
    ])  # fmt: skip
    a, b, d = 1 / 0.09 + 2 / 0.06, 1 / 0.06, 1 / 0.0064 + 1 / 0.06
    right = (0.5 / 0.09 + 1 / 0.06, 0.25 / 0.0064 + 1 / 0.06)
    determinant = a * d - b * b
    mean = ((d * right[0] - b * right[1]) / determinant, (a * right[1] - b * right[0]) / determinant)
    assert NOISE_VARIANCE == 0.06
    assert policy.belief.mean == pytest.approx(mean, abs=1e-12)
    covariance = policy.belief.spread @ policy.belief.spread.T
    assert covariance == pytest.approx(np.array([[d, -b], [-b, a]]) / determinant, abs=1e-12)
    assert 0 < policy.statistics.n == 2


def test_the_prior_alone() -> None:
    """Having seen nothing, the policy believes just its prior."""
    policy = BayesianLinearPolicy(TwoColumns())  # type: ignore[arg-type]
    assert policy.belief.mean == pytest.approx([0.5, 0.25])
    assert policy.belief.spread @ policy.belief.spread.T == pytest.approx(np.diag([0.09, 0.0064]))


def test_probabilities_are_shares_of_the_draws_over_a_floor() -> None:
    """Each probability is ε/K plus a whole number of draws' share of the rest, and ε grows with breadth."""
    policy = BayesianLinearPolicy(MAP)
    for breadth, epsilon in ((0.0, 0.04), (0.5, 0.06), (1.0, 0.08)):
        context = Context(breadth=breadth)
        assert policy.floor(context, PRACTICES) == pytest.approx(epsilon / len(PRACTICES))
        choice = policy.decide(context, PRACTICES, rng=np.random.default_rng(0))
        wins = [(p - epsilon / len(PRACTICES)) / (1 - epsilon) * thompson.DRAWS for p in choice.probabilities.values()]
        assert wins == pytest.approx(np.round(wins), abs=1e-6)
        assert sum(wins) == pytest.approx(thompson.DRAWS)


def test_many_good_outcomes_draw_it_there() -> None:
    """A kind of practice that keeps earning much is offered more often than before, and one that earns nothing less."""
    policy = BayesianLinearPolicy(MAP)
    context = example_contexts(PRACTICES)[0]
    before = policy.decide(context, PRACTICES, rng=np.random.default_rng(0)).probabilities
    good, bad = PRACTICES[0], PRACTICES[1]
    lessons = [
        Experience(dict(zip(MAP.names, MAP.matrix(context, [p])[0].tolist(), strict=True)), reward)
        for p, reward in ((good, 1.0), (bad, 0.0))
        for _ in range(60)
    ]
    after = (
        policy.learn([History(tuple(lessons))]).decide(context, PRACTICES, rng=np.random.default_rng(0)).probabilities
    )
    assert after[good.id] > 2 * before[good.id]
    assert after[bad.id] < before[bad.id]


@settings(max_examples=60, deadline=None)
@given(EXPERIENCES, EXPERIENCES, st.randoms(use_true_random=False))
def test_the_sums_are_exact(mine: list[Experience], yours: list[Experience], random: object) -> None:
    """In any order and batching the sums are equal to the bit, and forgetting is exact."""
    empty = Statistics.empty(MAP.names)
    mixed = [*mine, *yours]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    one_by_one = empty
    for lesson in mixed:
        one_by_one = one_by_one.plus([lesson])
    for same in (empty.plus(mine).plus(yours), empty.plus(mixed)):
        assert same.xx.tobytes() == one_by_one.xx.tobytes()
        assert same.xy.tobytes() == one_by_one.xy.tobytes()
    left = one_by_one.minus(mine)
    alone = empty.plus(yours)
    assert (left.xx == alone.xx).all()
    assert (left.xy == alone.xy).all()
    assert left.n == alone.n
    assert np.array_equal(Statistics.from_bytes(left.to_bytes()).xx, left.xx)


STRANGER = Experience({"always": 1.0, "need:calm": 1.0}, 1.0)


@pytest.mark.parametrize(
    "learned", [(), (Experience({"always": 1.0}, 1.0),), (Experience({"need:calm": 0.5}, 0.5),) * 3]
)
def test_a_stranger_cannot_be_forgotten(learned: tuple[Experience, ...]) -> None:
    """Rows that were never learned, or are forgotten already, are told with a code, and the policy stays as it is."""
    policy = BayesianLinearPolicy(MAP).learn([History(learned)])
    before = policy.belief.mean.tobytes(), policy.statistics.n
    for strangers in (History((STRANGER,)), History((*learned, *learned, STRANGER))):
        with pytest.raises(Invalid, match="was not learned") as told:
            policy.forget([strangers])
        assert told.value.code is ErrorCode.BAD_INPUT
        assert (policy.belief.mean.tobytes(), policy.statistics.n) == before
    assert policy.forget([History(learned)]).statistics.n == 0


@given(EXPERIENCES, EXPERIENCES)
def test_forgetting_what_is_not_there_is_told_or_harmless(mine: list[Experience], yours: list[Experience]) -> None:
    """Whatever was learned and is to be forgotten: either the code, or a policy that can go on, never a raw fault."""
    policy = BayesianLinearPolicy(MAP).learn([History(tuple(mine))])
    try:
        left = policy.forget([History(tuple(yours))])
    except Invalid:
        assert yours
    else:
        assert np.isfinite(left.belief.mean).all()


@given(st.dictionaries(st.sampled_from(MAP.names), st.floats(-1, 1), max_size=10))
def test_vectors_lie_on_the_grid(features: dict[str, float]) -> None:
    """Every feature is taken to the nearest multiple of 2**-12; names that are not known do not count."""
    x = vector(MAP.names, features | {"unheard-of": 1.0})
    assert (x * 4096 == np.round(x * 4096)).all()
    assert all(abs(x[MAP.column[name]] - value) <= 0.5 / 4096 for name, value in features.items())


def test_sums_move_to_other_columns_by_name() -> None:
    """Where the library changes, what is known of columns of the same name stays, and new ones start empty."""
    seen = Statistics.empty(("a", "b", "c")).plus([Experience({"a": 1.0, "c": -0.5}, 0.5)])
    moved = seen.renamed(("c", "new", "a"))
    assert moved.xx.tolist() == [[0.25, 0, -0.5], [0, 0, 0], [-0.5, 0, 1]]
    assert moved.xy.tolist() == [-0.25, 0, 0.5]
    assert moved.n == 1


@pytest.mark.parametrize("make", [PooledPolicy, BayesianLinearPolicy, LinUcbPolicy, EpsilonGreedyPolicy])
@pytest.mark.parametrize("taught", [False, True])
def test_identical_practices_have_identical_chances(
    make: type[PooledPolicy] | type[BayesianLinearPolicy], taught: bool
) -> None:
    """Practices that no feature tells apart are offered alike, in any company and order, before and after learning."""
    twins = [replace(PRACTICES[0], id=f"twin-{i}") for i in range(7)]
    library = [twins[0], *PRACTICES[1:4], *twins[1:]]
    policy = make(FeatureMap(library))
    if taught:
        seen = policy.features.matrix(Context(), library)[0]
        good = Experience(dict(zip(policy.features.names, seen.tolist(), strict=True)), 1.0)
        policy = policy.learn([History((good,) * 9)])
    for candidates in (library, library[::-1], library[2:]):
        found = policy.decide(Context(), candidates, rng=np.random.default_rng(0)).probabilities
        shares = [found[twin.id] for twin in twins if twin in candidates]
        assert shares == pytest.approx([shares[0]] * len(shares), abs=1e-9)
        assert sum(found.values()) == pytest.approx(1)


def test_practices_marked_down_differently_are_no_twins() -> None:
    """Equal features share only where equally much is taken from their scores."""
    policy, x = BayesianLinearPolicy(MAP), np.tile(MAP.matrix(Context(), PRACTICES)[:1], (3, 1))
    shares = thompson.thompson(policy.belief, x, np.array([0.0, 0.0, 0.2]))
    assert shares.tolist() == [0.5, 0.5, 0.0]
