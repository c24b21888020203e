"""How stirred up or calm a member may be in the next hours, from what they said, their words and their body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

import numpy as np

from attunement.domain.body import BodyReading
from attunement.domain.consent import Category, Purpose
from attunement.domain.events import CheckedIn, ReadingCorrected
from attunement.foresight.fused import Sighting, followed
from attunement.foresight.state import FELT_SD, READ_SD
from attunement.privacy.permissions import Permissions
from attunement.programme.body import KNOWS_NOTHING_SD, access_body
from attunement.programme.check_ins import state_of
from attunement.programme.consents import access_permissions
from attunement.programme.house import House
from attunement.programme.members import access_member
from attunement.programme.outlook import check_hours

FEWEST, REMEMBERED, WINDOWS = 5, 150, 1500
FRESH = timedelta(days=14)
AHEAD = 3
"""Hours ahead if nothing else is asked: arousal changes faster than mood."""


@dataclass(frozen=True, slots=True)
class ArousalAhead:
    """A guess about a member's arousal some hours ahead.

    ``middle`` and ``low`` to ``high`` (8 of 10 such ranges hold) lie from -1 (calm, or drained) to 1 (stirred up), and
    ``usual`` is the mean of what they told, or, told less than five times, of all it rests on: ``told`` times they said
    it, ``read`` texts and ``sensed`` hours in which their body was read, each only where it may be used now.
    """

    at: datetime
    middle: float
    low: float
    high: float
    usual: float
    told: int
    read: int
    sensed: int


def access_arousal_ahead(house: House, member: str, *, hours: int = AHEAD) -> ArousalAhead | None:
    """What a member's arousal may be some hours ahead, 1 to 72; None where fewer than five sightings may be used.

    So it is, too, where all of them are over two weeks old.

    Each part counts under its own consent (``personalise`` × ``self_report``, ``text``, ``body``). Their own word
    counts whole; what was read, by how sure it is (`fused`). Raises `Invalid` (``bad-input``) where ``hours`` is out of
    range.
    """
    check_hours(hours)
    with house.store.read() as connection:
        zone = ZoneInfo(access_member(connection, member).time_zone)
        allowed = access_permissions(house, connection, member)
        kinds = (CheckedIn.kind, ReadingCorrected.kind)
        found = house.store.events(connection, member=member, kinds=kinds, newest_first=True, limit=REMEMBERED)
        events = [logged.event for logged in found]
    corrected = {event.moment for event in events if isinstance(event, ReadingCorrected)}
    check_ins = [event for event in events if isinstance(event, CheckedIn)]
    spoken = list(_spoken(check_ins, corrected, allowed))
    felt = []
    if allowed.allows(Purpose.PERSONALISE, Category.BODY):
        felt = list(_by_hour(access_body(house, member, limit=WINDOWS)))
    every = sorted([*spoken, *felt], key=lambda one: one.at)
    now = house.clock()
    if len(every) < FEWEST or now - every[-1].at > FRESH:
        return None
    at = (max(now, every[-1].at) + timedelta(hours=hours)).astimezone(zone)
    ahead = followed(Sighting(one.at.astimezone(zone), one.value, one.sd) for one in every).predict(at)
    told = sum(one.told for one in spoken)
    usual = float(np.mean([one.value for one in every if one.told or told < FEWEST]))
    return ArousalAhead(at, ahead.middle, *ahead.interval(), usual, told, len(spoken) - told, len(felt))


def _spoken(check_ins: Iterable[CheckedIn], corrected: set[str], allowed: Permissions) -> Iterator[Sighting]:
    """What was said, else what was read from the words and not put right since; what the body showed is no part."""
    for event in check_ins:
        state = state_of(event, allowed)
        if "affect" in state.said and event.arousal is not None:
            yield Sighting(event.at, event.arousal)
        elif state.arousal_sd < 1 and event.moment not in corrected:
            yield Sighting(event.at, state.arousal, READ_SD)


def _by_hour(readings: Sequence[BodyReading]) -> Iterator[Sighting]:
    """One sighting an hour from the windows that can tell; minutes of one hour err together."""
    known = sorted((r for r in readings if r.arousal_sd < KNOWS_NOTHING_SD), key=lambda r: r.end)
    for _, hour in groupby(known, key=lambda r: int(r.end.timestamp() // 3600)):
        windows = list(hour)
        sd = 2 * float(np.mean([w.arousal_sd for w in windows]))
        value = 2 * float(np.mean([w.arousal_mean for w in windows])) - 1
        yield Sighting(windows[-1].end, value, (FELT_SD**2 + sd**2) ** 0.5)
