"""How moods of people here go, learned from those who let it be: a correction of what the shipped model expects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, groupby
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Row, Select, or_, select

from attunement.domain.consent import Category, Purpose
from attunement.domain.forecast import Observation
from attunement.foresight.forecaster import AffectForecaster
from attunement.foresight.lesson import Example, fitted
from attunement.programme.house import House
from attunement.store.schema import consents, members, moments

ASKED_SINCE = 5
"""The wording of consent that first spoke of this; a yes to an earlier one is none to this."""
NEWEST, FEWEST_PEOPLE = 20_000, 8
"""Moods that are learned from at most, and people at least: of fewer, one could be known again."""
CHECKED = 0.2
"""Share of the moods, the newest, on which what the others teach has to prove itself."""


@dataclass(frozen=True, slots=True, eq=False)
class MoodLesson:
    """What is learned now, and what it rests on.

    ``correction`` is that of `AffectForecaster`; None where too little was told, or where, learned from earlier moods,
    it would not have lessened the error of the newest. ``gain`` is the share by which it would have; 0 where it was
    not tried. ``people`` and ``moods`` were looked at.
    """

    correction: NDArray[np.float64] | None
    gain: float
    people: int
    moods: int

    @property
    def enough(self) -> bool:
        """Whether enough people let it be learned from for it to be tried."""
        return self.people >= FEWEST_PEOPLE


@dataclass(frozen=True, slots=True)
class _Taught:
    """An example, and when it was (seconds since 1970)."""

    at: float
    example: Example


def do_learn_moods(house: House) -> MoodLesson:
    """Learn anew, where what is kept does not hold any more (`CrowdShelf`); some seconds for some thousand moods."""
    return house.moods.kept_or_made(house.store, house.clock, partial(_told, house), _lesson)


def access_mood_lesson(house: House) -> MoodLesson | None:
    """The lesson that is kept and still holds; works nothing out."""
    with house.store.read() as connection:
        return house.moods.kept(connection, house.clock())


def access_correction(house: House, connection: Connection) -> NDArray[np.float64] | None:
    """The correction that is kept and still holds; works nothing out."""
    lesson = house.moods.kept(connection, house.clock())
    return None if lesson is None else lesson.correction


def _told(house: House, connection: Connection) -> tuple[Sequence[Row[Any]], Iterable[str]]:
    """The newest moods told by members who allow learning from them, since they did, by member and oldest first.

    And who these members are.
    """
    query: Select[Any] = (
        select(moments.c.member, members.c.time_zone, moments.c.at, moments.c.valence)
        .join(members, members.c.id == moments.c.member)
        .join(consents, consents.c.member == moments.c.member)
        .where(
            consents.c.purpose == Purpose.LEARN, consents.c.category == Category.SELF_REPORT, consents.c.granted,
            or_(consents.c.expires.is_(None), consents.c.expires > house.clock()), consents.c.wording >= ASKED_SINCE,
            moments.c.at >= consents.c.at, moments.c.valence.is_not(None),
        ).order_by(moments.c.at.desc(), moments.c.seq.desc()).limit(NEWEST)
    )  # fmt: skip
    rows = sorted(connection.execute(query), key=lambda row: (row.member, row.at))
    return rows, {row.member for row in rows}


def _lesson(rows: Sequence[Row[Any]]) -> MoodLesson:
    by_member = [list(_examples(theirs)) for _, theirs in groupby(rows, key=lambda row: row.member)]
    people = sum(1 for theirs in by_member if theirs)
    untried = MoodLesson(None, 0.0, people, len(rows))
    if not untried.enough:
        return untried
    examples = [one.example for one in sorted(chain.from_iterable(by_member), key=lambda one: one.at)]
    gain = _gain(examples)
    return replace(untried, correction=fitted(examples) if gain > 0 else None, gain=gain)


def _examples(rows: Iterable[Row[Any]]) -> Iterator[_Taught]:
    """What each of a member's moods but the first teaches."""
    forecaster = AffectForecaster(low=-1, high=1)
    for row in rows:
        mood = Observation(row.at.astimezone(ZoneInfo(row.time_zone)), row.valence)
        if forecaster.n:
            yield _Taught(mood.at.timestamp(), forecaster.example_of(mood))
        forecaster.update(mood)


def _gain(examples: list[Example]) -> float:
    """By how much what the earlier ones teach lessens the mean error of the newest; 0 where they teach nothing yet."""
    begin = round((1 - CHECKED) * len(examples))
    learned = fitted(examples[:begin])
    if learned is None or begin == len(examples):
        return 0.0
    without = float(np.mean([abs(one.missed) for one in examples[begin:]]))
    error = float(np.mean([abs(one.missed - float(learned @ one.basis)) for one in examples[begin:]]))
    return 1 - error / without if without else 0.0
