"""What is known of a member's danger: from words that may be read, and never less for silence."""

from __future__ import annotations

from datetime import timedelta

import pytest

from attunement.domain.consent import Category, Cell, Purpose
from attunement.domain.errors import NotFound
from attunement.domain.ids import new_id
from attunement.domain.need import Need
from attunement.domain.reading import RiskLevel
from attunement.programme.check_ins import access_risk, do_check_in
from attunement.programme.consents import do_change_consent, do_set_consent
from attunement.programme.conversations.asking import do_open
from attunement.programme.conversations.writing import do_write_as_member
from attunement.programme.danger import access_danger
from attunement.programme.decisions import do_decide
from attunement.programme.house import House
from attunement.programme.members import do_enrol

MEANT = "I want to kill myself tonight"
GLAD = "Thank you, the tea was lovely!"
TEXT = Cell(Purpose.PERSONALISE, Category.TEXT)


@pytest.fixture
def rosa(house: House) -> str:
    """A member who allows everything."""
    member = do_enrol(house, name="Rosa")
    do_set_consent(house, member, house.wording.asked)
    return member


def _gentle(house: House, member: str) -> bool:
    """Whether only practices for somebody in danger are offered."""
    offered = [house.library.practice(p) for p in do_decide(house, member).choice.probabilities]
    return all(p.intensity == 1 and "risk" not in p.avoid_when for p in offered)


def test_silence_lowers_no_level_and_says_so(house: House, rosa: str) -> None:
    """Days later the level stands, the chance is lower and less sure, and it is told that it is old."""
    do_check_in(house, rosa, text=MEANT)
    then = access_danger(house, rosa)
    house.clock.forward(days=5)
    now = access_danger(house, rosa)
    assert then is not None
    assert now is not None
    assert then.level.rank >= RiskLevel.EXPLICIT.rank
    assert (now.level, now.read_at, now.lapsed, then.lapsed) == (then.level, then.read_at, True, False)
    assert 0.1 < now.chance < then.chance
    assert now.high - now.low > then.high - then.low


def test_a_check_in_without_words_lowers_nothing_and_good_words_do(house: House, rosa: str) -> None:
    """Only what is written can tell of danger, or of its end; offers stay gentle for three days until then."""
    do_check_in(house, rosa, text=MEANT)
    house.clock.forward(days=1.5)
    assert _gentle(house, rosa)
    do_check_in(house, rosa, needs=[Need.CALM])
    assert _gentle(house, rosa)
    with house.store.read() as connection:
        assert access_risk(house, connection, rosa).rank >= RiskLevel.EXPLICIT.rank
    do_check_in(house, rosa, text=GLAD)
    assert not _gentle(house, rosa)
    danger = access_danger(house, rosa)
    assert danger is not None
    assert danger.level is RiskLevel.NONE
    assert danger.chance > 0.15  # and it is not forgotten


def test_an_older_check_in_that_comes_late_hides_no_danger(house: House, rosa: str) -> None:
    """What was written last counts, not what came last; the practice chosen after the late one is gentle too."""
    do_check_in(house, rosa, text=MEANT)
    house.clock.forward(hours=1)
    late = do_check_in(house, rosa, text=GLAD, at=house.clock() - timedelta(days=4))
    with house.store.read() as connection:
        assert access_risk(house, connection, rosa).rank >= RiskLevel.EXPLICIT.rank
    assert _gentle(house, rosa)
    offered = do_decide(house, rosa, after=late).choice.probabilities
    assert all(house.library.practice(p).intensity == 1 for p in offered)


def test_a_clock_that_is_ahead_puts_nothing_before_what_comes_next(house: House, rosa: str) -> None:
    """Glad words dated three minutes ahead, and danger a minute later: the danger is the newest."""
    do_check_in(house, rosa, text=GLAD, at=house.clock() + timedelta(minutes=3))
    house.clock.forward(minutes=1)
    do_check_in(house, rosa, text=MEANT)
    with house.store.read() as connection:
        assert access_risk(house, connection, rosa).rank >= RiskLevel.EXPLICIT.rank


def test_danger_in_a_talk_makes_offers_gentle_for_three_days_where_words_may_be_used(house: House, rosa: str) -> None:
    """Good words in the talk do not end it; consent to text taken back does, and so does the time."""
    talk = do_open(house, rosa)
    assert not _gentle(house, rosa)
    do_write_as_member(house, rosa, talk.id, MEANT, risk=RiskLevel.EXPLICIT)
    do_write_as_member(house, rosa, talk.id, GLAD, risk=RiskLevel.NONE)
    house.clock.forward(hours=71)
    assert _gentle(house, rosa)
    do_change_consent(house, rosa, withdraw=[TEXT])
    assert not _gentle(house, rosa)
    do_change_consent(house, rosa, grant=[TEXT])
    assert _gentle(house, rosa)
    house.clock.forward(hours=1)
    assert not _gentle(house, rosa)


def test_offers_are_not_gentle_for_ever(house: House, rosa: str) -> None:
    """Four days without a word later, a decision rests on what is known of today: nothing."""
    do_check_in(house, rosa, text=MEANT)
    house.clock.forward(days=4)
    assert not _gentle(house, rosa)


def test_without_consent_or_words_nothing_is_told(house: House, rosa: str) -> None:
    """Nothing written, nothing known; consent taken back counts at once, for offers as well."""
    do_check_in(house, rosa, needs=[Need.CALM])
    assert access_danger(house, rosa) is None
    do_check_in(house, rosa, text=MEANT, at=house.clock() - timedelta(hours=30))
    assert access_danger(house, rosa) is not None
    house.clock.forward(days=1.5)
    do_change_consent(house, rosa, withdraw=[TEXT])
    assert access_danger(house, rosa) is None
    assert not _gentle(house, rosa)
    with pytest.raises(NotFound):
        access_danger(house, new_id())


def test_signs_in_a_talk_are_part_of_what_is_known(house: House, rosa: str) -> None:
    """Graver than the newest check-in, they are the level for three days; then they and the chance have faded."""
    do_check_in(house, rosa, text="I feel a bit sad today.")
    before = access_danger(house, rosa)
    do_write_as_member(house, rosa, do_open(house, rosa).id, MEANT, risk=RiskLevel.EXPLICIT)
    after = access_danger(house, rosa)
    assert before is not None
    assert after is not None
    assert (before.level, after.level) == (RiskLevel.DISTRESS, RiskLevel.EXPLICIT)
    assert (after.chance > before.chance, after.read_at) == (True, house.clock())
    house.clock.forward(hours=73)
    late = access_danger(house, rosa)
    assert late is not None
    assert (late.level, late.lapsed) == (before.level, True)
    assert before.chance < late.chance < after.chance
