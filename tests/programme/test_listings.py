"""A decision among very many is logged small, and read back exactly."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from attunement.domain.affect import Affect
from attunement.domain.errors import ErrorCode, StoreError
from attunement.domain.need import Need
from attunement.domain.offer_events import DecisionMade
from attunement.domain.programme_events import PracticesListed
from attunement.policy.features import FeatureMap
from attunement.programme.check_ins import do_check_in
from attunement.programme.consents import do_set_consent
from attunement.programme.decisions import access_decision, access_decision_event, do_decide
from attunement.programme.exports import access_export
from attunement.programme.house import House
from attunement.programme.members import do_enrol
from attunement.programme.policy_shelf import PolicyShelf
from attunement.programme.rebuild import do_rebuild
from attunement.store.schema import log
from attunement.web.api.answers import DecisionInfo

MANY = 10_000


def _with(house: House, n: int) -> House:
    """The same programme with so many practices: those it has, again and again under other ids."""
    some = house.library.practices
    many = tuple(replace(some[k % len(some)], id=f"{some[k % len(some)].id}-{k}") for k in range(n))
    return replace(
        house, library=replace(house.library, practices=many), policies=PolicyShelf(house.store, FeatureMap(many))
    )


def _listed(house: House) -> int:
    with house.store.read() as connection:
        return connection.execute(select(func.count()).where(log.c.kind == PracticesListed.kind)).scalar_one()


def _event(house: House, member: str, decision: str) -> DecisionMade:
    with house.store.read() as connection:
        return access_decision_event(house, connection, member, decision)


@pytest.fixture
def rosa(house: House) -> str:
    """A member who allows everything, and just said how they are."""
    member = do_enrol(house, name="Rosa")
    do_set_consent(house, member, house.wording.asked)
    do_check_in(house, member, affect=Affect(0.4, 0.1), needs=[Need.CALM])
    return member


def test_among_ten_thousand_little_is_logged_and_all_is_read_back(house: House, rosa: str) -> None:
    """Each probability is the same to the bit, they sum to one, and the event is a fraction of what names all."""
    many = _with(house, MANY)
    decision = do_decide(many, rosa, seed=1)
    with house.store.read() as connection:
        read = access_decision(house, connection, rosa, decision.id)
    probabilities = read.choice.probabilities
    assert read == decision
    assert list(probabilities.items()) == list(decision.choice.probabilities.items())
    assert len(probabilities) == MANY
    assert sum(probabilities.values()) == pytest.approx(1, abs=1e-9)
    event = _event(house, rosa, decision.id)
    in_full = event.model_copy(update={"probabilities": dict(probabilities.items()), "others": None})
    small, large = (len(each.model_dump_json()) for each in (event, in_full))
    assert small < 20_000 < 300_000 < large


def test_what_is_not_eligible_has_no_probability(house: House, rosa: str) -> None:
    """Practices left out are left out when read back; the others keep their order, whoever lists them now."""
    many = _with(house, 600)
    left_out = {p.id for p in many.library.practices[::3]}
    decision = do_decide(many, rosa, exclude=left_out)
    do_decide(_with(house, 700), rosa)
    with house.store.read() as connection:
        probabilities = access_decision(house, connection, rosa, decision.id).choice.probabilities
    assert list(probabilities) == [p.id for p in many.library.practices if p.id not in left_out]
    assert probabilities == decision.choice.probabilities


def test_a_fair_draw_among_many_is_one_number(house: House) -> None:
    """Of a member who allows nothing, only what was shown is named."""
    member = do_enrol(house, name="Ida")
    event = _event(house, member, do_decide(_with(house, 600), member).id)
    assert set(event.probabilities) == {event.offered, *event.alternatives}
    assert event.others is not None
    assert set(event.probabilities.values()) == {event.others.probability} == {1 / 600}


def test_practices_are_listed_once_for_each_library(house: House, rosa: str) -> None:
    """Not by decisions among few; by the first among many, and again where the library changed."""
    counts = []
    for n in (256, 300, 300, 301, 300):
        event = _event(house, rosa, do_decide(_with(house, n), rosa).id)
        assert (event.others is None) == (n == 256)
        counts.append(_listed(house))
    assert counts == [0, 1, 1, 2, 2]


def test_a_list_that_was_not_kept_is_not_relied_on(house: House, rosa: str) -> None:
    """Where the write that listed the practices fails, the next decision lists them."""
    many = _with(house, 300)

    def interrupted() -> None:
        with house.store.write():
            do_decide(many, rosa)
            do_decide(many, rosa)
            raise RuntimeError("the light went out")

    with pytest.raises(RuntimeError, match="the light went out"):
        interrupted()
    assert _listed(house) == 0
    decision = do_decide(many, rosa)
    assert _listed(house) == 1
    with house.store.read() as connection:
        assert access_decision(house, connection, rosa, decision.id) == decision


def test_exports_and_programs_see_every_practice(house: House, rosa: str) -> None:
    """However it was logged, an export and the answer to a program name each with its probability."""
    many = _with(house, 300)
    decision = do_decide(many, rosa)
    [told] = [event for event in access_export(house, rosa)["events"] if event["kind"] == DecisionMade.kind]
    assert "others" not in told
    assert told["probabilities"] == decision.choice.probabilities
    assert DecisionInfo.of(decision, many.library).probabilities == decision.choice.probabilities


def test_it_is_the_same_after_a_rebuild(house: House, rosa: str) -> None:
    """Nothing that is derived is needed to read it."""
    decision = do_decide(_with(house, 300), rosa)
    do_rebuild(house)
    with house.store.read() as connection:
        assert access_decision(house, connection, rosa, decision.id) == decision


def test_a_list_that_is_nowhere_is_a_coded_error(house: House, rosa: str) -> None:
    """A decision that refers to what the log does not have is refused, with what to do."""
    event = _event(house, rosa, do_decide(_with(house, 300), rosa).id)
    assert event.others is not None
    astray = event.model_copy(update={"others": event.others.model_copy(update={"listing": "0" * 64})})
    with house.store.read() as connection, pytest.raises(StoreError) as caught:
        house.listings.access_probabilities(connection, astray)
    assert caught.value.code is ErrorCode.BAD_EVENT
