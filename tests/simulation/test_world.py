"""Made-up programmes: repeatable, with moods on their scale, habit that wears off, and policies that find it."""

from __future__ import annotations

import numpy as np
import pytest

from attunement.checks.examples import example_practices
from attunement.policy.features import FeatureMap
from attunement.policy.pooled import PooledPolicy
from attunement.policy.uniform import UniformPolicy
from attunement.simulation.comparison import POLICIES, WORLDS, compare, live
from attunement.simulation.world import Kind, World

PRACTICES = example_practices()


def _world(kind: Kind = WORLDS["differ"], seed: int = 0) -> World:
    return World(PRACTICES, people=4, kind=kind, rng=np.random.default_rng(seed))


def test_the_same_seed_makes_the_same_people_and_days() -> None:
    """Everything a person is and says comes from the seed."""
    first, second = _world(), _world()
    assert [first.comes(k % 4) for k in range(20)] == [second.comes(k % 4) for k in range(20)]
    assert (first.people[0].taste == second.people[0].taste).all()
    assert (first.people[0].taste != _world(seed=1).people[0].taste).any()


def test_worth_is_a_reward_and_moods_stay_on_their_scale() -> None:
    """Whatever happens, worth lies within 0 to 1 and valence and arousal within -1 to 1."""
    world = _world(WORLDS["differ-much"])
    for k in range(200):
        context = world.comes(k % 4)
        worth = world.worth(k % 4, context)
        assert -1 <= context.state.valence <= 1
        assert -1 <= context.state.arousal <= 1
        assert ((worth > 0) & (worth < 1)).all()
        told = world.responds(k % 4, PRACTICES[k % 12], float(worth[k % 12]))
        assert told is None or 0 <= told <= 1


def test_the_same_thing_wears_off_and_recovers() -> None:
    """Right after it was met a practice is worth less, and after weeks as much as before."""
    world, kind = _world(Kind(own=0.0, wears=0.3)), 0.3
    context = world.comes(0)
    before = world.worth(0, context)[2]
    world.responds(0, PRACTICES[2], 0.5)
    assert world.worth(0, context)[2] == pytest.approx(before - kind)
    world.people[0].at_h += 24 * 70
    assert world.worth(0, context)[2] == pytest.approx(before, abs=1e-3)


def test_tastes_turn_when_they_are_said_to() -> None:
    """After the hour of the turn, another taste counts."""
    world = _world(Kind(own=0.2, turn_h=100.0))
    context = world.comes(0)
    before = world.worth(0, context)
    world.people[0].at_h = 101.0
    assert np.abs(world.worth(0, context) - before).max() > 0.05


def test_a_policy_that_learns_loses_less_than_a_fair_draw() -> None:
    """With the same made-up people, partial pooling loses clearly less; the fair draw is the most varied."""
    some = {"people": 6, "decisions": 250, "seed": 3}
    ours = live(PooledPolicy(FeatureMap(PRACTICES)), PRACTICES, WORLDS["differ-much"], **some)
    fair = live(UniformPolicy(), PRACTICES, WORLDS["differ-much"], **some)
    assert ours.lost < 0.8 * fair.lost
    assert ours.reward > fair.reward
    assert fair.families >= ours.families


def test_every_policy_takes_part() -> None:
    """All baselines there are run on the same people, once a seed."""
    found = dict(compare(PRACTICES, WORLDS["alike"], people=3, decisions=30, seeds=2))
    assert set(found) == set(POLICIES)
    assert all(len(lived) == 2 for lived in found.values())


def test_people_of_one_group_have_tastes_and_needs_in_common() -> None:
    """With groups far apart and people alike within, tastes come in as many clusters as there are groups."""
    kind = Kind(own=0.0, groups=3, apart=0.2)
    world = World(PRACTICES, people=30, kind=kind, rng=np.random.default_rng(0))
    assert len({person.taste.tobytes() for person in world.people}) == 3
    wants: dict[bytes, list[np.ndarray]] = {person.taste.tobytes(): [] for person in world.people}
    for person in world.people:
        wants[person.taste.tobytes()].append(person.needs)
    within = np.mean([np.std(needs, axis=0).mean() for needs in wants.values()])
    assert within < np.std([person.needs for person in world.people], axis=0).mean()
