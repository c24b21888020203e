"""How people of a kind lean: as far as their outcomes tell, and not at all where kinds do not matter."""

from __future__ import annotations

import numpy as np
import pytest

from attunement.checks.examples import example_practices
from attunement.domain.context import Context, Experience, History
from attunement.policy.features import FeatureMap
from attunement.policy.leaning import leaning_of, leanings
from attunement.policy.pooled import PooledPolicy
from attunement.policy.scales import Scales
from attunement.policy.statistics import vector

MAP = FeatureMap(example_practices())
LISTEN, WRITE = {"always": 1.0, "medium/listen": 1.0}, {"always": 1.0, "medium/write": 1.0}
NEWCOMER = History()


def _people(listen: float, write: float, *, n: int = 12) -> list[History]:
    return [History((Experience(LISTEN, listen), Experience(WRITE, write)) * 4) for _ in range(n)]


def _policy(*groups: list[History]) -> PooledPolicy:
    fixed = PooledPolicy(MAP, scales=Scales.of(own=0.3, noise=0.06))
    return fixed.learn([person for group in groups for person in group])


def test_each_kind_leans_to_what_was_worth_more_to_its_people() -> None:
    """Two kinds who like opposite things lean apart by most of the way, each about as far as the other."""
    listeners, writers = _people(0.8, 0.4), _people(0.4, 0.8)
    found = leanings(_policy(listeners, writers), [listeners, writers])
    apart = vector(MAP.names, LISTEN) - vector(MAP.names, WRITE)
    first, second = found @ apart
    assert 0.1 < first <= 0.4
    assert second == pytest.approx(-first, abs=0.01)


def test_kinds_that_do_not_matter_do_not_lean() -> None:
    """Where both kinds like the same, leanings are exactly nothing."""
    some, others = _people(0.7, 0.5), _people(0.7, 0.5)
    assert not leanings(_policy(some, others), [some, others]).any()


def test_a_kind_of_few_people_leans_less() -> None:
    """The same outcomes from one person move their kind less than from twelve, and nobody leans by nothing."""
    everybody, one = _people(0.4, 0.8, n=24), _people(0.8, 0.4, n=1)
    twelve = _people(0.8, 0.4)
    apart = vector(MAP.names, LISTEN) - vector(MAP.names, WRITE)
    few = leanings(_policy(everybody, one), [everybody, one])[1] @ apart
    many = leanings(_policy(everybody, twelve), [everybody, twelve])[1] @ apart
    assert 0 <= few < many
    assert not leanings(_policy(everybody), [everybody, []])[1].any()


def test_a_newcomer_starts_from_how_people_like_them_lean() -> None:
    """The belief's mean is everybody's plus the leaning, by the chances of each kind; how sure it is stays the same."""
    listeners, writers = _people(0.8, 0.4), _people(0.4, 0.8)
    policy = _policy(listeners, writers)
    found = leanings(policy, [listeners, writers])
    leaning = leaning_of(MAP.names, np.array([0.75, 0.25]), found)
    plain, leant = policy.belief_of(NEWCOMER, NEWCOMER), policy.belief_of(NEWCOMER, NEWCOMER, leaning)
    assert leant.mean - plain.mean == pytest.approx(0.75 * found[0] + 0.25 * found[1], abs=1e-3)
    assert leant.spread == pytest.approx(plain.spread)


def test_ones_own_history_takes_over() -> None:
    """After sixteen outcomes of one's own, a wrong leaning counts for less than half of what it did."""
    policy = _policy(_people(0.6, 0.6))
    leaning = (("medium/listen", 0.2),)
    own = History((Experience(LISTEN, 0.3), Experience(WRITE, 0.8)) * 8)
    moved = [
        (policy.belief_of(history, NEWCOMER, leaning).mean - policy.belief_of(history, NEWCOMER).mean)
        @ vector(MAP.names, LISTEN)
        for history in (NEWCOMER, own)
    ]
    assert moved[0] == pytest.approx(0.2, abs=1e-3)
    assert moved[1] < moved[0]


def test_no_reason_speaks_of_a_kind() -> None:
    """What stems from a leaning is told under what holds for people here: no reason is added, and weights add up."""
    policy = _policy(_people(0.6, 0.6))
    for leaning in ((), (("medium/listen", 0.2), ("medium/write", -0.2))):
        choice = policy.decide(Context(leaning=leaning), example_practices(), rng=np.random.default_rng(0))
        assert {reason.about for reason in choice.reasons} <= {"people-here", "new:family", "the-rest", "breadth"}
