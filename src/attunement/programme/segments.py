"""Segments of the people here, for stewards: which kinds there are, in words, and what helps in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from attunement.domain.context import History
from attunement.foresight.segments import LEAST, Segments
from attunement.foresight.traits import Mark, measured, stacked, traits_for
from attunement.policy.leaning import Leaning, leaning_of, leanings
from attunement.policy.pooled import PooledPolicy
from attunement.programme.house import House
from attunement.programme.traits import Ended, Life, access_check_ins, access_lives

SEED = 20260611
ROUNDED = 5
LATELY = timedelta(days=90)
ENOUGH = 2 * LEAST
"""People, so that two groups can be told apart."""


@dataclass(frozen=True, slots=True)
class FamilyWorth:
    """What practices of one family were worth to people of a segment.

    ``reward`` is the mean over people of their mean reward (0 to 1), ``low`` to ``high`` holds it in 95 of 100 cases.
    It tells what came of offers that were chosen for them, and not what would have come of others.
    """

    family: str
    title: str
    reward: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class SegmentSeen:
    """One segment of the people here.

    ``marks`` set them apart, strongest first; ``people`` is how many they are, to the nearest five; ``stability`` (0 to
    1) how far the segment is found again among other halves of all; ``families`` are those of which at least `LEAST` of
    them ended a practice, best first.
    """

    marks: tuple[Mark, ...]
    people: int
    stability: float
    families: tuple[FamilyWorth, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The marks in words that go on from "people who"."""
        return tuple(mark.words() for mark in self.marks)


@dataclass(frozen=True, slots=True)
class SegmentsSeen:
    """The segments there are; none where no groups are stable, which is an answer.

    ``people`` are those who count, to the nearest five, and ``enough`` whether they are enough to look for any.
    """

    people: int
    enough: bool
    segments: tuple[SegmentSeen, ...]


@dataclass(frozen=True, eq=False)
class Kinds:
    """The segments, what stewards see of them, and how each leans from everybody (k, d)."""

    found: Segments | None
    seen: SegmentsSeen
    leanings: NDArray[np.float64]


def access_segments(house: House) -> SegmentsSeen:
    """The segments of those who allow learning from what they say of themselves (`access_lives`). Only for stewards.

    They are worked out from the database and kept for a day (`CrowdShelf`). No one's segment is stored or told them.
    """
    return do_find_segments(house).seen


def do_find_segments(house: House) -> Kinds:
    """Work the segments out, where what is kept does not hold any more; takes some seconds for some hundred people."""
    return house.segments.kept_or_made(house.store, house.clock, partial(_lived, house), partial(_kinds, house))


def access_leaning(house: House, connection: Connection, member: str, time_zone: str) -> Leaning:
    """How people like this member lean from everybody, by their newest check-ins; nothing where there are no kinds.

    Ask before whether what they say of themselves may be used. It takes up what is kept and works nothing out. Their
    outcomes are left out, for they count by themselves; of who is in a segment they are in its leaning too, as those of
    one of at least `LEAST` people.
    """
    now = house.clock()
    kinds = house.segments.kept(connection, now)
    if kinds is None or kinds.found is None or not kinds.leanings.any():
        return ()
    check_ins = access_check_ins(connection, member, time_zone, now - LATELY)
    known = stacked([measured(check_ins, (), families=list(house.library.families))], len(kinds.found.middle))
    return leaning_of(house.policies.features.names, kinds.found.chances(known)[0], kinds.leanings)


@dataclass(frozen=True, slots=True)
class _Lived:
    """What there is to be made of: people's lives, the shared policy, and what each taught it."""

    lives: Sequence[Life]
    policy: PooledPolicy
    taught: Sequence[History]


def _lived(house: House, connection: Connection) -> tuple[_Lived, list[str]]:
    lives = access_lives(house, connection)
    policy = house.policies.newest(connection)
    taught = [house.policies.histories(connection, life.member)[1] for life in lives]
    return _Lived(lives, policy, taught), [life.member for life in lives]


def _kinds(house: House, lived: _Lived) -> Kinds:
    lives, policy, taught = lived.lives, lived.policy, lived.taught
    if len(lives) < ENOUGH:
        return Kinds(None, SegmentsSeen(_rounded(len(lives)), enough=False, segments=()), np.zeros((0, 0)))
    families = {f.id: f.title for f in house.library.families.values()}
    traits = traits_for(families)
    known = stacked([measured(life.check_ins, life.ended, families=list(families)) for life in lives], len(traits))
    found = Segments.fit(known, traits, rng=np.random.default_rng(SEED))
    place = found.chances(known).argmax(axis=1)
    people = [np.flatnonzero(place == one).tolist() for one in range(len(found.all))]
    seen = [
        SegmentSeen(s.marks, _rounded(s.size), s.stability, _worths(families, [lives[i].ended for i in theirs]))
        for s, theirs in zip(found.all, people, strict=True)
    ]
    told = sorted(seen, key=lambda segment: -segment.people) if len(seen) > 1 else []
    lean = leanings(policy, [[taught[i] for i in theirs] for theirs in people] if told else [])
    return Kinds(found, SegmentsSeen(_rounded(len(lives)), enough=True, segments=tuple(told)), lean)


def _rounded(people: int) -> int:
    return ROUNDED * round(people / ROUNDED)


def _worths(families: dict[str, str], people: Sequence[Sequence[Ended]]) -> tuple[FamilyWorth, ...]:
    found = []
    for family, title in families.items():
        rewards = [[e.reward for e in ended if e.family == family] for ended in people]
        means = [float(np.mean(theirs)) for theirs in rewards if theirs]
        if len(means) >= LEAST:
            found.append(FamilyWorth(family, title, *_interval(means)))
    return tuple(sorted(found, key=lambda worth: -worth.reward))


def _interval(means: Sequence[float]) -> tuple[float, float, float]:
    """The mean of one number a person, and its 95 % interval; a few people widen it as in Student's t.

    >>> [round(x, 2) for x in _interval([0.4, 0.6] * 8)]
    [0.5, 0.45, 0.55]
    """
    n = len(means)
    middle = float(np.mean(means))
    error = 1.96 * float(np.std(means, ddof=1)) * float(np.sqrt((n - 1) / (n - 3) / n))
    return middle, max(0.0, middle - error), min(1.0, middle + error)
