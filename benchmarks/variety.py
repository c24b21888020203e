"""What breadth costs and brings: the same policy, once it knows people, with and without it for thirty days."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

import numpy as np

from attunement.domain.context import Experience, History
from attunement.evaluation.variety import effective
from attunement.library.library import load_library
from attunement.library.resources import content_folder
from attunement.policy.breadth import Breadth
from attunement.policy.choosing import even_share
from attunement.policy.features import FeatureMap
from attunement.policy.pooled import PooledPolicy
from attunement.simulation.world import Kind, World
from benchmarks.figures import Figure

PEOPLE, BEFORE, DAYS, ASKED = 16, 45, 30, 0.5
KIND = Kind(own=0.08, wears=0.05)


def variety_figures(*, seeds: int) -> Iterator[Figure]:
    """Effective families met, reward, and how many people had a family under its floor."""
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        without = np.array(list(pool.map(_without, range(seeds))))
        with_it = np.array(list(pool.map(_with, range(seeds))))
    unit = f"with over without; {PEOPLE} made-up people who tire little, {DAYS} days after {BEFORE}, {seeds} seeds"
    for name, column, bar in (("families", 0, ">= 1.5"), ("reward", 1, ">= 0.98")):
        ratio = with_it[:, column] / without[:, column]
        spread = (float(ratio.min()), float(ratio.max()))
        yield Figure(f"breadth_{name}_ratio", float(np.median(ratio)), unit, spread, bar)
    yield Figure("breadth_families_with", float(np.median(with_it[:, 0])), "effective families of ten")
    yield Figure("breadth_under_floor", float(with_it[:, 2].max()), "people with a family under its floor", bar="<= 0")


def _without(seed: int) -> tuple[float, float, float]:
    return _month(seed, strength=0.0, asked=0.0)


def _with(seed: int) -> tuple[float, float, float]:
    return _month(seed, strength=None, asked=ASKED)


def _month(seed: int, *, strength: float | None, asked: float) -> tuple[float, float, float]:
    """Mean effective families over people, mean expected reward, people any of whose families fell under the floor."""
    practices = tuple(load_library(content_folder()).practices)
    world = World(practices, people=PEOPLE, kind=KIND, rng=np.random.default_rng(seed))
    policy, rng = PooledPolicy(FeatureMap(practices)), np.random.default_rng(seed)
    policy.features.breadth = policy.breadth = Breadth(practices, strength=0.0)
    families, place = sorted({p.family for p in practices}), {p.id: k for k, p in enumerate(practices)}
    kind = np.array([families.index(p.family) for p in practices])
    counts, rewards, under = np.zeros((PEOPLE, len(families))), list[float](), set[int]()
    own, shared = [History()] * PEOPLE, [History()] * PEOPLE
    for day in range(BEFORE + DAYS):
        if day == BEFORE and strength is None:
            policy.features.breadth = policy.breadth = Breadth(practices)
        for who in range(PEOPLE):
            context = world.comes(who)
            worth = world.worth(who, context)
            asks = asked if day >= BEFORE else 0.0
            known = replace(context, breadth=asks, own=own[who], shared=shared[who])
            choice = policy.decide(known, practices, rng=rng)
            k = place[choice.offered]
            if day >= BEFORE:
                counts[who, kind[k]] += 1
                rewards.append(float(worth[k]))
                p = np.bincount(kind, [choice.probabilities[c.id] for c in practices])
                if p.min() < even_share(known) / 2 / len(families) - 1e-12:
                    under.add(who)
            reward = world.responds(who, practices[k], float(worth[k]))
            if reward is not None:
                seen = Experience(choice.features[choice.offered], reward, choice.offered)
                own[who] = History((*own[who].experiences, seen))
        policy = policy.forget(shared).learn(own)
        shared = list(own)
    return float(np.mean([effective(row) for row in counts])), float(np.mean(rewards)), float(len(under))
