"""A real log of uniform random offers (Open Bandit): who would have earned more clicks, by off-policy estimates.

Each policy learns from one half of the log and is judged on the other, and the other way round, for ten splits. As
every offer was drawn evenly from 34 items, weighing by ``34·π(a|x)`` makes the estimates unbiased: self-normalised
(SNIPS) and doubly robust (DR, with each item's click rate of the learning half, shrunk). Replay by rejection (Li et al.
2011, WSDM) lets a policy live through the log and counts only where it agrees with it. Clicks are rare (46 of 10,000),
so only large differences can be told: the least of them is printed. Fashion, and not empathy.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from attunement.policy.neural_linear import Lesson, NeuralLinear
from benchmarks import bandit_peers
from benchmarks.bandit_peers import LearnsFromLogs, Places
from benchmarks.figures import Figure, Interval

Array = NDArray[np.float64]
Setting = tuple[str, str]
OURS = "ours"
TUNING, RESAMPLES, SHRINK, PER, AHEAD, REPLAYED = 900, 2000, 200.0, 1000.0, 32, 5


@dataclass(frozen=True, slots=True, eq=False)
class Log:
    """What was known at each offer (n, d), which item was offered (n,), and whether it was clicked (n,)."""

    moments: Array
    items: Places
    clicks: Array
    n_items: int


class Ours:
    """`NeuralLinear` behind the face of the peers."""

    def __init__(self, items: int, size: int, seed: int, noise: float) -> None:
        self._policy = NeuralLinear([str(k) for k in range(items)], size - 1, noise=noise)
        self._rng = np.random.default_rng(seed)

    def choose(self, z: Array) -> int:
        """By its probabilities."""
        return int(self._policy.decide(z[1:], rng=self._rng).arm)

    def learn(self, z: Array, arm: int, reward: float) -> None:
        """One lesson at a time."""
        self._policy = self._policy.learn([Lesson(z[1:], str(arm), reward)])

    def learn_log(self, z: Array, arms: Places, rewards: Array, chance: float) -> None:
        """All at once; it does not ask how likely they were."""
        lessons = [Lesson(m[1:], str(a), r) for m, a, r in zip(z, arms.tolist(), rewards.tolist(), strict=True)]
        self._policy = self._policy.learn(lessons)

    def shares(self, z: Array) -> Array:
        """Exactly."""
        return np.array([self._policy.probabilities(moment[1:]) for moment in z])


@lru_cache(1)
def log_of(file: Path) -> Log:
    """The log in a file: position and hashed user features as zeros and ones, after a one."""
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    columns = [np.ones((len(rows), 1))]
    for name in ("position", "user_feature_0", "user_feature_1", "user_feature_2", "user_feature_3"):
        values = np.array([row[name] for row in rows])
        columns.append((values[:, None] == np.unique(values)[1:]).astype(float))
    items = np.array([int(row["item_id"]) for row in rows])
    return Log(np.hstack(columns), items, np.array([float(row["click"]) for row in rows]), int(items.max()) + 1)


def open_bandit_figures(data: Path, *, quick: bool, seeds: int) -> Iterator[Figure]:
    """Ours beside each library's best setting; ``data`` holds ``random/men/men.csv``."""
    file = data / "open_bandit" / "random" / "men" / "men.csv"
    log, tried = log_of(file), range(2 if quick else seeds)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        best = _best_settings(pool, file, tries=1 if quick else None)
        names = {f"{library} ({s})" if library != OURS else OURS: (library, s) for library, s in best.items()}
        jobs = {name: [pool.submit(judged, file, s, seed) for seed in tried] for name, s in names.items()}
        lived = {} if quick else {
            name: [pool.submit(replayed, file, s, seed) for seed in range(REPLAYED)] for name, s in names.items()
        }  # fmt: skip
        found = {name: np.array([job.result() for job in some]) for name, some in jobs.items()}
        accepted = {name: np.array([job.result() for job in some]) for name, some in lived.items()}
    counts = _resampled(len(log.clicks))
    about = (
        f"clicks a {PER:.0f} offers; {len(log.clicks)} offers, {int(log.clicks.sum())} clicks, {len(tried)} splits; "
        f"ours with {best[OURS]}"
    )
    for estimator, score in (("snips", snips), ("dr", doubly_robust)):
        yield from _compared(f"open_bandit_{estimator}", found, partial(score, log), counts, about, log)
    if accepted:
        yield _replay(accepted, about)


def _best_settings(pool: ProcessPoolExecutor, file: Path, *, tries: int | None) -> dict[str, str]:
    """Of each library the setting that did best on a split of its own."""
    log, jobs = log_of(file), {}
    for library, settings in _families().items():
        for setting in list(settings)[:tries]:
            jobs[library, setting] = pool.submit(judged, file, (library, setting), TUNING)
    values = {key: float(doubly_robust(log, job.result())) for key, job in jobs.items()}
    return {library: max((k for k in values if k[0] == library), key=values.__getitem__)[1] for library, _ in values}


def judged(file: Path, setting: Setting, seed: int) -> Array:
    """Of each offer of the log (2, n): how much likelier it is under the policy, and the rest of the DR estimate.

    The policy, and the rates of items, are learned from the half of the log the offer is not in.
    """
    log = log_of(file)
    halves = np.array_split(np.random.default_rng(seed).permutation(len(log.items)), 2)
    found = np.zeros((2, len(log.items)))
    for test, train in (halves, halves[::-1]):
        arms = _made(setting, log, seed)
        arms.learn_log(log.moments[train], log.items[train], log.clicks[train], 1 / log.n_items)
        rate = _item_rates(log, train)
        moments, place = np.unique(log.moments[test], axis=0, return_inverse=True)
        shares = arms.shares(moments)[place.reshape(-1)]
        found[0, test] = shares[np.arange(len(test)), log.items[test]] * log.n_items
        found[1, test] = shares @ rate - found[0, test] * rate[log.items[test]]
    return found


def replayed(file: Path, setting: Setting, seed: int) -> tuple[float, int]:
    """Clicks and offers of those in which the policy, learning as it goes, agreed with the log."""
    log, rng = log_of(file), np.random.default_rng(seed)
    arms, clicks, offers = _made(setting, log, seed), 0.0, 0
    left = rng.permutation(len(log.items))
    while len(left):
        ahead = left[:AHEAD]
        sums = arms.shares(log.moments[ahead]).cumsum(axis=1)
        agreed = np.flatnonzero((rng.random((len(ahead), 1)) * sums[:, -1:] > sums).sum(axis=1) == log.items[ahead])
        if not len(agreed):
            left = left[AHEAD:]
            continue
        i = int(ahead[agreed[0]])  # up to here it has learned nothing, so all could be asked at once
        arms.learn_log(log.moments[i : i + 1], log.items[i : i + 1], log.clicks[i : i + 1], 1 / log.n_items)
        clicks, offers, left = clicks + float(log.clicks[i]), offers + 1, left[agreed[0] + 1 :]
    return clicks, offers


def snips(log: Log, weighed: Array, counts: Array | None = None) -> Array:
    """``Σwr / Σw`` of rows as `judged` gives them (2, n), or of resamples of them (k, n)."""
    counts = np.ones((1, len(log.clicks))) if counts is None else counts
    return np.asarray((counts @ (weighed[0] * log.clicks)) / (counts @ weighed[0])).squeeze()


def doubly_robust(log: Log, weighed: Array, counts: Array | None = None) -> Array:
    """The mean of ``Σₐπ(a|x)q(a) + w(r - q(a))``, of the same."""
    counts = np.ones((1, len(log.clicks))) if counts is None else counts
    return np.asarray(counts @ (weighed[0] * log.clicks + weighed[1]) / counts.sum(axis=1)).squeeze()


def _compared(
    name: str, found: Mapping[str, Array], score: Callable[..., Array], counts: Array, about: str, log: Log
) -> Iterator[Figure]:
    """The value of each, and how many peers are better beyond chance: both by drawing offers of the log again.

    Splits of one log are not new data. So their estimates are averaged first, offer by offer.
    """
    again = {who: PER * score(rows.mean(axis=0), counts) for who, rows in found.items()}
    value = {who: float(np.median([PER * score(rows_) for rows_ in rows])) for who, rows in found.items()}
    apart = {who: _interval(again[OURS] - theirs) for who, theirs in again.items() if who != OURS}
    references = {"the log's own even draw": float(PER * log.clicks.mean())}
    peers = {who: value[who] for who in apart}
    yield Figure(name, value[OURS], about, _interval(again[OURS]), None, {**peers, **references})
    better = sum(high < 0 for _, high in apart.values())
    told = ", ".join(f"{who} {low:+.1f} to {high:+.1f}" for who, (low, high) in apart.items())
    yield Figure(f"{name}_peers_better", float(better), f"peers whose lead is beyond chance; ours less theirs: {told}",
                 None, "<= 0")  # fmt: skip
    least = float(np.median([(high - low) / 2 for low, high in apart.values()]))
    yield Figure(f"{name}_least_told_apart", least, f"clicks a {PER:.0f} offers: half the interval of a difference")


def _families() -> Mapping[str, Mapping[str, bandit_peers.Made]]:
    """Ours is tried in two settings as well: with the scatter it takes by default, and with that of rare clicks."""
    ours = {f"noise {n}": lambda items, size, seed, n=n: Ours(items, size, seed, n) for n in (0.1, 0.005)}
    return {OURS: ours, **bandit_peers.families()}


def _made(setting: Setting, log: Log, seed: int) -> LearnsFromLogs:
    return _families()[setting[0]][setting[1]](log.n_items, log.moments.shape[1], seed)


def _item_rates(log: Log, rows: Places) -> Array:
    shown = np.bincount(log.items[rows], minlength=log.n_items)
    clicked = np.bincount(log.items[rows], weights=log.clicks[rows], minlength=log.n_items)
    return np.asarray((clicked + SHRINK * log.clicks[rows].mean()) / (shown + SHRINK))


def _replay(accepted: Mapping[str, Array], about: str) -> Figure:
    """Clicks by offers that counted, over all replays of each."""
    rates = {name: float(PER * rows[:, 0].sum() / rows[:, 1].sum()) for name, rows in accepted.items()}
    clicks, offers = np.median(accepted[OURS], axis=0)
    few = f"by rejection, {REPLAYED} replays, each of which counts about {offers:.0f} offers and {clicks:.0f} clicks"
    return Figure("open_bandit_replay", rates.pop(OURS), f"{about}; {few}", None, None, rates)


def _resampled(n: int) -> Array:
    """How often each offer is drawn, in each of 2,000 drawings of as many."""
    return np.random.default_rng(0).multinomial(n, np.full(n, 1 / n), size=RESAMPLES).astype(float)


def _interval(values: Array | Sequence[float]) -> Interval:
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)
