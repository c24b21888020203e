"""Forecasts of how people feel, on studies the model was not made from: all people new, one step ahead."""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
from training.esm_data import ITEMS, LEARNED_FROM, Item, items
from training.forecast_figures import Followed, follow

from attunement.foresight.forecaster import AffectForecaster
from benchmarks.figures import Figure, quantile

SOME, FEWEST = 8, 30
DAYS = ((0, 3), (3, 7), (7, 14), (14, 400))
BOOST = {"n_estimators": 200, "learning_rate": 0.05, "num_leaves": 15, "min_child_samples": 100, "verbose": -1}


def forecast_figures(data: Path, *, quick: bool) -> Iterator[Figure]:
    """Mean absolute error over that of person mean + pooled AR(1); coverage; by days of history; peers; speed."""
    studies = [study for study in ITEMS if study not in LEARNED_FROM]
    chosen = [item for study in studies for item in list(items(data, study))[: 1 if quick else None]]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        followed = list(pool.map(follow, chosen))
    by_study = {s: [f for f in followed if f.item.study == s] for s in studies if any(i.study == s for i in chosen)}
    ratios = {study: float(np.mean([f.ratio for f in fs])) for study, fs in by_study.items()}
    unit = f"over person mean + AR(1) fitted on the study itself; {len(followed)} items of {len(ratios)} studies"
    yield Figure("forecast_mae_ratio", float(np.mean(list(ratios.values()))), unit, _over_people(followed), "<= 0.965")
    for study, ratio in ratios.items():
        yield Figure(f"forecast_mae_ratio_{study}", ratio, f"{len(by_study[study])} items, all people")
    held = [f.held.mean() for f in followed]
    yield Figure("forecast_coverage_80", float(np.mean(held)), "of 80 % intervals, mean over items", bar=">= 0.78")
    yield Figure("forecast_coverage_80_off", abs(float(np.mean(held)) - 0.8), "from what is promised", bar="<= 0.02")
    for first, last in DAYS:
        yield _by_days(followed, first, last)
    yield from _peers(data, chosen, quick)
    yield _speed()


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
    name = f"forecast_mae_ratio_days_{first}_{last if last < 400 else 'on'}"
    return Figure(name, error / baseline, "over the baseline, by days of history; all ratings alike")


def _peers(data: Path, chosen: Sequence[Item], quick: bool) -> Iterator[Figure]:
    """Ours beside AutoARIMA and AutoETS a person and a boosted model, on the second half of each person's ratings.

    The boosted model learned from the studies ours did; "at home" it learned from other people of the study itself,
    which ours never saw.
    """
    some = [item for item in chosen if item.study not in {"0022"}][:: 12 if quick else 5]
    away = _boosted([p.values for study in LEARNED_FROM for item in items(data, study) for p in item.people])
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        rows = [row for row in pool.map(partial(_halves, away=away), some) if row is not None]
    if not rows:
        return
    names = list(rows[0])
    medians = {name: float(np.mean([row[name] / row["baseline"] for row in rows])) for name in names}
    ours = medians.pop("ours")
    medians.pop("baseline")
    yield Figure(
        "forecast_mae_ratio_second_half", ours,
        f"over the baseline; second half of {SOME} people of each of {len(rows)} items", peers=medians,
    )  # fmt: skip


def _boosted(people: Sequence[np.ndarray]) -> object | None:
    """LightGBM for the median on these people; None where it is not installed."""
    try:
        from lightgbm import LGBMRegressor  # type: ignore[import-untyped]
    except ImportError:
        return None
    table = [_features(values) for values in people if len(values) > 1]
    x, y = (np.concatenate(part) for part in zip(*table, strict=True))
    return LGBMRegressor(objective="l1", **BOOST).fit(x, y)  # type: ignore[no-any-return]


def _halves(item: Item, *, away: object | None) -> dict[str, float] | None:
    """Mean absolute errors on the second half of some people's ratings."""
    try:
        from statsforecast.models import AutoARIMA, AutoETS  # type: ignore[import-untyped]
    except ImportError:
        return None
    warnings.simplefilter("ignore")
    long = [p for p in item.people if len(p.values) >= FEWEST]
    some, others = long[:SOME], long[SOME:] or long[:SOME]
    tried = {"lightgbm": away, "lightgbm-at-home": _boosted([p.values for p in others])}
    boosted = {name: model for name, model in tried.items() if model is not None}
    errors: dict[str, list[float]] = {n: [] for n in ("ours", "baseline", "auto-arima", "auto-ets", *boosted)}
    slope = _slope([p.values for p in others])
    for person in some:
        values, half = person.values, len(person.values) // 2
        forecaster = AffectForecaster(low=0, high=1, start=item.mean)
        said = []
        for at, value in zip(person.hours.tolist(), values.tolist(), strict=True):
            said.append(forecaster.ahead(at).middle)
            forecaster.see(at, value)
        x, y = _features(values)
        errors["ours"] += np.abs(np.array(said)[half:] - values[half:]).tolist()
        for name, model in boosted.items():
            errors[name] += np.abs(model.predict(x)[half - 1 :] - y[half - 1 :]).tolist()  # type: ignore[union-attr]
        mean = x[:, 0]
        errors["baseline"] += np.abs(mean + slope * (x[:, 1] - mean) - y)[half - 1 :].tolist()
        for name, fitted in (("auto-arima", AutoARIMA()), ("auto-ets", AutoETS(model="ZZN"))):
            errors[name] += np.abs(_one_step(fitted, values, half) - values[half:]).tolist()
    return {name: float(np.mean(e)) for name, e in errors.items()}


def _one_step(model: object, values: np.ndarray, half: int) -> np.ndarray:
    """A model chosen on the first half, then given each value before the next is asked for; refitted every tenth."""
    said = np.empty(len(values) - half)
    for k in range(half, len(values)):
        if (k - half) % 10 == 0:
            fitted = model.fit(values[:k])  # type: ignore[attr-defined]
            said[k - half] = fitted.predict(1)["mean"][0]
        else:
            said[k - half] = fitted.forward(values[:k], h=1)["mean"][0]
    return said


def _features(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Running mean, last value, three moving averages, spread and median before each value from the second on."""
    rows = []
    for k in range(1, len(values)):
        past = values[:k]
        rows.append([past.mean(), past[-1], past[-2:].mean(), past[-5:].mean(), past[-10:].mean(), past.std(),
                     np.median(past), k])  # fmt: skip
    return np.array(rows), values[1:]


def _slope(people: Sequence[np.ndarray]) -> float:
    x, y = zip(*(_features(v) for v in people), strict=True)
    table, value = np.concatenate(x), np.concatenate(y)
    last = table[:, 1] - table[:, 0]
    return float(last @ (value - table[:, 0]) / (last @ last + 1e-12))


def _speed() -> Figure:
    forecaster, times = AffectForecaster(low=0, high=1), []
    for k, value in enumerate(np.random.default_rng(0).random(2000).tolist()):
        begun = time.perf_counter()
        forecaster.see(6.0 * k, value)
        times.append((time.perf_counter() - begun) * 1e3)
    value, interval = quantile(times, 0.5)
    return Figure("forecast_update_ms", value, "ms, median; with the forecast it is compared with", interval, "<= 0.2")
