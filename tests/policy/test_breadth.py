"""Breadth: measured by hand, a counterweight that grows with narrowness, floors under every kind."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.checks.examples import FAMILIES, example_practices
from attunement.domain.context import Context, Experience, History, Met
from attunement.domain.others_kept import OthersKept
from attunement.domain.practice import Viewpoint
from attunement.domain.probabilities import Listed
from attunement.policy.breadth import NARROW, Breadth
from attunement.policy.candidates import Catalogue
from attunement.policy.features import FeatureMap
from attunement.policy.pooled import PooledPolicy
from attunement.policy.wording import clause

PRACTICES = example_practices()
BREADTH = Breadth(PRACTICES)
SAME = tuple(Met(PRACTICES[0].id, float(day), 0.5) for day in range(12))
VARIED = tuple(Met(p.id, float(day), 0.5) for day, p in enumerate(PRACTICES))


def test_variety_by_hand() -> None:
    """Two of one family, one of another: exp of -(2/3 ln 2/3 + 1/3 ln 1/3); older than thirty days is not counted."""
    met = (Met("example-0", 1.0), Met("example-3", 2.0), Met("example-1", 3.0), Met("example-2", 31.0))
    variety = BREADTH.variety(met)
    assert variety.families == {"listening": 2, "self-kindness": 1, "repair": 0}
    assert variety.effective == pytest.approx(np.exp(-(2 / 3 * np.log(2 / 3) + 1 / 3 * np.log(1 / 3))))
    unlike = [p.viewpoints[0] in {Viewpoint.STRANGER, Viewpoint.OPPONENT, Viewpoint.GROUP} for p in PRACTICES]
    assert variety.unlike == pytest.approx((unlike[0] + unlike[3] + unlike[1]) / 3)


def test_the_guard_speaks_of_one_family_only_and_after_enough() -> None:
    """Twelve of one family are narrow; seven are too few to say; varied ones and none at all are not."""
    assert BREADTH.variety(SAME).narrow
    assert not BREADTH.variety(SAME[:7]).narrow
    assert not BREADTH.variety(VARIED).narrow
    assert (BREADTH.variety(()).share, BREADTH.variety(()).narrow) == (1.0, False)


def test_the_counterweight_marks_down_what_was_met_and_grows_as_it_narrows() -> None:
    """Practices of the family met most are marked down most, more where more of all met was of it."""
    half = tuple(Met(PRACTICES[k % 2 * (1 + k % 5)].id, float(k), 0.5) for k in range(12))
    narrow, wider = (BREADTH.counterweight(Context(met=met), PRACTICES)[0] for met in (SAME, half))
    assert narrow.argmax() in {0, 3, 6, 9}
    assert narrow[0] > wider[0] > 0
    assert narrow.mean() == pytest.approx(0, abs=1e-12)
    assert not BREADTH.counterweight(Context(), PRACTICES)[0].any()
    assert not Breadth(PRACTICES, strength=0).counterweight(Context(met=SAME), PRACTICES)[0].any()


def test_the_member_steers_it_and_the_guard_sets_a_least() -> None:
    """More breadth, more counterweight; none where the member wants none, but where the guard speaks."""

    def most(met: tuple[Met, ...], breadth: float) -> float:
        return float(BREADTH.counterweight(Context(met=met, breadth=breadth), PRACTICES)[0].max())

    pulls = [most(VARIED[:6], b) for b in (0.0, 0.5, 1.0)]
    assert pulls[0] == 0 < pulls[1] < pulls[2]
    assert most(SAME, 0.0) == most(SAME, 0.5) > 0


@pytest.mark.parametrize("breadth", [0.0, 0.5, 1.0])
def test_where_the_guard_speaks_variety_comes_back_whatever_is_liked(breadth: float) -> None:
    """Of somebody whom one family helps far more: others have half the chance, and variety passes the bound."""
    features = FeatureMap(PRACTICES)
    policy, rng, liked = PooledPolicy(features), np.random.default_rng(1), PRACTICES[0].family
    family = {p.id: p.family for p in PRACTICES}
    met, told, shares = list(SAME), list[Experience](), list[float]()
    for day in range(40):
        context = Context(met=tuple(met), breadth=breadth, own=History(tuple(told)))
        shares.append(policy.breadth.variety(context.met).share)
        choice = policy.decide(context, PRACTICES, rng=rng)
        others = sum(p for practice, p in choice.probabilities.items() if family[practice] != liked)
        assert others >= 0.5 * (1 - 1 / len(FAMILIES)) - 0.1 or not choice.guarded
        assert choice.guarded == (shares[-1] < NARROW)
        reward = 0.95 if family[choice.offered] == liked else 0.2
        told.append(Experience(choice.features[choice.offered], reward, choice.offered, float(day)))
        met = [Met(choice.offered, 0.0, reward), *(replace(one, days_ago=one.days_ago + 1) for one in met)]
    assert shares[0] < NARROW
    assert max(shares) > NARROW


@given(st.lists(st.integers(0, 11), min_size=1, max_size=12, unique=True))
def test_every_kind_has_its_part_of_the_even_share(places: list[int]) -> None:
    """Over any candidates the chances sum to 1, every family and viewpoint has at least half an even part, and no
    practice none."""
    some = [PRACTICES[k] for k in places]
    chances = BREADTH.evenly(some)
    families, viewpoints = Counter[str](), Counter[str]()
    for practice, chance in zip(some, chances, strict=True):
        families[practice.family] += chance
        viewpoints.update({str(v): chance for v in practice.viewpoints})
    assert min(viewpoints.values()) >= 0.5 / len(viewpoints) - 1e-12
    assert chances.sum() == pytest.approx(1)
    assert chances.min() > 0
    assert min(families.values()) >= 0.5 / len(families) - 1e-12


def test_a_small_family_keeps_its_floor_among_very_many() -> None:
    """However little is expected of the only one of its family, it has its part of the even share; the log tells it."""
    many = (*(replace(PRACTICES[0], id=f"many-{k}") for k in range(700)), replace(PRACTICES[2], id="alone"))
    poor = Experience({"always": 1.0, f"family/{PRACTICES[2].family}": 1.0}, 0.0)
    policy = PooledPolicy(FeatureMap(many)).learn([History((poor,) * 40)])
    choice = policy.decide(Context(breadth=0.5), many, rng=np.random.default_rng(0))
    p = choice.probabilities
    assert sum(p.values()) == pytest.approx(1)
    assert p["alone"] >= 0.06 / 2 / 4, "half of the even share goes by kinds, a quarter of that to one of two families"
    assert min(p.values()) == policy.floor(Context(breadth=0.5), many)
    listed = Listed(tuple(one.id for one in many))
    named, others = OthersKept.of(p, shown=[choice.offered], listed=listed)
    assert dict(others.spread(named, listed)) == dict(p.items())
    assert len(named) <= 260


def test_the_best_of_each_kind_is_found_wherever_it_stands() -> None:
    """Among the best of all where it has the kind, else among the rest; kinds that are not there have none."""
    some, scores = Catalogue(PRACTICES), np.array([0.9, 0.1, 0.2, 0.8, 0.3, 0.1] * 2, np.float32)
    breadth = Breadth(some)
    best = breadth.best_of_each(some.everything, scores, np.array([0, 3, 6, 9]))
    for kind in [*FAMILIES, *Viewpoint]:
        having = [k for k, p in enumerate(PRACTICES) if kind == p.family or kind in p.viewpoints]
        assert not having or max(scores[having]) in scores[[k for k in best if k in having]]
    assert len(best) <= len(FAMILIES) + len(Viewpoint)


def test_a_narrow_member_is_offered_other_kinds_more_often_and_told_so() -> None:
    """With the same beliefs, after many of one family its chance is lower than without a counterweight."""
    policy = PooledPolicy(FeatureMap(PRACTICES))
    context = Context(met=tuple(replace(m, reward=0.9) for m in SAME), breadth=1.0)
    with_it = policy.decide(context, PRACTICES, rng=np.random.default_rng(0)).probabilities
    policy.breadth = Breadth(PRACTICES, strength=0)
    without = policy.decide(context, PRACTICES, rng=np.random.default_rng(0)).probabilities

    def share(p: dict[str, float]) -> float:
        return sum(p[practice.id] for practice in PRACTICES if practice.family == FAMILIES[0])

    assert share(with_it) < share(without) - 0.05
    policy.breadth = BREADTH
    told = [
        clause(reason, PRACTICES[0], "Listening")
        for seed in range(12)
        for reason in policy.decide(context, PRACTICES, rng=np.random.default_rng(seed)).reasons
        if reason.about == "breadth"
    ]
    assert "it keeps what you meet varied (Listening)" in told


def test_a_decision_says_whether_the_guard_spoke() -> None:
    """Of somebody who met one family only it did; of somebody who met many it did not, nor of a newcomer."""
    policy = PooledPolicy(FeatureMap(PRACTICES))
    spoke = [
        policy.decide(Context(met=met), PRACTICES, rng=np.random.default_rng(0)).guarded for met in (SAME, VARIED, ())
    ]
    assert spoke == [True, False, False]


def test_where_there_is_nothing_else_to_offer_the_guard_is_silent() -> None:
    """Of candidates that are all of the family that was met, no draw could be more varied."""
    family = [p for p in PRACTICES if p.family == PRACTICES[0].family]
    assert BREADTH.counterweight(Context(met=SAME), PRACTICES)[1]
    assert not BREADTH.counterweight(Context(met=SAME), family)[1]


def test_practices_nobody_knows_any_more_are_passed_over() -> None:
    """A practice that left the library neither counts nor fails."""
    assert BREADTH.variety((Met("gone", 1.0),)).n == 0
    assert not BREADTH.counterweight(Context(met=(Met("gone", 1.0),)), PRACTICES)[0].any()
