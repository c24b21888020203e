"""Choosing and foreseeing: what is lost while learning, how well a mood is forecast, how fast, how exactly forgotten.

Texts, logs and studies are read from the folder ``ATTUNEMENT_DATA`` (default ``../shared/data``); sets that are not
there are left out and said so. Every library is tried in several settings on a run of its own, and its best compared
with. All of it takes hours on two processors; ``--kept FOLDER`` goes on where it was, ``--part`` measures one part.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks import bandit_peers, fading, segments, worlds
from benchmarks.figures import Figure, Measure, run_parts, spread_of_median
from benchmarks.forecasts import forecast_figures
from benchmarks.open_bandit import open_bandit_figures
from benchmarks.reaching import reaching_figures
from benchmarks.swiftness import swiftness
from benchmarks.text_bandits import MOST, SIZE, Ours, TextBandit, regret, text_bandits
from benchmarks.variety import variety_figures

DATA = Path(os.environ.get("ATTUNEMENT_DATA", "../shared/data"))
CACHE = Path(".cache")
SEEDS, TUNING = 10, 900
Say = Callable[[str], None]


def _made_up(quick: bool, say: Say) -> Iterator[Figure]:
    for name, kind in worlds.WORLDS.items():
        if quick and name != "high":
            continue
        say(f"A made-up programme: {name}")
        yield from _world(name, kind, _seeds(quick), quick)


def _months(quick: bool, say: Say) -> Iterator[Figure]:
    if quick:
        return
    say("A month with and without breadth")
    yield from variety_figures(seeds=SEEDS)
    say("A month of reaching out")
    yield from reaching_figures(seeds=SEEDS)


def _real_texts(quick: bool, say: Say) -> Iterator[Figure]:
    bandits = [] if quick else text_bandits(DATA, CACHE)
    for bandit in bandits:
        say(f"Real texts: {bandit.name}")
        yield _texts(bandit, _seeds(quick))
    if not quick and len(bandits) < 3:
        print(f"some sets of texts are not in {DATA}: left out", file=sys.stderr)


def _real_log(quick: bool, say: Say) -> Iterator[Figure]:
    if not (DATA / "open_bandit" / "random").is_dir():
        print(f"open_bandit is not in {DATA}: left out", file=sys.stderr)
        return
    say("A real log of even draws")
    yield from open_bandit_figures(DATA, quick=quick, seeds=SEEDS)


def _forecasts(quick: bool, say: Say) -> Iterator[Figure]:
    if not (DATA / "openesm").is_dir():
        print(f"openesm is not in {DATA}: left out", file=sys.stderr)
        return
    say("Forecasting")
    yield from forecast_figures(DATA, quick=quick)


PARTS: dict[str, Measure] = {
    "speed": lambda quick, _say: swiftness(quick=quick),
    "worlds": _made_up,
    "months": _months,
    "fading": lambda quick, say: () if quick else fading.measure(quick, say),
    "segments": segments.measure,
    "texts": _real_texts,
    "log": _real_log,
    "forecasts": _forecasts,
}


def _seeds(quick: bool) -> Sequence[int]:
    return range(2 if quick else SEEDS)


def _world(name: str, kind: worlds.Kind, seeds: Sequence[int], quick: bool) -> Iterator[Figure]:
    steps = 300 if quick else worlds.STEPS
    loss = partial(_world_regret, name=name, steps=steps)
    ours, peers = _compared(loss, worlds.families(), seeds, tries=3 if quick else None)
    unit = f"reward lost a decision; {worlds.PEOPLE} made-up people, {steps} decisions, {len(seeds)} seeds"
    yield _figure(f"regret_{name}", ours, peers, unit)
    if name == "high":
        ratios = ours / np.min(list(peers.values()), axis=0)
        yield Figure("regret_ratio_heterogeneous", float(np.median(ratios)), "ours over the best peer's, seed by seed",
                     spread_of_median(ratios), "<= 0.8")  # fmt: skip


def _world_regret(setting: tuple[str, str] | None, seed: int, *, name: str, steps: int) -> float:
    made: worlds.Made = worlds.Ours if setting is None else worlds.families()[setting[0]][setting[1]]
    return worlds.regret(made, worlds.WORLDS[name], seed=seed, steps=steps)


def _texts(bandit: TextBandit, seeds: Sequence[int]) -> Figure:
    loss = partial(_text_regret, bandit=bandit)
    ours, peers = _compared(loss, bandit_peers.families(), seeds)
    unit = (
        f"share chosen wrongly of {min(MOST, len(bandit.right))} texts, {len(bandit.labels)} labels, {len(seeds)} seeds"
    )
    return _figure(f"regret_{bandit.name}", ours, peers, unit)


def _text_regret(setting: tuple[str, str] | None, seed: int, *, bandit: TextBandit) -> float:
    moments, right, meanings = bandit.drawn(seed, MOST)
    if setting is None:
        return regret(Ours(bandit.labels, meanings, SIZE, seed), moments, right, one=False)
    arms = bandit_peers.families()[setting[0]][setting[1]](len(bandit.labels), SIZE + 1, seed)
    return regret(arms, moments, right, one=True)


def _compared(
    loss: Callable[[tuple[str, str] | None, int], float], families: Mapping[str, Mapping[str, object]],
    seeds: Sequence[int], *, tries: int | None = None,
) -> tuple[np.ndarray, dict[str, np.ndarray]]:  # fmt: skip
    """Ours and each library's best setting, seed by seed."""
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        tried = {
            (family, setting): pool.submit(loss, (family, setting), TUNING)
            for family, settings in families.items() for setting in list(settings)[:tries]
        }  # fmt: skip
        best = {
            family: min((k for k in tried if k[0] == family), key=lambda k: tried[k].result()) for family in families
        }
        everyone: dict[str, tuple[str, str] | None] = {"ours": None, **best}
        running = {name: [pool.submit(loss, who, seed) for seed in seeds] for name, who in everyone.items()}
        found = {name: np.array([job.result() for job in jobs]) for name, jobs in running.items()}
    ours = found.pop("ours")
    return ours, {f"{family} ({best[family][1]})": theirs for family, theirs in found.items()}


def _figure(name: str, ours: np.ndarray, peers: Mapping[str, np.ndarray], unit: str) -> Figure:
    medians = {peer: float(np.median(theirs)) for peer, theirs in peers.items()}
    return Figure(name, float(np.median(ours)), unit, spread_of_median(ours), None, medians)


if __name__ == "__main__":
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[variable] = "1"  # of the processes below: sums this small only wait for one another
    run_parts("Choosing", PARTS)
