"""Danger that was read: it fades to what is usual, never to nothing, and grows less sure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.foresight.danger import danger_chance
from attunement.foresight.share import share_range

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
HOURS = st.floats(0, 500)
READ = st.lists(st.tuples(HOURS.map(lambda h: NOON - timedelta(hours=h)), st.floats(0, 1)), max_size=8)


def test_by_hand() -> None:
    """One text of 0.8 a day ago: half of it, and a quarter of (0.8 + 0.3) / 4."""
    chance, _, _ = danger_chance([(NOON - timedelta(days=1), 0.8)], NOON)
    assert chance == pytest.approx((0.5 * 0.8 + 0.25 * 1.1 / 4) / 0.75)


def test_nothing_read_is_not_nothing_to_fear() -> None:
    """Of somebody who wrote nothing, one in ten is expected, and nearly anything is possible."""
    chance, low, high = danger_chance([], NOON)
    assert chance == pytest.approx(0.1)
    assert low < 0.05
    assert high > 0.8


@given(READ, HOURS)
def test_silence_lowers_no_bound_to_nothing(read: list[tuple[datetime, float]], hours: float) -> None:
    """However long nobody wrote, some chance stays, within a range that only widens."""
    now, later = danger_chance(read, NOON), danger_chance(read, NOON + timedelta(hours=hours))
    for chance, low, high in (now, later):
        assert 0 <= low <= chance <= high <= 1
        assert chance > 0
    assert later[2] > 0.5 or hours < 24


def test_the_newer_a_text_the_more_it_counts() -> None:
    """Danger an hour ago after a calm day is likelier than the other way round; neither is forgotten."""
    hour, day = NOON - timedelta(hours=1), NOON - timedelta(days=1)
    risen, calmed = (danger_chance(read, NOON)[0] for read in ([(day, 0.0), (hour, 0.9)], [(day, 0.9), (hour, 0.0)]))
    assert risen > 0.5 > calmed > 0.2


def test_what_is_read_later_does_not_count() -> None:
    """A text from tomorrow says nothing of today."""
    assert danger_chance([(NOON + timedelta(days=1), 0.9)], NOON) == danger_chance([], NOON)


@given(st.floats(0, 1), st.floats(0.1, 1e6))
def test_a_share_lies_in_its_range_which_narrows(share: float, n: float) -> None:
    """Within 0 to 1, about the share, and narrower from ten times as many cases."""
    (low, high), (low2, high2) = share_range(share, n), share_range(share, 10 * n)
    assert 0 <= low <= share + 1e-9
    assert share - 1e-9 <= high <= 1
    assert high2 - low2 < high - low
