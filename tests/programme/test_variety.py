"""How varied what a member met was: what was offered and what was taken up are told apart, by week."""

from __future__ import annotations

import pytest

from attunement.domain.consent import Category, Cell, Purpose
from attunement.domain.errors import NotFound
from attunement.domain.ids import new_id
from attunement.domain.practice import Practice
from attunement.evaluation.variety import calibration_error, effective_if_even
from attunement.programme.consents import do_change_consent
from attunement.programme.decisions import do_answer, do_choose, do_decide
from attunement.programme.house import House
from attunement.programme.members import do_enrol, do_set_breadth
from attunement.programme.outcomes import do_finish
from attunement.programme.variety import access_variety
from attunement.programme.variety_overview import access_variety_overview

ALLOWED = [Cell.parse("personalise:interactions")]


def _of(house: House, family: str) -> list[Practice]:
    return [p for p in house.library.practices if p.family == family]


def _met(house: House, member: str, family: str, times: int) -> None:
    for _ in range(times):
        do_choose(house, member, _of(house, family)[0].id)


def test_variety_counts_what_was_met_lately(house: House) -> None:
    """Ten of one family are narrow; a month later they are not counted any more."""
    member = do_enrol(house)
    _met(house, member, "self-compassion", 10)
    met = access_variety(house, member).met
    assert (met.n, met.effective, met.narrow) == (10, 1.0, True)
    house.clock.forward(days=31)
    assert access_variety(house, member).met.n == 0


def test_what_was_offered_is_not_what_was_taken(house: House) -> None:
    """An offer let be, one whose alternative was begun, one done, and an own choice: three offered, three taken."""
    member = do_enrol(house)
    do_answer(house, member, do_decide(house, member, seed=1).id, "not-now")
    other = do_decide(house, member, seed=2)
    do_answer(house, member, other.id, "started", practice=other.choice.alternatives[0])
    done = do_decide(house, member, seed=3)
    do_finish(house, member, done.id, rating=4)
    own = do_choose(house, member, house.library.practices[0].id)
    do_answer(house, member, own.id, "started")
    found = access_variety(house, member)
    assert (found.offered.n, found.taken.n, found.met.n) == (3, 3, 4)
    taken = [house.library.practice(p) for p in (other.choice.alternatives[0], done.offered, own.offered)]
    assert sum(found.taken.families.values()) == 3
    assert all(found.taken.families[p.family] for p in taken)
    assert sum(found.taken.viewpoints.values()) == sum(len(p.viewpoints) for p in taken)
    assert found.taken.coverage == len({p.family for p in taken}) / len(house.library.families)


def test_measures_by_hand(house: House) -> None:
    """The same practice twice is at no distance and one family; its unlike share is all or nothing."""
    member = do_enrol(house)
    practice = _of(house, "bridging-difference")[0]
    for _ in range(2):
        do_answer(house, member, do_choose(house, member, practice.id).id, "started")
    taken = access_variety(house, member).taken
    assert taken.distance == pytest.approx(0, abs=1e-6)
    assert (taken.effective, taken.coverage) == (1.0, 1 / len(house.library.families))
    assert taken.unlike == float(any(v in {"stranger", "opponent", "group"} for v in practice.viewpoints))


def test_weeks_and_their_drift(house: House) -> None:
    """Offers stand in the week they were made in; eight of them offered and taken give a calibration error."""
    member = do_enrol(house)
    for week in range(4):
        for k in range(3):
            decision = do_decide(house, member, seed=10 * week + k)
            do_answer(house, member, decision.id, "started")
        house.clock.forward(days=7)
    found = access_variety(house, member)
    assert [week.offered.n for week in found.weeks] == [0, 0, 0, 3, 3, 3, 3, 0]
    assert found.drift is not None
    assert found.drift.low <= found.drift.a_week <= found.drift.high
    assert found.calibration_error == calibration_error(
        list(found.taken.families.values()), list(found.offered.families.values())
    )
    assert found.calibration_error == 0.0


def test_too_little_is_not_told(house: House) -> None:
    """Seven offers are too few for a calibration error, and three weeks for a drift."""
    member = do_enrol(house)
    for seed in range(7):
        do_answer(house, member, do_decide(house, member, seed=seed).id, "started")
    found = access_variety(house, member)
    assert (found.calibration_error, found.drift) == (None, None)


def test_nobody_unknown_has_any(house: House) -> None:
    """A member who is not there is told as such."""
    with pytest.raises(NotFound):
        access_variety(house, new_id())


def _narrow_members(house: House, n: int, *, allowed: bool = True, synthetic: bool = False) -> None:
    """Members who met one family only, and then let something be offered with no wish for breadth."""
    for _ in range(n):
        member = do_enrol(house, synthetic=synthetic)
        if allowed:
            do_change_consent(house, member, grant=ALLOWED)
        do_set_breadth(house, member, 0.0)
        _met(house, member, "self-compassion", 9)
        do_decide(house, member)


def test_a_guard_that_spoke_is_logged_and_counted_from_five_on(house: House) -> None:
    """Four are not told at all; a fifth makes it five, which is an alarm; the threshold is told either way."""
    _narrow_members(house, 4)
    before = access_variety_overview(house)
    assert (before.members, before.share, before.guarded, before.alarm) == (None, None, None, False)
    _narrow_members(house, 1)
    found = access_variety_overview(house)
    assert (found.members, found.guarded, found.alarm, found.threshold) == (5, 5, True, 0.45)
    assert found.synthetic == 0
    assert found.share is not None
    assert found.families is not None
    assert found.share < 0.45
    assert 1.0 <= found.families < 2.0


def test_made_up_members_are_told_as_such(house: House) -> None:
    """Of five who count two are made up; those who met too little are not among them."""
    _narrow_members(house, 3)
    _narrow_members(house, 2, synthetic=True)
    do_enrol(house, synthetic=True)
    assert (access_variety_overview(house).members, access_variety_overview(house).synthetic) == (5, 2)


def test_whether_the_guard_speaks_hangs_on_what_may_be_used(house: House) -> None:
    """Narrow is narrow; without consent to use what was met, offers go by something else, and nothing else is told."""
    member = do_enrol(house)
    do_change_consent(house, member, grant=ALLOWED)
    _met(house, member, "self-compassion", 9)
    found = access_variety(house, member)
    assert (found.met.narrow, found.guarded, do_decide(house, member).choice.guarded) == (True, True, True)
    do_change_consent(house, member, withdraw=[Cell(Purpose.PERSONALISE, Category.INTERACTIONS)])
    found = access_variety(house, member)
    assert (found.met.narrow, found.guarded, do_decide(house, member).choice.guarded) == (True, False, False)


def test_without_consent_nobody_is_counted(house: House) -> None:
    """Members who do not allow what they met to be used are left out, and the guard does not speak for them."""
    _narrow_members(house, 6, allowed=False)
    found = access_variety_overview(house)
    assert (found.members, found.guarded, found.unlike) == (None, None, None)


def test_the_trend_tells_each_week_apart(house: House) -> None:
    """Five members who met two families alike five weeks ago and one today: thirty days of each are told."""
    members = [do_enrol(house) for _ in range(5)]
    for member in members:
        do_change_consent(house, member, grant=ALLOWED)
        _met(house, member, "self-compassion", 5)
        _met(house, member, "bridging-difference", 5)
    house.clock.forward(days=35)
    for member in members:
        _met(house, member, "self-compassion", 10)
    weeks = access_variety_overview(house).weeks
    even = effective_if_even(10, len(house.library.families))
    assert [week.share for week in weeks[:2]] == [None, None]
    assert [week.share for week in weeks[2:]] == pytest.approx([2 / even] * 5 + [1 / even])
    assert weeks[-1].until == house.clock()
