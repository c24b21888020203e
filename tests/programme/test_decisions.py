"""Decisions: repeatable, exactly probable, and made of what the member allows and said."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.conftest import Clock

from attunement.domain.affect import Affect
from attunement.domain.errors import Conflict, ErrorCode, NotFound
from attunement.domain.need import Need
from attunement.domain.offer_events import DecisionMade
from attunement.programme.check_ins import do_check_in
from attunement.programme.consents import do_set_consent
from attunement.programme.decisions import (
    Answer,
    access_decision,
    access_decision_event,
    access_status,
    decision_of,
    do_answer,
    do_choose,
    do_decide,
    do_offer,
)
from attunement.programme.grounds import access_grounds
from attunement.programme.house import House
from attunement.programme.journey import access_journey
from attunement.programme.learner import do_learn
from attunement.programme.members import do_enrol, do_set_breadth
from attunement.programme.outcomes import do_finish


@pytest.fixture
def rosa(house: House) -> str:
    """A member who allows everything."""
    member = do_enrol(house, name="Rosa")
    do_set_consent(house, member, house.wording.asked)
    return member


def test_a_decision_is_kept_as_it_was_made(house: House, rosa: str) -> None:
    """Read back from the log it is the same in every part, and its probabilities sum to one."""
    do_check_in(house, rosa, affect=Affect(-0.5, 0.7), needs=[Need.CALM])
    decision = do_decide(house, rosa)
    with house.store.read() as connection:
        assert access_decision(house, connection, rosa, decision.id) == decision
    assert sum(decision.choice.probabilities.values()) == pytest.approx(1, abs=1e-9)
    assert decision.probability == decision.choice.probabilities[decision.offered]


def test_a_decision_logged_before_chances_to_be_shown_were_is_still_read(house: House, rosa: str) -> None:
    """Without them in the log, there are none to tell, and the guard is not said to have spoken."""
    decision = do_decide(house, rosa)
    with house.store.read() as connection:
        event = access_decision_event(house, connection, rosa, decision.id)
    later = {"inclusion", "inclusion_error", "guarded", "others"}
    choice = decision_of(
        old := DecisionMade.model_validate(event.model_dump(exclude=later)), rosa, old.probabilities
    ).choice
    assert (choice.inclusion, choice.inclusion_error, choice.guarded) == ({}, 0.0, False)
    assert choice.probabilities == decision.choice.probabilities


def test_the_same_seed_repeats_a_decision(house: House) -> None:
    """Two members in the same state get the same from the same seed."""
    choices = []
    for _ in range(2):
        member = do_enrol(house)
        do_set_consent(house, member, house.wording.asked)
        do_check_in(house, member, affect=Affect(-0.5, 0.7), needs=[Need.CALM])
        choices.append(do_decide(house, member, seed=7).choice)
    assert choices[0] == choices[1]


@pytest.mark.parametrize("days", [0.1, 4])
def test_an_older_check_in_that_comes_late_takes_no_place(house: House, rosa: str, days: float) -> None:
    """A decision rests on how somebody was last, whatever came last, and whichever it is made after."""
    today = do_check_in(house, rosa, affect=Affect(-0.5, 0.7), needs=[Need.CALM])
    house.clock.forward(minutes=10)
    late = do_check_in(house, rosa, affect=Affect(0.9, 0.0), at=house.clock() - timedelta(days=days))
    for after in (None, late):
        with house.store.read() as connection:
            grounds = access_grounds(house, connection, rosa, after)
        assert grounds.moment == today.id
        assert (grounds.context.state.valence, grounds.context.state.needs) == (-0.5, {Need.CALM: 1.0})


def test_breadth_raises_the_floor(house: House, rosa: str) -> None:
    """A member who wants wide offers gives the least likely practice twice the chance of one who wants close ones."""
    floors = []
    for breadth in (0.0, 1.0):
        do_set_breadth(house, rosa, breadth)
        decision = do_decide(house, rosa, seed=1)
        floors.append(min(decision.choice.probabilities.values()))
    assert floors[1] == pytest.approx(2 * floors[0])
    assert floors[0] * len(decision.choice.probabilities) > 0.04 / 2


def test_less_like_this_rests_for_thirty_days(house: House, rosa: str) -> None:
    """Practices of the family and medium that was disliked are not offered for thirty days, and then may be again."""
    decision = do_decide(house, rosa)
    disliked = house.library.practice(decision.offered)
    kin = {p.id for p in house.library.practices if (p.family, p.medium) == (disliked.family, disliked.medium)}
    another = do_answer(house, rosa, decision.id, "less-like-this")
    assert another is not None
    assert not kin & set(another.choice.probabilities)
    house.clock.forward(days=29, hours=23)
    assert not kin & set(do_decide(house, rosa).choice.probabilities)
    house.clock.forward(hours=2)
    assert kin <= set(do_decide(house, rosa).choice.probabilities)


def test_less_like_this_holds_for_who_allows_nothing(house: House) -> None:
    """It is the member's own order, so it holds whatever else is allowed."""
    member = do_enrol(house)
    decision = do_decide(house, member)
    another = do_answer(house, member, decision.id, "less-like-this")
    assert another is not None
    assert decision.offered not in another.choice.probabilities


def test_something_different_is_different(house: House, rosa: str) -> None:
    """Asking again and again never brings the same practice twice in a row of ten."""
    decision, seen = do_decide(house, rosa), []
    for _ in range(10):
        seen.append(decision.offered)
        another = do_answer(house, rosa, decision.id, "something-different")
        assert another is not None
        decision = another
    assert len(set(seen)) == 10


def test_a_day_old_check_in_does_not_speak_of_now(house: House, rosa: str) -> None:
    """After twenty-four hours a decision is based on no moment; before, on a state that has grown less sure."""
    moment = do_check_in(house, rosa, affect=Affect(-0.9, 0.9), needs=[Need.CALM])
    assert do_decide(house, rosa).moment == moment.id
    house.clock.forward(hours=24, seconds=1)
    decision = do_decide(house, rosa)
    assert decision.moment is None
    assert "you said" not in decision.sentence


def test_a_line_written_later_does_not_wipe_the_mood_that_was_told(house: House, clock: Clock, rosa: str) -> None:
    """The check-in before it counts too, and the decision says so; a day later it does not."""
    low = do_check_in(house, rosa, affect=Affect(-0.9, 0.3), needs=[Need.CALM])
    clock.forward(hours=1)
    line = do_check_in(house, rosa, text="I made soup and watered the plants.")
    with house.store.read() as connection:
        grounds = access_grounds(house, connection, rosa, line)
    assert grounds.context.state.valence < -0.5
    assert {"affect", "need:calm"} <= grounds.context.state.said
    do_decide(house, rosa, after=line)
    with house.store.read() as connection:
        logged = house.store.newest(connection, rosa, DecisionMade.kind)
    assert logged is not None
    assert isinstance(logged.event, DecisionMade)
    assert (logged.event.moment, logged.event.earlier) == (line.id, [low.id])
    clock.forward(hours=23, minutes=30)
    with house.store.read() as connection:
        later = access_grounds(house, connection, rosa, None)
    assert (later.moment, later.earlier) == (line.id, ())


def test_an_own_choice_has_probability_one(house: House, rosa: str) -> None:
    """A practice taken from the library is a decision of the member's own, and can be learned from."""
    practice = house.library.practices[5].id
    decision = do_choose(house, rosa, practice)
    assert (decision.offered, decision.probability, decision.sentence) == (
        practice,
        1.0,
        "You chose this one yourself.",
    )
    do_finish(house, rosa, decision.id, rating=5)
    assert do_learn(house) == 1
    with pytest.raises(NotFound):
        do_choose(house, rosa, "no-such-practice")


def test_the_newest_version_is_served_by_every_process(house: House, rosa: str) -> None:
    """Decisions name the version they were made by, and a new one serves at once."""
    assert do_decide(house, rosa).choice.policy_version == 0
    for version in (1, 2):
        do_finish(house, rosa, do_decide(house, rosa).id, rating=5)
        assert do_learn(house) == version
        assert do_decide(house, rosa).choice.policy_version == version
    assert do_learn(house) is None


def test_the_journey_tells_it_all(house: House, rosa: str) -> None:
    """Check-ins stand oldest first, practices newest first with their sentence and what came of them."""
    for valence in (-0.5, 0.5):
        do_check_in(house, rosa, affect=Affect(valence, 0), needs=[Need.CALM])
        decision = do_decide(house, rosa)
        do_finish(house, rosa, decision.id, rating=3, affect_after=Affect(0, 0))
    journey = access_journey(house, rosa)
    assert [m.valence for m in journey.moments] == [-0.5, 0.5]
    assert journey.practices[0].decision == decision.id
    assert journey.practices[0].sentence == decision.sentence
    assert [p.affect_change for p in journey.practices] == [-0.5, 0.5]
    assert sum(journey.families.values()) == 2
    assert set(journey.families) == set(house.library.families)


@pytest.mark.slow
def test_two_members_who_differ_are_met_differently(house: House) -> None:
    """After each has rated what they did, the one to whom a family did good gets more of it than the other does.

    Both are in the same state and have met the same practices, so only their own outcomes tell them apart.
    """
    fond, cool = (do_enrol(house) for _ in range(2))
    family = house.library.practices[0].family
    theirs = [p.id for p in house.library.practices if p.family == family]
    others = [p.id for p in house.library.practices if p.family != family]
    for member, own, else_ in ((fond, 5, 2), (cool, 2, 5)):
        do_set_consent(house, member, house.wording.asked)
        for k in range(12):
            liked, other = theirs[k % len(theirs)], others[k]
            do_finish(house, member, do_choose(house, member, liked).id, rating=own)
            do_finish(house, member, do_choose(house, member, other).id, rating=else_)
    do_learn(house)
    house.clock.forward(days=30)
    share = [
        sum(p for practice, p in do_decide(house, member, seed=1).choice.probabilities.items() if practice in theirs)
        for member in (fond, cool)
    ]
    assert share[0] > 2 * share[1]
    with house.store.read() as connection:
        policy = house.policies.newest(connection)
        means = [policy.belief_of(*house.policies.histories(connection, m)).mean for m in (fond, cool)]
    column = house.policies.features.column[f"family/{family}"]
    assert means[0][column] > means[1][column]


MEANT = "I want to kill myself tonight"


@pytest.fixture
def stern(house: House) -> House:
    """The same programme without its gentle practices."""
    steady = tuple(p for p in house.library.practices if p.intensity > 1)
    return replace(house, library=replace(house.library, practices=steady))


def test_where_nothing_may_be_offered_there_is_no_decision(stern: House, rosa: str) -> None:
    """In danger, without anything gentle: one use case says so with a code, the other gives none; nothing is logged."""
    moment = do_check_in(stern, rosa, text=MEANT)
    assert do_offer(stern, rosa, after=moment) is None
    with pytest.raises(Conflict) as caught:
        do_decide(stern, rosa, after=moment)
    assert caught.value.code is ErrorCode.NOTHING_TO_OFFER
    assert access_journey(stern, rosa).practices == ()


@pytest.mark.parametrize("answer", ["something-different", "less-like-this"])
def test_an_answer_is_kept_where_nothing_else_may_be_offered(stern: House, rosa: str, answer: Answer) -> None:
    """A wish for less of something holds, whether or not there is anything to offer in its place."""
    decision = do_decide(stern, rosa)
    do_check_in(stern, rosa, text=MEANT)
    assert do_answer(stern, rosa, decision.id, answer) is None
    with stern.store.read() as connection:
        assert access_status(connection, rosa, decision.id) == answer


def test_who_wants_less_of_everything_meets_what_they_wanted_less_of_first(house: House, rosa: str) -> None:
    """Where all is to rest, what rests longest wakes first, and the rest of it rests on."""
    few = replace(house, library=replace(house.library, practices=house.library.practices[:8]))
    for _ in range(16):
        few.clock.forward(hours=4)
        last = do_decide(few, rosa)
        do_answer(few, rosa, last.id, "less-like-this")
    few.clock.forward(hours=4)
    left = do_decide(few, rosa).choice.probabilities
    assert 3 <= len(left) < 8
    assert last.offered not in left
