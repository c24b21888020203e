"""How long choosing, folding and forgetting take, and how exactly forgetting is."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from attunement.domain.affect import Affect
from attunement.domain.context import Context, Experience, History, Met
from attunement.domain.need import Need
from attunement.domain.practice import Practice
from attunement.foresight.state import estimate_state
from attunement.library.library import load_library
from attunement.library.resources import content_folder
from attunement.policy.features import FeatureMap
from attunement.policy.pooled import PooledPolicy
from benchmarks.figures import Figure, quantile
from benchmarks.peers import mabwiser_ms, vowpal_wabbit_ms

EACH, MANY = 20, 10_000


def swiftness(*, quick: bool) -> Iterator[Figure]:
    """Decisions over 64 and 10,000 candidates, outcomes a second, cost by people, forgetting; one thread, as served."""
    with threadpool_limits(limits=1, user_api="blas"):
        yield from list(_on_one_thread(quick=quick))


def _on_one_thread(*, quick: bool) -> Iterator[Figure]:
    n = 100 if quick else 1000
    library = load_library(content_folder()).practices
    peers = {"mabwiser": mabwiser_ms(n // 2), "vowpal-wabbit": vowpal_wabbit_ms(n // 2)}
    medians = {name: quantile(ms, 0.5)[0] for name, ms in peers.items() if ms is not None}
    yield _decision("decision_64_ms", library[:64], n, "<= 0.5", medians)
    many = tuple(replace(library[k % len(library)], id=f"p{k}", minutes=3 + k % 17) for k in range(MANY))
    yield _decision("decision_10k_ms", many, n // 5, "<= 3", {})
    yield from _learning(library, 50 if quick else 500)
    yield _growth(library, n // 2)


def _decision(name: str, practices: Sequence[Practice], n: int, bar: str, peers: dict[str, float]) -> Figure:
    policy, context = _known(practices, people=20)
    value, interval = quantile(_ms(lambda rng: policy.decide(context, practices, rng=rng), n), 0.5)
    return Figure(name, value, "ms, median; with probabilities, alternatives and reasons", interval, bar, peers)


def _learning(practices: Sequence[Practice], people: int) -> Iterator[Figure]:
    features = FeatureMap(practices)
    everybody = _people(features, practices, people)
    empty = PooledPolicy(features)
    begun = time.perf_counter()
    policy = empty.learn(everybody)
    taken = time.perf_counter() - begun
    yield Figure("outcomes_folded_per_s", EACH * people / taken, f"{people} people, {EACH} each", bar=">= 20000")
    _ = policy.pool.scales
    begun = time.perf_counter()
    forgotten = policy.forget(everybody[:1])
    scales = forgotten.pool.scales
    yield Figure(
        "forget_ms", (time.perf_counter() - begun) * 1e3, "one person, with how much people differ", bar="<= 50"
    )
    never = empty.learn(everybody[1:])
    a, b = (p.belief_of(History(), History()) for p in (forgotten, never))
    gap = max(
        np.abs(a.mean - b.mean).max(), np.abs(a.spread - b.spread).max(), abs(scales.noise - never.pool.scales.noise)
    )
    yield Figure("forget_max_difference", float(gap), "of any coefficient, to never having seen them", bar="<= 1e-8")


def _growth(practices: Sequence[Practice], n: int) -> Figure:
    """A decision where the pool stands for a thousand people, and for a million."""
    few, context = _known(practices, people=1000 // 20)
    pool = few.pool
    for _ in range(14):
        pool = replace(pool, sums=pool.sums.plus(pool.sums), people=pool.people * 2, outcomes=pool.outcomes * 2)
    crowd = PooledPolicy(few.features, pool=pool)
    times = [_ms(lambda rng, p=p: p.decide(context, practices, rng=rng), n) for p in (few, crowd)]  # type: ignore[misc]
    small, large = (quantile(ms, 0.5)[0] for ms in times)
    return Figure("growth_1k_to_1m", large / small, "time of a decision, over", bar="<= 1.2")


def _known(practices: Sequence[Practice], *, people: int) -> tuple[PooledPolicy, Context]:
    """A policy that has learned, and a member it knows."""
    features, rng = FeatureMap(practices), np.random.default_rng(0)
    everybody = _people(features, practices[:200], people)
    state = estimate_state(affect=Affect(-0.4, 0.5), needs=[Need.CALM], reading=None)
    met = tuple(
        Met(practices[int(rng.integers(len(practices)))].id, float(k), float(rng.random())) for k in range(EACH)
    )
    return PooledPolicy(features).learn(everybody), Context(state, met, own=everybody[0], shared=everybody[0])


def _people(features: FeatureMap, practices: Sequence[Practice], n: int) -> list[History]:
    rng = np.random.default_rng(1)
    state = estimate_state(affect=Affect(-0.4, 0.5), needs=[Need.CALM], reading=None)
    rows = features.matrix(Context(state), practices)
    named = [{features.names[k]: float(row[k]) for k in np.flatnonzero(row).tolist()} for row in rows]
    return [
        History(tuple(Experience(named[k], float(rng.random())) for k in rng.integers(len(named), size=EACH).tolist()))
        for _ in range(n)
    ]


def _ms(what: Callable[[np.random.Generator], object], n: int) -> list[float]:
    rng, times = np.random.default_rng(0), []
    for k in range(n + 10):
        begun = time.perf_counter()
        what(rng)
        if k >= 10:
            times.append((time.perf_counter() - begun) * 1e3)
    return times
