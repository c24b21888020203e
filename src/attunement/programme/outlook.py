"""What may come for a member, for themselves to see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from sqlalchemy import Connection, and_, or_, select

from attunement.domain.consent import Category, Purpose
from attunement.domain.errors import ErrorCode, Invalid
from attunement.domain.events import ReadingCorrected
from attunement.domain.need import Need
from attunement.foresight.early_warning import early_warning
from attunement.foresight.fused import Sighting, followed
from attunement.foresight.needs import forecast_needs, need_ranges
from attunement.foresight.state import READ_SD
from attunement.programme.consents import access_permissions
from attunement.programme.house import House
from attunement.programme.members import access_member
from attunement.programme.mood_lessons import access_correction
from attunement.store.schema import moments

FEWEST, REMEMBERED, WATCHED = 5, 300, 100
FRESH = timedelta(days=14)
AHEAD, NEAREST, FARTHEST = 24, 1, 72
"""Hours ahead that a guess looks if nothing else is asked, at least, and at most."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """A guess about a member's mood at a time ahead: from what they said, and their words where those may be read.

    ``middle`` and ``low`` to ``high`` (8 of 10 such ranges hold) lie from -1 (low) to 1 (bright), and ``usual`` is the
    mean of what they said themselves; ``check_ins`` counts those. ``needs`` holds the chance of each need, and
    ``need_ranges`` the range that holds it in 8 of 10 cases. ``unsteady`` says that moods swing more and last longer
    than before, which comes before some hard stretches and means nothing at other times; None where it can't tell.
    ``taught`` says whether how other people's moods went here counts as well (`mood_lessons`).
    """

    at: datetime
    middle: float
    low: float
    high: float
    usual: float
    check_ins: int
    unsteady: bool | None
    needs: Mapping[Need, float]
    need_ranges: Mapping[Need, tuple[float, float]]
    taught: bool


def access_outlook(house: House, member: str, *, hours: int = AHEAD) -> Outlook | None:
    """What a member's mood may be some hours ahead, 1 to 72: at this time tomorrow if nothing else is asked.

    A mood that was only read moves the guess less than one they told (`fused`), and not at all where they put the
    reading right. Full days are by the member's clock: this time tomorrow is 23 or 25 hours away where it is changed.
    None without consent to use what they said for themselves, with fewer than five moods told, or where the last is
    older than two weeks. Raises `Invalid` (``bad-input``) where ``hours`` is out of range.
    """
    check_hours(hours)
    with house.store.read() as connection:
        profile = access_member(connection, member)
        allowed = access_permissions(house, connection, member)
        if not allowed.allows(Purpose.PERSONALISE, Category.SELF_REPORT):
            return None
        zone = ZoneInfo(profile.time_zone)
        moods = _moods(house, connection, member, zone, read=allowed.allows(Purpose.PERSONALISE, Category.TEXT))
        wanted = _needs(connection, member, zone)
        lesson = access_correction(house, connection)
    now, told = house.clock(), [mood for mood in moods if mood.told]
    if len(told) < FEWEST or now - told[-1].at > FRESH:
        return None
    days, rest = divmod(hours, 24)
    at = max(now, moods[-1].at).astimezone(zone) + timedelta(days=days)
    at = (at.astimezone(UTC) + timedelta(hours=rest)).astimezone(zone) if rest else at
    ahead = followed(moods, fewest=FEWEST, lesson=lesson).predict(at)
    low, high = ahead.interval()
    values = [mood.value for mood in told]
    warning = early_warning(values[-WATCHED:], rng=np.random.default_rng(len(values)))
    unsteady = None if warning is None else warning.rising
    return Outlook(
        at, ahead.middle, low, high, float(np.mean(values)), len(told), unsteady, forecast_needs(wanted, at),
        need_ranges(wanted, at), lesson is not None,
    )  # fmt: skip


def check_hours(hours: int) -> None:
    """Raise `Invalid` (``bad-input``) where nothing is guessed so far ahead."""
    if not NEAREST <= hours <= FARTHEST:
        raise Invalid(
            ErrorCode.BAD_INPUT, "Mood is guessed {least} to {most} hours ahead, and not {hours}.",
            least=NEAREST, most=FARTHEST, hours=hours,
        )  # fmt: skip


def _moods(house: House, connection: Connection, member: str, zone: ZoneInfo, *, read: bool) -> list[Sighting]:
    """The newest moods, oldest first; those only read from words where ``read`` says so, and not put right since."""
    told, was_read = moments.c.valence.is_not(None), moments.c.risk.is_not(None)
    known = or_(told, and_(was_read, moments.c.state_valence_sd <= READ_SD)) if read else told
    query = (
        select(moments.c.id, moments.c.at, moments.c.valence, moments.c.state_valence)
        .where(moments.c.member == member, known).order_by(moments.c.at.desc()).limit(REMEMBERED)
    )  # fmt: skip
    corrected = _corrected(house, connection, member) if read else set()
    return [
        Sighting(row.at.astimezone(zone), row.state_valence, READ_SD)
        if row.valence is None else Sighting(row.at.astimezone(zone), row.valence)
        for row in reversed(connection.execute(query).all())
        if row.valence is not None or row.id not in corrected
    ]  # fmt: skip


def _corrected(house: House, connection: Connection, member: str) -> set[str]:
    """The moments whose reading the member put right."""
    found = house.store.events(connection, member=member, kinds=(ReadingCorrected.kind,))
    return {logged.event.moment for logged in found if isinstance(logged.event, ReadingCorrected)}


def _needs(connection: Connection, member: str, zone: ZoneInfo) -> list[tuple[datetime, list[Need]]]:
    """The newest times a member said what they wanted, and what."""
    query = (
        select(moments.c.at, moments.c.needs)
        .where(moments.c.member == member, moments.c.needs != "")
        .order_by(moments.c.at.desc()).limit(REMEMBERED)
    )  # fmt: skip
    return [(row.at.astimezone(zone), [Need(n) for n in row.needs.split(",")]) for row in connection.execute(query)]
