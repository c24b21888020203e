"""What supporters see: the members who share with them, and of each only what they share."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from attunement.domain.consent import Category, Purpose
from attunement.domain.events import CheckedIn
from attunement.domain.reading import RiskLevel
from attunement.programme.check_ins import NEWEST_FIRST
from attunement.programme.house import House
from attunement.programme.members import access_member, access_name
from attunement.store.schema import consents, moments, outcomes

MOST = 200
RECENT = 5


@dataclass(frozen=True, slots=True)
class SharedMoment:
    """One check-in as shared; values from -1 to 1, None where not told."""

    at: datetime
    valence: float | None
    arousal: float | None
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SharedMember:
    """A member who shares with supporters.

    ``moments`` (newest first) are there under self-report; ``text``, their last words, and ``risk`` under text;
    ``practices`` (ids, newest first) under interactions. What is not shared is empty or None.
    """

    id: str
    name: str
    synthetic: bool
    shares: tuple[str, ...]
    moments: tuple[SharedMoment, ...]
    text: str | None
    risk: RiskLevel | None
    risk_at: datetime | None
    practices: tuple[str, ...]


def access_shared(house: House) -> list[SharedMember]:
    """Up to 200 members who share anything with supporters now; those in danger first, then the newest check-in."""
    with house.store.read() as connection:
        sharing: dict[str, set[Category]] = defaultdict(set)
        cells = consents.c
        query = select(cells.member, cells.category).where(
            cells.purpose == Purpose.SUPPORTERS, cells.granted, cells.expires > house.clock()
        )
        for row in connection.execute(query):
            sharing[row.member].add(Category(row.category))
        shared = [_shared(house, connection, member, of) for member, of in list(sharing.items())[:MOST]]
    return sorted(shared, key=_urgency, reverse=True)


def _urgency(member: SharedMember) -> tuple[int, float]:
    rank = member.risk.rank if member.risk else 0
    newest = member.moments[0].at.timestamp() if member.moments else 0.0
    return (rank if rank >= RiskLevel.INDIRECT.rank else 0, newest)


def _shared(house: House, connection: Connection, member: str, of: set[Category]) -> SharedMember:
    text, risk, risk_at = _words(house, connection, member) if Category.TEXT in of else (None, None, None)
    return SharedMember(
        id=member,
        name=access_name(house, connection, member),
        synthetic=access_member(connection, member).synthetic,
        shares=tuple(sorted(of)),
        moments=_moments(connection, member) if Category.SELF_REPORT in of else (),
        text=text,
        risk=risk,
        risk_at=risk_at,
        practices=_practices(connection, member) if Category.INTERACTIONS in of else (),
    )


def _words(house: House, connection: Connection, member: str) -> tuple[str | None, RiskLevel | None, datetime | None]:
    query = select(moments.c.seq).where(moments.c.member == member).order_by(*NEWEST_FIRST).limit(1)
    seq = connection.execute(query).scalar()
    logged = house.store.at(connection, member, [seq]).get(seq) if seq is not None else None
    if logged is None or not isinstance(logged.event, CheckedIn):
        return None, None, None
    event = logged.event
    return event.text or None, RiskLevel(event.reading.risk) if event.reading else None, event.at


def _moments(connection: Connection, member: str) -> tuple[SharedMoment, ...]:
    query = select(moments).where(moments.c.member == member).order_by(*NEWEST_FIRST).limit(RECENT)
    return tuple(
        SharedMoment(r.at, r.valence, r.arousal, tuple(filter(None, r.needs.split(","))))
        for r in connection.execute(query)
    )


def _practices(connection: Connection, member: str) -> tuple[str, ...]:
    query = select(outcomes.c.practice).where(outcomes.c.member == member).order_by(outcomes.c.seq.desc())
    return tuple(connection.execute(query.limit(RECENT)).scalars())
