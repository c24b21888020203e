"""How somebody is by all they told over the last hours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.domain.affect import Affect
from attunement.domain.need import Need
from attunement.domain.reading import RiskLevel
from attunement.domain.state import State
from attunement.foresight.state import aged, estimate_state
from attunement.foresight.state_filter import Told, state_by

NINE = datetime(2026, 5, 4, 9, tzinfo=UTC)
LOW = estimate_state(affect=Affect(-0.8, 0.4), needs=[Need.CALM], reading=None)
WRITTEN = State(
    valence=0.1, valence_sd=0.6, arousal=0.0, arousal_sd=0.6, needs={Need.ACT: 0.5}, feelings={"warm": 0.4},
    near={"walk": 0.7},
)  # fmt: skip


def told(*states: State, every_h: float = 1.0) -> list[Told]:
    return [(NINE + timedelta(hours=every_h * k), state) for k, state in enumerate(states)]


def at(hours: float) -> datetime:
    return NINE + timedelta(hours=hours)


def test_nobody_who_told_nothing_is_known() -> None:
    assert state_by([], NINE) == State()


def test_one_check_in_speaks_for_itself_and_ages_after_half_an_hour() -> None:
    assert state_by(told(LOW), at(0.4)) == LOW
    assert state_by(told(LOW), at(6)) == aged(LOW, 6)


def test_a_line_written_later_does_not_wipe_the_mood_that_was_told() -> None:
    """Told -.8 an hour before: sd 1 - .85 * .5^(1/6) = .2427, so 16.97 of 19.75 parts; aged it is -.7127."""
    state = state_by(told(LOW, WRITTEN), at(1))
    assert state.valence == pytest.approx((-0.7127 * 16.97 + 0.1 * 2.778) / 19.75, abs=1e-3)
    assert state.valence_sd < 0.25
    assert "affect" in state.said


def test_a_new_mood_stands_alone() -> None:
    glad = estimate_state(affect=Affect(0.9, -0.2), needs=(), reading=None)
    state = state_by(told(LOW, glad), at(1))
    assert (state.valence, state.valence_sd, state.arousal) == (0.9, 0.15, -0.2)


def test_wants_that_were_said_count_beside_what_is_read_and_fade() -> None:
    soon, late = state_by(told(LOW, WRITTEN), at(1)), state_by(told(LOW, WRITTEN, every_h=12), at(12))
    assert soon.needs[Need.CALM] == pytest.approx(0.5 ** (1 / 6), abs=1e-6)
    assert soon.needs[Need.ACT] == pytest.approx((1 - 0.5 ** (1 / 6)) * 0.5, abs=1e-6)
    assert late.needs[Need.CALM] == pytest.approx(0.25)
    assert "need:calm" in soon.said


def test_wants_said_now_stand_alone() -> None:
    now = estimate_state(affect=None, needs=[Need.CONNECT], reading=None)
    state = state_by(told(LOW, now), at(1))
    assert state.needs == {Need.CONNECT: 1.0}
    assert state.said == {"need:connect", "affect"}


def test_after_half_a_day_a_mood_is_no_longer_told_as_said() -> None:
    """It is less sure then than a reading of a line would be."""
    assert "affect" not in state_by(told(LOW, WRITTEN, every_h=12), at(12)).said


def test_feelings_and_near_practices_are_of_the_newest_words() -> None:
    state = state_by(told(WRITTEN, LOW), at(1))
    assert state.feelings["warm"] == pytest.approx(0.4 * 0.5 ** (1 / 6))
    assert state.near == {"walk": pytest.approx(0.7 * 0.5 ** (1 / 6))}


def test_danger_is_that_of_the_newest_word() -> None:
    dark = State(risk=RiskLevel.INDIRECT, feelings={"sad": 0.9})
    assert state_by(told(dark, LOW), at(1)).risk is RiskLevel.NONE
    assert state_by(told(LOW, dark), at(1)).risk is RiskLevel.INDIRECT


def test_the_order_in_which_they_come_in_does_not_count() -> None:
    three = told(LOW, WRITTEN, State(valence=0.5, valence_sd=0.6, feelings={"sad": 0.1}))
    assert state_by(three[::-1], at(3)) == state_by(three, at(3))


@given(st.lists(st.floats(0.01, 1), min_size=5, max_size=5))
def test_where_nothing_was_wanted_before_a_want_that_is_read_stays_as_it_is(shares: list[float]) -> None:
    """However many needs lie over chance: an earlier check-in that told of none changes none of them."""
    reading = {need: share / sum(shares) for need, share in zip(Need, shares, strict=True)}
    read = State(needs={n: (p - 0.2) / 0.8 for n, p in reading.items() if p > 0.21}, feelings={"sad": 0.5})
    state = state_by(told(State(feelings={"sad": 0.4}), read), at(1.0))
    assert {n: w for n, w in state.needs.items() if w > 1e-5} == pytest.approx(read.needs, abs=1e-5)


def test_a_want_that_was_only_read_is_seen_in_the_light_of_those_before() -> None:
    """An open text after a plain one leans to what that one wanted, less as it fades; and says so of nothing said."""
    calm = State(needs={Need.CALM: 0.75}, feelings={"anxious": 0.7})
    still = State(needs={Need.CALM: 0.1, Need.ACT: 0.1}, feelings={"anxious": 0.5})
    soon, late = (state_by(told(calm, still, every_h=h), at(h)) for h in (0.5, 30.0))
    assert soon.needs[Need.CALM] > 2 * still.needs[Need.CALM]
    assert soon.needs.get(Need.ACT, 0.0) < still.needs[Need.ACT]
    assert late.needs[Need.CALM] == pytest.approx(0.1, abs=0.02)
    assert not soon.said
    plain = state_by(told(calm, State(needs={Need.ACT: 0.8}), every_h=0.5), at(0.5))
    assert max(plain.needs, key=lambda need: plain.needs[need]) is Need.ACT


@given(
    st.lists(
        st.tuples(
            st.floats(0, 20), st.one_of(st.none(), st.tuples(st.floats(-1, 1), st.floats(-1, 1))),
            st.lists(st.sampled_from(Need), max_size=3),
        ),
        max_size=6,
    )
)  # fmt: skip
def test_a_state_stays_in_its_range(check_ins: list[tuple[float, tuple[float, float] | None, list[Need]]]) -> None:
    states = [
        (at(hours), estimate_state(affect=Affect(*axes) if axes else None, needs=needs, reading=None))
        for hours, axes, needs in check_ins
    ]
    state = state_by(states, at(21))
    assert -1 <= state.valence <= 1
    assert 0 < state.valence_sd <= 1
    assert sum(state.needs.values()) <= 1 + 1e-5
