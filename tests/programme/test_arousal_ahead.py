"""How stirred up somebody may be in the next hours: each part only where it may be used."""

from __future__ import annotations

import pytest
from tests.programme.signals import stirred_after_rest

from attunement.domain.affect import Affect
from attunement.domain.consent import Cell
from attunement.domain.errors import NotFound
from attunement.domain.ids import new_id
from attunement.programme.arousal_ahead import ArousalAhead, access_arousal_ahead
from attunement.programme.check_ins import do_check_in
from attunement.programme.consents import do_change_consent, do_set_consent
from attunement.programme.corrections import do_correct_reading
from attunement.programme.house import House
from attunement.programme.members import do_enrol

SAID, TEXT, BODY = (Cell.parse(f"personalise:{part}") for part in ("self_report", "text", "body"))


@pytest.fixture
def rosa(house: House) -> str:
    """A member who allows everything and told five times that they were more or less calm."""
    member = do_enrol(house, name="Rosa", time_zone="Europe/Dublin")
    do_set_consent(house, member, house.wording.asked)
    for k in range(5):
        do_check_in(house, member, affect=Affect(0.2, -0.6 + 0.3 * (k % 2 or -1)))
        house.clock.forward(hours=5)
    return member


def _known(house: House, member: str) -> ArousalAhead:
    found = access_arousal_ahead(house, member)
    assert found is not None
    return found


def test_somebody_calm_is_expected_calm_three_hours_on(house: House, rosa: str) -> None:
    """Near what was told, within its range."""
    ahead = _known(house, rosa)
    assert ahead.low <= ahead.middle <= ahead.high
    assert ahead.middle == pytest.approx(-0.6, abs=0.3)
    assert (ahead.told, ahead.read, ahead.sensed) == (5, 0, 0)
    assert ahead.usual == pytest.approx(-0.66)
    assert (ahead.at - house.clock()).total_seconds() == 3 * 3600


def test_the_body_counts_by_the_hour_and_only_where_it_may_be_used(house: House, rosa: str) -> None:
    """A stirred body raises the guess a little; without consent to the body, or to what was said, less is known."""
    before = _known(house, rosa)
    stirred_after_rest(house, rosa)
    after = _known(house, rosa)
    assert after.sensed >= 1
    assert before.middle < after.middle < 0.3
    do_change_consent(house, rosa, withdraw=[BODY])
    assert _known(house, rosa).sensed == 0
    assert _known(house, rosa).middle == pytest.approx(before.middle, abs=1e-9)
    do_change_consent(house, rosa, withdraw=[SAID])
    assert access_arousal_ahead(house, rosa) is None


def test_words_count_where_they_may_be_read(house: House, rosa: str) -> None:
    """A text without a mark on the axes is read; consent to text taken back takes it out."""
    do_check_in(house, rosa, text="I am so excited, everything is racing and I cannot sit still!")
    assert _known(house, rosa).read == 1
    do_change_consent(house, rosa, withdraw=[TEXT])
    assert _known(house, rosa).read == 0


def test_words_whose_reading_was_put_right_count_no_more(house: House, rosa: str) -> None:
    """The guess is what it was before they were read."""
    before = _known(house, rosa).middle
    moment = do_check_in(house, rosa, text="I am so excited, everything is racing and I cannot sit still!").id
    assert _known(house, rosa).middle != pytest.approx(before, abs=1e-6)
    do_correct_reading(house, rosa, moment, emotions=["sadness"])
    assert _known(house, rosa).read == 0
    assert _known(house, rosa).middle == pytest.approx(before, abs=1e-6)


def test_nothing_is_guessed_from_too_little_or_too_old(house: House, rosa: str) -> None:
    """Fifteen days without a sign are too long, and one check-in is too little."""
    house.clock.forward(days=15)
    assert access_arousal_ahead(house, rosa) is None
    oli = do_enrol(house)
    do_change_consent(house, oli, grant=[SAID])
    do_check_in(house, oli, affect=Affect(0.0, 0.5))
    assert access_arousal_ahead(house, oli) is None
    with pytest.raises(NotFound):
        access_arousal_ahead(house, new_id())
