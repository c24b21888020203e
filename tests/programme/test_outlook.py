"""What may come: only from what is allowed, and only for oneself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from tests.conftest import Clock

from attunement.domain.affect import Affect
from attunement.domain.consent import Cell
from attunement.domain.errors import Invalid, NotFound
from attunement.domain.ids import new_id
from attunement.domain.need import Need
from attunement.programme.check_ins import do_check_in
from attunement.programme.consents import do_change_consent
from attunement.programme.corrections import do_correct_reading
from attunement.programme.house import House
from attunement.programme.members import do_enrol
from attunement.programme.outlook import access_outlook

ALLOWED = [Cell.parse("personalise:self_report")]


@pytest.fixture
def told(house: House) -> Callable[[list[float]], str]:
    """A member who told one mood a day, by the values given."""

    def tell(moods: list[float]) -> str:
        member = do_enrol(house, name="Rosa", time_zone="Europe/Dublin")
        do_change_consent(house, member, grant=ALLOWED)
        for mood in moods:
            do_check_in(house, member, affect=Affect(mood, 0.0))
            house.clock.forward(days=1)
        return member

    return tell


def test_somebody_who_is_always_bright_is_expected_bright(house: House, told: Callable[[list[float]], str]) -> None:
    """The middle lies near what was told, within its range, a day ahead."""
    outlook = access_outlook(house, told([0.6, 0.7, 0.6, 0.65, 0.6, 0.7, 0.6, 0.65]))
    assert outlook is not None
    assert outlook.low <= outlook.middle <= outlook.high
    assert 0.45 < outlook.middle < 0.8
    assert (outlook.check_ins, outlook.unsteady) == (8, None)
    assert sum(outlook.needs.values()) == pytest.approx(1)
    assert all(low < outlook.needs[need] < high for need, (low, high) in outlook.need_ranges.items())
    assert (outlook.at - house.clock()).total_seconds() == 24 * 3600


def _told_until(house: House, clock: Clock, last: str) -> str:
    """A member in Dublin who told six moods twenty minutes apart, the last at this time, which it is now."""
    clock.time = datetime.fromisoformat(last) - timedelta(minutes=100)
    member = do_enrol(house, time_zone="Europe/Dublin")
    do_change_consent(house, member, grant=ALLOWED)
    for _ in range(6):
        do_check_in(house, member, affect=Affect(0.5, 0.0))
        clock.forward(minutes=20)
    clock.forward(minutes=-20)
    return member


@pytest.mark.parametrize(
    ("last", "ahead"),
    [
        ("2026-10-25T01:10+00:00", 24),  # ten past one for the second time that night
        ("2026-10-24T09:00+00:00", 25),
        ("2027-03-27T23:30+00:00", 23),
        ("2027-03-27T01:30+00:00", 24),  # half past one, which the next night has not: it is half past two by then
        ("2028-02-28T23:59:58+00:00", 24),
        ("2028-02-29T23:59:58+00:00", 24),
        ("2026-12-31T23:59:58+00:00", 24),
    ],
)
def test_tomorrow_is_the_same_time_by_the_clock_in_any_night_of_the_year(
    house: House, clock: Clock, last: str, ahead: int
) -> None:
    """Moods told twenty minutes apart count in their order where the clock goes back or forward, or a year ends."""
    member = _told_until(house, clock, last)
    outlook = access_outlook(house, member)
    assert outlook is not None
    assert outlook.at.astimezone(UTC) - clock() == timedelta(hours=ahead)
    assert outlook.low <= 0.5 <= outlook.high


def test_hours_are_hours_and_days_are_days_where_the_clock_is_changed(house: House, clock: Clock) -> None:
    """Six hours into a night with an hour twice are six hours; a day and six are the same time tomorrow, and six."""
    member = _told_until(house, clock, "2026-10-24T21:00+00:00")
    found = [access_outlook(house, member, hours=hours) for hours in (6, 24, 30)]
    assert [one and one.at - clock() for one in found] == [timedelta(hours=h) for h in (6, 25, 31)]


def test_what_comes_soon_is_surer_than_what_comes_late(house: House, told: Callable[[list[float]], str]) -> None:
    member = told([0.6, -0.2, 0.5, 0.1, 0.7, -0.4, 0.3, 0.6])
    soon, late = (access_outlook(house, member, hours=hours) for hours in (1, 72))
    assert soon is not None
    assert late is not None
    assert soon.high - soon.low < late.high - late.low


@pytest.mark.parametrize("hours", [-1, 0, 73])
def test_a_time_out_of_reach_is_refused(house: House, told: Callable[[list[float]], str], hours: int) -> None:
    with pytest.raises(Invalid, match=f"1 to 72 hours ahead, and not {hours}"):
        access_outlook(house, told([0.1] * 6), hours=hours)


def test_nothing_is_guessed_from_too_little_or_too_old(house: House, told: Callable[[list[float]], str]) -> None:
    """Four moods are too few; fifteen days without one are too long."""
    assert access_outlook(house, told([0.1] * 4)) is None
    member = told([0.1] * 6)
    assert access_outlook(house, member) is not None
    house.clock.forward(days=15)
    assert access_outlook(house, member) is None


def test_without_consent_nothing_is_guessed(house: House, told: Callable[[list[float]], str]) -> None:
    """Taken back, it counts at once."""
    member = told([0.1] * 6)
    do_change_consent(house, member, withdraw=ALLOWED)
    assert access_outlook(house, member) is None


def test_check_ins_without_a_mood_and_out_of_order_do_no_harm(house: House) -> None:
    """Words alone are no mood; a check-in noted later for earlier is put where it belongs."""
    member = do_enrol(house)
    do_change_consent(house, member, grant=ALLOWED)
    for k in range(8):
        do_check_in(house, member, affect=Affect(0.2, 0.0) if k % 2 else None, text="" if k % 2 else "Words.")
        do_check_in(house, member, affect=Affect(0.1, 0.0), at=house.clock().replace(minute=0, second=0))
        house.clock.forward(days=0.5)
    outlook = access_outlook(house, member)
    assert outlook is not None
    assert outlook.check_ins == 12


def test_nobody_unknown_has_one(house: House) -> None:
    """A member who is not there is told as such."""
    with pytest.raises(NotFound):
        access_outlook(house, new_id())


SAD = "I feel so sad and hopeless, everything hurts and I cannot stop crying."
GLAD = "What a wonderful day, I am so happy and grateful, I love it."


def test_words_count_less_than_what_one_says_and_only_where_they_may_be_read(
    house: House, told: Callable[[list[float]], str]
) -> None:
    """After moods that swing, glad words expect more than sad ones, and a low mood told expects less than sad words."""

    def guess(words: str, *, low: bool = False, may_read: bool = True) -> float:
        member = told([0.8, -0.4] * 5)
        if may_read:
            do_change_consent(house, member, grant=[Cell.parse("personalise:text")])
        for _ in range(3):
            do_check_in(house, member, affect=Affect(-0.9, 0.0) if low else None, text=words)
            house.clock.forward(days=1)
        outlook = access_outlook(house, member)
        assert outlook is not None
        assert outlook.check_ins == (13 if low else 10)
        return outlook.middle

    assert guess(SAD, low=True) < guess(SAD) < guess(GLAD)
    assert guess(SAD, may_read=False) == pytest.approx(guess(GLAD, may_read=False), abs=1e-6)


def test_a_reading_its_member_put_right_counts_for_nothing(house: House, told: Callable[[list[float]], str]) -> None:
    """Corrected, sad words expect what would be expected had they never been read; what was told beside them stays."""

    def guess(words: str, *, corrected: bool = False, mood: Affect | None = None) -> float:
        member = told([0.8, -0.4] * 5)
        do_change_consent(house, member, grant=[Cell.parse("personalise:text")])
        for _ in range(3):
            moment = do_check_in(house, member, affect=mood, text=words, needs=[] if words else [Need.CALM]).id
            if corrected:
                do_correct_reading(house, member, moment, emotions=["joy"])
            house.clock.forward(days=1)
        outlook = access_outlook(house, member)
        assert outlook is not None
        return outlook.middle

    assert guess(SAD, corrected=True) == pytest.approx(guess(""), abs=1e-6)
    assert guess(SAD, corrected=True) > guess(SAD)
    low = Affect(-0.9, 0.0)
    assert guess(SAD, mood=low, corrected=True) == pytest.approx(guess(SAD, mood=low), abs=1e-6)
