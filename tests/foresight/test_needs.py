"""What somebody may want: even at first, then by what they said, lately and about that hour."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from attunement.domain.need import Need
from attunement.foresight.needs import forecast_needs, need_ranges

NIGHT = datetime(2026, 5, 4, 22, tzinfo=UTC)
NOON = NIGHT.replace(hour=12)


def test_with_nothing_told_every_need_is_as_likely() -> None:
    """An even chance each, also where nothing was chosen or only later."""
    for told in ([], [(NOON, [])], [(NIGHT + timedelta(days=1), [Need.CALM])]):
        assert forecast_needs(told, NIGHT) == pytest.approx(dict.fromkeys(Need, 1 / len(Need)))


def test_one_answer_by_hand() -> None:
    """One answer at the same hour three weeks ago weighs one half, beside three imagined ones."""
    chances = forecast_needs([(NIGHT - timedelta(days=21), [Need.CALM])], NIGHT)
    assert chances[Need.CALM] == pytest.approx((0.6 + 0.5) / 3.5)
    assert sum(chances.values()) == pytest.approx(1)


def test_the_hour_counts() -> None:
    """Somebody who wants calm at night and to connect at noon is expected so."""
    told = [(NIGHT - timedelta(days=k), [Need.CALM]) for k in range(1, 9)]
    told += [(NOON - timedelta(days=k), [Need.CONNECT]) for k in range(1, 9)]
    assert forecast_needs(told, NIGHT)[Need.CALM] > forecast_needs(told, NIGHT)[Need.CONNECT]
    assert forecast_needs(told, NOON)[Need.CONNECT] > forecast_needs(told, NOON)[Need.CALM]


def test_late_at_night_is_near_early_in_the_morning() -> None:
    """Half past eleven and half past midnight are an hour apart."""
    late, early = NIGHT.replace(hour=23, minute=30), (NIGHT + timedelta(days=1)).replace(hour=0, minute=30)
    near = forecast_needs([(late, [Need.CALM])], early)[Need.CALM]
    far = forecast_needs([(NOON, [Need.CALM])], early)[Need.CALM]
    assert near > far


def test_the_more_was_told_the_narrower_a_range() -> None:
    """Each chance lies in its range; forty answers leave less open than none."""
    told = [(NIGHT - timedelta(hours=6 * k), [Need.CALM if k % 2 else Need.HEARD]) for k in range(40)]
    chances, ranges, none = forecast_needs(told, NIGHT), need_ranges(told, NIGHT), need_ranges([], NIGHT)
    for need, (low, high) in ranges.items():
        assert 0 <= low < chances[need] < high <= 1
    low, high = ranges[Need.ACT]
    assert high - low < none[Need.ACT][1] - none[Need.ACT][0]
