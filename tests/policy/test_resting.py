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
        assert rests == (which if days_ago < days else set())


def test_orders_add_up_and_unknown_practices_order_nothing() -> None:
    """Several reasons let all rest that any of them names; a practice that is gone names none."""
    both = Met("example-4", 1, answer="less-like-this", hindrances=(Hindrance.WORDING,))
    gone = Met("gone", 1, hindrances=(Hindrance.TOO_LONG,))
    kin = {p.id for p in TWELVE if (p.family, p.medium) == (TWELVE[4].family, TWELVE[4].medium)}
    assert resting(TWELVE, [both, gone]) == kin | {"example-4"}
