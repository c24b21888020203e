"""Decisions of the past are built again as they were made, from no more than may be learned from."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy import select, update
from tests.conftest import Clock
from tests.programme.lessons import came_of, enrolled, offered

from attunement.domain.affect import Affect
from attunement.domain.context import Context
from attunement.domain.need import Need
from attunement.domain.offer_events import DecisionMade
from attunement.domain.state import State
from attunement.programme.check_ins import do_check_in
from attunement.programme.corrections import do_correct_reading
from attunement.programme.decisions import do_choose, do_decide
from attunement.programme.house import House
from attunement.programme.learner import do_learn
from attunement.programme.members import do_enrol, do_set_breadth
from attunement.programme.outcomes import do_correct_outcome, do_finish
from attunement.programme.past_decisions import PastDecision, access_past_decisions
from attunement.programme.policy_shelf import history_of, learnable
from attunement.store.schema import consents, outcomes, policies


def _past(house: House, *, newest: int = 100) -> list[PastDecision]:
    with house.store.read() as connection:
        return access_past_decisions(house, connection, newest=newest)


def _made(house: House, past: PastDecision) -> DecisionMade:
    with house.store.read() as connection:
        event = house.store.at(connection, past.member, [past.seq])[past.seq].event
    assert isinstance(event, DecisionMade)
    return event


def _two_weeks(house: House, clock: Clock, member: str) -> None:
    """Check-ins in words and in taps, one reading put right, breadth set anew, ratings told late and corrected."""
    waits = None
    for day in range(8):
        text = "I snapped at her and I am so ashamed of it." if day % 2 else ""
        moment = do_check_in(house, member, affect=Affect(-0.4, 0.2), needs=[Need.CALM][: day % 3], text=text)
        if day == 3:
            do_correct_reading(house, member, moment.id, emotions=["sadness"], need=Need.CONNECT)
        if day == 5:
            do_set_breadth(house, member, 0.9)
        clock.forward(hours=3 * (day % 2))
        decision = do_decide(house, member, seed=day).id
        if waits:
            do_finish(house, member, waits, rating=1 + day % 5, finished=day % 2 > 0)
        if day == 6:
            do_correct_outcome(house, member, waits or "", rating=1)
        waits = decision
        do_learn(house)
        clock.forward(hours=20)


def test_what_was_known_is_known_again(house: House, clock: Clock) -> None:
    """What a policy sees of each practice that was shown is what was logged then, in all of eight varied decisions."""
    _two_weeks(house, clock, enrolled(house))
    past, names = _past(house), house.policies.features.names
    assert len(past) == 8
    for one in past:
        made = _made(house, one)
        shown = [house.library.practice(name) for name in made.features]
        logged = [[seen.get(name, 0.0) for name in names] for seen in made.features.values()]
        assert house.policies.features.matrix(one.context, shown) == pytest.approx(np.array(logged), abs=1e-9)
        assert (one.offered, one.probability) == (made.offered, pytest.approx(made.probabilities[made.offered]))
    assert [one.context.breadth for one in past] == [0.5] * 5 + [0.9] * 3


def test_the_version_that_was_served_would_choose_as_it_did(house: House, clock: Clock) -> None:
    """Asked again, each gives every candidate the chance that is on record: the first offers by the prior, later ones
    by what was learned until then.
    """
    for _ in range(3):
        _two_weeks(house, clock, enrolled(house))
    past = _past(house)
    made = [_made(house, one) for one in past]
    with house.store.read() as connection:
        through = {0: 0, **dict(connection.execute(select(policies.c.version, policies.c.through)).all())}
        for one, event in zip(past, made, strict=True):
            policy = house.policies.at(connection, event.policy_version)
            rows = connection.execute(learnable(outcomes.c.member == one.member)).all()
            own, shared = history_of(rows, one.seq - 1), history_of(rows, through[event.policy_version])
            assert policy is not None
            known = replace(one.context, own=own, shared=shared)
            again = policy.decide(known, one.candidates, rng=np.random.default_rng(0))
            assert dict(again.probabilities) == pytest.approx(event.probabilities, abs=1e-9)
    assert len({event.policy_version for event in made}) > 10


@pytest.mark.parametrize("without", [(), ("learn:text",), ("learn:self_report",), ("learn:self_report", "learn:text")])
def test_only_what_may_be_learned_from_is_looked_at(house: House, without: tuple[str, ...]) -> None:
    """What was used for choosing, and may not be learned from, is as if it had not been told."""
    member = enrolled(house, without=without)
    do_check_in(house, member, affect=Affect(-0.4, 0.2), needs=[Need.CALM], text="I am so ashamed, and I miss her.")
    made = do_decide(house, member, seed=1)
    assert {"self_report", "text"} <= set(made.used)
    [one] = _past(house)
    state = one.context.state
    assert (state.said == {"affect", "need:calm"}) == ("learn:self_report" not in without)
    assert (bool(state.feelings), bool(state.near)) == ("learn:text" not in without,) * 2
    assert (state == State()) == (len(without) == 2)


def test_practices_that_are_gone_are_taken_out_of_the_chances(house: House) -> None:
    """Of two that are left with 0.25 each beside one of 0.5 that is gone, each had one half; who was offered the one
    that is gone is left out.
    """
    member, (a, b) = enrolled(house), [p.id for p in house.library.practices[:2]]
    chances = {a: 0.25, b: 0.25, "gone": 0.5}
    came_of(house, member, offered(house, member, a, chances), a, good=True)
    offered(house, member, "gone", chances)
    [one] = _past(house)
    assert ([p.id for p in one.candidates], one.probability, one.reward) == ([a, b], 0.5, 1)
    assert [met.practice for met in one.context.met] == []


def test_choices_of_ones_own_and_fair_draws_are_none_of_a_policy(house: House) -> None:
    """Neither what a member took themselves, nor what nothing was known for, nor what may not be learned from."""
    rosa, stranger, quiet = enrolled(house), do_enrol(house), enrolled(house, without=("learn:interactions",))
    do_choose(house, rosa, house.library.practices[0].id)
    for member in (stranger, quiet):
        do_decide(house, member, seed=1)
    offered(house, rosa, house.library.practices[0].id, {house.library.practices[0].id: 1.0}, used=())
    assert _past(house) == []
    do_decide(house, rosa, seed=1)
    [one] = _past(house)
    assert (one.member, one.reward, one.context.breadth) == (rosa, None, Context().breadth)


@pytest.mark.parametrize(("lasts", "counts"), [(None, True), (1, True), (-1, False)])
def test_a_yes_counts_until_it_ends_and_one_without_an_end_for_good(
    house: House, lasts: int | None, counts: bool
) -> None:
    """As everywhere else that consent is asked of."""
    member = enrolled(house)
    offered(house, member, house.library.practices[0].id, {house.library.practices[0].id: 1.0})
    ends = None if lasts is None else house.clock() + timedelta(days=lasts)
    with house.store.write() as transaction:
        transaction.connection.execute(update(consents).values(expires=ends))
    assert [one.member for one in _past(house)] == [member] * counts


def test_the_newest_are_taken_oldest_first(house: House) -> None:
    """Two of five, in the order in which they were made."""
    members = [enrolled(house, without=()) for _ in range(5)]
    for n, member in enumerate(members):
        do_decide(house, member, seed=n)
    assert [one.member for one in _past(house, newest=2)] == members[3:]
