"""Whether what is learned is still right: found out, answered, and told, from the log alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import func, select

from attunement.domain.consent import Category, Cell, Purpose
from attunement.domain.errors import Conflict, ErrorCode
from attunement.domain.event import Event
from attunement.domain.ids import new_id
from attunement.domain.offer_events import DecisionMade, OutcomeRecorded
from attunement.domain.programme_events import DriftFound
from attunement.domain.reward import DEFAULT_REWARD, RewardDefinition
from attunement.policy.pooled import PooledPolicy
from attunement.programme.consents import do_change_consent, do_set_consent
from attunement.programme.decisions import do_decide
from attunement.programme.drift import access_pause, access_watched, do_resume_learning, do_watch
from attunement.programme.erasure import do_erase
from attunement.programme.house import House
from attunement.programme.learner import do_learn
from attunement.programme.members import do_enrol
from attunement.programme.objectives import do_change_objective
from attunement.programme.outcomes import do_correct_outcome, do_finish
from attunement.programme.policy_shelf import PolicyShelf, Served
from attunement.programme.rebuild import do_rebuild
from attunement.programme.standing import State, access_standing
from attunement.store.schema import outcomes, policies

SEEN = {"always": 1.0}
Rows = dict[str, list[tuple[object, ...]]]


class Programme:
    """Members to whom the newest version offers something, and what came of it; learned from every 25 outcomes."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.practice = house.library.practices[0].id

    def people(self, n: int) -> list[str]:
        """New members; whether an outcome may be learned from, each says by itself."""
        with self.house.store.write():
            return [do_enrol(self.house) for _ in range(n)]

    def live(
        self, members: Sequence[str], n: int, *, expected: float, reward: float, learn: bool = True,
        learnable: bool = True,
    ) -> None:  # fmt: skip
        """So many offers and outcomes, one member after the other."""
        for begin in range(0, n, 25):
            with self.house.store.write() as transaction:
                version = self.house.policies.newest(transaction.connection).version
                for k in range(begin, min(n, begin + 25)):
                    for event in self._lived(version, expected, reward, learnable):
                        transaction.append(event, member=members[k % len(members)])
            if learn:
                do_learn(self.house)

    def _lived(self, version: int, expected: float, reward: float, learnable: bool) -> tuple[Event, Event]:
        at, decision = self.house.clock.forward(minutes=5), new_id()  # type: ignore[attr-defined]
        return DecisionMade(
            at=at, decision=decision, moment=None, offered=self.practice, probabilities={self.practice: 1.0},
            alternatives=[], reasons=[], expected=expected, policy=PooledPolicy.name, policy_version=version,
            features={self.practice: SEEN}, used=["interactions"], not_used=[], sentence="", seed=1,
        ), OutcomeRecorded(
            at=at, decision=decision, practice=self.practice, offered=True, finished=True, reward=reward,
            reward_definition=DEFAULT_REWARD, features=SEEN, learnable=learnable,
        )  # fmt: skip

    def misled(self) -> tuple[list[str], DriftFound]:
        """What is learned goes wrong: many say once that it was wonderful, and newcomers find it is not."""
        calm = self.people(6)
        self.live(calm, 150, expected=0.5, reward=0.5)
        self.live(self.people(75), 75, expected=0.5, reward=1.0)
        assert do_watch(self.house) is None
        self.live(self.people(50), 50, expected=0.8, reward=0.4)
        found = do_watch(self.house)
        assert found is not None
        return calm, found


@pytest.fixture
def programme(house: House) -> Programme:
    """A programme on each of the two databases."""
    return Programme(house)


def _versions(house: House) -> list[tuple[int, int, str]]:
    with house.store.read() as connection:
        query = select(policies.c.version, policies.c.through, policies.c.why).order_by(policies.c.version)
        return [(row.version, row.through, row.why) for row in connection.execute(query)]


def _sums(house: House) -> tuple[bytes, int]:
    """The newest version as a process that has just started serves it."""
    with house.store.read() as connection:
        pool = PolicyShelf(house.store, house.policies.features).newest(connection).pool
    return pool.sums.precision.tobytes(), pool.outcomes


def test_where_learning_went_wrong_the_last_good_version_is_served_and_learning_pauses(programme: Programme) -> None:
    """The version before the misleading outcomes is served again; what comes is kept, and learned when resumed."""
    house = programme.house
    _, found = programme.misled()
    *_, last = versions = _versions(house)
    through = {version: through for version, through, _ in versions}
    assert found.cause == "version"
    assert last == (len(versions), through[found.good or 0], "fell-back")
    assert access_standing(house).state is State.PAUSED
    programme.live(programme.people(3), 12, expected=0.5, reward=0.4)
    assert do_learn(house) is None
    assert _versions(house)[-1] == last
    do_resume_learning(house)
    version = do_learn(house)
    assert version == last[0] + 1
    assert _sums(house)[1] == 150 + 75 + 50 + 12


def test_where_the_world_changed_nothing_falls_back(programme: Programme) -> None:
    """A drop that earlier versions would not have foreseen either is told to the steward, and learning goes on."""
    house = programme.house
    members = programme.people(6)
    programme.live(members, 150, expected=0.8, reward=0.8)
    programme.live(members, 50, expected=0.8, reward=0.2)
    found = do_watch(house)
    assert found is not None
    assert (found.cause, found.good) == ("world", None)
    standing = access_standing(house)
    assert (standing.state, standing.alarm and standing.alarm.since) == (State.CHANGED, found.since)
    assert {why for _, _, why in _versions(house)} == {"learned"}
    programme.live(members, 6, expected=0.3, reward=0.2)
    assert _versions(house)[-1][2] == "learned"
    with pytest.raises(Conflict) as refused:
        do_resume_learning(house)
    assert refused.value.code is ErrorCode.LEARNING_NOT_PAUSED


def test_where_no_earlier_version_has_proven_itself_there_is_none_to_fall_back_to(programme: Programme) -> None:
    """A drop within the first fifty outcomes is found, and its cause is told to be unknown."""
    members = programme.people(6)
    programme.live(members, 25, expected=0.8, reward=0.8)
    programme.live(members, 75, expected=0.8, reward=0.1)
    found = do_watch(programme.house)
    assert found is not None
    assert (found.cause, found.good) == ("unknown", None)


def test_what_was_answered_for_is_not_found_twice(programme: Programme) -> None:
    """After an alarm, outcomes of offers made before it are not looked at again."""
    house = programme.house
    programme.misled()
    assert do_watch(house) is None
    programme.live(programme.people(5), 25, expected=0.5, reward=0.5)
    assert do_watch(house) is None


def test_rebuilt_from_the_log_it_stands_as_before(programme: Programme, rows: Callable[[House], Rows]) -> None:
    """Every derived row, the version served and the state are the same after rebuilding, paused or resumed."""
    house = programme.house
    programme.misled()
    for resumed in (False, True):
        if resumed:
            do_resume_learning(house)
        before, served, standing = rows(house), _sums(house), access_standing(house)
        do_rebuild(house)
        assert (rows(house), _sums(house), access_standing(house)) == (before, served, standing)


def test_whoever_is_erased_vanishes_from_a_version_fallen_back_to(programme: Programme) -> None:
    """Afterwards it equals, to the bit, one that never saw them, and nothing of theirs is watched; the pause holds."""
    house = programme.house
    calm, _ = programme.misled()
    before = _sums(house)
    do_erase(house, calm[0])
    last = _versions(house)[-1]
    assert last[2] == "forgot"
    with house.store.read() as connection:
        fresh = PolicyShelf(house.store, house.policies.features)._made_again(connection, last[1])
        assert access_pause(connection) is not None
        assert calm[0] not in {w.member for w in access_watched(connection)}
    assert _sums(house) == (fresh.sums.precision.tobytes(), fresh.outcomes)
    assert _sums(house)[1] < before[1]
    assert do_learn(house) is None


def test_outcomes_that_may_not_be_learned_from_do_not_count(programme: Programme) -> None:
    """Neither those that never might, nor those of a member who withdrew it since; so they cannot give an alarm."""
    house = programme.house
    members = programme.people(6)
    programme.live(members, 78, expected=0.8, reward=0.8)
    programme.live(members, 60, expected=0.8, reward=0.0, learnable=False)
    assert do_watch(house) is None
    with house.store.read() as connection:
        assert len(access_watched(connection)) == 53  # the first 25 had no version yet
    do_change_consent(house, members[0], grant=[Cell(Purpose.LEARN, Category.INTERACTIONS)])
    do_change_consent(house, members[0], withdraw=[Cell(Purpose.LEARN, Category.INTERACTIONS)])
    with house.store.read() as connection:
        assert len(access_watched(connection)) == 53 - 8


def test_a_history_is_cut_where_an_earlier_version_is_asked(programme: Programme) -> None:
    """Of four outcomes, one's own are those before an event, and a version's those up to its last."""
    house = programme.house
    [member] = programme.people(1)
    programme.live([member], 4, expected=0.5, reward=0.5)
    with house.store.read() as connection:
        told = connection.execute(select(outcomes.c.seq).order_by(outcomes.c.seq)).scalars().all()
        for before, through, lengths in ((told[2], told[0], (2, 1)), (told[1], told[3], (1, 4)), (None, None, (4, 4))):
            cut = house.policies.histories(connection, member, before=before, through=through)
            assert tuple(len(history.experiences) for history in cut) == lengths


def test_what_offers_of_the_real_policy_expected_is_what_is_watched(house: House) -> None:
    """An offer taken is watched by what the decision logged; an alternative, and one's own choice, are not."""
    programme = Programme(house)
    [member] = programme.people(1)
    do_set_consent(house, member, house.wording.asked)
    do_finish(house, member, do_decide(house, member).id, rating=3)  # by the prior, which no version stands for
    do_learn(house)
    offered, other = do_decide(house, member), do_decide(house, member)
    do_finish(house, member, offered.id, rating=5)
    do_finish(house, member, other.id, practice=other.choice.alternatives[0], rating=5)
    with house.store.read() as connection:
        [seen] = access_watched(connection)
    assert (seen.expected, seen.reward, seen.version) == (offered.choice.expected, 1.0, 1)


def test_two_servers_answer_an_alarm_once(make_house: Callable[[str], House], database_url: str) -> None:
    """Both look, the second finds it answered: one alarm, one version."""
    house, other = make_house(database_url), make_house(database_url)
    programme = Programme(house)
    programme.misled()
    assert do_watch(other) is None
    assert do_learn(other) is None
    assert [why for *_, why in _versions(other)].count("fell-back") == 1


def test_means_are_told_of_five_people_or_more(programme: Programme) -> None:
    """Four people's outcomes make no stretch, however many; with a fifth they do, and the means are theirs."""
    house = programme.house
    members = programme.people(5)
    programme.live(members[:4], 85, expected=0.6, reward=0.5)
    standing = access_standing(house)
    assert (standing.state, standing.outcomes, standing.latest, standing.stretches) == (State.WELL, 60, None, ())
    programme.live(members[4:], 20, expected=0.8, reward=0.9)
    [stretch] = access_standing(house).stretches
    assert (stretch.outcomes, stretch.until) == (80, house.clock())
    assert (stretch.expected, stretch.came) == pytest.approx((0.65, 0.6))


def test_too_early_and_better_than_expected_are_told(programme: Programme) -> None:
    """Under fifty outcomes nothing is said; where rewards rise above what was expected, that is noted and no alarm."""
    house = programme.house
    members = programme.people(6)
    programme.live(members, 50, expected=0.3, reward=0.3)
    assert access_standing(house).state is State.EARLY
    programme.live(members, 60, expected=0.3, reward=0.9)
    assert do_watch(house) is None
    assert access_standing(house).state is State.BETTER


def test_stretches_cover_time_in_order(programme: Programme) -> None:
    """Of many outcomes there are at most twelve stretches, later ones later, and every outcome is in one."""
    programme.live(programme.people(6), 450, expected=0.5, reward=0.5)
    stretches = access_standing(programme.house).stretches
    assert len(stretches) == 12
    assert sum(s.outcomes for s in stretches) == 425
    assert all(b.until - a.until > timedelta(0) for a, b in pairwise(stretches))


def test_what_was_corrected_is_unlearned_right_after_falling_back_and_after_a_new_objective(house: House) -> None:
    """Corrected, learned, fallen back from and corrected again: what is served is what it would be, made anew."""
    member = do_enrol(house)
    do_set_consent(house, member, house.wording.asked)
    first = do_decide(house, member, seed=1)
    do_finish(house, member, first.id, rating=1)
    do_learn(house)

    def served() -> bytes:
        with house.store.read() as connection:
            return house.policies.newest(connection).pool.to_bytes()

    def anew() -> bytes:
        with house.store.read() as connection:
            return PolicyShelf(house.store, house.policies.features).at(connection, _newest(house)).pool.to_bytes()  # type: ignore[union-attr]

    do_correct_outcome(house, member, first.id, rating=5)
    do_learn(house)
    with house.store.write(alone=True) as transaction:
        shelf = PolicyShelf(house.store, house.policies.features)
        good = shelf.at(transaction.connection, 1)
        assert good is not None
        through = transaction.connection.execute(select(policies.c.through).where(policies.c.version == 1)).scalar_one()
        at = house.clock()
        transaction.append(DriftFound(at=at, version=2, since=at, cause="version", good=1))
        house.policies.fall_back(transaction, Served(good, through), at)
    assert served() == anew()
    do_correct_outcome(house, member, first.id, rating=3)
    assert served() == anew(), "what it holds is the first rating still"
    do_change_objective(house, RewardDefinition("ratings", rating=1.0, finishing=0.0, affect=0.0), why="To try it.")
    assert served() == anew()
    do_resume_learning(house)
    do_learn(house)
    assert served() == anew()
    do_erase(house, member)
    assert served() == PooledPolicy(house.policies.features).pool.to_bytes()


def _newest(house: House) -> int:
    with house.store.read() as connection:
        return int(connection.execute(select(func.max(policies.c.version))).scalar_one())
