"""Many at once: threads of one server, and servers of one database."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from attunement.domain.affect import Affect
from attunement.domain.errors import AttunementError, ErrorCode
from attunement.policy.pooled import PooledPolicy
from attunement.programme.check_ins import do_check_in
from attunement.programme.consents import access_chain, do_change_consent, do_set_consent
from attunement.programme.decisions import do_decide
from attunement.programme.erasure import do_erase
from attunement.programme.house import House
from attunement.programme.learner import do_learn
from attunement.programme.members import do_enrol
from attunement.programme.outcomes import do_finish
from attunement.programme.policy_shelf import PolicyShelf
from attunement.programme.rebuild import do_rebuild
from attunement.store import schema


@pytest.fixture
def two_houses(make_house: Callable[..., House], database_url: str) -> tuple[House, House]:
    """Two programmes on one database, as two processes would open them."""
    return make_house(database_url), make_house(database_url)


def _together(tasks: list[Callable[[], object]]) -> list[object]:
    """Start all tasks in the same instant; returns what each gave, or the code of the error it met."""
    gate = threading.Barrier(len(tasks))

    def run(task: Callable[[], object]) -> object:
        gate.wait()
        try:
            return task()
        except AttunementError as error:
            return error.code

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def test_one_of_many_outcomes_wins(two_houses: tuple[House, House]) -> None:
    """The same outcome sent eight times at once, over two servers, is recorded once and refused seven times."""
    house = two_houses[0]
    member = do_enrol(house)
    for _ in range(3):
        decision = do_decide(house, member).id
        got = _together([
            lambda h=two_houses[i % 2], d=decision, r=1 + i % 5: do_finish(h, member, d, rating=r) for i in range(8)
        ])  # fmt: skip
        assert Counter(g for g in got if isinstance(g, ErrorCode)) == {ErrorCode.OUTCOME_ALREADY_SENT: 7}
    with house.store.read() as connection:
        assert connection.execute(select(func.count()).select_from(schema.outcomes)).scalar() == 3
        assert len(list(house.store.events(connection, kinds=("outcome-recorded",)))) == 3


def test_concurrent_changes_keep_the_chain_whole(two_houses: tuple[House, House]) -> None:
    """Twelve changes of one member's consent at once make one unbroken chain, and each is in it."""
    house = two_houses[0]
    member = do_enrol(house)
    asked = house.wording.asked[:12]
    _together(
        [lambda h=two_houses[i % 2], c=cell: do_change_consent(h, member, grant=[c]) for i, cell in enumerate(asked)]
    )
    _together(
        [lambda h=two_houses[i % 2], c=cell: do_change_consent(h, member, withdraw=[c]) for i, cell in enumerate(asked)]
    )
    with house.store.read() as connection:
        changes, whole = access_chain(house, connection, member)
    assert whole
    assert Counter((str(c.purpose), str(c.category), c.granted) for c in changes) == {
        (str(c.purpose), str(c.category), granted): 1 for c in asked for granted in (True, False)
    }


@pytest.mark.parametrize("_again", range(3))
def test_erasing_in_the_midst_of_it_all(two_houses: tuple[House, House], _again: int) -> None:
    """Whoever writes for a member while they are erased is either before it or is told they are unknown."""
    house = two_houses[0]
    member = do_enrol(house)
    do_set_consent(house, member, house.wording.asked)
    writes = [lambda h=two_houses[i % 2]: do_check_in(h, member, affect=Affect(0, 0)) for i in range(6)]
    got = _together([*writes, lambda: do_erase(house, member), lambda: do_decide(house, member)])
    assert {g for g in got if isinstance(g, ErrorCode)} <= {ErrorCode.UNKNOWN_MEMBER}
    with house.store.read() as connection:
        for table in (schema.moments, schema.decisions, schema.member_keys):
            query = select(func.count()).select_from(table).where(table.c.member == member)
            assert connection.execute(query).scalar() == 0


def test_wider_writes_that_turn_out_to_forget(two_houses: tuple[House, House]) -> None:
    """Changes of consent inside wider writes that are alone (remembered requests) get their turn one by one.

    In a wider write that is not, two of them would wait for each other; so that is refused as the mistake it is.
    """
    house = two_houses[0]
    members = [do_enrol(house) for _ in range(6)]

    def inside(h: House, member: str) -> object:
        with h.store.write(alone=True):
            return do_set_consent(h, member, house.wording.asked).cells

    got = _together([lambda h=two_houses[i % 2], m=m: inside(h, m) for i, m in enumerate(members)])
    assert got == [frozenset(house.wording.asked)] * len(members)
    with pytest.raises(RuntimeError, match="alone=True"), house.store.write():
        do_erase(house, members[0])


def test_learning_misses_nothing_written_meanwhile(two_houses: tuple[House, House]) -> None:
    """Two learners and many members at once: in the end each lesson is in the policy exactly once."""
    house = two_houses[0]
    members = [do_enrol(house) for _ in range(6)]
    for member in members:
        do_set_consent(house, member, house.wording.asked)

    def loops(h: House, member: str) -> None:
        for _ in range(4):
            do_finish(h, member, do_decide(h, member).id, rating=4)

    def learns(h: House) -> None:
        for _ in range(6):
            do_learn(h)

    tasks: list[Callable[[], object]] = [lambda i=i, m=m: loops(two_houses[i % 2], m) for i, m in enumerate(members)]
    got = _together([*tasks, lambda: learns(two_houses[0]), lambda: learns(two_houses[1]), lambda: do_rebuild(house)])
    assert not any(isinstance(g, ErrorCode) for g in got)
    do_learn(house)
    with house.store.read() as connection:
        shelf = PolicyShelf(house.store, house.policies.features)
        policy = shelf.newest(connection)
        people = [shelf.histories(connection, member)[0] for member in members]
    assert [len(person.experiences) for person in people] == [4] * 6
    assert policy.pool.outcomes == 24
    once = PooledPolicy(house.policies.features).learn(people)
    assert (policy.pool.sums.precision == once.pool.sums.precision).all()


def test_one_of_two_members_of_one_name_is_kept_apart(two_houses: tuple[House, House]) -> None:
    """Members enrolled at once each get an id and a key of their own."""
    ids = _together([lambda h=two_houses[i % 2]: do_enrol(h, name="Rosa") for i in range(8)])
    assert len(set(ids)) == 8
    with two_houses[0].store.read() as connection:
        keys = connection.execute(select(schema.member_keys.c.wrapped)).scalars().all()
    assert len(set(keys)) == 8
