"""Segments: kinds that are there are found and named, kinds that are not there are not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from attunement.foresight.mixture import Mixture
from attunement.foresight.segments import Segments
from attunement.foresight.stability import STABLE, is_beyond_chance, stability
from attunement.foresight.traits import Known, Trait

D = 8
TRAITS = [Trait(f"t{j}", f"have much of {j}", f"have little of {j}") for j in range(D)]
Array = NDArray[np.float64]


def _known(true: Array, seed: int = 0, *, error: float = 0.1, unknown: float = 0.15) -> Known:
    """True traits as they would be seen: with errors, and some not at all."""
    rng = np.random.default_rng(seed)
    errors = np.where(rng.random(true.shape) < unknown, np.inf, error)
    seen = true + rng.standard_normal(true.shape) * np.sqrt(error)
    return Known(np.where(np.isfinite(errors), seen, 0.0), errors)


def _kinds(n: int = 75, seed: int = 1) -> tuple[Array, NDArray[np.int64]]:
    """People of three kinds: the second has much of trait 0 and 1, the third little of trait 2 and 3."""
    middles = np.zeros((3, D))
    middles[1, :2], middles[2, 2:4] = 4.0, -4.0
    of = np.arange(n) % 3
    return middles[of] + np.random.default_rng(seed).standard_normal((n, D)), of


def _fit(known: Known, seed: int = 0, **options: int) -> Segments:
    return Segments.fit(known, TRAITS, rng=np.random.default_rng(seed), **options)


def test_kinds_that_are_there_are_found_and_named() -> None:
    """Three kinds come out as three segments of about their sizes, each named by what it was made to differ in."""
    true, of = _kinds()
    known = _known(true)
    found = _fit(known)
    assert sorted(segment.size for segment in found.all) == pytest.approx([25, 25, 25], abs=1)
    named = {frozenset(mark.words() for mark in segment.marks) for segment in found.all}
    assert any({"have much of 0", "have much of 1"} <= words for words in named)
    assert any({"have little of 2", "have little of 3"} <= words for words in named)
    assert min(segment.stability for segment in found.all) >= STABLE
    place = found.chances(known).argmax(axis=1)
    assert sum(np.bincount(place[of == kind]).max() for kind in range(3)) >= 73, "of 75"


@pytest.mark.parametrize("seed", range(3))
def test_a_crowd_without_kinds_is_one_segment(seed: int) -> None:
    """Independent traits give one segment, with nothing to set it apart."""
    (only,) = _fit(_known(np.random.default_rng(seed).standard_normal((60, D)), seed)).all
    assert (only.marks, only.size, only.stability) == ((), 60, 1.0)


@pytest.mark.parametrize("seed", range(3))
def test_one_long_cloud_is_one_segment(seed: int) -> None:
    """Where traits go together along one line, its two halves are found again each time, and still are no kinds."""
    rng = np.random.default_rng(seed)
    true = 3 * rng.standard_normal((120, 1)) * np.ones(D) + 0.3 * rng.standard_normal((120, D))
    known = _known(true, seed)
    x, errors = known.counted(known.middle, known.deviation)
    halves = Mixture.fitted(x, errors, 2, rng=rng)
    assert stability(x, errors, halves, rng=rng).min() > 0.6, "stable by itself, so stability alone would not do"
    assert not is_beyond_chance(x, errors, halves, rng=rng)
    assert len(_fit(known, most=2).all) == 1


def test_groups_that_are_too_small_are_never_told_apart() -> None:
    """Seven people far from all others are no segment of their own; eight are."""
    rng = np.random.default_rng(3)
    for odd, segments in ((7, 1), (8, 2)):
        true = rng.standard_normal((40, D))
        true[:odd] += 8.0
        assert len(_fit(_known(true, unknown=0.0), most=2).all) == segments


def test_the_same_people_and_seed_give_the_same_segments() -> None:
    """Nothing else comes in."""
    known = _known(_kinds()[0])
    first, second = _fit(known, 5), _fit(known, 5)
    assert first.all == second.all
    assert (first.chances(known) == second.chances(known)).all()


def test_of_somebody_unknown_only_the_sizes_are_known() -> None:
    """With no trait known, the chances are how common the segments are; one trait that tells moves them."""
    found = _fit(_known(_kinds()[0]))
    nothing = Known(np.zeros((1, D)), np.full((1, D), np.inf))
    assert found.chances(nothing)[0] == pytest.approx(found.mixture.weights)
    values, errors = np.zeros((1, D)), np.full((1, D), np.inf)
    values[0, 0], errors[0, 0] = 4.0, 0.1
    chances = found.chances(Known(values, errors))[0]
    assert chances.max() > 0.9
    assert found.all[int(chances.argmax())].marks[0].words() in {"have much of 0", "have much of 1"}


def test_chances_are_by_bayes_rule() -> None:
    """Two groups at -1 and 1 with variance 0.5, seen with an error of 0.5: at 1/2 the odds are e to the 2·1·½/1."""
    mixture = Mixture(np.array([0.5, 0.5]), np.array([[-1.0], [1.0]]), np.array([0.5]))
    low, high = mixture.chances(np.array([[0.5]]), np.array([[0.5]]))[0]
    assert high / low == pytest.approx(np.e)


@settings(max_examples=30)
@given(st.lists(st.floats(-5, 5), min_size=2, max_size=2), st.floats(0.01, 10), st.booleans())
def test_a_trait_that_is_unknown_drops_out(values: list[float], error: float, known: bool) -> None:
    """Chances with an unknown trait are those of a mixture that never had it, and they always sum to 1."""
    both = Mixture(np.array([0.3, 0.7]), np.array([[0.0, 2.0], [1.0, -1.0]]), np.array([1.0, 0.4]))
    one = Mixture(both.weights, both.middles[:, :1], both.variances[:1])
    x = np.array([values])
    errors = np.array([[error, error if known else np.inf]])
    seen = np.where(np.isfinite(errors), x, 0.0)
    chances = both.chances(seen, errors)
    assert chances.sum() == pytest.approx(1)
    if not known:
        assert chances == pytest.approx(one.chances(x[:, :1], errors[:, :1]))


def test_values_known_badly_count_for_little() -> None:
    """The middle of one group is the mean weighted by how well each is known, with a tenth of a person at 0."""
    x, errors = np.array([[1.0], [1.0], [9.0]]), np.array([[0.0], [0.0], [1e9]])
    fitted = Mixture.fitted(x, errors, 1, rng=np.random.default_rng(0))
    assert 0.95 < fitted.middles[0, 0] <= 1.0
