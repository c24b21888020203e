"""The state: said and read put together, their own word first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.domain.affect import Affect
from attunement.domain.need import Need
from attunement.domain.reading import EmotionReading, NeedReading, Reading, RiskLevel, RiskReading
from attunement.domain.state import State
from attunement.foresight.state import FELT_SD, READ_SD, SAID_SD, aged, estimate_state, with_body


def _reading(
    valence: float = 3.0, arousal: float = 3.0, *, language: str = "en", sadness: float = 0.0,
    risk: RiskLevel = RiskLevel.NONE,
) -> Reading:  # fmt: skip
    emotion = EmotionReading({"sadness": sadness, "grief": sadness / 2}, (), valence, arousal, 3.0, 0.1, "m")
    needs = NeedReading({n: 0.6 if n is Need.HEARD else 0.1 for n in Need}, "m")
    return Reading(emotion, needs, RiskReading(risk, 0.5, "m"), language, "m")


AFFECTS = st.builds(Affect, st.floats(-1, 1), st.floats(-1, 1))
READINGS = st.builds(_reading, st.floats(1, 5), st.floats(1, 5), sadness=st.floats(0, 1))


def test_said_and_read_are_weighed_by_how_sure_they_are() -> None:
    """Precisions 1/0.15² and 1/0.6² are as 16 to 1, so the fused value stands a seventeenth of the way over."""
    state = estimate_state(affect=Affect(0.8, -0.4), needs=[], reading=_reading(2.0, 3.4))
    assert state.valence == pytest.approx((16 * 0.8 - 1.0) / 17, abs=1e-6)
    assert state.arousal == pytest.approx((16 * -0.4 + 0.4) / 17, abs=1e-6)
    assert state.valence_sd == pytest.approx((1 / 0.15**2 + 1 / 0.6**2) ** -0.5, abs=1e-6)
    assert state.said == {"affect"}


def test_nothing_known_is_nothing_claimed() -> None:
    """Without self-report and reading the state is the widest one, and not known."""
    assert estimate_state(affect=None, needs=[], reading=None) == State()


def test_what_was_only_read_was_not_said() -> None:
    """From a reading alone come affect, needs and feelings, and nothing counts as said."""
    state = estimate_state(affect=None, needs=[], reading=_reading(1.0, sadness=0.7))
    assert (state.valence, state.valence_sd) == (-1.0, READ_SD)
    assert state.needs == {Need.HEARD: 0.5}  # (0.6 - 0.2) / (1 - 0.2); those under chance are not named
    assert state.feelings["sad"] == 0.7
    assert state.said == frozenset()


def test_needs_that_were_said_stand_alone() -> None:
    """Where needs were said, what was read of needs does not count; several share the weight."""
    state = estimate_state(affect=None, needs=[Need.CALM, Need.ACT], reading=_reading())
    assert state.needs == {Need.CALM: 0.5, Need.ACT: 0.5}
    assert state.said == {"need:calm", "need:act"}


def test_another_language_is_not_guessed_at() -> None:
    """Of a text in a language that is not read, only its danger counts."""
    state = estimate_state(affect=None, needs=[], reading=_reading(1.0, language="fi", risk=RiskLevel.EXPLICIT))
    assert (state.known, state.risk) == (False, RiskLevel.EXPLICIT)


@given(st.none() | AFFECTS, st.lists(st.sampled_from(Need)), st.none() | READINGS)
def test_a_state_is_always_in_range(affect: Affect | None, needs: list[Need], reading: Reading | None) -> None:
    """Means lie in -1 to 1, knowing more never makes less sure, and the weights of needs sum to 1 at most."""
    state = estimate_state(affect=affect, needs=needs, reading=reading)
    assert -1 <= state.valence <= 1
    assert -1 <= state.arousal <= 1
    assert state.valence_sd <= (SAID_SD if affect else READ_SD if reading else 1)
    assert sum(state.needs.values()) <= 1 + 1e-5
    assert not needs or sum(state.needs.values()) == pytest.approx(1, abs=1e-5)
    assert all(weight > 0 for weight in state.needs.values())
    assert all(0 <= p <= 1 for p in state.feelings.values())


@given(READINGS, st.floats(0, 100), st.floats(0, 100))
def test_ageing_only_ever_makes_less_sure(reading: Reading, early: float, later: float) -> None:
    """With each hour the estimate moves to the middle and widens, in one step as in two."""
    state = estimate_state(affect=Affect(-0.7, 0.4), needs=[Need.CALM], reading=reading)
    once, twice = aged(state, early + later), aged(aged(state, early), later)
    assert once.valence == pytest.approx(twice.valence, abs=1e-9)
    assert once.valence_sd == pytest.approx(twice.valence_sd, abs=1e-9)
    assert abs(once.valence) <= abs(aged(state, early).valence) <= abs(state.valence)
    assert state.valence_sd <= once.valence_sd <= 1
    assert aged(state, 0) == state


def test_half_is_left_after_six_hours() -> None:
    """The half-life is six hours; danger is not lowered by waiting."""
    state = State(valence=-0.8, valence_sd=0.2, needs={Need.CALM: 1.0}, risk=RiskLevel.EXPLICIT)
    later = aged(state, 6)
    assert (later.valence, later.valence_sd, later.needs[Need.CALM]) == (-0.4, pytest.approx(0.6), 0.5)
    assert (later.risk, aged(state, 240).risk) == (RiskLevel.EXPLICIT, RiskLevel.EXPLICIT)


def test_what_is_near_is_near_only_where_the_text_was_read() -> None:
    """Nearness to practices comes with a text in a language that is read, and fades like the rest."""
    near = {"a-practice": 0.8}
    state = estimate_state(affect=None, needs=[], reading=_reading(), near=near)
    assert state.near == near
    assert aged(state, 6).near == {"a-practice": 0.4}
    for reading in (None, _reading(language="fi")):
        assert estimate_state(affect=None, needs=[], reading=reading, near=near).near == {}


def test_body_and_text_are_weighed_by_how_sure_they_are() -> None:
    """By hand: text says 0.4 with sd 0.6, the body 0.8 with variance 0.5² + 0.2²."""
    state = with_body(estimate_state(affect=None, needs=[], reading=_reading(arousal=3.4)), arousal=0.9, sd=0.1)
    text, body = 0.6**-2, (0.5**2 + 0.2**2) ** -1
    assert state.arousal == pytest.approx((0.4 * text + 0.8 * body) / (text + body), abs=1e-6)
    assert state.arousal_sd == pytest.approx((text + body) ** -0.5, abs=1e-6)
    assert (state.sensed, state.valence) == (0.8, 0.0)


@given(st.none() | READINGS, st.floats(0, 1), st.floats(0.05, 0.28))
def test_the_body_makes_surer_but_less_than_a_word(reading: Reading | None, arousal: float, sd: float) -> None:
    """Arousal stays in range, only arousal moves, and the body alone is less sure than what somebody says."""
    before = estimate_state(affect=None, needs=[], reading=reading)
    state = with_body(before, arousal=arousal, sd=sd)
    assert -1 <= state.arousal <= 1
    assert SAID_SD < state.arousal_sd < before.arousal_sd
    assert reading is not None or state.arousal_sd > FELT_SD
    assert (state.valence, state.needs, state.feelings, state.said) == (
        before.valence, before.needs, before.feelings, before.said
    )  # fmt: skip


@given(AFFECTS, st.none() | READINGS, st.floats(0, 1))
def test_with_ones_own_word_the_body_changes_nothing(affect: Affect, reading: Reading | None, arousal: float) -> None:
    """Said affect stands, whatever the body shows."""
    state = estimate_state(affect=affect, needs=[], reading=reading)
    assert with_body(state, arousal=arousal, sd=0.05) == state


def test_what_was_said_this_morning_leaves_room_for_the_body_of_the_evening() -> None:
    """Said four hours ago it is surer (sd .46) than the body can tell (.5); after six (.575) both count."""
    said = estimate_state(affect=Affect(0.0, -0.8), needs=(), reading=None)
    assert with_body(aged(said, 4), arousal=0.95, sd=0.1) == aged(said, 4)
    later = with_body(aged(said, 6), arousal=0.95, sd=0.1)
    assert aged(said, 6).arousal < 0 < later.arousal
