"""What the policy sees of a practice."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.checks.examples import example_practices
from attunement.domain.consent import Category, Cell, Purpose
from attunement.domain.context import Context, Met
from attunement.domain.need import Need
from attunement.domain.practice import Practice
from attunement.domain.state import State
from attunement.policy.features import FeatureMap, shortlist
from attunement.policy.usable import usable_features
from attunement.privacy.permissions import Permissions

PRACTICES = example_practices()
MAP = FeatureMap(PRACTICES)
STATES = st.builds(
    State,
    valence=st.floats(-1, 1), valence_sd=st.floats(0.1, 1), arousal=st.floats(-1, 1), arousal_sd=st.floats(0.1, 1),
    needs=st.dictionaries(st.sampled_from(Need), st.floats(0, 1)),
    feelings=st.dictionaries(st.sampled_from(["sad", "anxious", "angry", "ashamed", "warm"]), st.floats(0, 1)),
    near=st.dictionaries(st.sampled_from([p.id for p in PRACTICES]), st.floats(0, 1), max_size=8),
)  # fmt: skip
METS = st.lists(
    st.builds(Met, st.sampled_from([p.id for p in PRACTICES]), st.floats(0, 400), st.none() | st.floats(0, 1)),
    max_size=20,
)


def _seen(context: Context, practice: Practice) -> dict[str, float]:
    return dict(zip(MAP.names, MAP.matrix(context, [practice])[0].tolist(), strict=True))


@given(STATES, METS)
def test_all_values_lie_in_one_and_on_the_grid(state: State, met: list[Met]) -> None:
    """Whatever a member's state and past, each value is a multiple of 2**-12 from -1 to 1."""
    x = MAP.matrix(Context(state, tuple(met)), PRACTICES)
    assert x.shape == (len(PRACTICES), len(MAP.names))
    assert np.abs(x).max() <= 1
    assert (x * 4096 == np.round(x * 4096)).all()


@given(STATES, METS)
def test_a_practice_is_seen_alike_in_any_company(state: State, met: list[Met]) -> None:
    """The features of a candidate do not hang on which others there are, or in which order."""
    context = Context(state, tuple(met))
    together = MAP.matrix(context, PRACTICES[::-1])[::-1]
    alone = np.vstack([MAP.matrix(context, [p]) for p in PRACTICES])
    assert (together == alone).all()


@given(STATES, METS, st.integers(1, 11), st.integers(0, 2**32), st.booleans())
def test_the_shortlist_is_what_scores_highest(state: State, met: list[Met], n: int, seed: int, whole: bool) -> None:
    """By any coefficients: none that is left out scores higher than one that is on it, but for rounding."""
    context, rng = Context(state, tuple(met)), np.random.default_rng(seed)
    candidates = PRACTICES if whole else [PRACTICES[k] for k in rng.permutation(len(PRACTICES))]
    mean = rng.standard_normal(len(MAP.names))
    places = shortlist(MAP.at(context).rough_scores(MAP.catalogue.among(candidates), mean), n)
    scores = MAP.matrix(context, candidates) @ mean
    assert len(set(places.tolist())) == n
    assert scores[places].min() >= np.delete(scores, places).max() - 0.01  # it is scored before rounding to the grid


def test_values_by_hand() -> None:
    """A gentle short practice for a low, unsure member who wants calm."""
    practice = next(p for p in PRACTICES if p.intensity == 1 and p.minutes == 2)
    state = State(valence=-0.5, valence_sd=0.5, needs={practice.needs[0]: 0.5}, near={practice.id: 0.75})
    seen = _seen(Context(state), practice)
    assert seen["always"] == 1
    assert seen[f"family/{practice.family}"] == 1
    assert seen["intensity"] == -1
    assert seen[f"need:{practice.needs[0]}"] == 0.5
    assert seen["mood:low/gentle"] == seen["mood:low/short"] == 0.25  # 0.5 low, half sure
    assert seen["mood:bright/gentle"] == 0
    assert seen["theme"] == 0.75
    assert seen["length"] == pytest.approx(np.log(2 / 6) / np.log(20 / 6), abs=1 / 8192)


def test_history_by_hand() -> None:
    """What helped is shrunk towards the middle while little is known; what was met just now is tired; the rest new."""
    first, other = PRACTICES[0], PRACTICES[1]
    seen = _seen(Context(met=(Met(first.id, 0.0, 1.0),)), first)
    assert seen["helped/practice"] == pytest.approx(1 / 3, abs=1e-3)
    assert seen["tired/practice"] == 1
    assert seen["tired/family"] == pytest.approx(0.2, abs=1e-3)
    assert seen["new/family"] == 0
    elsewhere = _seen(Context(met=(Met(first.id, 7.0, 1.0),)), other)
    assert elsewhere["helped/practice"] == 0
    assert elsewhere["new/family"] == 1
    assert _seen(Context(met=(Met(first.id, 7.0),)), first)["tired/practice"] == pytest.approx(np.exp(-1), abs=1e-3)


def test_practices_no_longer_in_the_library_do_not_count() -> None:
    """A past with a practice that was taken out is as good as none."""
    assert _seen(Context(met=(Met("gone", 0.0, 1.0),)), PRACTICES[0]) == _seen(Context(), PRACTICES[0])


@pytest.mark.parametrize(
    ("allows", "used", "kept"),
    [
        ("", "self_report text", ""),
        ("self_report text", "self_report text", ""),
        ("interactions", "self_report text", "always helped/family"),
        ("interactions self_report", "self_report", "always helped/family need:calm mood:low/gentle"),
        ("interactions self_report", "self_report text", "always helped/family"),
        ("interactions text", "self_report text", "always helped/family feeling:sad/noticing theme"),
        ("interactions self_report text", "text",
         "always helped/family need:calm mood:low/gentle feeling:sad/noticing theme"),
        ("interactions self_report", "self_report body", "always helped/family need:calm"),
        ("interactions self_report body", "self_report body", "always helped/family need:calm mood:low/gentle"),
    ],
)  # fmt: skip
def test_only_what_is_allowed_is_kept(allows: str, used: str, kept: str) -> None:
    """Of an outcome's features just those are left whose categories are all allowed for the purpose, and no other."""
    features = dict.fromkeys(
        ["always", "helped/family", "need:calm", "mood:low/gentle", "feeling:sad/noticing", "theme"], 0.5
    )
    for purpose, other in ((Purpose.LEARN, Purpose.PERSONALISE), (Purpose.PERSONALISE, Purpose.LEARN)):
        allowed = Permissions(frozenset(Cell(purpose, Category(c)) for c in allows.split()))
        assert set(usable_features(features, allowed, purpose=purpose, used=used.split())) == set(kept.split())
        assert usable_features(features, allowed, purpose=other, used=used.split()) == {}
