"""Somebody who has been here for very long: what counts of their outcomes is bounded, and exact all the same."""

from __future__ import annotations

from tests.programme.lessons import enrolled, learned, lesson, sums

from attunement.domain.context import History
from attunement.domain.ids import new_id
from attunement.domain.offer_events import OutcomeRecorded
from attunement.policy.pool import Pool
from attunement.policy.pooled import PooledPolicy
from attunement.programme.consents import access_permissions
from attunement.programme.erasure import do_erase
from attunement.programme.house import House
from attunement.programme.learner import do_learn
from attunement.programme.own_history import access_histories
from attunement.programme.policy_shelf import OF_ONE

OLD = 20


def _long_here(house: House, member: str, *, private: int = 0) -> None:
    """`OLD` outcomes that were very bad, then as many good ones as count; the last ``private`` may not be learned."""
    practice = house.library.practices[0].id
    with house.store.write() as transaction:
        for n in range(OLD + OF_ONE):
            transaction.append(OutcomeRecorded(
                at=house.clock(), decision=new_id(), practice=practice, offered=True, finished=True,
                rating=1 if n < OLD else 5, reward=0.0 if n < OLD else 1.0, reward_definition="helped-1",
                features={"always": 1.0}, learnable=n < OLD + OF_ONE - private,
            ), member=member)  # fmt: skip


def _histories(house: House, member: str) -> tuple[History, History]:
    with house.store.read() as connection:
        return access_histories(house, connection, member, access_permissions(house, connection, member))


def _pool_of(house: House, *people: History) -> Pool:
    return PooledPolicy(house.policies.features).learn(people).pool


def test_the_newest_outcomes_count(house: House) -> None:
    """Of a member's outcomes the newest thousand are learned from and chosen by; the bad ones before are past."""
    member = enrolled(house)
    _long_here(house, member)
    do_learn(house)
    own, shared = _histories(house, member)
    assert [e.reward for e in own.experiences] == [1.0] * OF_ONE
    assert shared == own
    assert learned(house) == sums(_pool_of(house, own))


def test_what_was_learned_is_known_where_the_newest_may_not_be_shared(house: House) -> None:
    """What the policy holds of somebody is known where it lies behind outcomes that count for themselves alone."""
    member = enrolled(house)
    _long_here(house, member, private=5)
    do_learn(house)
    own, shared = _histories(house, member)
    assert sum(e.reward for e in own.experiences) == OF_ONE
    assert sum(e.reward for e in shared.experiences) == OF_ONE - 5
    assert len(shared.experiences) == OF_ONE
    assert learned(house) == sums(_pool_of(house, shared))


def test_what_no_longer_counts_is_unlearned_to_the_bit(house: House) -> None:
    """With each outcome that comes the oldest leaves, as if it had never been there, and so do all at last."""
    member, other = enrolled(house), enrolled(house)
    _long_here(house, member)
    lesson(house, other, house.library.practices[1].id, 3)
    do_learn(house)
    lesson(house, member, house.library.practices[2].id, 2)
    version = do_learn(house)
    assert version == 2
    with house.store.read() as connection:
        again = house.policies.at(connection, version)
    assert again is not None
    assert sums(again.pool) == learned(house)
    assert do_erase(house, member).counts["lessons_in_the_policy"] == OF_ONE
    assert learned(house) == sums(_pool_of(house, _histories(house, other)[1]))
