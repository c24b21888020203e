"""What came of a practice said anew: the newest holds, and the policy is what it would be had it been so at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select
from tests.programme.lessons import enrolled, learned, lesson, lived

from attunement.domain.affect import Affect
from attunement.domain.consent import Category, Cell, Purpose
from attunement.domain.errors import AttunementError, ErrorCode, Invalid
from attunement.domain.offer_events import OutcomeCorrected
from attunement.programme.check_ins import do_check_in
from attunement.programme.consents import do_change_consent
from attunement.programme.decisions import do_choose, do_decide
from attunement.programme.erasure import do_erase
from attunement.programme.exports import access_export
from attunement.programme.house import House
from attunement.programme.learner import do_learn
from attunement.programme.outcomes import OutcomeNow, access_outcome, access_rating, do_correct_outcome, do_finish
from attunement.programme.rebuild import do_rebuild
from attunement.store.schema import log, outcomes


@pytest.fixture
def rosa(house: House) -> str:
    """A member who allows everything."""
    return enrolled(house)


def _finished(house: House, member: str, rating: int | None = 2) -> str:
    decision = do_choose(house, member, house.library.practices[0].id).id
    do_finish(house, member, decision, rating=rating)
    return decision


def _worth(house: House) -> tuple[float, int | None]:
    with house.store.read() as connection:
        row = connection.execute(select(outcomes)).one()
    return row.reward, row.rating


def _corrections(house: House) -> int:
    with house.store.read() as connection:
        query = select(func.count()).select_from(log).where(log.c.kind == OutcomeCorrected.kind)
        return int(connection.execute(query).scalar_one())


def test_the_newest_rating_holds(house: House, rosa: str) -> None:
    """Said anew twice, the last one counts; the same once more is no news; and it can be exported."""
    decision = _finished(house, rosa)
    for rating in (5, 1, 4, 4):
        do_correct_outcome(house, rosa, decision, rating=rating)
    with house.store.read() as connection:
        assert access_rating(connection, rosa, decision) == 4
    assert _worth(house) == (pytest.approx((0.6 * 0.75 + 0.2) / 0.8), 4)
    assert _corrections(house) == 3
    kinds = [event["kind"] for event in access_export(house, rosa)["events"]]
    assert kinds[-3:] == ["outcome-corrected"] * 3


def test_one_can_rate_what_was_left_unrated(house: House, rosa: str) -> None:
    """A practice finished without a rating takes one later."""
    decision = _finished(house, rosa, rating=None)
    do_correct_outcome(house, rosa, decision, rating=5)
    with house.store.read() as connection:
        assert access_rating(connection, rosa, decision) == 5


def test_the_policy_learns_it_in_place_of_the_old(
    make_house: Callable[[str], House], house: House, tmp_path: Path
) -> None:
    """To the bit, the learner's next version is that of a programme where it was rated so at once."""
    other = make_house(f"sqlite:///{tmp_path / 'other.db'}")
    member, twin = enrolled(house), enrolled(other)
    first, second = (lesson(house, member, p.id, 1) for p in house.library.practices[:2])
    do_learn(house)
    do_correct_rating_of(house, member, first, 5)
    assert do_learn(house) == 2
    do_correct_rating_of(house, member, second, 3)
    lesson(house, member, house.library.practices[2].id, 4)
    assert do_learn(house) == 3
    assert do_learn(house) is None
    for practice, rating in zip(other.library.practices[:3], (5, 3, 4), strict=True):
        lesson(other, twin, practice.id, rating)
    do_learn(other)
    assert learned(house) == learned(other)


def do_correct_rating_of(house: House, member: str, decision: str, rating: int) -> None:
    """A correction of an outcome that was put straight into the log."""
    with house.store.write() as transaction:
        transaction.append(OutcomeCorrected(at=house.clock(), decision=decision, rating=rating), member=member)


def test_until_the_learners_next_step_the_pool_holds_the_old(house: House, rosa: str) -> None:
    """What a decision takes out of the pool is what it holds: the old worth; what it puts in is the new."""
    decision = lived(house, rosa, loops=1)[0]
    do_learn(house)
    before, (worth, _) = learned(house), _worth(house)
    for rating in (4, 5):
        do_correct_outcome(house, rosa, decision, rating=rating)
    assert learned(house) == before
    with house.store.read() as connection:
        own, shared = house.policies.histories(connection, rosa)
    assert [e.reward for e in shared.experiences] == [worth]
    assert [e.reward for e in own.experiences] == [_worth(house)[0]] != [worth]
    do_learn(house)
    with house.store.read() as connection:
        own, shared = house.policies.histories(connection, rosa)
    assert own == shared


@pytest.mark.parametrize("learned_before_leaving", [True, False])
def test_forgetting_takes_out_what_is_in(house: House, rosa: str, learned_before_leaving: bool) -> None:
    """Erased with a correction learned, or not learned yet, nothing of them is left in the sums."""
    lived(house, enrolled(house), seed=5)
    do_learn(house)
    without = learned(house)
    decisions = lived(house, rosa, loops=3)
    do_learn(house)
    for rating in (3, 5):
        do_correct_outcome(house, rosa, decisions[0], rating=rating)
    if learned_before_leaving:
        do_learn(house)
    do_erase(house, rosa)
    assert learned(house) == without


def test_a_rebuild_knows_corrections(house: House, rosa: str, rows: Callable[[House], object]) -> None:
    """Rows and sums are the same after it, with one correction learned and one waiting."""
    decisions = lived(house, rosa, loops=3)
    do_learn(house)
    do_correct_outcome(house, rosa, decisions[0], rating=5)
    do_learn(house)
    do_correct_outcome(house, rosa, decisions[1], rating=5)
    before, served = rows(house), learned(house)
    do_rebuild(house)
    assert (rows(house), learned(house)) == (before, served)


def test_what_cannot_be_corrected(house: House, rosa: str) -> None:
    """Unknown and others' decisions, open ones, ratings that are none, and what is over fourteen days old."""
    decision, open_one = _finished(house, rosa), do_decide(house, rosa).id
    ida = enrolled(house)
    for code, member, which, rating in (
        (ErrorCode.UNKNOWN_DECISION, rosa, "00000000-0000-7000-8000-000000000000", 3),
        (ErrorCode.UNKNOWN_DECISION, rosa, "\x00", 3),
        (ErrorCode.UNKNOWN_DECISION, ida, decision, 3),
        (ErrorCode.NOT_FOUND, rosa, open_one, 3),
        (ErrorCode.BAD_INPUT, rosa, decision, 0),
        (ErrorCode.BAD_INPUT, rosa, decision, 6),
    ):
        with pytest.raises(AttunementError) as caught:
            do_correct_outcome(house, member, which, rating=rating)
        assert caught.value.code is code
    house.clock.forward(days=14)
    do_correct_outcome(house, rosa, decision, rating=3)
    house.clock.forward(seconds=1)
    with pytest.raises(AttunementError) as caught:
        do_correct_outcome(house, rosa, decision, rating=4)
    assert caught.value.code is ErrorCode.OUTCOME_TOO_LATE
    assert _corrections(house) == 1


def test_who_does_not_teach_can_correct_too(house: House) -> None:
    """Their own history changes, and there is nothing for the policy to learn."""
    private = enrolled(house, without=("learn:interactions",))
    do_correct_outcome(house, private, _finished(house, private), rating=5)
    assert do_learn(house) is None


def test_late_outcomes_and_any_order_make_the_same_policy(
    make_house: Callable[[str], House], house: House, tmp_path: Path
) -> None:
    """Outcomes that come in another order, some after versions were published, give the same sums to the bit."""
    told = [(who, k, 1 + (3 * k + who) % 5) for k in range(4) for who in range(3)]
    other = make_house(f"sqlite:///{tmp_path / 'other.db'}")
    for place, order in ((house, told), (other, told[::-1])):
        people = [enrolled(place) for _ in range(3)]
        for n, (who, k, rating) in enumerate(order):
            lesson(place, people[who], place.library.practices[5 * k].id, rating)
            if place is other and n % 5 == 2:
                do_learn(place)
        assert do_learn(place) is not None
    assert learned(house) == learned(other)


def _felt(house: House, member: str, rating: int, after: Affect, *, finished: bool = True) -> str:
    """A practice done after a low check-in, as it was told at first."""
    do_check_in(house, member, affect=Affect(-0.4, 0.3))
    decision = do_choose(house, member, house.library.practices[0].id).id
    do_finish(house, member, decision, finished=finished, rating=rating, affect_after=after)
    return decision


def test_finishing_and_mood_said_anew_are_learned_in_place_of_the_old(
    make_house: Callable[[str], House], house: House, tmp_path: Path
) -> None:
    """To the bit, learned before and not, the pool is that of a programme where all was told so at once."""
    other = make_house(f"sqlite:///{tmp_path / 'other.db'}")
    ida, ben = enrolled(house), enrolled(house)
    low, glad = Affect(-0.9, 0.5), Affect(0.8, -0.1)
    hers, his = _felt(house, ida, 2, low), _felt(house, ben, 4, glad)
    do_learn(house)
    now = do_correct_outcome(house, ida, hers, finished=False, affect_after=glad)
    assert now == OutcomeNow(finished=False, rating=2, affect_change=1.2)
    do_learn(house)
    assert do_correct_outcome(house, ben, his, rating=5, affect_after=low).affect_change == -0.5
    do_learn(house)
    _felt(other, enrolled(other), 2, glad, finished=False)
    _felt(other, enrolled(other), 5, low)
    do_learn(other)
    assert learned(house) == learned(other)


def test_a_correction_leaves_what_it_does_not_say(house: House, rosa: str, rows: Callable[[House], object]) -> None:
    """The outcome as its member sees it takes only what was said anew, in the log and after a rebuild."""
    decision = _felt(house, rosa, 4, Affect(0.2, 0.1))
    do_correct_outcome(house, rosa, decision, finished=False)
    do_correct_outcome(house, rosa, decision, affect_after=Affect(0.6, -0.2))
    with house.store.read() as connection:
        told = access_outcome(house, connection, rosa, decision)
    assert told is not None
    assert (told.finished, told.rating, told.valence_after, told.arousal_after) == (False, 4, 0.6, -0.2)
    assert _worth(house) == (pytest.approx(0.6 * 0.75 + 0.2 * 0 + 0.2 * 1), 4)
    before = rows(house)
    do_rebuild(house)
    assert rows(house) == before


def test_mood_said_anew_counts_only_as_far_as_it_may(house: House, rosa: str) -> None:
    """Who lets what they do be learned from and not how they are teaches nothing of their mood by a correction."""
    shy = enrolled(house, without=("learn:self_report",))
    decision, hers = _felt(house, rosa, 4, Affect(0.2, 0.1)), _felt(house, shy, 4, Affect(0.2, 0.1))
    for member, which in ((rosa, decision), (shy, hers)):
        do_correct_outcome(house, member, which, affect_after=Affect(1, 0))
    with house.store.read() as connection:
        worth = {one.decision: one.reward for one in connection.execute(select(outcomes.c.decision, outcomes.c.reward))}
    assert worth[decision] == pytest.approx(0.6 * 0.75 + 0.2 + 0.2 * 1)
    assert worth[hers] == pytest.approx((0.6 * 0.75 + 0.2) / 0.8)
    do_change_consent(house, shy, withdraw=[Cell(Purpose.PERSONALISE, Category.SELF_REPORT)])
    assert do_correct_outcome(house, shy, hers, affect_after=Affect(-1, 0)).affect_change is None


def test_a_correction_that_says_nothing_is_refused(house: House, rosa: str) -> None:
    """With its code."""
    decision = _finished(house, rosa)
    with pytest.raises(Invalid, match="at least one") as caught:
        do_correct_outcome(house, rosa, decision)
    assert caught.value.code is ErrorCode.BAD_INPUT
