"""A member's own history: it shapes their own offers as they allow that, and others' only where they allow it too."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from sqlalchemy import select
from tests.programme.lessons import enrolled, learned, lived

from attunement.domain.affect import Affect
from attunement.domain.consent import Cell
from attunement.domain.context import History
from attunement.domain.need import Need
from attunement.domain.offer_events import OutcomeRecorded
from attunement.domain.reward import REWARDS
from attunement.programme.check_ins import do_check_in
from attunement.programme.consents import access_permissions, do_change_consent, do_set_consent
from attunement.programme.decisions import do_choose, do_decide
from attunement.programme.erasure import do_erase
from attunement.programme.exports import access_export
from attunement.programme.house import House
from attunement.programme.learner import do_learn
from attunement.programme.members import do_enrol
from attunement.programme.objectives import access_definition, do_change_objective
from attunement.programme.outcomes import do_finish
from attunement.programme.own_history import access_histories
from attunement.store.schema import outcomes

TEXT = "I am so sad and scared. I cried all night and I feel ashamed of it."
PERSONAL = ("self_report", "text", "interactions")
LEARN = tuple(f"learn:{category}" for category in PERSONAL)
WHY = "To see that histories follow."


def _who(house: House, cells: Sequence[str]) -> str:
    member = do_enrol(house)
    do_set_consent(house, member, [Cell.parse(cell) for cell in cells])
    return member


def _loop(house: House, member: str, *, rating: int = 4) -> None:
    do_check_in(house, member, affect=Affect(-0.7, 0.4), needs=[Need.CALM], text=TEXT)
    do_finish(house, member, do_decide(house, member, seed=1).id, rating=rating, affect_after=Affect(0.3, 0.0))


def _histories(house: House, member: str) -> tuple[History, History]:
    with house.store.read() as connection:
        return access_histories(house, connection, member, access_permissions(house, connection, member))


def _own(house: House, member: str) -> History:
    return _histories(house, member)[0]


def _groups(history: History) -> set[str]:
    return {name.partition(":")[0].partition("/")[0] for e in history.experiences for name in e.features}


@pytest.mark.parametrize(
    "personal", [c for n in range(4) for c in itertools.combinations(PERSONAL, n)], ids=lambda c: " ".join(c) or "none"
)
def test_it_is_what_may_be_used_for_oneself(house: House, personal: tuple[str, ...]) -> None:
    """Whatever may be learned by others, a member's own history holds just what they allow for personalising."""
    said = "self_report" in personal
    for learns in ((), LEARN[2:], LEARN):
        counted = 1.0 if said and learns != LEARN[2:] else None  # what an outcome is worth is one number, shared or not
        worth = REWARDS["helped-1"].of(finished=True, rating=4, affect_change=counted)
        member = _who(house, [*(f"personalise:{category}" for category in personal), *learns])
        _loop(house, member)
        own = _own(house, member)
        found = _groups(own)
        assert [e.reward for e in own.experiences] == [worth] * ("interactions" in personal)
        assert ("always" in found) is ("interactions" in personal)
        assert bool(found & {"need", "mood"}) is (said and "interactions" in personal)
        assert ("feeling" in found) is ({"text", "interactions"} <= set(personal))


def test_who_does_not_teach_is_known_all_the_same(house: House) -> None:
    """Without any consent to learning, what went well moves one's own offers, the reasons say so, and nothing else."""
    fond, cool = (_who(house, [f"personalise:{c}" for c in PERSONAL]) for _ in range(2))
    family = house.library.practices[0].family
    theirs = [p.id for p in house.library.practices if p.family == family]
    others = [p.id for p in house.library.practices if p.family != family]
    for member, own, else_ in ((fond, 5, 2), (cool, 2, 5)):
        for k in range(12):
            for practice, rating in ((theirs[k % len(theirs)], own), (others[k], else_)):
                do_finish(house, member, do_choose(house, member, practice).id, rating=rating)
    house.clock.forward(days=200)
    decisions = [do_decide(house, member, seed=1) for member in (fond, cool)]
    share = [sum(p for name, p in d.choice.probabilities.items() if name in theirs) for d in decisions]
    assert share[0] > 2 * share[1]
    with house.store.read() as connection:
        policy = house.policies.newest(connection)
    beliefs = [policy.belief_of(_own(house, member), History()) for member in (fond, cool)]
    column = house.policies.features.column[f"family/{family}"]
    assert beliefs[0].mean[column] > beliefs[0].everybody[column] > beliefs[1].mean[column]
    told = [r.fact["outcomes"] for d in decisions for r in d.choice.reasons if r.about == "yours"]
    assert set(told) == {24}
    assert do_learn(house) is None


def test_the_shared_policy_is_as_if_they_had_never_come(
    make_house: Callable[[str], House], house: House, tmp_path: Path
) -> None:
    """With members who keep their outcomes to themselves, the sums are to the bit those of a programme without them."""
    other = make_house(f"sqlite:///{tmp_path / 'other.db'}")
    for place in (house, other):
        lived(place, enrolled(place), loops=4)
        if place is house:
            for without in (LEARN, LEARN[2:]):
                lived(place, enrolled(place, without=without), loops=3, seed=9)
        do_learn(place)
    assert learned(house) == learned(other)
    assert learned(house)[-1] == 4


def test_what_is_taken_out_of_the_pool_is_what_it_holds(house: House) -> None:
    """Beside one's whole own history stands what was learned of it: nothing, what may be learned, or all."""
    members = [enrolled(house, without=without) for without in (LEARN, LEARN[:2], ())]
    for member in members:
        _loop(house, member)
    assert [_histories(house, member)[1] for member in members] == [History()] * 3
    do_learn(house)
    (none, some, whole), own = ([_histories(house, m)[k] for m in members] for k in (1, 0))
    assert none == History()
    assert _groups(some) < _groups(own[1])
    assert not _groups(some) & {"need", "mood", "feeling", "theme"}
    assert whole == own[2]


def test_ending_learning_takes_nothing_from_oneself(house: House) -> None:
    """Once learning is withdrawn the pool holds nothing of them, and their own history is what it was."""
    member = enrolled(house)
    nobody = learned(house)
    lived(house, member, loops=3)
    do_learn(house)
    before = _own(house, member)
    do_change_consent(house, member, withdraw=[Cell.parse(cell) for cell in LEARN])
    assert learned(house) == nobody
    assert len(before.experiences) == 3
    assert _own(house, member) == before


def test_what_is_withdrawn_is_not_used_from_then_on(house: House) -> None:
    """Each use that ends takes its part out of one's own history at once."""
    member = _who(house, [f"personalise:{c}" for c in PERSONAL])
    _loop(house, member)
    assert {"mood", "feeling", "always"} <= _groups(_own(house, member))
    do_change_consent(house, member, withdraw=[Cell.parse("personalise:text")])
    assert not _groups(_own(house, member)) & {"mood", "need", "feeling", "theme"}  # moods were read from text as well
    assert "always" in _groups(_own(house, member))
    do_change_consent(house, member, withdraw=[Cell.parse("personalise:interactions")])
    assert _own(house, member) == History()
    assert "interactions" in do_decide(house, member).not_used


def test_what_may_not_be_used_any_more_does_not_count_in_what_it_was_worth(house: House) -> None:
    """The change of mood counts while what they say may be used, and skill read from words while those may be."""
    member = _who(house, [f"personalise:{c}" for c in PERSONAL])
    do_check_in(house, member, affect=Affect(-0.5, 0.0))
    writing = next(p for p in house.library.practices if p.ask)
    made = do_choose(house, member, writing.id).id
    feedback = do_finish(house, member, made, text="I feel sad. What do you need?", affect_after=Affect(0.5, 0.0))
    assert feedback.skill_shown not in (None, 1.0)
    definition = access_definition(house, "all of it", rating=0, finishing=1, affect=1, skill=1)
    do_change_objective(house, definition, why=WHY)
    for ends, affect, skill in (
        (None, 1.0, feedback.skill_shown), ("text", 1.0, None), ("self_report", None, None),
    ):  # fmt: skip
        if ends:
            do_change_consent(house, member, withdraw=[Cell.parse(f"personalise:{ends}")])
        worth = definition.of(finished=True, rating=None, affect_change=affect, skill_shown=skill)
        assert [e.reward for e in _own(house, member).experiences] == [worth]


def test_nothing_kept_outlasts_erasure(house: House) -> None:
    """Erasing a member who taught nothing removes what was kept for them, in the database and in memory."""
    member = _who(house, [f"personalise:{c}" for c in PERSONAL])
    _loop(house, member)
    do_decide(house, member)
    with house.store.read() as connection:
        assert json.loads(connection.execute(select(outcomes.c.private)).scalar_one())
        policy = house.policies.newest(connection)
    exported = [event for event in access_export(house, member)["events"] if event["kind"] == OutcomeRecorded.kind]
    assert exported[0]["private"]["always"] == 1.0
    assert policy.belief_of.cache_info().currsize
    do_erase(house, member)
    with house.store.read() as connection:
        assert connection.execute(select(outcomes)).all() == []
    assert policy.belief_of.cache_info().currsize == 0


def test_outcomes_of_before_count_by_what_was_kept_of_them(house: House) -> None:
    """Of an older event it is not known what the decision used, so it is taken to have used everything."""
    member = _who(house, [f"personalise:{c}" for c in PERSONAL])
    older = {
        "at": house.clock(), "decision": "00000000-0000-7000-8000-000000000000", "offered": True, "finished": True,
        "practice": house.library.practices[0].id, "reward": 1.0, "reward_definition": "helped-1", "learnable": True,
        "features": {"always": 1.0, "mood:low/gentle": 0.5, "feeling:sad/noticing": 0.5},
    }  # fmt: skip
    with house.store.write() as transaction:
        transaction.append(OutcomeRecorded.model_validate(older), member=member)
    assert _groups(_own(house, member)) == {"always", "feeling"}
