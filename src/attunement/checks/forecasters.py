"""What every `Forecaster` of a measure from -1 to 1 keeps to."""

from __future__ import annotations

import math
from copy import deepcopy
from datetime import UTC, datetime, timedelta, timezone

import numpy as np

from attunement.domain.contracts import Forecaster
from attunement.domain.errors import Invalid
from attunement.domain.forecast import Distribution, Observation

BEGUN = datetime(2026, 3, 2, 9, tzinfo=UTC)
EVERY = timedelta(hours=6)
PROMISED = 0.8
NEAR = 0.07
ONE_WEEK = timedelta(days=7)


def intervals_hold_what_they_promise(forecaster: Forecaster) -> None:
    """Over twelve made-up people, each with a mood that swings about a middle of their own, 80 % hold 73 to 87 %."""
    held = [held for seed in range(12) for held in _followed(deepcopy(forecaster), _mood(seed, 120))[20:]]
    assert abs(np.mean(held) - PROMISED) <= NEAR, f"80 % intervals held {np.mean(held):.1%}"


def a_gap_does_not_narrow(forecaster: Forecaster) -> None:
    """A week on, at the same hour of the same weekday, the interval is no narrower than now."""
    for seed in range(5):
        person = deepcopy(forecaster)
        _followed(person, _mood(seed, 60))
        now = BEGUN + 59 * EVERY
        widths = [_width(person.predict(now + k * ONE_WEEK)) for k in range(3)]
        assert widths[0] <= widths[1] + 1e-9, widths
        assert widths[1] <= widths[2] + 1e-9, widths


def quantiles_rise_and_stay_on_the_scale(forecaster: Forecaster) -> None:
    """Before the first value and after many, quantiles are numbers that rise and lie from -1 to 1."""
    for n in (0, 1, 2, 40):
        person = deepcopy(forecaster)
        _followed(person, _mood(1, n))
        q = person.predict(BEGUN + n * EVERY).quantiles
        assert np.isfinite(q).all()
        assert (np.diff(q) >= 0).all(), q
        assert q[0] >= -1, q
        assert q[-1] <= 1, q


def what_cannot_be_changes_nothing(forecaster: Forecaster) -> None:
    """Values that are no numbers or beyond the scale, and times without a zone or before the last, are refused."""
    _followed(forecaster := deepcopy(forecaster), _mood(2, 10))
    ahead = BEGUN + 20 * EVERY
    before = forecaster.predict(ahead).quantiles
    bad = [
        *(Observation(BEGUN + 12 * EVERY, value) for value in (math.nan, math.inf, -1.5, 2.0)),
        Observation(BEGUN, 0.0),
        Observation((BEGUN + 12 * EVERY).replace(tzinfo=None), 0.0),
    ]
    for observation in bad:
        try:
            forecaster.update(observation)
        except Invalid:
            continue
        raise AssertionError(f"{observation} was taken")
    assert (forecaster.predict(ahead).quantiles == before).all()


def the_zone_a_time_is_written_in_counts_once(forecaster: Forecaster) -> None:
    """The same moments in winter and summer time of a place are as far apart as they are, and never go back."""
    winter, summer = timezone(timedelta(hours=1)), timezone(timedelta(hours=2))
    person = deepcopy(forecaster)
    person.update(Observation(datetime(2026, 10, 25, 2, 50, tzinfo=summer), 0.2))
    person.update(Observation(datetime(2026, 10, 25, 2, 10, tzinfo=winter), 0.3))  # twenty minutes later
    assert np.isfinite(person.predict(datetime(2026, 10, 25, 3, tzinfo=winter)).quantiles).all()


FORECASTER_CHECKS = (
    intervals_hold_what_they_promise,
    a_gap_does_not_narrow,
    quantiles_rise_and_stay_on_the_scale,
    what_cannot_be_changes_nothing,
    the_zone_a_time_is_written_in_counts_once,
)


def _mood(seed: int, n: int) -> list[float]:
    """A first-order autoregression about a middle of its own, kept on the scale."""
    rng = np.random.default_rng(seed)
    middle, moods, mood = rng.uniform(-0.5, 0.5), list[float](), 0.0
    for shock in rng.normal(0, 0.25, n):
        mood = 0.4 * mood + shock
        moods.append(float(np.clip(middle + mood, -1, 1)))
    return moods


def _followed(forecaster: Forecaster, moods: list[float]) -> list[bool]:
    """Whether the interval before each value held it."""
    held = []
    for k, mood in enumerate(moods):
        at = BEGUN + k * EVERY
        low, high = forecaster.predict(at).interval(PROMISED)
        held.append(low <= mood <= high)
        forecaster.update(Observation(at, mood))
    return held


def _width(distribution: Distribution) -> float:
    low, high = distribution.interval(PROMISED)
    return high - low
