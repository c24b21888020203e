"""The objective: changing it revalues everything at once, forgets as exactly as before, and says who and why."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select
from tests.programme.lessons import enrolled, learned, lesson, lived, sums

from attunement.domain.affect import Affect
from attunement.domain.errors import Conflict, ErrorCode, Invalid
from attunement.domain.offer_events import OutcomeRecorded
from attunement.domain.practice import Medium
from attunement.domain.reward import REWARDS, RewardDefinition
from attunement.policy.pooled import PooledPolicy
from attunement.programme.accounts import do_set_up
from attunement.programme.check_ins import do_check_in
from attunement.programme.decisions import do_choose
from attunement.programme.erasure import do_erase
from attunement.programme.grounds import access_met
from attunement.programme.house import House
from attunement.programme.learner import do_learn
from attunement.programme.objectives import access_definition, access_objectives, do_change_objective
from attunement.programme.outcomes import do_finish
from attunement.programme.overview import access_versions
from attunement.programme.policy_shelf import histories_of, learnable
from attunement.programme.rebuild import do_rebuild
from attunement.store.schema import outcomes

FINISHING = RewardDefinition("finishing counts", rating=0, finishing=2, affect=0)
WHY = "We talked about it."


def _worths(house: House) -> list[tuple[float, str]]:
    with house.store.read() as connection:
        query = select(outcomes.c.reward, outcomes.c.reward_definition).order_by(outcomes.c.seq)
        return [tuple(row) for row in connection.execute(query)]


def _from_scratch(house: House) -> object:
    with house.store.read() as connection:
        people = list(histories_of(connection.execute(learnable()).all()))
    return sums(PooledPolicy(house.policies.features).learn(people).pool)


def test_a_programme_begins_with_the_default(house: House) -> None:
    """Nothing changed: one objective, from the start, by nobody."""
    (objective,) = access_objectives(house)
    assert (objective.definition, objective.at, objective.by) == (REWARDS["helped-1"], None, "")


def test_all_outcomes_are_worth_the_new_and_learned_so_at_once(house: House) -> None:
    """Finished ones are worth 1 and stopped ones 0; one new version holds exactly that, fresh outcomes among it."""
    member = enrolled(house)
    lived(house, member, loops=3)
    do_learn(house)
    lived(house, member, loops=2, seed=3)  # not learned yet
    steward = do_set_up(house, "Stella", "four words in a row")
    version = do_change_objective(house, FINISHING, why=WHY, account=steward.id)
    assert _worths(house) == [(w, "finishing counts") for w in (0.0, 1.0, 1.0, 0.0, 1.0)]
    assert learned(house) == _from_scratch(house)
    with house.store.read() as connection:
        newest = access_versions(connection)[0]
    assert (newest.version, newest.outcomes, newest.why, newest.reward_definition) == (
        version, 5, "objective", "finishing counts",
    )  # fmt: skip
    now, first = access_objectives(house)
    assert (now.definition, now.by, now.why, now.at) == (FINISHING, "Stella", WHY, house.clock())
    assert first.definition == REWARDS["helped-1"]
    assert do_learn(house) is None


def test_what_comes_after_is_recorded_under_the_new(house: House) -> None:
    """An outcome after the change is logged with its name and its worth."""
    do_change_objective(house, FINISHING, why=WHY)
    member = enrolled(house)
    lived(house, member, loops=1)
    assert _worths(house) == [(0.0, "finishing counts")]
    with house.store.read() as connection:
        logged = list(house.store.events(connection, member=member, kinds=(OutcomeRecorded.kind,)))
    assert [(e.event.reward, e.event.reward_definition) for e in logged] == [(0.0, "finishing counts")]  # type: ignore[attr-defined]


def test_a_members_own_history_follows(house: House) -> None:
    """What helped a member before is valued anew too, and what is taken out of the pool for them is what it holds."""
    member = enrolled(house)
    lived(house, member, loops=2)
    do_learn(house)
    do_change_objective(house, FINISHING, why=WHY)
    with house.store.read() as connection:
        own, shared = house.policies.histories(connection, member)
        met = access_met(connection, member, house.clock())
    assert own == shared
    assert [e.reward for e in own.experiences] == [0.0, 1.0]
    assert [m.reward for m in met] == [1.0, 0.0]


def test_forgetting_after_a_change_equals_never_having_seen_them(house: House) -> None:
    """With a change between learning and erasing, the sums are those of the others alone."""
    ida, rosa = enrolled(house), enrolled(house)
    lived(house, ida)
    do_change_objective(house, FINISHING, why=WHY)
    without = learned(house)
    lived(house, rosa, loops=3)
    do_learn(house)
    do_change_objective(house, REWARDS["rating-1"], why=WHY)
    do_change_objective(house, FINISHING, why=WHY)
    assert learned(house) != without
    do_erase(house, rosa)
    assert learned(house) == without


def test_the_log_tells_it_all(house: House, rows: Callable[[House], object]) -> None:
    """Rebuilt from the log, every row is the same after two changes, with what came between them."""
    member = enrolled(house)
    lived(house, member)
    do_change_objective(house, FINISHING, why=WHY)
    lived(house, member, seed=2)
    do_change_objective(house, RewardDefinition("all", rating=1, finishing=1, affect=1, skill=1), why=WHY)
    before, served = rows(house), learned(house)
    do_rebuild(house)
    assert (rows(house), learned(house)) == (before, served)


def test_moods_count_only_where_they_may_be_learned_from(house: House) -> None:
    """Under a definition of moods alone, those of who keeps self-reports from learning are worth one half."""
    moods = RewardDefinition("moods", rating=0, finishing=0, affect=1)
    allows, keeps = enrolled(house), enrolled(house, without=("learn:self_report",))
    for member in (allows, keeps):
        lived(house, member, loops=1)
    do_change_objective(house, moods, why=WHY)
    assert [worth for worth, _ in _worths(house)] == [pytest.approx(0.95), 0.5]
    for member in (allows, keeps):
        lived(house, member, loops=1)
    assert [worth for worth, _ in _worths(house)][2:] == [pytest.approx(0.95), 0.5]


def test_skill_read_from_words_counts_only_where_words_may_be_learned_from(house: House) -> None:
    """Skill seen in a text is no part of a reward without consent to learn from text; ticked by oneself it is."""
    skills = RewardDefinition("skills", rating=0, finishing=0, affect=0, skill=1)
    writing = next(p for p in house.library.practices if p.medium is Medium.WRITE and any(
        item.signal.value != "self" and item.wanted for item in p.look_for
    ))  # fmt: skip
    for without in ((), ("learn:text",)):
        member = enrolled(house, without=without)
        do_finish(house, member, do_choose(house, member, writing.id).id, text="I feel sad. What do you need?")
    do_change_objective(house, skills, why=WHY)
    with house.store.read() as connection:
        rows = connection.execute(select(outcomes).order_by(outcomes.c.seq)).all()
    assert rows[0].skill_shown == rows[1].skill_shown is not None
    assert [(r.reward, r.skill_counted) for r in rows] == [(rows[0].skill_shown, rows[0].skill_shown), (0.5, None)]


def test_an_older_log_tells_by_its_rewards_whether_moods_counted(house: House) -> None:
    """Without the newer fields, a change of mood counts later where the reward was not to be had without it."""
    member, helped = enrolled(house), REWARDS["helped-1"]
    with_it, without = (helped.of(finished=True, rating=3, affect_change=c) for c in (0.8, None))
    practice = house.library.practices[0].id
    with house.store.write() as transaction:
        for n, reward in enumerate((with_it, without)):
            told = {
                "at": "2026-05-01T12:00:00Z", "decision": str(n), "practice": practice, "offered": True,
                "finished": True, "rating": 3, "affect_change": 0.8, "reward": reward,
                "reward_definition": "helped-1", "features": {}, "learnable": True,
            }  # fmt: skip
            transaction.append(OutcomeRecorded.model_validate(told), member=member)
    do_change_objective(house, RewardDefinition("moods", rating=0, finishing=0, affect=1), why=WHY)
    assert [worth for worth, _ in _worths(house)] == [0.9, 0.5]


def test_ranks_come_from_ratings_that_may_be_learned_from(house: House) -> None:
    """Four people who rated 1, 4, 4 and 5 are too few; a fifth with another 5 makes the steps, later ones do not."""
    practice = house.library.practices[0].id
    for rating in (1, 4, 4, 5):
        lesson(house, enrolled(house), practice, rating)
    private = enrolled(house, without=("learn:interactions",))
    lived(house, private, loops=2)
    with pytest.raises(Conflict) as caught:
        access_definition(house, "by rank", rating=1, finishing=0, affect=0, by_rank=True)
    assert caught.value.code is ErrorCode.TOO_FEW
    lesson(house, enrolled(house), practice, 5)
    definition = access_definition(house, " by \n rank ", rating=1, finishing=0, affect=0, by_rank=True)
    assert (definition.name, definition.steps) == ("by rank", pytest.approx((0.1, 0.2, 0.2, 0.4, 0.8)))
    do_change_objective(house, definition, why=WHY)
    lesson(house, enrolled(house), practice, 1)
    assert access_objectives(house)[0].definition == definition
    assert _worths(house)[-1][0] == pytest.approx(0.1)


def test_a_name_stands_for_one_definition(house: House, rows: Callable[[House], object]) -> None:
    """Another definition under a name that was used, the one in use again, or no reason: refused, nothing written."""
    do_change_objective(house, FINISHING, why=WHY)
    do_change_objective(house, REWARDS["rating-1"], why=WHY)
    before = rows(house)
    other = RewardDefinition("finishing counts", rating=1, finishing=2, affect=0)
    shipped = RewardDefinition("helped-1", rating=1, finishing=2, affect=0)
    for definition in (other, shipped, REWARDS["rating-1"]):
        with pytest.raises(Conflict) as caught:
            do_change_objective(house, definition, why=WHY)
        assert caught.value.code is ErrorCode.NAME_TAKEN
    for why in ("", " \n\x07", "x" * 301):
        with pytest.raises(Invalid):
            do_change_objective(house, FINISHING, why=why)
    assert rows(house) == before
    do_change_objective(house, FINISHING, why="Back again.")
    assert [o.definition.name for o in access_objectives(house)] == [
        "finishing counts", "rating-1", "finishing counts", "helped-1"
    ]  # fmt: skip


def test_a_change_that_breaks_off_changes_nothing(
    house: House, rows: Callable[[House], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where publishing fails, outcomes are worth what they were and the objective is the old one."""
    member = enrolled(house)
    lived(house, member)
    do_learn(house)
    before = rows(house), learned(house)
    monkeypatch.setattr(house.policies, "_made_again", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        do_change_objective(house, FINISHING, why=WHY)
    monkeypatch.undo()
    assert (rows(house), learned(house)) == before
    do_check_in(house, member, affect=Affect(0, 0))
