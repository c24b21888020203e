"""Whether it pays to let old outcomes fade: what is lost with a half-life over what is lost where nothing fades.

Everybody is made up, and lives for some eight months. In `turning` everybody's tastes change to others after four; in
`steady` they do not.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial

import numpy as np

from attunement.library.library import load_library
from attunement.library.resources import content_folder
from attunement.policy.features import FeatureMap
from attunement.policy.pooled import PooledPolicy
from attunement.simulation.comparison import WORLDS, live
from attunement.simulation.world import DAY_H, Kind
from benchmarks.figures import Figure, run, spread_of_median

TURNED: Mapping[str, Kind] = {
    "turning": replace(WORLDS["differ"], turn_h=120 * DAY_H), "steady": WORLDS["differ"]
}  # fmt: skip
HALF_LIFE_DAYS = 180.0
SEEDS, PEOPLE, EACH = 10, 8, 400


def measure(quick: bool, say: Callable[[str], None]) -> Iterator[Figure]:
    """One ratio for each world; above 1 it costs. ``quick``: few seeds, and the world that stays alone."""
    seeds = 2 if quick else SEEDS
    for name in ("steady",) if quick else TURNED:
        say(f"Eight months in a made-up programme: {name}")
        with ProcessPoolExecutor(os.cpu_count()) as pool:
            ratios = np.array(list(pool.map(partial(_ratio, name, EACH // 8 if quick else EACH), range(seeds))))
        unit = f"lost with a half-life of {HALF_LIFE_DAYS:.0f} days over nothing fading; {PEOPLE} people, {seeds} seeds"
        yield Figure(f"fading_ratio_{name}", float(np.median(ratios)), unit, spread_of_median(ratios))


def _ratio(name: str, each: int, seed: int) -> float:
    practices = tuple(load_library(content_folder()).practices[::2])
    fading, lasting = (
        live(PooledPolicy(FeatureMap(practices), half_life=half_life), practices, TURNED[name], people=PEOPLE,
             decisions=PEOPLE * each, seed=seed, breadth=0.0).lost
        for half_life in (HALF_LIFE_DAYS, None)
    )  # fmt: skip
    return fading / lasting


if __name__ == "__main__":
    run("What letting outcomes fade costs", measure)
