"""Times of a table are read in the ways people have them, and where they could mean two things they are not guessed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.reading.body.files import NOON, RATE, one, read

from attunement.domain.errors import Invalid


def test_a_clock_counts_from_the_start_or_from_midnight() -> None:
    """A column that begins at zero has run since the start; another tells the time of that day, and passes midnight."""
    start = datetime(2026, 5, 1, 12, tzinfo=UTC)
    assert one(read("time,hr\n0:00:01,70\n0:00:02,71\n", start=start), RATE).times.tolist() == [NOON + 1, NOON + 2]
    night = one(read("time,hr\n23:59:59,70\n00:00:01,71\n", start=start), RATE).times
    assert night.tolist() == [NOON + 43_199, NOON + 43_201]


@pytest.mark.parametrize(
    ("cell", "day"),
    [("13/4/2026 12:00", 13), ("4/13/2026 12:00", 13), ("03.04.26 12:00:00", 3), ("4/3/2026 12:00:00 PM", 3)],
)
def test_which_is_the_day_is_told_by_the_column(cell: str, day: int) -> None:
    """No month is over 12, points stand after days, and AM and PM after months."""
    times = one(read(f"time,hr\n{cell},70\n{cell},70\n"), RATE).times
    assert datetime.fromtimestamp(float(times[0]), UTC) == datetime(2026, 4, day, 12, tzinfo=UTC)


def test_a_day_that_could_be_a_month_is_not_guessed() -> None:
    """3/4 is the third of April to some and the fourth of March to others."""
    with pytest.raises(Invalid, match="day and month"):
        read("time,hr\n3/4/2026 12:00:00,70\n3/4/2026 12:00:01,71\n")


def test_times_that_cannot_be_read_are_named_as_the_fault() -> None:
    """The signal is there, and its times are not."""
    with pytest.raises(Invalid, match="None of the times"):
        read("time,hr\nnoon,70\nlater,71\n")


def test_days_as_a_spreadsheet_counts_them() -> None:
    """A date and time saved as a number; steps of a second, a minute, or a 64th of one for a pulse."""
    for head, step in (("hr", 1.0), ("hr", 60.0), ("ppg", 1 / 64)):
        days = [46143.5 + k * step / 86400 for k in range(4)]
        table = f"time,{head}\n" + "".join(f"{day:.10f},{70 + k}\n" for k, day in enumerate(days))
        (channel,) = read(table).channels
        assert channel.times == pytest.approx([NOON + k * step for k in range(4)], abs=1e-3)


def test_seconds_late_in_a_long_recording_are_no_days() -> None:
    """Twelve hours after the start, rows still stand a second apart, or a 700th of one."""
    for head, step in (("hr", 1.0), ("eda", 1 / 700)):
        table = f"time,{head}\n" + "".join(f"{43_200 + k * step:.6f},{2 + k}\n" for k in range(4))
        (channel,) = read(table).channels
        assert channel.times == pytest.approx([43_200 + k * step for k in range(4)], abs=1e-5)


def test_seconds_before_a_mark_are_not_lost() -> None:
    """Times that begin below zero count from the first one, or from the start that is given."""
    table = "time,hr\n-2,70\n-1,71\n0,72\n"
    assert one(read(table), RATE).times.tolist() == [0, 1, 2]
    start = datetime(2026, 5, 1, 12, tzinfo=UTC)
    assert one(read(table, start=start), RATE).times.tolist() == [NOON - 2, NOON - 1, NOON]


def test_milliseconds_from_zero_are_told_by_their_steps() -> None:
    """No watch tells a heart rate every thousand seconds; one that tells it every five minutes is believed."""
    assert one(read("time,hr\n0,70\n1000,71\n2000,72\n"), RATE).times.tolist() == [0, 1, 2]
    assert one(read("time,hr\n0,70\n300,71\n600,72\n"), RATE).times.tolist() == [0, 300, 600]
