"""Which practices rest for a while because the member said so."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from attunement.domain.context import Met
from attunement.domain.hindrance import Hindrance
from attunement.domain.practice import Practice

LESS_DAYS = 30
HINDERED_DAYS = 14
TOO_MUCH_DAYS = 3
"""How many days a practice rests after "less like this", after most that got in the way, and after too much at once."""

_Like = Callable[[Practice, Practice], bool]
_HINDERED: Mapping[Hindrance, tuple[int, _Like]] = {
    Hindrance.TOO_LONG: (HINDERED_DAYS, lambda met, other: other.minutes >= met.minutes),
    Hindrance.TOO_MUCH: (TOO_MUCH_DAYS, lambda met, other: other.intensity >= met.intensity),
    Hindrance.NOT_MY_WAY: (HINDERED_DAYS, lambda met, other: other.medium == met.medium),
    Hindrance.WORDING: (HINDERED_DAYS, lambda met, other: other.id == met.id),
}


def resting(library: Sequence[Practice], met: Collection[Met]) -> dict[str, float]:
    """The ids of practices that rest now, each with how many days ago that was asked for last.

    "Less like this" lets rest what is of the same family and medium; *too long* what takes as long or longer, *too
    much* what asks as much or more, *not my way* what has the same medium, *wording* that one practice. A wrong moment
    lets nothing rest. It is a member's own order, so it holds whatever else they allow.

    >>> from attunement.checks.examples import example_practices
    >>> five = example_practices(5)  # of 2, 3, 4, 5 and 6 minutes
    >>> sorted(resting(five, [Met("example-2", days_ago=1, hindrances=(Hindrance.TOO_LONG,))]))
    ['example-2', 'example-3', 'example-4']
    >>> resting(five, [Met("example-2", days_ago=15, hindrances=(Hindrance.TOO_LONG,))])
    {}
    """
    orders = [(one, like) for one in met for days, like in _orders(one) if one.days_ago < days]
    orders.sort(key=lambda order: order[0].days_ago, reverse=True)
    known = {practice.id: practice for practice in library} if orders else {}
    asked = [(known[one.practice], like, one.days_ago) for one, like in orders if one.practice in known]
    return {p.id: days_ago for of, like, days_ago in asked for p in library if like(of, p)}


def _orders(met: Met) -> list[tuple[int, _Like]]:
    less = [(LESS_DAYS, _same_kind)] if met.answer == "less-like-this" else []
    return less + [_HINDERED[h] for h in met.hindrances if h in _HINDERED]


def _same_kind(met: Practice, other: Practice) -> bool:
    return (met.family, met.medium) == (other.family, other.medium)
