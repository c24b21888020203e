"""What tends to come before hard moments, as far as a member's own check-ins can tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

LOW = -0.4
BEFORE = timedelta(hours=48)
FEWEST_HARD, FEWEST_TIMES = 5, 3
OFTENER = 1.5


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """One check-in: how low or bright (-1 to 1, None where not told), and what was wished for."""

    at: datetime
    valence: float | None
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Before:
    """A wish that came before hard moments: ``times`` of ``hard`` moments, and ``other`` of ``others`` elsewhere."""

    need: str
    times: int
    hard: int
    other: int
    others: int


def before_hard(check_ins: Sequence[CheckedIn]) -> tuple[Before, ...] | None:
    """Wishes told in the check-in before a hard one more often than in others; None where there are too few to tell.

    Hard is a valence of -0.4 or less after one that was not; the one before it counts where it is within two days. A
    wish stands out where it came before at least three hard moments, and in a share of them at least half as great
    again as among the other check-ins.

    Parameters
    ----------
    check_ins:
        Of one member, oldest first.
    """
    told = [one for one in check_ins if one.valence is not None]
    pairs = list(pairwise(told))
    hard = [a for a, b in pairs if _is_low(b) and not _is_low(a) and b.at - a.at <= BEFORE]
    others = [a for a, b in pairs if not _is_low(b)]
    if len(hard) < FEWEST_HARD or not others:
        return None
    came, elsewhere = (Counter(need for one in group for need in one.needs) for group in (hard, others))
    found = [Before(need, n, len(hard), elsewhere[need], len(others)) for need, n in came.most_common()]
    return tuple(one for one in found if one.times >= FEWEST_TIMES and _stands_out(one))


def _is_low(one: CheckedIn) -> bool:
    return one.valence is not None and one.valence <= LOW


def _stands_out(one: Before) -> bool:
    return one.times / one.hard >= OFTENER * one.other / one.others
