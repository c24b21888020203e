"""A supporter's own skills over time, and how far they lean on the coach: for them alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Row, select

from attunement.domain.coaching import Fate
from attunement.domain.reply import Mechanism
from attunement.programme.house import House
from attunement.store.schema import coach_uses

WEEKS = 12
FEWEST_LINES = 3


@dataclass(frozen=True, slots=True)
class Week:
    """The lines of one week: how many, and the mean level (0 to 2) of each way empathy shows; None below three."""

    begins: date
    lines: int
    means: dict[Mechanism, float | None]


@dataclass(frozen=True, slots=True)
class Growth:
    """The last twelve weeks of one supporter, oldest first, and what became of the suggestions they were shown."""

    weeks: tuple[Week, ...]
    lines: int
    coached: int
    fates: dict[Fate, int]


def access_growth(house: House, supporter: str) -> Growth:
    """Their own growth; nobody else is shown it, and no two people are compared."""
    since = house.clock() - timedelta(weeks=WEEKS)
    query = select(coach_uses).where(coach_uses.c.account == supporter, coach_uses.c.at > since)
    with house.store.read() as connection:
        rows = connection.execute(query.order_by(coach_uses.c.seq)).all()
    begins = sorted({_monday(row) for row in rows})
    return Growth(
        weeks=tuple(_week(begin, [row for row in rows if _monday(row) == begin]) for begin in begins),
        lines=len(rows), coached=sum(row.coached for row in rows),
        fates={fate: sum(row._mapping[fate.value] for row in rows) for fate in Fate},
    )  # fmt: skip


def _monday(row: Row[tuple[object, ...]]) -> date:
    day: date = row.at.date()
    return day - timedelta(days=day.weekday())


def _week(begins: date, rows: Sequence[Row[tuple[object, ...]]]) -> Week:
    return Week(begins, len(rows), {m: _mean([row._mapping[m.value] for row in rows]) for m in Mechanism})


def _mean(levels: Sequence[int | None]) -> float | None:
    read = [level for level in levels if level is not None]
    return sum(read) / len(read) if len(read) >= FEWEST_LINES else None
