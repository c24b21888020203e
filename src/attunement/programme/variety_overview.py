"""How varied what members meet is, for stewards: means and counts over many, never one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import fmean

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, func, or_, select

from attunement.domain.consent import Category, Purpose
from attunement.evaluation.variety import UNLIKE, effective, effective_if_even
from attunement.policy.breadth import FEWEST, LOOKED_AT_DAYS, NARROW
from attunement.programme.house import House
from attunement.store.schema import consents, decisions, outcomes
from attunement.store.schema import members as members_table

FEWEST_MEMBERS = 5
ALARM = 0.2
WEEKS = 8
MOST = 100_000
"""Of more offers than that, the newest are looked at."""
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class WeekOfVariety:
    """The thirty days that end at ``until``: the mean share of even variety, None where it is of fewer than five."""

    until: datetime
    share: float | None


@dataclass(frozen=True, slots=True)
class VarietyOverview:
    """How varied what members met in the last thirty days was.

    Over those who allow what they met to be used for choosing and met at least eight practices. ``share`` is the mean
    of how varied it was against even draws (0 to 1), ``families`` the mean number of families, counted as if met
    evenly. ``unlike`` is the share of all that was met, by members who met fewer too, through the eyes of strangers,
    opponents or groups. ``guarded`` counts members the guard spoke for in these days: those whose share fell under
    ``threshold``; ``synthetic`` those of ``members`` who are made up. Numbers of fewer than five members, and means
    over them, are None. ``alarm`` says that it spoke for
    at least a fifth of them.
    """

    members: int | None
    share: float | None
    families: float | None
    unlike: float | None
    guarded: int | None
    synthetic: int
    threshold: float
    alarm: bool
    weeks: tuple[WeekOfVariety, ...]


@dataclass(frozen=True, slots=True)
class _Met:
    """What was met, a row each: by whom, of which family, whether through unlike eyes, how many days ago."""

    member: Ints
    family: Ints
    unlike: NDArray[np.bool_]
    ago: NDArray[np.float64]
    families: int
    made_up: NDArray[np.bool_]
    """Of each member, whether they are."""

    def by_member(self, days: float) -> list[list[int]]:
        """Counts by family of each member who met enough in the thirty days that ended so many days ago."""
        counts = self._counts(days)
        return counts[counts.sum(axis=1) >= FEWEST].tolist()  # type: ignore[no-any-return]

    def synthetic(self) -> int:
        """How many of those who met enough in the last thirty days are made up."""
        return int(self.made_up[self._counts(0).sum(axis=1) >= FEWEST].sum())

    def _counts(self, days: float) -> Ints:
        lately = (self.ago >= days) & (self.ago < days + LOOKED_AT_DAYS)
        cells = self.member[lately] * self.families + self.family[lately]
        size = (int(self.member.max(initial=-1)) + 1) * self.families
        return np.bincount(cells, minlength=size).reshape(-1, self.families)


def access_variety_overview(house: House) -> VarietyOverview:
    """Count it in one consistent view, now and at the end of each of the last eight weeks."""
    now = house.clock()
    with house.store.read() as connection:
        met, guarded = _met(house, connection, now), _guarded(connection, now)
    today = met.by_member(0)
    told = len(today) >= FEWEST_MEMBERS
    return VarietyOverview(
        members=len(today) if told else None,
        share=_share(today),
        families=fmean(map(effective, today)) if told else None,
        unlike=float(met.unlike[met.ago < LOOKED_AT_DAYS].mean()) if told else None,
        guarded=guarded if guarded >= FEWEST_MEMBERS else None,
        synthetic=met.synthetic() if told else 0,
        threshold=NARROW,
        alarm=guarded >= max(FEWEST_MEMBERS, ALARM * len(today)),
        weeks=tuple(
            WeekOfVariety(now - timedelta(weeks=k), _share(met.by_member(7 * k))) for k in range(WEEKS - 1, -1, -1)
        ),
    )


def _share(members: list[list[int]]) -> float | None:
    if len(members) < FEWEST_MEMBERS:
        return None
    return fmean(min(1.0, effective(counts) / effective_if_even(sum(counts), len(counts))) for counts in members)


def _allowing(now: datetime):  # type: ignore[no-untyped-def]
    """The members who allow what they met to be used for choosing, now."""
    c = consents.c
    return select(c.member).where(
        c.purpose == Purpose.PERSONALISE, c.category == Category.INTERACTIONS, c.granted,
        or_(c.expires.is_(None), c.expires > now),
    )  # fmt: skip


def _guarded(connection: Connection, now: datetime) -> int:
    since = now - timedelta(days=LOOKED_AT_DAYS)
    query = select(func.count(func.distinct(decisions.c.member))).where(
        decisions.c.guarded, decisions.c.at > since, decisions.c.member.in_(_allowing(now))
    )
    return int(connection.execute(query).scalar_one())


def _met(house: House, connection: Connection, now: datetime) -> _Met:
    """Each offer once, as the practice done where one was."""
    since = now - timedelta(weeks=WEEKS - 1, days=LOOKED_AT_DAYS)
    query = (
        select(decisions.c.member, decisions.c.at, func.coalesce(outcomes.c.practice, decisions.c.practice))
        .outerjoin(outcomes, outcomes.c.decision == decisions.c.id)
        .where(decisions.c.at > since, decisions.c.member.in_(_allowing(now)))
        .order_by(decisions.c.seq.desc()).limit(MOST)
    )  # fmt: skip
    place = {family: k for k, family in enumerate(house.library.families)}
    members: dict[str, int] = {}
    rows = [
        (
            members.setdefault(member, len(members)), place[practice.family],
            not UNLIKE.isdisjoint(practice.viewpoints), max(0.0, (now - at).total_seconds() / 86400),
        )
        for member, at, known in connection.execute(query) if known in house.library
        for practice in [house.library.practice(known)]
    ]  # fmt: skip
    unreal = set(connection.execute(select(members_table.c.id).where(members_table.c.synthetic)).scalars())
    table = np.array(rows, float).reshape(-1, 4)
    return _Met(
        table[:, 0].astype(np.int64),
        table[:, 1].astype(np.int64),
        table[:, 2].astype(bool),
        table[:, 3],
        len(place),
        np.array([member in unreal for member in members], bool),
    )
