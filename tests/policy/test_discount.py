"""How much an outcome still counts."""

from __future__ import annotations

import math

import pytest

from attunement.domain.context import Experience
from attunement.domain.errors import Invalid
from attunement.policy.discount import LEAST, weights


def test_an_outcome_counts_for_half_after_each_half_life() -> None:
    """Ages are taken from the person's newest outcome, whatever day that was, and in whatever order they stand."""
    for first in (-400.0, 0.0, 20_000.0):
        seen = [Experience({}, 0.5, day=first + later) for later in (60.0, 0.0, 120.0)]
        assert weights(seen, 60.0).tolist() == [0.5, 0.25, 1.0]


def test_nothing_is_ever_quite_forgotten() -> None:
    """A clock that was seventy years ahead for one outcome leaves the others their say."""
    seen = [Experience({}, 0.5, day=day) for day in (20_000.0, 20_001.0, 45_600.0)]
    assert weights(seen, 180.0).tolist() == [LEAST, LEAST, 1.0]


def test_without_a_half_life_or_without_outcomes_nothing_fades() -> None:
    """All count for one; of none there is none."""
    assert weights([Experience({}, 0.5, day=day) for day in (0.0, 900.0)], None).tolist() == [1.0, 1.0]
    assert weights([], 180.0).tolist() == []


@pytest.mark.parametrize("day", [math.nan, math.inf])
def test_a_day_that_is_no_number_is_refused(day: float) -> None:
    """It would stay in everybody's sums."""
    with pytest.raises(Invalid, match="its day must be a number"):
        weights([Experience({}, 0.5, day=day), Experience({}, 0.5)], None)
