"""How likely it is that somebody is in danger now, from what was read at irregular times before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from attunement.foresight.share import share_range

HALF_LIFE_H = 24.0
COMMON, BEFORE, UNSURE = 0.1, 3.0, 0.25
"""A text of somebody unknown tells of danger one time in ten; three such stand before the first; a quarter stays."""


def danger_chance(read: Sequence[tuple[datetime, float]], at: datetime) -> tuple[float, float, float]:
    """The chance of danger at a time, and how far so few and so old texts leave it open: from, to.

    ``(Σ wᵢ pᵢ + u/4) / (Σ wᵢ + 1/4)``, where p is what each text told of danger, ``w = 2^(-hours/24)``, and u the
    person's own mean of p, three texts of one in ten added. So what was read fades, to what is usual for the person and
    never to nothing, and the range (`share_range` of ``Σ w + 1/4`` cases) grows: **silence is not safety**. The weights
    are a rule, not learned: nobody can learn them without people in danger.

    Parameters
    ----------
    read:
        When each text was read and the probability of danger in it (0 to 1); those after ``at`` do not count.

    >>> from datetime import UTC, timedelta
    >>> noon = datetime(2026, 5, 4, 12, tzinfo=UTC)
    >>> [[round(x, 2) for x in danger_chance([(noon, 0.95)], noon + timedelta(days=d))] for d in (0, 3, 30)]
    [[0.82, 0.3, 0.98], [0.53, 0.05, 0.96], [0.31, 0.01, 0.94]]
    """
    past = [(0.5 ** ((at - when).total_seconds() / 3600 / HALF_LIFE_H), p) for when, p in read if when <= at]
    usual = (COMMON * BEFORE + sum(p for _, p in past)) / (BEFORE + len(past))
    n = UNSURE + sum(weight for weight, _ in past)
    chance = (UNSURE * usual + sum(weight * p for weight, p in past)) / n
    return chance, *share_range(chance, n)
