"""Samples come in order, each once, and a clock that was set back is seen."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from attunement.domain.body import Flaw
from attunement.reading.body.order import put_in_order, spread_batches


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 3)), min_size=30), st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_doubled_rows_matter(rows: list[tuple[int, int]], random: object) -> None:
    """Shuffled rows, some of them twice, give the same samples with the same flaws."""
    rows = sorted(set(rows))
    again = rows + random.sample(rows, len(rows) // 2)  # type: ignore[attr-defined]
    random.shuffle(again)  # type: ignore[attr-defined]
    if np.sum(np.diff([t for t, _ in dict.fromkeys(again)]) < 0) < 8:
        return  # so few stretches may be a clock that was set back
    one, two = (put_in_order(*np.array(r, float).reshape(-1, 2).T) for r in (rows, again))
    assert np.array_equal(one.times, two.times)
    assert np.array_equal(one.values, two.values)
    assert one.spans == two.spans


def test_two_values_at_one_time_give_their_median_and_say_so() -> None:
    """1 and 5 at second 2 give 3, and a span of that second."""
    ordered = put_in_order(np.array([1.0, 2, 2, 3]), np.array([0.0, 1, 5, 0]))
    assert ordered.values.tolist() == [0, 3, 0]
    assert ordered.spans == ((Flaw.DUPLICATE, 2.0, 2.0),)


def test_where_a_clock_went_back_the_shorter_stretch_is_left_out() -> None:
    """After second 99 the clock goes back to 60: of seconds 60 to 99 the first telling stays, the second goes."""
    times = np.concatenate([np.arange(100.0), np.arange(60.0, 130)])
    ordered = put_in_order(times, np.concatenate([np.zeros(100), np.ones(70)]))
    assert ordered.times.tolist() == list(range(130))
    assert ordered.values.tolist() == [0.0] * 100 + [1.0] * 30
    assert ordered.spans == ((Flaw.CLOCK_JUMP, 60.0, 99.0),)


def test_a_file_pasted_twice_is_no_clock_jump() -> None:
    """Every row twice, one block after the other, is the same as once."""
    times = np.arange(50.0)
    ordered = put_in_order(np.tile(times, 2), np.tile(times, 2))
    assert ordered.times.tolist() == times.tolist()
    assert ordered.spans == ()


def test_a_clock_set_back_before_all_that_was_recorded_is_told() -> None:
    """Of stretches at 120, at 0 and at 240 nothing is left out; of the second it is said that its time is in doubt."""
    times = np.concatenate([np.arange(120.0, 180), np.arange(60.0), np.arange(240.0, 300)])
    ordered = put_in_order(times, times)
    assert ordered.values.tolist() == sorted(times)
    assert ordered.spans == ((Flaw.CLOCK_JUMP, 0.0, 59.0),)


def test_rows_newest_first_are_no_clock_set_back() -> None:
    """A table that was sorted the other way round is put in order without a word."""
    times = np.arange(60.0)[::-1]
    assert put_in_order(times, times).spans == ()


def test_no_samples_are_in_order() -> None:
    """Nothing in, nothing out."""
    assert put_in_order(np.zeros(0), np.zeros(0)).times.size == 0


def test_beats_told_in_batches_get_times_of_their_own() -> None:
    """Three beats under one time are spread back from it; a lone pair of equal times in a long series is not."""
    times, _ = spread_batches(np.array([10.0, 10, 10]), np.array([900.0, 1000, 800]))
    assert times.tolist() == [8.2, 9.2, 10.0]
    lone = np.array([*range(20), 19.0])
    assert spread_batches(lone, np.arange(21.0))[0].tolist() == lone.tolist()
