"""What stands beside an offer: good, unlike, near the interests asked for, with exact chances to be shown."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.checks.examples import FAMILIES, example_practices
from attunement.domain.context import Context, Met
from attunement.policy.features import FeatureMap
from attunement.policy.likeness import Likeness
from attunement.policy.pooled import PooledPolicy
from attunement.policy.slate import EVEN_BEFORE, Slate, wanted

PRACTICES = example_practices()
LIKENESS = Likeness(PRACTICES)
WORTHS = st.lists(st.floats(0, 1), min_size=12, max_size=12)
DONE = tuple(Met(PRACTICES[k].id, 1.0, 1.0) for k in (0, 3, 6, 9))


def _slate(worth: list[float], n: int, breadth: float = 0.5, met: tuple[Met, ...] = ()) -> Slate:
    return Slate(LIKENESS, Context(met=met, breadth=breadth), PRACTICES[:n], np.array(worth[:n]))


def test_likeness_by_hand() -> None:
    """0.4 for the family, 0.2 each for medium, viewpoints and needs; all of it to itself."""
    one = replace(PRACTICES[0], id="one", medium=PRACTICES[1].medium)
    two = replace(
        PRACTICES[1], id="two", viewpoints=(*PRACTICES[0].viewpoints, PRACTICES[1].viewpoints[0]),
        needs=PRACTICES[0].needs,
    )  # fmt: skip
    between = Likeness([PRACTICES[0], one, two]).between([PRACTICES[0], one, two])
    assert between.diagonal() == pytest.approx(1)
    assert between[0, 1] == pytest.approx(0.4 + 0.2 + 0.2)
    assert between[0, 2] == pytest.approx(0.2 * np.sqrt(1 / 2) + 0.2)
    assert between[1, 2] == pytest.approx(0.2 + 0.2 * np.sqrt(1 / 2) + 0.2)


@given(WORTHS, st.integers(1, 12), st.floats(0, 1), st.booleans())
def test_a_slate_holds_up_to_two_others_and_hangs_on_the_pick_alone(
    worth: list[float], n: int, breadth: float, known: bool
) -> None:
    """Never the pick itself, each once; asked for all picks at once, every slate is the same."""
    slate = _slate(worth, n, breadth, DONE if known else ())
    at_once = slate.beside(np.arange(n))
    for pick in range(n):
        beside = [int(k) for k in slate.beside(pick)]
        assert len(beside) == min(2, n - 1)
        assert len({pick, *beside}) == 1 + len(beside)
        assert beside == [int(k[pick]) for k in at_once]


@given(WORTHS, st.integers(1, 12), st.lists(st.floats(0.01, 1), min_size=12, max_size=12))
def test_chances_to_be_shown_are_those_of_all_slates(worth: list[float], n: int, shares: list[float]) -> None:
    """They add up to the size of a slate, are no less than the chance to be picked, and equal the sum one by one."""
    p = np.array(shares[:n]) / sum(shares[:n])
    slate = _slate(worth, n)
    chances = slate.inclusion(p)
    by_hand = np.zeros(n)
    for pick in range(n):
        by_hand[[pick, *(int(k) for k in slate.beside(pick))]] += p[pick]
    assert chances == pytest.approx(by_hand)
    assert chances.sum() == pytest.approx(min(3, n))
    assert (chances >= p - 1e-12).all()
    assert chances.max() <= 1 + 1e-9


def test_where_all_is_worth_the_same_each_is_of_another_family() -> None:
    """At every setting, for somebody of whom nothing is known."""
    for breadth in (0.0, 0.5, 1.0):
        slate = _slate([0.5] * 12, 12, breadth)
        for pick in range(12):
            assert len({PRACTICES[k].family for k in (pick, *map(int, slate.beside(pick)))}) == 3


def test_what_is_much_better_stands_beside_whatever_its_kind() -> None:
    """Two of the pick's family that are worth half more are shown all the same."""
    worth = [0.5] * 12
    worth[3] = worth[6] = 1.0
    assert {int(k) for k in _slate(worth, 12).beside(0)} == {3, 6}


def test_interests_are_what_was_done_by_how_it_went() -> None:
    """Four of one family, each of full reward, over two spread evenly; wide offers want what lies outside."""
    close, wide, middle = (wanted(LIKENESS, Context(met=DONE, breadth=b)) for b in (0.0, 1.0, 0.5))
    own = (4 + EVEN_BEFORE / 3) / (4 + EVEN_BEFORE)
    place = LIKENESS.families.index(FAMILIES[0])
    assert close[place] == pytest.approx(own)
    assert wide[place] == pytest.approx((1 - own) / 2)
    assert middle == pytest.approx((close + wide) / 2)
    assert all(shares.sum() == pytest.approx(1) for shares in (close, wide, middle))
    assert wanted(LIKENESS, Context()) == pytest.approx(np.full(3, 1 / 3))


def test_close_offers_hold_more_of_what_was_done_than_wide_ones() -> None:
    """Over random worths, of somebody who did one family only."""
    rng, counts = np.random.default_rng(0), Counter[float]()
    for _ in range(60):
        worth = rng.uniform(0.3, 0.7, 12).tolist()
        for breadth in (0.0, 0.5, 1.0):
            slate = _slate(worth, 12, breadth, DONE)
            counts[breadth] += sum(PRACTICES[int(k)].family == FAMILIES[0] for k in slate.beside(1))
    assert counts[0.0] > counts[0.5] > counts[1.0]


def test_of_very_many_the_chance_is_told_with_its_error() -> None:
    """Of 300 candidates those not retrieved are seldom picked and stand beside nothing; what is missing is told."""
    many = tuple(replace(PRACTICES[k % 12], id=f"p{k}", minutes=3 + k % 17) for k in range(300))
    policy = PooledPolicy(FeatureMap(many))
    shown, told, n = Counter[str](), dict[str, tuple[float, float]](), 400
    for seed in range(n):
        choice = policy.decide(Context(met=DONE), many, rng=np.random.default_rng(seed))
        assert 0 < choice.inclusion_error < 0.02
        shown.update(choice.inclusion.keys())
        for practice in choice.inclusion.keys() - told.keys():
            told[practice] = (choice.inclusion[practice], choice.inclusion_error)
    for practice, (chance, error) in told.items():
        spread = 4.5 * np.sqrt(chance * (1 - chance) / n) + 2 / n
        assert chance - spread <= shown[practice] / n <= chance + error + spread


def test_where_the_guard_speaks_what_stands_beside_reaches_wider_too() -> None:
    """Somebody who met one family only and wants no breadth is shown the same beside it as with the middle setting."""
    policy = PooledPolicy(FeatureMap(PRACTICES))
    met = tuple(Met(PRACTICES[0].id, float(day), 1.0) for day in range(12))

    def slates(met: tuple[Met, ...], breadth: float) -> dict[str, tuple[str, ...]]:
        context, seeds = Context(met=met, breadth=breadth), range(60)
        made = [policy.decide(context, PRACTICES, rng=np.random.default_rng(seed)) for seed in seeds]
        assert {choice.guarded for choice in made} == {len(met) >= 8}
        return {choice.offered: choice.alternatives for choice in made}

    def same(met: tuple[Met, ...]) -> bool:
        close, middle = slates(met, 0.0), slates(met, 0.5)
        assert len(close.keys() & middle.keys()) > 2
        return all(close[offered] == middle[offered] for offered in close.keys() & middle.keys())

    assert same(met)
    assert not same(met[:7])
