"""What was learned is kept to be quick; where what is kept is wrong, it costs time and nothing else."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update
from tests.conftest import OpenHouse
from tests.damage import damaged as with_damage
from tests.programme.lessons import enrolled, learned, lived, sums

from attunement.policy.pooled import PooledPolicy
from attunement.programme.decisions import do_decide
from attunement.programme.erasure import do_erase
from attunement.programme.house import House
from attunement.programme.learner import do_learn
from attunement.store.schema import policy_cache


@pytest.fixture(params=["nobody", "stream", "header"])
def damaged(make_house: OpenHouse, database_url: str, request: pytest.FixtureRequest) -> tuple[House, str, str]:
    """A programme that learned from two people, opened anew with a cache that holds nobody or cannot be read.

    And who they are.
    """
    before = make_house(database_url)
    rosa, noor = enrolled(before), enrolled(before)
    for member in (rosa, noor):
        lived(before, member)
    do_learn(before)
    with before.store.write() as transaction:
        kept = transaction.connection.execute(select(policy_cache.c.parameters)).scalar_one()
        if request.param == "nobody":
            kept = PooledPolicy(before.policies.features).pool.to_bytes()
        else:
            kept = with_damage(kept, request.param)
        transaction.connection.execute(update(policy_cache).values(parameters=kept))
    return make_house(database_url), rosa, noor


def _from_the_log(house: House) -> tuple[bytes, bytes, bytes, int]:
    with house.store.read() as connection:
        return sums(house.policies._made_again(connection, house.policies._newest_row(connection).through))


def test_somebody_is_erased_all_the_same(damaged: tuple[House, str, str]) -> None:
    """They cannot be taken out of what does not hold them; the others are learned again without them."""
    house, rosa, _ = damaged
    do_erase(house, rosa)
    assert learned(house) == _from_the_log(house)
    assert learned(house)[3] == 2


@pytest.mark.parametrize("damaged", ["stream", "header"], indirect=True)
def test_a_decision_rests_on_what_was_learned_all_the_same(damaged: tuple[House, str, str]) -> None:
    """What cannot be read is made again from the log at the first decision after a restart."""
    house, rosa, _ = damaged
    assert do_decide(house, rosa).choice.policy_version == 1
    assert learned(house) == _from_the_log(house)
    assert learned(house)[3] == 4


def test_learning_goes_on_all_the_same(damaged: tuple[House, str, str]) -> None:
    """The next outcome of somebody whom it does not hold is learned with all that was told before."""
    house, _, noor = damaged
    lived(house, noor, loops=1, seed=7)
    do_learn(house)
    assert learned(house) == _from_the_log(house)
    assert learned(house)[3] == 5
