"""Fits the forests of stress, leaving people out of each member so that the others tell how sure to be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.linear_model import LogisticRegression

from attunement.domain.body import BodySignal
from attunement.reading.body.baseline import Baseline, Population
from attunement.reading.body.cleaning import Cleaned
from attunement.reading.body.inputs import INPUTS
from attunement.reading.body.measuring import Window, cleaned_of, measure, measure_window, situations, with_window
from attunement.reading.body.reader import LEAST_REST, stirred_up
from attunement.reading.body.stress_model import DEPTH, INNER, LEAVES, SIGNALS, Forest, StressModel
from training.body_data import Person

Array = NDArray[np.float64]
SEED = 20261124
MEMBERS, TREES, SHARE_OF_PEOPLE = 10, 20, 0.8
SHARE_OF_COLUMNS = 0.5
LEAST_LEAF = 30
"""Rows; each window is there about six times, in several views and against two baselines."""
GOOD = 0.8
REST_S = 480.0
"""All people rested for at least the first nine minutes."""
RR, RATE, EDA, WARMTH = BodySignal.RR, BodySignal.HEART_RATE, BodySignal.EDA, BodySignal.TEMPERATURE
VIEWS = (
    (RR, RATE, EDA, WARMTH), (RR, EDA, WARMTH), (RATE, EDA, WARMTH), (EDA, WARMTH),
    (RR, EDA), (RATE, EDA), (EDA,), (RR,), (RATE,),
)  # fmt: skip
"""Each recording is learned from as each of these devices would have made it."""


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """A person's windows of 60 s in one view, and whether each was stress."""

    person: str
    windows: Sequence[Window]
    stressed: Sequence[float | None]


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """What a forest learns from: ``x`` (n, columns), ``y`` (n,) 0 or 1, ``person`` (n,)."""

    x: Array
    y: Array
    person: NDArray[np.str_]


def measured(people: Sequence[Person], view: Sequence[BodySignal]) -> list[Measured]:
    """Every person's windows as a device with these sensors would have given them."""
    found = []
    for person in people:
        windows = measure(person.only(*view), length=60, step=60)
        found.append(Measured(person.name, windows, [person.stressed(w.start, w.end) for w in windows]))
    return found


def population(people: Sequence[Measured]) -> Population:
    """Other people at rest, from the first eight minutes of each."""
    rests = [np.stack([w.levels for w in person.windows if _at_rest(person, w)]) for person in people]
    quartiles = np.stack([np.nanquantile(rest, (0.25, 0.5, 0.75), axis=0) for rest in rests])
    low, middle, high = np.nanquantile(quartiles[:, 1], (0.25, 0.5, 0.75), axis=0)
    within = np.nanmedian(quartiles[:, 2] - quartiles[:, 0], axis=0) / 1.349
    return Population(middle, (high - low) / 1.349, within)


def rows_of(people: Sequence[Measured], others: Population) -> dict[str, Rows]:
    """Every labelled window by the signals it has, once against the rest at the beginning, once against all so far."""
    found: dict[str, list[tuple[Array, float, str]]] = defaultdict(list)
    for person in people:
        rest = rest_of(person)
        fixed = rest.centre_and_spread(others)
        for baseline in (None, rest):
            for k, situation in enumerate(situations(person.windows, baseline)):
                signals, y = situation.window.evidence.signals, person.stressed[k]
                learning = k < LEAST_REST if baseline is None else _at_rest(person, situation.window)
                if signals is not None and y is not None and not learning:
                    usual = fixed if baseline else situation.rest.centre_and_spread(others)
                    found[signals].append((situation.inputs(*usual), y, person.person))
    return {signals: _rows(rows) for signals, rows in found.items()}


def _rows(rows: Sequence[tuple[Array, float, str]]) -> Rows:
    x, y, person = zip(*rows, strict=True)
    return Rows(np.stack(x), np.array(y), np.array(person))


def rest_of(person: Measured) -> Baseline:
    """The person's rest, from their first eight minutes."""
    rest = Baseline()
    for window in person.windows:
        rest = with_window(rest, window) if _at_rest(person, window) else rest
    return rest


def fit(people: Sequence[Person], version: str) -> StressModel:
    """The model from these people: others at rest, forests, and the standard error of a minute's arousal."""
    by_view = [measured(people, view) for view in VIEWS]
    others = population(by_view[0])
    pooled: dict[str, list[Rows]] = defaultdict(list)
    for view in by_view:
        for signals, rows in rows_of(view, others).items():
            pooled[signals].append(rows)
    forests = {signals: _forest(signals, _joined(pooled[signals])) for signals in SIGNALS}
    rests = {person.person: rest_of(person) for person in by_view[0]}
    return StressModel(version, forests, others, _arousal_sd(people, rests, others))


def _joined(parts: Sequence[Rows]) -> Rows:
    x, y, person = (np.concatenate([getattr(part, name) for part in parts]) for name in ("x", "y", "person"))
    return Rows(x, y, person)


def _forest(signals: str, rows: Rows) -> Forest:
    columns = [INPUTS.index(name) for name in SIGNALS[signals]]
    return grow(Rows(rows.x[:, columns], rows.y, rows.person), least_leaf=LEAST_LEAF)


def grow(rows: Rows, *, least_leaf: int) -> Forest:
    """Members that learned from four of five people each; calibrated on windows of people they did not see."""
    x = rows.x.astype(np.float32)
    rng, people = np.random.default_rng(SEED), np.unique(rows.person)
    members, unseen = [], []
    for _ in range(MEMBERS):
        seen = np.isin(rows.person, rng.choice(people, round(SHARE_OF_PEOPLE * len(people)), replace=False))
        trees = ExtraTreesClassifier(
            TREES, max_depth=DEPTH, min_samples_leaf=least_leaf, max_features=SHARE_OF_COLUMNS,
            random_state=int(rng.integers(2**31)),
        ).fit(x[seen], rows.y[seen])  # fmt: skip
        members.append([_heap(tree.tree_) for tree in trees.estimators_])
        unseen.append(~seen)
    feature, threshold, leaf = (np.array([[tree[k] for tree in trees] for trees in members]) for k in range(3))
    return _calibrated(Forest(feature, threshold, leaf, 1.0, 0.0), x, rows.y, np.stack(unseen, axis=1))


def _calibrated(forest: Forest, x: Array, y: Array, unseen: NDArray[np.bool_]) -> Forest:
    known = unseen.any(axis=1)
    scores = np.where(unseen, forest.members(x), 0).sum(axis=1)[known] / unseen.sum(axis=1)[known]
    line = LogisticRegression(C=1e3).fit(scores[:, None], y[known])
    slope, offset = float(line.coef_[0, 0]), float(line.intercept_[0])
    return Forest(forest.feature, forest.threshold, forest.leaf, slope, offset)


def _heap(tree: Any) -> tuple[NDArray[np.int8], NDArray[np.float32], NDArray[np.float32]]:
    """A tree in the order of a heap; below an early leaf every way leads to the same value."""
    feature, threshold, leaf = np.zeros(INNER, int), np.full(INNER, np.inf), np.zeros(LEAVES)
    nodes = {0: 0}
    for at in range(INNER + LEAVES):
        node = nodes[at]
        inner = tree.children_left[node] >= 0
        if at >= INNER:
            leaf[at - INNER] = tree.value[node][0, 1] / tree.value[node][0].sum()
            continue
        if inner:
            feature[at], threshold[at] = tree.feature[node], tree.threshold[node]
        nodes[2 * at + 1] = tree.children_left[node] if inner else node
        nodes[2 * at + 2] = tree.children_right[node] if inner else node
    return feature.astype(np.int8), threshold.astype(np.float32), leaf.astype(np.float32)


def _arousal_sd(people: Sequence[Person], rests: Mapping[str, Baseline], others: Population) -> float:
    """How far arousal from every other ten seconds of a minute lies from that of the ten seconds between, halved.

    That is the standard error of the whole minute, had each half been measured on its own.
    """
    off = []
    for person in people:
        cleaned = cleaned_of(person.recording)
        halves = [[_every_other(c, k) for c in cleaned] for k in (0, 1)]
        centre, spread = rests[person.name].centre_and_spread(others)
        for window in measure(person.recording, length=60, step=60):
            if window.evidence.worth > GOOD:
                levels = [measure_window(half, window.start, window.end).levels for half in halves]
                one, two = (stirred_up((half - centre) / spread) for half in levels)
                off.append(one - two)
    return float(np.sqrt(np.mean(np.square(off)))) / 2


def _every_other(cleaned: Cleaned, which: int) -> Cleaned:
    kept = np.floor(cleaned.times / 10) % 2 == which
    return replace(cleaned, times=cleaned.times[kept], values=cleaned.values[kept], covers=cleaned.covers[kept])


def _at_rest(person: Measured, window: Window) -> bool:
    return window.end <= person.windows[0].start + REST_S
