"""What rests after a member said what got in the way."""

from __future__ import annotations

import pytest

from attunement.checks.examples import example_practices
from attunement.domain.context import Met
from attunement.domain.hindrance import Hindrance
from attunement.policy.resting import resting

TWELVE = example_practices(12)
"""``example-i`` takes 2 + i minutes, asks 1 + i % 3, and is of family i % 3."""


@pytest.mark.parametrize(
    ("hindrance", "days", "which"),
    [
        (Hindrance.TOO_LONG, 14, {f"example-{i}" for i in range(4, 12)}),
        (Hindrance.TOO_MUCH, 3, {f"example-{i}" for i in (1, 4, 7, 10, 2, 5, 8, 11)}),
        (Hindrance.NOT_MY_WAY, 14, {p.id for p in TWELVE if p.medium == TWELVE[4].medium}),
        (Hindrance.WORDING, 14, {"example-4"}),
        (Hindrance.WRONG_MOMENT, 0, set()),
    ],
)
def test_what_got_in_the_way_rests_for_its_days(hindrance: Hindrance, days: int, which: set[str]) -> None:
    """Each reason lets exactly what shares it rest, until its days are over."""
    for days_ago in (0.0, days - 0.01, days):
        rests = resting(TWELVE, [Met("example-4", days_ago, hindrances=(hindrance,))])
        assert rests == (dict.fromkeys(which, days_ago) if days_ago < days else {})


def test_orders_add_up_and_unknown_practices_order_nothing() -> None:
    """Several reasons let all rest that any of them names; a practice that is gone names none."""
    both = Met("example-4", 1, answer="less-like-this", hindrances=(Hindrance.WORDING,))
    gone = Met("gone", 1, hindrances=(Hindrance.TOO_LONG,))
    kin = {p.id for p in TWELVE if (p.family, p.medium) == (TWELVE[4].family, TWELVE[4].medium)}
    assert set(resting(TWELVE, [both, gone])) == kin | {"example-4"}


def test_the_newest_order_for_a_practice_counts() -> None:
    """Asked for twice, in whichever order the orders stand, it has rested only since the second."""
    orders = [Met(f"example-{i}", days, hindrances=(Hindrance.TOO_LONG,)) for i, days in ((8, 2.0), (4, 9.0), (6, 5.0))]
    for met in (orders, orders[::-1]):
        rests = resting(TWELVE, met)
        assert [rests[f"example-{i}"] for i in (4, 5, 6, 7, 8, 11)] == [9.0, 9.0, 5.0, 5.0, 2.0, 2.0]
