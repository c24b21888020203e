"""Stress rises with tense emotions and falls with pleasant affect."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from attunement.reading.stress import TENSE, stress_of

CHANCE = st.floats(0, 1)
SCALE = st.floats(1, 5)


@given(st.dictionaries(st.sampled_from((*TENSE, "joy")), CHANCE), SCALE, SCALE)
def test_stress_lies_between_0_and_1(emotions: dict[str, float], valence: float, arousal: float) -> None:
    assert 0 <= stress_of(emotions, valence=valence, arousal=arousal) <= 1


@given(CHANCE, CHANCE, SCALE, SCALE)
def test_more_fear_is_never_less_stress(a: float, b: float, valence: float, arousal: float) -> None:
    low, high = sorted((a, b))
    less = stress_of({"fear": low}, valence=valence, arousal=arousal)
    assert less <= stress_of({"fear": high}, valence=valence, arousal=arousal)


@given(SCALE, SCALE)
def test_a_pleasanter_text_is_never_more_stressed(a: float, b: float) -> None:
    low, high = sorted((a, b))
    assert stress_of({}, valence=high, arousal=3) <= stress_of({}, valence=low, arousal=3)


def test_joy_alone_adds_no_stress() -> None:
    assert stress_of({"joy": 1.0}, valence=3, arousal=3) == stress_of({}, valence=3, arousal=3)
