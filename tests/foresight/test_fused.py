"""A mood that was only read: pulled to what was expected, the more the vaguer the reading."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.domain.forecast import Distribution
from attunement.foresight.fused import fused


def _normal(middle: float, sd: float) -> Distribution:
    z = np.array([-1.645, -1.282, -1.036, -0.842, -0.674, -0.524, -0.385, -0.253, -0.126, 0.0])
    return Distribution(middle + sd * np.concatenate([z, -z[-2::-1]]))


def test_equal_deviations_meet_half_way() -> None:
    """Expected 0.4, read -0.2, each as sure as the other: 0.1."""
    assert fused(-0.2, 0.3, _normal(0.4, 0.3)) == pytest.approx(0.1, abs=1e-3)


def test_a_vague_reading_moves_little_and_a_sure_one_much() -> None:
    """Three times as vague as the expectation: a tenth of the way; three times as sure: nine tenths."""
    assert fused(1.0, 0.6, _normal(0.0, 0.2)) == pytest.approx(0.1, abs=1e-3)
    assert fused(1.0, 0.2, _normal(0.0, 0.6)) == pytest.approx(0.9, abs=1e-3)


@given(st.floats(-1, 1), st.floats(0.01, 3), st.floats(-0.5, 0.5), st.floats(0.001, 0.3))
def test_it_lies_between_the_two(read: float, sd: float, middle: float, spread: float) -> None:
    """Whatever the numbers."""
    got = fused(read, sd, _normal(middle, spread))
    assert min(read, middle) - 1e-9 <= got <= max(read, middle) + 1e-9
