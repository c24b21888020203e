"""Forecasts of how people feel, on studies the model was not made from: all people new, one step ahead."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from training.esm_data import ITEMS, LEARNED_FROM, Item, items
from training.forecast_figures import Followed, follow

from attunement.foresight.forecaster import AffectForecaster
from benchmarks.figures import Figure, quantile
from benchmarks.forecast_peers import SOME, Compared, compared, grown_away, trees_ratio

DAYS = ((0, 3), (3, 7), (7, 14), (14, 400))
ITEMS_A_STUDY, QUICK = 2, "0027"
AGAINST = {
    "forecast_peers": ("ours", ("auto-arima", "auto-ets", "lightgbm")),
    "forecast_peers_taught": ("ours-taught", ("ours-in-a-table", "lightgbm-at-home")),
}
"""Those who know nobody else of the study, and those who learned from its other people."""


def forecast_figures(data: Path, *, quick: bool) -> Iterator[Figure]:
    """Mean absolute error over that of person mean + pooled AR(1); coverage; by days of history; peers; speed."""
    studies = [study for study in ITEMS if study not in LEARNED_FROM]
    chosen = [item for study in studies for item in list(items(data, study))[: 1 if quick else None]]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        followed = list(pool.map(follow, chosen))
        ours, others = _by_study(chosen, [f.ratio for f in followed]), {}
        if find_spec("lightgbm") and not quick:
            trees = list(pool.map(partial(trees_ratio, trees=grown_away(data)), chosen))
            others["lightgbm"] = _by_study(chosen, trees)
    if find_spec("torch") and not quick:
        others |= _families(data, chosen)
    unit = f"over person mean + AR(1) fitted on the study itself; {len(followed)} items of {len(ours)} studies"
    mean = float(np.mean(list(ours.values())))
    means = {name: float(np.mean(list(ratios.values()))) for name, ratios in others.items()}
    yield Figure("forecast_mae_ratio", mean, unit, _over_people(followed), "<= 0.965", means)
    for study, ratio in ours.items():
        theirs = {name: ratios[study] for name, ratios in others.items()}
        yield Figure(f"forecast_mae_ratio_{study}", ratio, "mean over items, all people", peers=theirs)
    held = [f.held.mean() for f in followed]
    yield Figure("forecast_coverage_80", float(np.mean(held)), "of 80 % intervals, mean over items", bar=">= 0.78")
    yield Figure("forecast_coverage_80_off", abs(float(np.mean(held)) - 0.8), "from what is promised", bar="<= 0.02")
    for first, last in DAYS:
        yield _by_days(followed, first, last)
    if find_spec("lightgbm") and find_spec("statsforecast"):
        yield from _peers(data, chosen, quick)
    yield _speed()


def _families(data: Path, chosen: Sequence[Item]) -> dict[str, dict[str, float]]:
    """A hierarchical state space and a recurrent network, learned from what ours was, on all people as well."""
    from benchmarks.forecast_families import family_ratio, recurrent, state_space

    made = {"state-space": state_space(data), "recurrent": recurrent(data)}
    return {name: _by_study(chosen, [family_ratio(item, says) for item in chosen]) for name, says in made.items()}


def _by_study(chosen: Sequence[Item], ratios: Sequence[float]) -> dict[str, float]:
    """The mean over the items of each study."""
    return {s: float(np.mean([r for i, r in zip(chosen, ratios, strict=True) if i.study == s]))
            for s in dict.fromkeys(item.study for item in chosen)}  # fmt: skip


def _over_people(followed: Sequence[Followed]) -> tuple[float, float]:
    """95 % of means over items, drawing people again (a person's items stay apart)."""
    rng, means = np.random.default_rng(0), []
    sums = [[np.bincount(f.person, weights=part) for part in (f.error, f.baseline)] for f in followed]  # each (people,)
    for _ in range(200):
        drawn = [(e[k].sum() / b[k].sum()) for e, b in sums for k in [rng.integers(len(e), size=len(e))]]
        studies: dict[str, list[float]] = {}
        for f, ratio in zip(followed, drawn, strict=True):
            studies.setdefault(f.item.study, []).append(ratio)
        means.append(np.mean([np.mean(r) for r in studies.values()]))
    return float(np.quantile(means, 0.025)), float(np.quantile(means, 0.975))


def _by_days(followed: Sequence[Followed], first: int, last: int) -> Figure:
    rows = [(f.days >= first) & (f.days < last) for f in followed]
    error, baseline = (
        sum(float(getattr(f, part)[r].sum()) for f, r in zip(followed, rows, strict=True))
        for part in ("error", "baseline")
    )
    name = f"forecast_mae_ratio_{_days_named(first, last)}"
    return Figure(name, error / baseline, "over the baseline, by days of history; all ratings alike")


def _days_named(first: int, last: int) -> str:
    return f"days_{first}_{last if last < 400 else 'on'}"


def _peers(data: Path, chosen: Sequence[Item], quick: bool) -> Iterator[Figure]:
    """Beside ARIMA, ETS and boosted trees: each against those who know as much."""
    people, names = (2, [QUICK]) if quick else (SOME, sorted({item.study for item in chosen}))
    some = [item for study in names for item in [i for i in chosen if i.study == study][:ITEMS_A_STUDY]]
    every = list(compared(data, some, people=people, away=not quick))
    if not every:
        return
    studies = {study: [one for one in every if one.item.study == study] for study in names}
    told = f"over the baseline; {people} people of each of {len(every)} items of {len(studies)} studies"
    for name, (ours, others) in AGAINST.items():
        peers = [who for who in others if all(who in one.errors for one in every)]
        for study, ones in studies.items() if len(studies) > 1 else ():
            ratios = {who: float(np.mean([one.ratio(who) for one in ones])) for who in (ours, *peers)}
            yield Figure(f"{name}_{study}", ratios.pop(ours), f"{len(ones)} items", peers=ratios)
        for first, last in DAYS:
            if not any(((one.days >= first) & (one.days < last)).any() for one in every):
                continue
            ratios = {who: _in_days(every, who, first, last) for who in (ours, *peers)}
            yield Figure(f"{name}_{_days_named(first, last)}", ratios.pop(ours), "all ratings alike", peers=ratios)
        means = {who: float(np.mean([np.mean([o.ratio(who) for o in ones]) for ones in studies.values()]))
                 for who in (ours, *peers)}  # fmt: skip
        yield Figure(name, means.pop(ours), told, peers=means)


def _in_days(every: Sequence[Compared], who: str, first: int, last: int) -> float:
    rows = [(one, (one.days >= first) & (one.days < last)) for one in every]
    error, baseline = (sum(float(one.errors[name][r].sum()) for one, r in rows) for name in (who, "baseline"))
    return error / baseline


def _speed() -> Figure:
    forecaster, times = AffectForecaster(low=0, high=1), []
    for k, value in enumerate(np.random.default_rng(0).random(2000).tolist()):
        begun = time.perf_counter()
        forecaster.see(6.0 * k, value)
        times.append((time.perf_counter() - begun) * 1e3)
    value, interval = quantile(times, 0.5)
    return Figure("forecast_update_ms", value, "ms, median; with the forecast it is compared with", interval, "<= 0.2")
