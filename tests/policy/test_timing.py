"""When somebody may be reached: by their clock, within their budget, and with a reason for every no."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.policy.timing import Held, Reachable, day_began, even_share, is_quiet, why_not

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
ON = Reachable(on=True, a_day=2)


@pytest.mark.parametrize(
    ("who", "sent", "here", "waiting", "held"),
    [
        (ON, (), None, False, None),
        (Reachable(), (), None, False, Held.STOPPED),
        (Reachable(on=True, a_day=0), (), None, False, Held.STOPPED),
        (Reachable(on=True, quiet_from=time(11), quiet_until=time(14)), (), None, False, Held.QUIET_HOURS),
        (ON, (), None, True, Held.WAITING),
        (ON, (NOON - timedelta(hours=2),), None, False, Held.TOO_SOON),
        (ON, (), NOON - timedelta(minutes=5), False, Held.TOO_SOON),
        (ON, (NOON - timedelta(hours=2), NOON - timedelta(hours=3)), None, False, Held.BUDGET_SPENT),
        (ON, (NOON - timedelta(hours=3), NOON - timedelta(hours=13)), None, False, None),
    ],
)
def test_each_no_has_its_reason(
    who: Reachable, sent: tuple[datetime, ...], here: datetime | None, waiting: bool, held: Held | None
) -> None:
    """Asked to stop, quiet, waiting, too soon, spent; what was sent yesterday does not count for today."""
    assert why_not(NOON, who, sent=sent, here=here, waiting=waiting) is held


def test_where_people_should_be_a_program_stays_silent() -> None:
    """Danger read lately, or a person with them, holds a message back, whatever else would allow it."""
    assert why_not(NOON, ON, care=True) is Held.CARE


@given(st.integers(0, 365 * 24 * 60))
def test_quiet_hours_are_by_the_clock_where_one_is(minutes: int) -> None:
    """Whatever the season, nobody in Dublin is reached between nine in the evening and nine in the morning there."""
    who, now = Reachable(on=True, zone="Europe/Dublin"), datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    hour = now.astimezone(ZoneInfo("Europe/Dublin")).hour
    assert is_quiet(now, who) == (hour >= 21 or hour < 9)
    assert (why_not(now, who) is Held.QUIET_HOURS) == (hour >= 21 or hour < 9)


def test_the_day_the_clock_changes_has_its_hours() -> None:
    """On 25 October 2026 Dublin has 01:30 twice; both are quiet, and eight hours of moments are left at one o'clock."""
    who = Reachable(on=True, zone="Europe/Dublin", a_day=1)
    for utc_hour in (0, 1):
        assert is_quiet(datetime(2026, 10, 25, utc_hour, 30, tzinfo=UTC), who)
    at_one = datetime(2026, 10, 25, 13, tzinfo=UTC)
    assert even_share(at_one, who, sent_today=0, every=timedelta(hours=1)) == pytest.approx(1 / 8)


@pytest.mark.parametrize(("quiet_from", "quiet_until"), [(2, 10), (0, 8), (9, 17), (12, 14), (21, 9)])
def test_a_budget_lasts_from_the_end_of_quiet_hours_to_their_beginning(quiet_from: int, quiet_until: int) -> None:
    """However they lie, every hour between them is used alike, and no day between them has more than its budget."""
    who = Reachable(on=True, a_day=1, quiet_from=time(quiet_from), quiet_until=time(quiet_until), apart=timedelta(0))
    rng, sent, by_hour = np.random.default_rng(5), list[datetime](), np.zeros(24)
    for hour in range(24 * 400):
        now = NOON + timedelta(hours=hour)
        today = sum(at >= day_began(now, who) for at in sent[-3:])
        share = even_share(now, who, sent_today=today, every=timedelta(hours=1))
        assert (why_not(now, who, sent=tuple(sent[-3:])) is None) == (share > 0)
        if rng.random() < share:
            sent.append(now)
            by_hour[now.hour] += 1
    awake = [hour for hour in range(24) if not is_quiet(NOON.replace(hour=hour), who)]
    assert by_hour.sum() == by_hour[awake].sum() == pytest.approx(400, abs=2)
    assert by_hour[awake].min() > 0.3 * by_hour[awake].mean()
    assert by_hour[awake].max() < 2 * by_hour[awake].mean()


def test_sending_at_that_chance_spends_the_budget_over_the_day_and_no_more() -> None:
    """Hourly moments through a waking day, two a day: about two are sent, spread over it, never three."""
    rng, sent_at = np.random.default_rng(4), []
    totals = []
    for _ in range(400):
        sent = 0
        for hour in range(9, 21):
            now = datetime(2026, 5, 4, hour, tzinfo=UTC)
            if rng.random() < even_share(now, ON, sent_today=sent, every=timedelta(hours=1)):
                sent += 1
                sent_at.append(hour)
        totals.append(sent)
    assert max(totals) <= 2
    assert np.mean(totals) == pytest.approx(2, abs=0.05)
    assert np.mean(sent_at) == pytest.approx(14.5, abs=0.6)
    assert even_share(NOON, ON, sent_today=2, every=timedelta(hours=1)) == 0
    assert even_share(datetime(2026, 5, 4, 23, tzinfo=UTC), ON, sent_today=0, every=timedelta(hours=1)) == 0


def test_impossible_wishes_are_refused() -> None:
    """A negative budget, and quiet hours of no length."""
    for wrong in ({"a_day": -1}, {"quiet_from": time(9)}):
        with pytest.raises(ValueError, match="must"):
            Reachable(**wrong)
