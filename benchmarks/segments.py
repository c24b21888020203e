"""Segments at a cold start: what newcomers lose over their first offers, met from everybody or from people like them.

Everybody is made up. In `kinds` people come in four kinds that show in how they feel and what they need, and like
different things; in `idle_kinds` they come in kinds that like nothing in common; in `no_kinds` they do not.
"""

from __future__ import annotations

import copy
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import numpy as np

from attunement.domain.context import Experience, History
from attunement.domain.need import Need
from attunement.domain.practice import Practice
from attunement.foresight.segments import Segments
from attunement.foresight.traits import CheckedIn, Done, Known, measured, stacked, traits_for
from attunement.library.library import load_library
from attunement.library.resources import content_folder
from attunement.policy.features import FeatureMap
from attunement.policy.leaning import Leaning, leaning_of, leanings
from attunement.policy.pooled import PooledPolicy
from attunement.simulation.world import Kind, World
from benchmarks.figures import Figure, run, spread_of_median

WORLDS: Mapping[str, tuple[Kind, str]] = {
    "kinds": (Kind(own=0.05, groups=4, apart=0.12), "<= 0.95"), "no_kinds": (Kind(own=0.12), "<= 1.01"),
    "idle_kinds": (Kind(own=0.12, groups=4, apart=0.0), "<= 1.01"),
}  # fmt: skip
SEEDS, PEOPLE, TIMES, NEWCOMERS, FIRST = 10, 100, 12, 40, 10
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
Lean = Callable[[int], Leaning]


def measure(quick: bool, say: Callable[[str], None]) -> Iterator[Figure]:
    """Lost with segments over lost without, in each world; ``quick``: where there are kinds, with few seeds."""
    seeds = 2 if quick else SEEDS
    for name, (kind, bar) in list(WORLDS.items())[: 1 if quick else None]:
        say(f"Newcomers in a made-up programme: {name}")
        with ProcessPoolExecutor(os.cpu_count()) as pool:
            lost = np.array(list(pool.map(partial(_lost, name), range(seeds))))
        unit = (
            f"lost with segments over without; first {FIRST} offers of {NEWCOMERS} newcomers to {PEOPLE} made-up "
            f"people, median of {seeds} seeds"
        )
        ratio = lost[:, 1] / lost[:, 0]
        yield Figure(f"cold_start_ratio_{name}", float(np.median(ratio)), unit, spread_of_median(ratio), bar)
        yield Figure(f"segments_in_{name}", float(np.median(lost[:, 2])), f"found; there are {kind.groups}")


def _lost(name: str, seed: int) -> tuple[float, float, int]:
    """What a newcomer loses an offer without and with segments, and how many segments were found."""
    community = Community(WORLDS[name][0], PEOPLE, seed)
    segments = Segments.fit(community.known(range(PEOPLE)), community.traits, rng=np.random.default_rng(seed))
    return community.meets(None), community.meets(segments), len(segments.all)


class Community:
    """People who have come for a while, the policy that learned from them, and newcomers."""

    def __init__(self, kind: Kind, people: int, seed: int) -> None:
        self._practices: Sequence[Practice] = load_library(content_folder()).practices[::2]
        self._families = sorted({p.family for p in self._practices})
        self.traits = traits_for({family: family for family in self._families})
        self._people, self._seed = people, seed
        self._world = World(self._practices, people=people + NEWCOMERS, kind=kind, rng=np.random.default_rng(seed))
        self._policy = PooledPolicy(FeatureMap(self._practices))
        self._own = [History()] * (people + NEWCOMERS)
        self._told: list[list[CheckedIn]] = [[] for _ in self._own]
        self._did: list[list[Done]] = [[] for _ in self._own]
        self._settle(np.random.default_rng(seed))

    def known(self, who: Sequence[int]) -> Known:
        """The traits of these people as far as they are known."""
        people = [measured(self._told[i], self._did[i], families=self._families) for i in who]
        return stacked(people, len(self.traits))

    def meets(self, segments: Segments | None) -> float:
        """What newcomers lose an offer on average; nothing stays of it."""
        lean, rng = self._lean(segments), np.random.default_rng(self._seed + 1)
        kept = copy.deepcopy((self._world, self._own, self._told, self._did))
        newcomers = range(self._people, self._people + NEWCOMERS)
        lost = [self._offer(who, History(), lean, rng) for _ in range(FIRST) for who in newcomers]
        self._world, self._own, self._told, self._did = kept
        return float(np.mean(lost))

    def _settle(self, rng: np.random.Generator) -> None:
        shared = self._own[: self._people]
        for _ in range(TIMES):
            for who in range(self._people):
                self._offer(who, shared[who], lambda _: (), rng)
            self._policy = self._policy.forget(shared).learn(self._own[: self._people])
            shared = self._own[: self._people]

    def _lean(self, segments: Segments | None) -> Lean:
        """By a newcomer's check-ins alone, as the programme does it."""
        if segments is None or len(segments.all) == 1:
            return lambda _: ()
        place = segments.chances(self.known(range(self._people))).argmax(axis=1)
        groups = [[self._own[i] for i in np.flatnonzero(place == k)] for k in range(len(segments.all))]
        of_groups, names = leanings(self._policy, groups), self._policy.features.names

        def lean(who: int) -> Leaning:
            known = stacked([measured(self._told[who], (), families=self._families)], len(self.traits))
            return leaning_of(names, segments.chances(known)[0], of_groups)

        return lean

    def _offer(self, who: int, shared: History, lean: Lean, rng: np.random.Generator) -> float:
        """Somebody comes, is offered something and does it; what they lost against the best for them then."""
        context = self._world.comes(who)
        worth = self._world.worth(who, context)
        at = BEGIN + timedelta(hours=self._world.people[who].at_h)
        needs = tuple(n for n in Need if context.state.needs.get(n, 0.0) > 0.5)
        self._told[who].append(CheckedIn(at, context.state.valence, context.state.arousal, needs))
        known = replace(context, breadth=0.0, own=self._own[who], shared=shared, leaning=lean(who))
        choice = self._policy.decide(known, self._practices, rng=rng)
        k = next(k for k, practice in enumerate(self._practices) if practice.id == choice.offered)
        reward = self._world.responds(who, self._practices[k], float(worth[k]))
        if reward is not None:
            seen = Experience(choice.features[choice.offered], reward, choice.offered)
            self._own[who] = History((*self._own[who].experiences, seen))
            practice, rating = self._practices[k], round(1 + 4 * reward)
            self._did[who].append(Done(practice.family, practice.medium, reward >= 0.5, rating))
        return float(worth.max() - worth[k])


if __name__ == "__main__":
    run("Segments at a cold start", measure)
