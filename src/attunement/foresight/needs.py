"""What somebody may want at a time ahead, from what they wanted before and about that hour."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime

from attunement.domain.need import Need
from attunement.foresight.share import share_range

HALF_LIFE_DAYS = 21.0
HOURS_SD = 3.0
BEFORE = 3.0


def forecast_needs(told: Sequence[tuple[datetime, Sequence[Need]]], at: datetime) -> Mapping[Need, float]:
    """The chance of each need at a time, summing to 1.

    Each time somebody said what they wanted counts by ``w = 2^(-days/21)·(1 + 2·exp(-h²/2·3²)) / 3``, ``h`` being how
    far its hour of the day lies from that of ``at``, each by the clock it is told with; several needs at once share it.
    Three imagined answers, even over all needs, stand before the first: with nothing told each has the same chance.

    Values told after ``at`` do not count.

    >>> from datetime import UTC, timedelta
    >>> night = datetime(2026, 5, 4, 22, tzinfo=UTC)
    >>> told = [(night - timedelta(days=k), [Need.CALM]) for k in range(1, 6)]
    >>> max(forecast_needs(told, night), key=forecast_needs(told, night).get)
    <Need.CALM: 'calm'>
    """
    weights = _weights(told, at)
    total = sum(weights.values())
    return {need: weight / total for need, weight in weights.items()}


def need_ranges(
    told: Sequence[tuple[datetime, Sequence[Need]]], at: datetime
) -> Mapping[Need, tuple[float, float]]:  # fmt: skip
    """For each need the range that holds its chance in 8 of 10 cases, from as many cases as the weights add up to.

    >>> from datetime import UTC
    >>> low, high = need_ranges([], datetime(2026, 5, 4, 22, tzinfo=UTC))[Need.CALM]
    >>> round(low, 2), round(high, 2)
    (0.05, 0.57)
    """
    weights = _weights(told, at)
    total = sum(weights.values())
    return {need: share_range(weight / total, total) for need, weight in weights.items()}


def _weights(told: Sequence[tuple[datetime, Sequence[Need]]], at: datetime) -> dict[Need, float]:
    weights = dict.fromkeys(Need, BEFORE / len(Need))
    for when, needs in told:
        days = (at - when).total_seconds() / 86400
        if days < 0 or not needs:
            continue
        apart = abs(_clock(at) - _clock(when))
        apart = min(apart, 24 - apart)
        weight = 0.5 ** (days / HALF_LIFE_DAYS) * (1 + 2 * math.exp(-(apart**2) / (2 * HOURS_SD**2))) / 3
        for need in needs:
            weights[need] += weight / len(needs)
    return weights


def _clock(at: datetime) -> float:
    return at.hour + at.minute / 60
