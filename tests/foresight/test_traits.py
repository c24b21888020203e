"""Traits: each measured as its definition says, with the error it has."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from attunement.domain.need import Need
from attunement.domain.practice import Medium
from attunement.foresight.traits import CheckedIn, Done, measured, stacked, traits_for

FAMILIES = {"listening": "Listening", "repair": "Mending"}
TRAITS = traits_for(FAMILIES)
NIGHT = datetime(2026, 5, 1, 23, tzinfo=UTC)


def _of(check_ins: list[CheckedIn], done: list[Done]) -> dict[str, tuple[float, float]]:
    values, errors = measured(check_ins, done, families=list(FAMILIES))
    return {t.name: (float(v), float(e)) for t, v, e in zip(TRAITS, values, errors, strict=True)}


def test_each_trait_is_measured_as_it_is_defined() -> None:
    """Means, shares, spreads and rates of four check-ins and two practices, worked out by hand."""
    check_ins = [
        CheckedIn(NIGHT + timedelta(days=k), valence, None, (Need.CALM,) if k else (Need.CALM, Need.ACT))
        for k, valence in enumerate((-0.4, -0.2, -0.4, -0.2))
    ]
    done = [Done("listening", Medium.LISTEN, True, 5), Done("listening", Medium.READ, False, None)]
    of = _of(check_ins, done)
    scatter = (4 * 0.01 + 2 * 0.09) / 5
    assert of["mood"] == pytest.approx((-0.3, scatter / 4))
    assert of["mood-spread"] == pytest.approx((np.log(scatter) / 2, 1 / 6))
    assert of["need/calm"] == pytest.approx((2 * np.arcsin(np.sqrt(4.375 / 4.75)), 1 / 4.5))
    assert of["need/act"] == pytest.approx((2 * np.arcsin(np.sqrt(1.375 / 4.75)), 1 / 4.5))
    assert of["time/night"][0] > of["time/day"][0] == of["time/morning"][0]
    assert of["often"] == pytest.approx((0.0, 1 / 3)), "three more times in three days: once a day"
    assert of["finish"] == pytest.approx((np.pi / 2, 1 / 2.5)), "half of two"
    assert of["rating"] == pytest.approx((5.0, 1.0))
    assert of["medium/listen"][0] > of["finish"][0] > of["medium/read"][0]
    assert of["family/listening"] == of["finish"]
    assert all(np.isinf(of[name][1]) for name in ("arousal", "rating-spread", "medium/write", "family/repair"))


def test_of_nothing_nothing_is_known() -> None:
    """Somebody who never came has every trait unknown, and people with and without traits stand in one table."""
    values, errors = measured([], [], families=list(FAMILIES))
    assert np.isinf(errors).all()
    known = stacked([(values, errors)] * 2, len(TRAITS))
    assert known.values.shape == (2, len(TRAITS))
    assert (known.deviation == 1).all()


def test_every_trait_has_words_for_both_sides() -> None:
    """No two traits share words, and a family's words hold its title."""
    words = [text.format(family=t.family) for t in TRAITS for text in (t.more, t.less)]
    assert len(set(words)) == len(words) == 2 * len(TRAITS)
    assert "finish practices of the kind “Mending”" in words
