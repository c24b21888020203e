"""Made-up programmes: repeatable, with moods on their scale, habit that wears off, and policies that find it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from attunement.checks.examples import example_practices
from attunement.library.library import load_library
from attunement.library.resources import content_folder
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


def test_what_they_write_tells_what_helps_only_where_it_is_said_to() -> None:
    """Somebody writes of one practice, which is near in full; the same practice is worth otherwise beside another text.

    In the other worlds nobody writes anything.
    """
    library = load_library(content_folder()).practices
    world = World(library, people=1, kind=Kind(own=0.0, wears=0.0, writes=0.3), rng=np.random.default_rng(0))
    worths = []
    for _ in range(8):
        context = world.comes(0)
        near = context.state.near
        assert near[library[world.people[0].topic].id] == max(near.values()) == pytest.approx(1)
        assert len(near) <= 8
        plain = replace(context, state=replace(context.state, needs={}, near={}))
        world.people[0].mood[:] = 0.5
        worths.append(world.worth(0, plain))
    assert np.ptp(worths, axis=0).max() > 0.2
    assert _world().comes(0).state.near == {}


def test_who_learns_from_texts_loses_less_where_they_tell_what_helps() -> None:
    """With the same made-up people the neural-linear policy loses clearly less than one that sees nearness alone."""
    library = load_library(content_folder()).practices[::2]
    lost = {
        name: live(POLICIES[name](library), library, WORLDS["they-write"], people=3, decisions=150, seed=3).lost
        for name in ("neural-linear", "partial-pooling")
    }
    assert lost["neural-linear"] < 0.85 * lost["partial-pooling"]
