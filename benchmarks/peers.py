"""Choosing alone (no text, no store), beside well-known bandit libraries on a problem of the same size."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from attunement.domain.affect import Affect
from attunement.domain.context import Context, Experience, History, Met
from attunement.domain.need import Need
from attunement.foresight.state import estimate_state
from attunement.library.library import load_library
from attunement.library.resources import content_folder
from attunement.policy.features import FeatureMap
from attunement.policy.pooled import PooledPolicy

NUMBERS = 24  # what is known of a member before it is crossed with a practice: needs, moods, feelings, families met
HISTORY = 20


def ours_ms(n: int) -> list[float]:
    """Our policy: features, probabilities of each candidate, two alternatives and reasons."""
    library = load_library(content_folder()).practices
    features, rng = FeatureMap(library), np.random.default_rng(0)
    state = estimate_state(affect=Affect(-0.4, 0.5), needs=[Need.CALM], reading=None)
    met = tuple(Met(library[int(rng.integers(len(library)))].id, float(k), float(rng.random())) for k in range(HISTORY))
    rows = features.matrix(Context(state), library)
    seen = [dict(zip(features.names, rows[k % len(rows)].tolist(), strict=True)) for k in range(HISTORY)]
    own = History(tuple(Experience(row, float(rng.random())) for row in seen))
    policy = PooledPolicy(features).learn([own])
    context = Context(state, met, own=own, shared=own)
    return _times(lambda: policy.decide(context, library, rng=rng), n)


def mabwiser_ms(n: int) -> list[float] | None:
    """MABWiser's LinTS, one model an arm; None where it is not installed."""
    try:
        from mabwiser.mab import MAB, LearningPolicy  # type: ignore[import-untyped]
    except ImportError:
        return None
    rng, arms = np.random.default_rng(0), list(range(_arms()))
    bandit = MAB(arms=arms, learning_policy=LearningPolicy.LinTS(alpha=0.5))
    bandit.fit(rng.choice(arms, 500), rng.random(500), rng.random((500, NUMBERS)))
    return _times(lambda: bandit.predict(rng.random((1, NUMBERS))), n)


def vowpal_wabbit_ms(n: int) -> list[float] | None:
    """Vowpal Wabbit's cb_explore_adf with member and practice features crossed; None where it is not installed."""
    try:
        import vowpalwabbit  # type: ignore[import-untyped]
    except ImportError:
        return None
    rng, arms = np.random.default_rng(0), _arms()
    workspace = vowpalwabbit.Workspace("--cb_explore_adf --epsilon 0.1 -q MP --quiet")
    practices = [f"|P family{k % 10} medium{k % 6} length:{k % 3} practice{k}" for k in range(arms)]

    def choose() -> object:
        member = "shared |M " + " ".join(f"f{k}:{value:.4f}" for k, value in enumerate(rng.random(NUMBERS)))
        return workspace.predict([member, *practices])

    times = _times(choose, n)
    workspace.finish()
    return times


def _arms() -> int:
    return len(load_library(content_folder()).practices)


def _times(what: Callable[[], object], n: int) -> list[float]:
    times = []
    for _ in range(n):
        begun = time.perf_counter()
        what()
        times.append((time.perf_counter() - begun) * 1e3)
    return times
