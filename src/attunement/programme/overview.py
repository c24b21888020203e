"""What a steward sees: counts and shares, never one person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Table, func, select

from attunement.domain.hindrance import Hindrance
from attunement.programme.house import House
from attunement.store.schema import decisions, erasures, members, moments, outcomes, policies

FEWEST = 5
VERSIONS = 20


@dataclass(frozen=True, slots=True)
class FamilyShare:
    """How often a family was offered, and what came of it.

    ``share`` is of all offers (0 to 1); ``rating`` the mean of ratings (1 to 5), None under five of them, so that
    no one person's answer can be read from it.
    """

    family: str
    title: str
    offers: int
    share: float
    finished: int
    rating: float | None


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """One published version of the shared policy."""

    version: int
    at: datetime
    outcomes: int
    policy: str
    reward_definition: str
    why: str


@dataclass(frozen=True, slots=True)
class Overview:
    """The programme at a glance; ``active`` counts members who checked in within seven days.

    ``hindrances`` is how often each thing got in the way, left out under five times.
    """

    members: int
    synthetic: int
    active: int
    check_ins: int
    offers: int
    outcomes: int
    erased: int
    families: tuple[FamilyShare, ...]
    hindrances: Mapping[Hindrance, int]
    versions: tuple[PolicyRow, ...]


def access_overview(house: House) -> Overview:
    """Count it all in one consistent view."""
    with house.store.read() as connection:
        week = house.clock() - timedelta(days=7)
        active = select(func.count(func.distinct(moments.c.member))).where(moments.c.at > week)
        return Overview(
            members=_count(connection, members),
            synthetic=_count(connection, members, members.c.synthetic),
            active=int(connection.execute(active).scalar_one()),
            check_ins=_count(connection, moments),
            offers=_count(connection, decisions),
            outcomes=_count(connection, outcomes),
            erased=_count(connection, erasures),
            families=_families(house, connection),
            hindrances=_hindrances(connection),
            versions=access_versions(connection),
        )


def access_versions(connection: Connection, *, limit: int = VERSIONS) -> tuple[PolicyRow, ...]:
    """The newest versions of the shared policy, newest first."""
    rows = connection.execute(select(policies).order_by(policies.c.version.desc()).limit(limit))
    return tuple(PolicyRow(r.version, r.at, r.outcomes, r.policy, r.reward_definition, r.why) for r in rows)


def _count(connection: Connection, table: Table, *conditions: object) -> int:
    query = select(func.count()).select_from(table).where(*conditions)  # type: ignore[arg-type]
    return int(connection.execute(query).scalar_one())


def _families(house: House, connection: Connection) -> tuple[FamilyShare, ...]:
    offers: Counter[str] = Counter()
    for practice, n in connection.execute(select(decisions.c.practice, func.count()).group_by(decisions.c.practice)):
        offers[_family(house, practice)] += n
    finished: Counter[str] = Counter()
    rated: Counter[str] = Counter()
    stars: Counter[str] = Counter()
    done = select(
        outcomes.c.practice,
        outcomes.c.finished,
        func.count(),
        func.count(outcomes.c.rating),
        func.sum(outcomes.c.rating),
    ).group_by(outcomes.c.practice, outcomes.c.finished)
    for practice, complete, n, ratings, total in connection.execute(done):
        family = _family(house, practice)
        finished[family] += n if complete else 0
        rated[family] += ratings
        stars[family] += total or 0
    everything = sum(offers.values()) or 1
    return tuple(
        FamilyShare(
            family=f.id, title=f.title, offers=offers[f.id], share=offers[f.id] / everything, finished=finished[f.id],
            rating=stars[f.id] / rated[f.id] if rated[f.id] >= FEWEST else None,
        )
        for f in house.library.families.values()
    )  # fmt: skip


def _hindrances(connection: Connection) -> dict[Hindrance, int]:
    told: Counter[str] = Counter()
    query = select(outcomes.c.hindrances, func.count()).group_by(outcomes.c.hindrances)
    for names, n in connection.execute(query):
        for name in names.split(","):  # no reason is named by no words
            told[name] += n
    return {one: told[one] for one in Hindrance if told[one] >= FEWEST}


def _family(house: House, practice: str) -> str:
    return house.library.practice(practice).family if practice in house.library else ""
