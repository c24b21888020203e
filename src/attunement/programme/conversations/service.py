"""How long people wait for a person, by group: what a steward may know without knowing any talk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Literal

import numpy as np
from sqlalchemy import select

from attunement.programme.conversations.waiting import WAITED
from attunement.programme.house import House
from attunement.store.schema import conversations

LOOKED_BACK = timedelta(days=28)
FEWEST = 5
By = Literal["all", "team", "skill", "language"]


@dataclass(frozen=True, slots=True)
class Service:
    """One group: how many ``asked``, which share was ``claimed``, and minutes that half and nine in ten waited.

    ``by`` says what the group shares, ``name`` which one; the minutes are None where fewer than five were claimed.
    """

    by: By
    name: str
    asked: int
    claimed: float
    half_min: float | None
    most_min: float | None


def access_service(house: House) -> list[Service]:
    """Of the last four weeks, all and each group of at least five people: who asked for a person, and what came of it.

    Teams and skills are those that were wished for; who asked for neither is in all, and under their language.
    """
    cells = conversations.c
    known = (cells.member, cells.team, cells.skill, cells.language, cells.claimed, WAITED.label("waited_s"))
    query = select(*known).where(cells.asked > house.clock() - LOOKED_BACK)
    with house.store.read() as connection:
        rows = connection.execute(query).all()
    groups: dict[tuple[By, str], list[Any]] = defaultdict(list)
    for row in rows:
        groups["all", ""].append(row)
        groups["language", row.language.split("-")[0]].append(row)
        if row.team:
            groups["team", row.team].append(row)
        if row.skill:
            groups["skill", row.skill].append(row)
    order: list[By] = ["all", "team", "skill", "language"]
    kept = [(key, of) for key, of in groups.items() if len({row.member for row in of}) >= FEWEST]
    return [_service(*key, of) for key, of in sorted(kept, key=lambda pair: (order.index(pair[0][0]), pair[0][1]))]


def _service(by: By, name: str, rows: Sequence[Any]) -> Service:
    waits = [row.waited_s for row in rows if row.waited_s is not None]
    half, most = np.quantile(waits, [0.5, 0.9]) / 60 if len(waits) >= FEWEST else (None, None)
    claimed = sum(row.claimed is not None for row in rows) / len(rows)
    return Service(by, name, len(rows), round(claimed, 2), _minutes(half), _minutes(most))


def _minutes(value: float | None) -> float | None:
    return None if value is None else round(float(value), 1)
