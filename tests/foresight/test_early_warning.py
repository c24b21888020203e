"""Early warning: steady people are seldom warned of, those whose moods slow down often."""

from __future__ import annotations

import numpy as np
import pytest

from attunement.foresight.early_warning import Steadiness, early_warning


def _series(rng: np.random.Generator, ties: np.ndarray, spread: np.ndarray) -> np.ndarray:
    x = np.zeros(len(ties))
    for k in range(1, len(ties)):
        x[k] = ties[k] * x[k - 1] + rng.normal(0, spread[k])
    return x


def test_a_steady_series_is_seldom_warned_of_and_a_slowing_one_often() -> None:
    """At most one in eight of forty steady series warns; at least four in ten that slow down do, and swing more."""
    rng, n = np.random.default_rng(2), 120
    steady = [early_warning(_series(rng, np.full(n, 0.3), np.full(n, 0.2)), rng=rng) for _ in range(40)]
    slowing = [early_warning(_series(rng, np.linspace(0.05, 0.95, n), np.full(n, 0.2)), rng=rng) for _ in range(40)]
    assert sum(w.rising for w in steady if w) <= 5
    assert sum(w.rising for w in slowing if w) >= 16


@pytest.mark.parametrize("values", [[0.2] * 90, list(range(39)), [0.1, float("nan")] * 40])
def test_too_little_to_tell_is_said(values: list[float]) -> None:
    """Values that are all equal, too few, or no numbers give no answer."""
    assert early_warning(values, rng=np.random.default_rng(0)) is None


def test_both_signs_are_needed() -> None:
    """Rising spread alone, or a rise that chance explains, is no warning."""
    assert Steadiness(0.6, 0.5, 0.01).rising
    assert not Steadiness(0.6, -0.1, 0.01).rising
    assert not Steadiness(0.6, 0.5, 0.2).rising


def test_the_same_seed_gives_the_same_answer() -> None:
    """Chance comes from the generator that is passed in."""
    values = np.random.default_rng(1).normal(size=60)
    first, second = (early_warning(values, rng=np.random.default_rng(7)) for _ in range(2))
    assert first == second
