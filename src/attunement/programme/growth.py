"""A supporter's own skills over time, how far they lean on the coach, and cases to practise on: for them alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Row, select

from attunement.domain.coaching import Fate, Feedback
from attunement.domain.errors import ErrorCode, Invalid, NotFound
from attunement.domain.messages import N_
from attunement.domain.reply import Mechanism
from attunement.library.cases import Case
from attunement.programme.conversations.writing import LONGEST
from attunement.programme.house import House
from attunement.programme.text import clean_text
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


@dataclass(frozen=True, slots=True)
class Practised:
    """A reply to a written case, as it was read, and what the coach says of it."""

    case: Case
    reply: str
    feedback: Feedback


def access_case(house: House, case: str) -> Case:
    """A written case; raises `NotFound` (``not-found``)."""
    found = next((one for one in house.cases if one.id == case), None)
    if found is None:
        raise NotFound(ErrorCode.NOT_FOUND, "There is no such case. Choose one from the list.")
    return found


def access_practised(house: House, case: str, reply: str) -> Practised:
    """How a reply to a written case reads. Nothing of it is kept; whose it is, is not asked.

    Raises `NotFound` (``not-found``), `Invalid` (``bad-input``, ``bad-text``, ``text-too-long``).
    """
    found, text = access_case(house, case), clean_text(reply, longest=LONGEST)
    if not text:
        raise Invalid(ErrorCode.BAD_INPUT, N_("Write a reply first; a sentence is enough."))
    return Practised(found, text, house.coach.feedback(found.post, text))


def _monday(row: Row[tuple[object, ...]]) -> date:
    day: date = row.at.date()
    return day - timedelta(days=day.weekday())


def _week(begins: date, rows: Sequence[Row[tuple[object, ...]]]) -> Week:
    return Week(begins, len(rows), {m: _mean([row._mapping[m.value] for row in rows]) for m in Mechanism})


def _mean(levels: Sequence[int | None]) -> float | None:
    read = [level for level in levels if level is not None]
    return sum(read) / len(read) if len(read) >= FEWEST_LINES else None
