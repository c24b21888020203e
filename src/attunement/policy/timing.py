"""When a person may be reached at all, and how seldom: quiet hours, a budget of burden, and the reason for each no."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Held(StrEnum):
    """Why nobody was reached at a moment."""

    STOPPED = "stopped"
    """They asked not to be reached."""
    QUIET_HOURS = "quiet-hours"
    """It is night where they are, or an hour they keep free."""
    CARE = "care"
    """They wrote lately what sounded like danger, or people are with them or asked for: no time for a program."""
    WAITING = "waiting"
    """Something sent earlier has not been looked at."""
    TOO_SOON = "too-soon"
    """They were reached, or were here, less than the least distance ago."""
    BUDGET_SPENT = "budget-spent"
    """As many were sent today as they agreed to."""
    NOTHING_FITS = "nothing-fits"
    """No practice may be offered to somebody who is as they are now."""
    CHANCE = "chance"
    """It might have been sent, and the draw said no."""


@dataclass(frozen=True, slots=True)
class Reachable:
    """When a person may be reached.

    ``on`` False means never. ``quiet_from`` to ``quiet_until`` is by the clock where they are, over midnight where the
    first is later; ``a_day`` is the most that may be sent from the end of these to when they begin again, be that over
    midnight; ``apart`` the least time between two, and since they were last here.

    Raises `ValueError` where ``a_day`` is negative, or the two hours are the same.
    """

    on: bool = False
    zone: str = "UTC"
    quiet_from: time = time(21)
    quiet_until: time = time(9)
    a_day: int = 1
    apart: timedelta = timedelta(hours=3)

    def __post_init__(self) -> None:
        if self.a_day < 0 or self.quiet_from == self.quiet_until:
            raise ValueError("a_day must be 0 or more, and quiet hours must end at another hour than they begin")


def why_not(
    now: datetime, who: Reachable, *, sent: tuple[datetime, ...] = (), here: datetime | None = None,
    waiting: bool = False, care: bool = False,
) -> Held | None:  # fmt: skip
    """Why a person may not be reached now, or None where they may be.

    Parameters
    ----------
    now:
        An instant with a zone.
    sent:
        When they were reached before, in any order.
    here:
        When they were last here by themselves.
    waiting:
        Whether something sent earlier has not been looked at.
    care:
        Whether people should be there for them now.

    >>> noon = datetime(2026, 5, 4, 12, tzinfo=UTC)
    >>> why_not(noon, Reachable(on=True)) is None, str(why_not(noon, Reachable(on=True, zone="Asia/Tokyo")))
    (True, 'quiet-hours')
    """
    if not who.on or who.a_day == 0:
        return Held.STOPPED
    if is_quiet(now, who):
        return Held.QUIET_HOURS
    if care:
        return Held.CARE
    if waiting:
        return Held.WAITING
    began = day_began(now, who)
    if sum(at >= began for at in sent) >= who.a_day:
        return Held.BUDGET_SPENT
    latest = max([*sent, *([here] if here else [])], default=None)
    return Held.TOO_SOON if latest is not None and now - latest < who.apart else None


def is_quiet(now: datetime, who: Reachable) -> bool:
    """Whether it is one of their quiet hours, by the clock where they are; a change of the clock moves it along."""
    clock = now.astimezone(ZoneInfo(who.zone)).time()
    if who.quiet_from < who.quiet_until:
        return who.quiet_from <= clock < who.quiet_until
    return clock >= who.quiet_from or clock < who.quiet_until


def day_began(now: datetime, who: Reachable) -> datetime:
    """When their day began: the quiet hours ended last, by the clock where they are.

    >>> night_owl = Reachable(on=True, quiet_from=time(2), quiet_until=time(10))
    >>> day_began(datetime(2026, 5, 4, 1, tzinfo=UTC), night_owl).isoformat()
    '2026-05-03T10:00:00+00:00'
    """
    there = now.astimezone(ZoneInfo(who.zone))
    began = datetime.combine(there.date(), who.quiet_until, there.tzinfo)
    return began if began <= there else began - timedelta(days=1)


def even_share(now: datetime, who: Reachable, *, sent_today: int, every: timedelta) -> float:
    """The even share of a moment: the probability with which what is left of the day's budget lasts until it ends.

    A day is what lies between quiet hours, so that its budget is spread over all of it (`day_began`).

    ``remaining budget / moments left``, at most 1: with moments ``every`` so often until the quiet hours begin, sending
    at this probability at each spends the budget on average and no faster. 0 where nothing is left or it is quiet.

    >>> noon = datetime(2026, 5, 4, 12, tzinfo=UTC)
    >>> round(even_share(noon, Reachable(on=True, a_day=2), sent_today=1, every=timedelta(hours=1)), 3)
    0.111
    """
    left = who.a_day - sent_today
    if left <= 0 or not who.on or is_quiet(now, who):
        return 0.0
    there = now.astimezone(ZoneInfo(who.zone))
    ends = datetime.combine(there.date(), who.quiet_from, there.tzinfo)
    if ends <= there:
        ends += timedelta(days=1)
    moments = max(1, -(-(ends.astimezone(UTC) - now.astimezone(UTC)) // every))
    return min(1.0, left / moments)
