"""Intervals between heartbeats are read alone or beside their times, whichever column they are in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.reading.body.files import NOON, RR, one, read, refusal

from attunement.domain.errors import ErrorCode
from attunement.reading.body.cleaning import clean


@pytest.mark.parametrize(
    "text",
    [
        "0.812\t812\n1.632\t820\n2.437\t805\n",
        "0.812,0.812\n1.632,0.820\n2.437,0.805\n",
        "812 812\n1632 820\n2437 805\n",
        "812;0,812\n820;1,632\n805;2,437\n",
        "# my heart\n2026-05-01 12:00:00.812;812\n2026-05-01 12:00:01.632;820\n2026-05-01 12:00:02.437;805\n",
        "2026-05-01T12:00:00.812Z,812\n2026-05-01T12:00:01.632Z,820\n2026-05-01T12:00:02.437Z,805\n",
        "time RR\n0:00:00.812 812\n0:00:01.632 820\n0:00:02.437 805\n",
        "Phone timestamp;RR-interval [ms]\n2026-05-01T12:00:00.812;812\n2026-05-01T12:00:01.632;820\n"
        "2026-05-01T12:00:02.437;805\n",
        "1777636800812 812\n1777636801632 820\n1777636802437 805",
        "10,812\n11,820\n12,805\n",
    ],
)
def test_intervals_beside_their_times(text: str) -> None:
    """In any order, counted from the start, since 1970 or as moments; line numbers tell nothing."""
    beats = one(read(text, start=datetime(2026, 5, 1, 12, tzinfo=UTC)), RR)
    cleaned = clean(beats)
    assert cleaned.times == pytest.approx([NOON + 0.812, NOON + 1.632, NOON + 2.437])
    assert cleaned.values == pytest.approx([812, 820, 805])


def test_lines_numbered_from_zero_are_no_seconds_with_a_comma() -> None:
    """``0,812`` alone could be 0.812 s; the lines further down tell."""
    beats = one(read("".join(f"{k},{800 + k}\n" for k in range(20))), RR)
    assert beats.values.tolist() == [800 + k for k in range(20)]


def test_beats_told_of_in_batches_are_beside_their_times() -> None:
    """A strap that tells of two beats a time: the steps are 0 and 1.6 s, and together as long as the beats."""
    lines = [f"{NOON + 1.6 * (1 + k // 2):.1f} {790 + 20 * (k % 2)}" for k in range(20)]
    assert one(read("\n".join(lines)), RR).times.size == 20


@pytest.mark.parametrize("text", ["1777636800 70\n1777636801 71\n", "800 1\n4000 1\n9000 1\n", "9;9;9\n1;1;1"])
def test_columns_without_names_are_not_guessed(text: str) -> None:
    """A heart rate beside its time, or steps no heart makes: the columns must be named."""
    assert refusal(text) is ErrorCode.BAD_SIGNAL


def test_a_list_of_something_else_is_no_list_of_intervals() -> None:
    """A heart rate in a file of its own would be intervals that no heart has: it is said so, and nothing is read."""
    assert refusal("HR\n" + "72\n71\n70\n" * 20) is ErrorCode.BAD_SIGNAL
