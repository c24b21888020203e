"""A person's rest is learned window by window, and leans on other people where little is known."""

from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.domain.errors import ErrorCode, Invalid
from attunement.reading.body.baseline import MOST, Baseline, Population
from attunement.reading.body.features import LEVELS

OTHERS = Population(np.full(7, 70.0), np.full(7, 10.0), np.full(7, 3.0))


def rest(*values: float) -> Baseline:
    baseline = Baseline()
    for value in values:
        baseline = baseline.updated(np.full(7, value))
    return baseline


def test_without_a_window_rest_is_that_of_others() -> None:
    """The centre is theirs, the spread what lies within people and between them."""
    centre, spread = Baseline().centre_and_spread(OTHERS)
    assert centre[0] == 70
    assert spread[0] == pytest.approx(np.sqrt(3**2 + 10**2))


def test_the_more_windows_the_less_others_count() -> None:
    """Someone at 90: with 1, 5, 100 windows the centre goes from others' 70 to their own 90, the spread gets less."""
    found = [rest(*[90.0] * n).centre_and_spread(OTHERS) for n in (1, 5, 100)]
    centres, spreads = ([one[k][0] for one in found] for k in (0, 1))
    assert 70 < centres[0] < centres[1] < centres[2] < 90
    assert centres[2] == pytest.approx(90, abs=0.1)
    assert spreads[0] > spreads[1] > spreads[2]


def test_one_wild_window_moves_rest_little() -> None:
    """The median of nine windows at 60 and one at 200 is 60."""
    assert (
        rest(*[60.0] * 9, 200.0).centre_and_spread(OTHERS)[0][0] == rest(*[60.0] * 10).centre_and_spread(OTHERS)[0][0]
    )


def test_levels_that_were_not_measured_are_those_of_others() -> None:
    """A chest strap tells of the heart; what is usual for the skin stays that of others."""
    only_heart = Baseline().updated(np.array([60.0, *[np.nan] * 6]))
    centre, _ = only_heart.centre_and_spread(OTHERS)
    assert centre[0] < 70
    assert centre[1:].tolist() == [70.0] * 6
    assert only_heart.counts().tolist() == [1, 0, 0, 0, 0, 0, 0]


@given(st.lists(st.floats(40, 120), max_size=30), st.randoms(use_true_random=False))
def test_the_order_of_windows_does_not_matter(values: list[float], random: object) -> None:
    """Rest is the same, whichever window came first."""
    shuffled = list(values)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    for one, two in zip(
        rest(*values).centre_and_spread(OTHERS), rest(*shuffled).centre_and_spread(OTHERS), strict=True
    ):
        assert one == pytest.approx(two)


@given(st.lists(st.lists(st.one_of(st.none(), st.floats(-5, 200)), min_size=7, max_size=7), max_size=20))
def test_a_baseline_goes_through_a_file_unharmed(rows: list[list[float | None]]) -> None:
    """Written as JSON and read again it is the same, but for the sixth digit."""
    baseline = Baseline()
    for row in rows:
        baseline = baseline.updated(np.array(row, float))
    again = Baseline.from_json(json.loads(json.dumps(baseline.as_json())))
    np.testing.assert_allclose(again.rows, baseline.rows, atol=1e-5)


def test_the_oldest_windows_are_forgotten() -> None:
    """After 250 windows 240 are kept, the newest."""
    baseline = rest(*range(250))
    assert len(baseline.rows) == MOST
    assert baseline.rows[0, 0] == 10


@pytest.mark.parametrize(
    "value",
    [{}, {"windows": 3, "levels": list(LEVELS)}, {"windows": [[1, 2]], "levels": list(LEVELS)},
     {"windows": [], "levels": ["other"]}, {"windows": [["a"] * 7], "levels": list(LEVELS)}],
)  # fmt: skip
def test_what_is_no_baseline_is_refused(value: dict[str, object]) -> None:
    """Missing, of another shape, of other levels, of words: bad input, and no traceback."""
    with pytest.raises(Invalid) as raised:
        Baseline.from_json(value)
    assert raised.value.code is ErrorCode.BAD_INPUT
