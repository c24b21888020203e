"""Policies on small logs written by hand: what each would have earned, from what was known beforehand alone."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from sqlalchemy import func, select
from tests.programme.lessons import came_of, enrolled, offered

from attunement.domain.errors import ErrorCode, Invalid
from attunement.policy.off_policy import Estimate
from attunement.programme.consents import do_change_consent
from attunement.programme.house import House
from attunement.programme.outcomes import do_correct_outcome
from attunement.programme.policy_comparison import (
    FOLDED_EVERY,
    MOST,
    Compared,
    PolicyComparison,
    Verdict,
    access_policy_comparison,
    verdict_of,
)
from attunement.store.schema import log

PEOPLE = 8
BEST, OTHER = 0.96, 0.02
"""The share of the most popular of three, and of each other: ε is 0.06 at the middle breadth."""


@pytest.fixture
def three(house: House) -> list[str]:
    """Three practices of three families; the first is the good one."""
    return [next(p.id for p in house.library.practices if p.family == f) for f in list(house.library.families)[:3]]


def _evenly(practices: list[str]) -> dict[str, float]:
    return dict.fromkeys(practices, 1 / len(practices))


def _fair_log(house: House, practices: list[str], *, turns: int, people: int = PEOPLE) -> list[str]:
    """Even draws that came out evenly: the first practice is worth 1 each time, the others 0."""
    members = [enrolled(house) for _ in range(people)]
    with house.store.write():
        for turn in range(turns):
            for k, member in enumerate(members):
                practice = practices[(turn + k) % 3]
                decision = offered(house, member, practice, _evenly(practices))
                came_of(house, member, decision, practice, good=practice == practices[0])
    return members


def _of(found: PolicyComparison, policy: str) -> Compared:
    [one] = [one for one in found.policies if one.policy == policy]
    return one


def _figures(estimate: Estimate) -> tuple[float | None, ...]:
    return estimate.value, estimate.low, estimate.high


def test_who_learns_finds_the_good_practice_and_the_even_draw_stays_at_the_mean(house: House, three: list[str]) -> None:
    """The even draw is worth the mean, with no difference at all; each that learns nearly 1, and popularity by hand."""
    _fair_log(house, three, turns=18)
    found = access_policy_comparison(house)
    assert (found.decisions, found.ended, found.people, found.synthetic) == (144, 144, PEOPLE, 0)
    assert found.value.value == pytest.approx(1 / 3)
    even = _of(found, "uniform")
    assert _figures(even.value) == pytest.approx(_figures(found.value))
    assert (_figures(even.gain), even.value.ess) == (pytest.approx((0, 0, 0), abs=1e-12), pytest.approx(144))
    assert even.verdict is Verdict.INSUFFICIENT
    for name in ("partial-pooling", "lin-ucb", "epsilon-greedy", "popularity"):
        learned = _of(found, name)
        assert (learned.verdict, learned.gain.low > 0.2) == (Verdict.BETTER, True), name
    good = np.array([(turn + k) % 3 == 0 for turn in range(18) for k in range(PEOPLE)])
    w = np.where(good, BEST * 3, OTHER * 3)
    w[:FOLDED_EVERY] = 1
    assert _of(found, "popularity").value.value == pytest.approx((w @ good) / w.sum())
    assert _of(found, "popularity").gain.value == pytest.approx((w @ good) / w.sum() - 1 / 3)


def test_the_longer_the_log_the_nearer_to_one(house: House, three: list[str]) -> None:
    """Of the newest half, decided by who knows the older half, popularity is worth 0.96 of 1."""
    _fair_log(house, three, turns=30)
    found = access_policy_comparison(house, newest=120)
    assert (found.decisions, found.value.value) == (120, pytest.approx(1 / 3))
    assert _of(found, "popularity").value.value == pytest.approx(BEST)
    assert _of(found, "partial-pooling").value.value > 0.9


def test_policies_begin_from_the_newest_lessons_alone(
    house: House, three: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where none of what was told before is learned, the first five decisions are as good as an even draw."""
    _fair_log(house, three, turns=30)
    monkeypatch.setattr("attunement.programme.policy_comparison.LESSONS", 0)
    found = _of(access_policy_comparison(house, newest=120), "popularity")
    w = np.where([(turn + k) % 3 == 0 for turn in range(15, 30) for k in range(PEOPLE)], BEST * 3, OTHER * 3)
    w[:FOLDED_EVERY] = 1
    assert found.value.ess == pytest.approx(w.sum() ** 2 / (w**2).sum())


def test_a_decision_is_told_only_from_what_came_before_it(house: House, three: list[str]) -> None:
    """Where all outcomes come after all offers, nobody could know any: popularity is the even draw."""
    members = [enrolled(house) for _ in range(PEOPLE)]
    made = [(m, p, offered(house, m, p, _evenly(three))) for _ in range(4) for m in members for p in three]
    for member, practice, decision in made:
        came_of(house, member, decision, practice, good=practice == three[0])
    found = access_policy_comparison(house)
    assert (found.decisions, found.value.value) == (96, pytest.approx(1 / 3))
    assert _figures(_of(found, "popularity").gain) == pytest.approx((0, 0, 0), abs=1e-12)
    assert _of(found, "partial-pooling").value.value < 0.6


def test_what_is_served_well_is_not_made_worse_unnoticed(house: House, three: list[str]) -> None:
    """Served the good one 18 times of 20 (0.9), the even draw would be worth a third, by the logged chances alone."""
    chances = dict(zip(three, (0.9, 0.05, 0.05), strict=True))
    for member in [enrolled(house) for _ in range(PEOPLE)]:
        for practice in [three[0]] * 9 + three[1:2] + [three[0]] * 9 + three[2:]:
            came_of(house, member, offered(house, member, practice, chances), practice, good=practice == three[0])
    found = access_policy_comparison(house)
    even = _of(found, "uniform")
    assert (found.value.value, even.value.value) == (pytest.approx(0.9), pytest.approx(1 / 3))
    assert _figures(even.gain) == pytest.approx([1 / 3 - 0.9] * 3)
    assert even.value.ess == pytest.approx(PEOPLE * 20**2 / (18 / 2.7**2 + 2 * (20 / 3) ** 2))
    assert even.verdict is Verdict.WORSE


@pytest.mark.parametrize(("turns", "people"), [(3, 8), (40, 4)], ids=["24 offers", "four people"])
def test_too_little_is_insufficient_evidence(house: House, three: list[str], turns: int, people: int) -> None:
    """Under thirty offers, or about fewer than five people: no number, and that verdict, for each policy."""
    _fair_log(house, three, turns=turns, people=people)
    found = access_policy_comparison(house)
    assert (found.decisions, found.people, found.value.value) == (turns * people, people, None)
    assert {(one.verdict, one.value.value, one.gain.value) for one in found.policies} == {
        (Verdict.INSUFFICIENT, None, None)
    }


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [(0.01, 0.2, "better"), (-0.2, -0.01, "worse"), (0.0, 0.2, "insufficient evidence"), (-0.1, 0.3, None)],
)
def test_a_verdict_claims_no_more_than_its_interval(low: float, high: float, verdict: str | None) -> None:
    """Where 0 is in it, even at its end, there is no telling."""
    assert verdict_of(Estimate(0.1, low, high, 100, 100.0)) == (verdict or "insufficient evidence")


def test_who_takes_learning_back_is_taken_out_for_good(house: House, three: list[str]) -> None:
    """Their decisions are gone, those that never ended too, and granting it again does not bring them back."""
    members = _fair_log(house, three, turns=6)
    offered(house, members[0], three[0], _evenly(three))
    assert access_policy_comparison(house).decisions == 49
    learning = [cell for cell in house.wording.asked if cell.purpose == "learn"]
    do_change_consent(house, members[0], withdraw=learning)
    assert (access_policy_comparison(house).decisions, access_policy_comparison(house).people) == (42, 7)
    do_change_consent(house, members[0], grant=learning)
    offered(house, members[0], three[0], _evenly(three))
    again = access_policy_comparison(house)
    assert (again.decisions, again.ended, again.people) == (43, 42, 8)


def test_an_offer_that_never_ended_counts_in_the_share_alone(house: House, three: list[str]) -> None:
    """Half of the offers end: so says the share, of the even draw as well; what is worth what rests on the others."""
    members = _fair_log(house, three, turns=9)
    for member in members:
        for practice in three * 3:
            offered(house, member, practice, _evenly(three))
    found = access_policy_comparison(house)
    assert (found.decisions, found.ended, found.value.n) == (144, 72, 72)
    assert (found.value.value, found.share_ended.value) == (pytest.approx(1 / 3), pytest.approx(0.5))
    assert _of(found, "uniform").share_ended.value == pytest.approx(0.5)


def test_a_correction_counts_in_what_came_and_not_in_what_was_known(house: House, three: list[str]) -> None:
    """All was rated badly and one practice is rated anew in the end: its worth rises, and nobody knew it before."""
    members = [enrolled(house) for _ in range(PEOPLE)]
    made = [(m, p, offered(house, m, p, _evenly(three))) for _ in range(4) for m in members for p in three]
    for member, practice, decision in made:
        came_of(house, member, decision, practice, good=False)
    before = access_policy_comparison(house)
    for member, practice, decision in made:
        if practice == three[0]:
            do_correct_outcome(house, member, decision, rating=5)
    after = access_policy_comparison(house)
    assert (before.value.value, after.value.value) == (0, pytest.approx(0.75 / 3))
    assert [one.value.ess for one in before.policies] == [one.value.ess for one in after.policies]


def test_nothing_is_written_and_progress_is_told(
    house: House, three: list[str], rows: Callable[[House], object]
) -> None:
    """Neither events nor rows; and it says how far it is, from nothing to all."""

    def kept() -> tuple[int, object]:
        with house.store.read() as connection:
            return connection.execute(select(func.count()).select_from(log)).scalar_one(), rows(house)

    _fair_log(house, three, turns=6)
    before, far = kept(), list[tuple[int, int]]()
    access_policy_comparison(house, told=lambda done, of: far.append((done, of)))
    assert kept() == before
    assert far == [*((done, 48) for done in range(0, 48, FOLDED_EVERY)), (48, 48)]


def test_an_empty_log_has_nothing_to_compare(house: House) -> None:
    """Zeros, no number, and no verdict but that there is too little."""
    found = access_policy_comparison(house)
    assert (found.decisions, found.people, found.since, found.value.value) == (0, 0, None, None)
    assert {one.verdict for one in found.policies} == {Verdict.INSUFFICIENT}


@pytest.mark.parametrize("newest", [0, MOST + 1])
def test_how_many_is_bounded(house: House, newest: int) -> None:
    """Told with its code."""
    with pytest.raises(Invalid) as told:
        access_policy_comparison(house, newest=newest)
    assert told.value.code is ErrorCode.BAD_INPUT
