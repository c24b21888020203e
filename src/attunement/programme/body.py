"""Signals of the body: read under the member's consent, against their own rest; what was read is kept, they are not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from itertools import chain
from math import inf

import numpy as np
from sqlalchemy import Connection, bindparam, select

from attunement.domain.body import BodyReading, Channel, Recording
from attunement.domain.body_kept import BodyWindowKept, RestKept
from attunement.domain.consent import Category, Purpose
from attunement.domain.errors import ErrorCode, Refused
from attunement.domain.events import BodyRead
from attunement.privacy.permissions import Permissions
from attunement.programme.body_checks import MOST_SAMPLES, check_recording
from attunement.programme.consents import access_permissions
from attunement.programme.house import House
from attunement.reading.body.baseline import Baseline
from attunement.reading.body.evidence import Evidence, signals_of
from attunement.reading.body.features import levels_of
from attunement.reading.body.measuring import CONTEXT_S, Window, measure, situations, with_window
from attunement.store.schema import log

FRESH = timedelta(minutes=15)
"""How long a window tells of now. Heart and skin settle within minutes, and wearables send every five to fifteen."""
KNOWS_NOTHING_SD = 0.28
"""An arousal from 0 to 1 of which nothing is known has a standard deviation of 0.29."""
LOOKED_AT = 20
"""Requests looked through for the windows of the last minutes, newest first; a device may send every minute."""
_ANY_BODY = select(log.c.seq).where(log.c.member == bindparam("member"), log.c.kind == BodyRead.kind).limit(1)


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """A recording cut into windows and measured, and how many samples were left out as sent already."""

    windows: tuple[Window, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class BodyWindows:
    """What was read and kept, oldest first, and how many samples were left out as sent already."""

    readings: tuple[BodyReading, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    """The member's rest, whether it was declared, windows of the last minutes, and when the newest one ends."""

    rest: Baseline
    declared: bool
    before: tuple[Window, ...]
    until: float


def do_read_body(house: House, member: str, recording: Recording, *, rest: bool = False) -> BodyWindows:
    """Read a recording in windows of a minute, and keep what was read.

    What lies before the end of the newest window kept is left out, so that a device may send again what it is not
    sure has arrived. Windows are compared with rest that was declared, or, until there is any, with all windows so far.

    Parameters
    ----------
    recording:
        Up to 100,000 samples of up to four hours, none of them ahead of now; all signals of that time together.
    rest:
        Whether these windows are known to be rest. The first that are take the place of what was guessed of it.

    Raises `Refused` (``consent-missing``: ``personalise:body``), `Invalid` (``bad-signal``, ``bad-time``,
    ``too-large``), `NotFound` (``unknown-member``), `AttunementError` (``missing-extra``: only a waveform tells of the
    heart, and NeuroKit2 is not installed).
    """
    return do_keep_body(house, member, measure_body(house, member, recording), rest=rest)


def measure_body(house: House, member: str, recording: Recording, *, most: int = MOST_SAMPLES) -> Measured:
    """Check a recording of at most so many samples and measure its windows, which takes a while: before any
    transaction. See `do_read_body`."""
    check_recording(recording, house.clock(), most=most)
    with house.store.read() as connection:
        house.store.require_member(connection, member)
        check_body_allowed(house, connection, member)
        newest = _newest(house, connection, member)
    fresh, left_out = since(recording, newest.windows[-1].end.timestamp() if newest else -inf)
    windows = measure(fresh, length=house.body.window, step=house.body.step) if fresh.channels else []
    return Measured(tuple(windows), left_out)


def do_keep_body(house: House, member: str, measured: Measured, *, rest: bool = False) -> BodyWindows:
    """Compare measured windows with the member's rest as it is known now, and keep what was read."""
    with house.store.write() as transaction:
        transaction.hold(member)
        connection = transaction.connection
        check_body_allowed(house, connection, member)
        known = _known(house, connection, member)
        windows = [window for window in measured.windows if window.start >= known.until]
        if not windows:
            return BodyWindows((), measured.left_out)
        readings, after = _readings(house, windows, known, at_rest=rest)
        kept = [keep_window(reading) for reading in readings]
        declared = RestKept.model_validate({**after.as_json(), "declared": rest or known.declared})
        transaction.append(BodyRead(at=house.clock(), windows=kept, rest=declared), member=member)
    return BodyWindows(tuple(opened_window(window) for window in kept), measured.left_out)


def access_body(house: House, member: str, *, limit: int = 50) -> list[BodyReading]:
    """The newest windows kept, oldest first; raises `Refused` (``consent-missing``)."""
    found: list[BodyReading] = []
    with house.store.read() as connection:
        house.store.require_member(connection, member)
        check_body_allowed(house, connection, member)
        for event in _newest_first(house, connection, member, limit):
            found += [opened_window(window) for window in reversed(event.windows)]
            if len(found) >= limit:
                break
    return found[:limit][::-1]


def access_baseline(house: House, connection: Connection, member: str) -> Baseline:
    """How a member is at rest, as far as it is known and may be used now."""
    allowed = access_permissions(house, connection, member).allows(Purpose.PERSONALISE, Category.BODY)
    return _known(house, connection, member).rest if allowed else Baseline()


def access_sensed(
    house: House, connection: Connection, member: str, allowed: Permissions, at: datetime
) -> BodyWindowKept | None:
    """The newest window of the last quarter of an hour that can tell, where it may be used now."""
    if not allowed.allows(Purpose.PERSONALISE, Category.BODY):
        return None
    for event in _newest_first(house, connection, member, LOOKED_AT):
        for window in reversed(event.windows):
            if at - window.end > FRESH:
                return None
            if window.start <= at and window.stress is not None and window.arousal_sd < KNOWS_NOTHING_SD:
                return window
    return None


def access_has_body(connection: Connection, member: str) -> bool:
    """Whether anything read from a member's body is kept; it is not looked at."""
    return connection.execute(_ANY_BODY, {"member": member}).first() is not None


def keep_window(reading: BodyReading) -> BodyWindowKept:
    """A reading as an event keeps it, to five digits."""
    low, high = reading.stress_range or (None, None)
    return BodyWindowKept(
        start=reading.start, end=reading.end, arousal=round(reading.arousal_mean, 5),
        arousal_sd=round(reading.arousal_sd, 5), stress=_rounded(reading.stress_p),
        stress_range=None if low is None or high is None else (round(low, 5), round(high, 5)),
        quality=round(reading.quality, 5), flaws=list(reading.why), model=reading.model,
        features={name: _rounded(value) for name, value in reading.features.items()},
    )  # fmt: skip


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 5)


def opened_window(kept: BodyWindowKept) -> BodyReading:
    """The reading an event kept."""
    return BodyReading(
        start=kept.start, end=kept.end, arousal_mean=kept.arousal, arousal_sd=kept.arousal_sd, stress_p=kept.stress,
        stress_range=kept.stress_range, quality=kept.quality, features=kept.features, why=tuple(kept.flaws),
        model=kept.model,
    )  # fmt: skip


def check_body_allowed(house: House, connection: Connection, member: str) -> None:
    """Raise `Refused` (``consent-missing``) where signals of a member's body may not be used now."""
    if not access_permissions(house, connection, member).allows(Purpose.PERSONALISE, Category.BODY):
        raise Refused(
            ErrorCode.CONSENT_MISSING,
            "The member has not allowed signals of their body to be used ({cell}). Ask them first; nothing was kept.",
            cell="personalise:body",
        )


def since(recording: Recording, start: float) -> tuple[Recording, int]:
    """What a recording holds from ``start`` (unix seconds) on, and how many samples came before."""
    cut = [Channel(c.kind, c.times[c.times >= start], c.values[c.times >= start]) for c in recording.channels]
    left = Recording(tuple(channel for channel in cut if channel.times.size), recording.source, recording.marks)
    return left, _size(recording) - _size(left)


def _size(recording: Recording) -> int:
    return sum(channel.times.size for channel in recording.channels)


def _newest_first(house: House, connection: Connection, member: str, limit: int) -> Iterator[BodyRead]:
    found = house.store.events(connection, member=member, kinds=(BodyRead.kind,), newest_first=True, limit=limit)
    return (logged.event for logged in found if isinstance(logged.event, BodyRead))


def _newest(house: House, connection: Connection, member: str) -> BodyRead | None:
    return next(_newest_first(house, connection, member, 1), None)


def _known(house: House, connection: Connection, member: str) -> _Known:
    """What is known before the next windows; what another reader measured is not compared with."""
    events = _newest_first(house, connection, member, LOOKED_AT)
    newest = next(events, None)
    if newest is None:
        return _Known(Baseline(), False, (), -inf)
    until = newest.windows[-1].end.timestamp()
    if newest.windows[-1].model != house.body.model:
        return _Known(Baseline(), False, (), until)
    before: list[BodyWindowKept] = []
    for event in chain([newest], events):
        recent = [w for w in event.windows if w.start.timestamp() >= until - CONTEXT_S and w.model == house.body.model]
        before = [*recent, *before]
        if not recent:
            break
    rest = Baseline.from_json(newest.rest.model_dump(exclude={"declared"}))
    return _Known(rest, newest.rest.declared, tuple(_recalled(window) for window in before), until)


def _recalled(kept: BodyWindowKept) -> Window:
    """A window as it was measured. Its levels and signals still matter, as what was before; its worth does not."""
    features = {name: np.nan if x is None else x for name, x in kept.features.items()}
    evidence = Evidence(kept.quality, 0.0, signals_of(features), tuple(kept.flaws))
    return Window(kept.start.timestamp(), kept.end.timestamp(), features, levels_of(features), evidence)


def _readings(
    house: House, windows: Sequence[Window], known: _Known, *, at_rest: bool
) -> tuple[list[BodyReading], Baseline]:
    """What the windows say, and the member's rest afterwards."""
    before = Baseline() if at_rest and not known.declared else known.rest
    learning = not (at_rest or known.declared)
    after = reduce(with_window, windows, before) if at_rest or learning else before
    found = situations(windows, after if at_rest else before, before=known.before, learning=learning)
    return [house.body.read_one(one, rest_until=inf if at_rest else -inf) for one in found], after
