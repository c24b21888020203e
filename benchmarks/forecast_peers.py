"""Forecasts beside those of others: a model fitted to each person, and trees grown from many people."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from training.esm_data import LEARNED_FROM, Item, Series, items

from attunement.foresight.forecaster import AffectForecaster
from attunement.foresight.lesson import Example, fitted
from attunement.foresight.panel import Row, forecast_rows
from attunement.foresight.trace import HALF_LIVES_H, STEADY, Trace

SOME, OTHERS, FEWEST, FIRST = 8, 100, 15, 8
LATER = 1.25
LEAVES = (15, 31)
BOOST: dict[str, Any] = {
    "objective": "l1", "n_estimators": 400, "learning_rate": 0.1, "min_child_samples": 50, "verbose": -1,
    "n_jobs": 1, "random_state": 0,
}  # fmt: skip
KEPT = Path(".cache/forecast_peers")
Array = NDArray[np.float64]
Predicts = Callable[[Array], Any]


@dataclass(frozen=True, slots=True)
class Compared:
    """Absolute errors (n,) of each by name, on the same values of some people of an item, from their ninth on.

    ``days`` (n,) is how long each had been followed.
    """

    item: Item
    days: Array
    errors: Mapping[str, Array]

    def ratio(self, name: str) -> float:
        """Mean absolute error over that of the baseline."""
        return float(self.errors[name].mean() / self.errors["baseline"].mean())


def compared(data: Path, chosen: Sequence[Item], *, people: int = SOME, away: bool = True) -> Iterator[Compared]:
    """Each item in turn. What peers said is slow to learn and is kept in `KEPT`: a run that was cut short goes on.

    ``ours`` knows nobody of the study; ``lightgbm`` was grown from the studies ours was learned from, and sees what
    ours sees. ``ours-taught`` and ``lightgbm-at-home`` learned from a hundred other people of the study, whole;
    ``ours-in-a-table`` is `forecast_rows`, which may use of them what stands above and is earlier. Without ``away``
    there is no ``lightgbm``.
    """
    warnings.simplefilter("ignore")
    for item in chosen:
        some, others = _split(item, people)
        file = KEPT / f"{item.study}-{item.name}-{people}.npz"
        if not file.exists():
            grown = {"lightgbm": _predicts(grown_away(data))} if away else {}
            KEPT.mkdir(parents=True, exist_ok=True)
            theirs = _theirs(some, {**grown, "lightgbm-at-home": _grown(others).predict})
            np.savez(file, **theirs)  # type: ignore[arg-type]
        with np.load(file) as kept:
            yield Compared(item, _days(some), {**_ours(some, others), **kept})


def grown_away(data: Path) -> Path:
    """Where trees are kept that were grown from the studies ours was learned from; some minutes the first time."""
    file = KEPT / "away.txt"
    if not file.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        _grown([p for s in LEARNED_FROM for i in items(data, s) for p in i.people]).booster_.save_model(file)
    return file


def trees_ratio(item: Item, trees: Path) -> float:
    """Mean absolute error of these trees over the baseline's: of all people of an item, from their second value on."""
    tables = [_features(p) for p in item.people if len(p.values) > 1]
    x, came = (np.concatenate(part) for part in zip(*tables, strict=True))
    mean, last = x[:, STEADY.index("mean")], x[:, STEADY.index("last")]
    phi = last @ (came - mean) / (last @ last + 1e-12)
    said = np.clip(_predicts(trees)(x) + mean, 0, 1)
    return float(np.abs(said - came).mean() / np.abs(mean + phi * last - came).mean())


def _predicts(trees: Path) -> Predicts:
    from lightgbm import Booster

    return Booster(model_file=trees).predict


def _split(item: Item, people: int) -> tuple[list[Series], list[Series]]:
    """Some people with enough values, and a hundred of everybody else: more change little and cost much."""
    some = [p for p in item.people if len(p.values) >= FEWEST][:people]
    return some, [p for p in item.people if all(p is not one for one in some)][:OTHERS]


def _days(some: Sequence[Series]) -> Array:
    return np.concatenate([(p.hours[FIRST:] - p.hours[0]) / 24 for p in some])


def _ours(some: Sequence[Series], others: Sequence[Series]) -> dict[str, Array]:
    start = float(np.concatenate([p.values for p in others]).mean())
    lesson = fitted([example for p in others for example in _examples(p, start)])
    alone = [_said(p, start, None) for p in some]
    taught = [_said(p, start, lesson) for p in some]
    errors = {"baseline": _baseline(some, others)}
    for name, said in (("ours", alone), ("ours-taught", taught), ("ours-in-a-table", _in_a_table(some, others))):
        errors[name] = _missed(some, said)
    return errors


def _missed(some: Sequence[Series], said: Sequence[Array]) -> Array:
    return np.concatenate([np.abs(s - p.values)[FIRST:] for p, s in zip(some, said, strict=True)])


def _said(person: Series, start: float, lesson: Array | None) -> Array:
    forecaster = AffectForecaster(low=0, high=1, start=start, lesson=lesson)
    said = []
    for at, value in zip(person.hours.tolist(), person.values.tolist(), strict=True):
        said.append(forecaster.ahead(at).middle)
        forecaster.see(at, value)
    return np.array(said)


def _examples(person: Series, start: float) -> Iterator[Example]:
    forecaster = AffectForecaster(low=0, high=1, start=start)
    for at, value in zip(person.hours.tolist(), person.values.tolist(), strict=True):
        if forecaster.n:
            yield forecaster.example(at, value)
        forecaster.see(at, value)


def _in_a_table(some: Sequence[Series], others: Sequence[Series]) -> list[Array]:
    """Of a file in which these people stand last."""
    rows = [
        Row(f"{k} {p.person}", at, value)
        for k, p in enumerate([*others, *some]) for at, value in zip(p.hours.tolist(), p.values.tolist(), strict=True)
    ]  # fmt: skip
    middles = np.array([ahead.middle for ahead in forecast_rows(rows, low=0, high=1)])
    ends = np.cumsum([len(p.values) for p in [*others, *some]])
    return np.split(middles, ends[:-1])[len(others) :]


def _baseline(some: Sequence[Series], others: Sequence[Series]) -> Array:
    """The mean of the person's values so far plus a lag-one regression fitted on everybody else."""

    def seen(p: Series) -> tuple[Array, Array]:
        mean = p.values.cumsum()[:-1] / np.arange(1, len(p.values))
        return mean, p.values[:-1] - mean

    means, lasts = (np.concatenate(part) for part in zip(*map(seen, others), strict=True))
    came = np.concatenate([p.values[1:] for p in others])
    phi = lasts @ (came - means) / (lasts @ lasts + 1e-12)
    return np.concatenate([np.abs(seen(p)[0] + phi * seen(p)[1] - p.values[1:])[FIRST - 1 :] for p in some])


def _theirs(some: Sequence[Series], grown: Mapping[str, Predicts]) -> dict[str, Array]:
    from statsforecast.models import AutoARIMA, AutoETS

    errors = {
        "auto-arima": _missed(some, [_one_step(AutoARIMA(), p.values) for p in some]),
        "auto-ets": _missed(some, [_one_step(AutoETS(model="ZZN"), p.values) for p in some]),
    }
    for name, model in grown.items():
        tables = [_features(p) for p in some]
        said = [np.concatenate([[0.0], np.clip(model(x) + x[:, 0], 0, 1)]) for x, _ in tables]
        errors[name] = _missed(some, said)
    return errors


def _one_step(model: Any, values: Array) -> Array:
    """A model chosen and fitted anew each time the history grew by a quarter; in between it is given each value."""
    said, k = np.zeros(len(values)), FIRST
    while k < len(values):
        until = min(len(values), max(k + 1, int(k * LATER)))
        said[k:until] = model.fit(values[:k]).forward(values[:until], h=1, fitted=True)["fitted"][k:until]
        k = until
    return np.clip(said, 0, 1)


def _grown(people: Sequence[Series]) -> Any:
    """LightGBM for the median of how far values lie from the person's mean.

    A fifth of the people say how many leaves and how many trees are best; then it is grown again from everybody.
    """
    from lightgbm import LGBMRegressor, early_stopping

    tables = [_features(p) for p in people if len(p.values) > 1]
    x, y = (np.concatenate(part) for part in zip(*tables, strict=True))
    y = y - x[:, 0]
    fifth = np.concatenate([np.full(len(t[1]), k % 5 == 0) for k, t in enumerate(tables)])
    tried = []
    for leaves in LEAVES:
        model = LGBMRegressor(**BOOST, num_leaves=leaves)
        model.fit(x[~fifth], y[~fifth], eval_set=[(x[fifth], y[fifth])], callbacks=[early_stopping(20, verbose=False)])
        tried.append((model.best_score_["valid_0"]["l1"], leaves, model.best_iteration_))
    _, leaves, trees = min(tried)
    return LGBMRegressor(**{**BOOST, "n_estimators": trees}, num_leaves=leaves).fit(x, y)


def _features(person: Series) -> tuple[Array, Array]:
    """All our network sees before each value from the second on, and the hour, the gap and how many came before."""
    trace, rows = Trace(), []
    for k, (at, value) in enumerate(zip(person.hours.tolist(), person.values.tolist(), strict=True)):
        if k:
            gap = at - trace.last_h
            rows.append([*trace.seen(at), *(0.5 ** (gap / h) for h in HALF_LIVES_H), gap, at % 24, k])
        trace.update(at, value)
    return np.array(rows), person.values[1:]
