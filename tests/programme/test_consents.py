"""Consent: each cell opens just its own use, and closing it shuts that use at once."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from attunement.domain.affect import Affect
from attunement.domain.consent import ALL_CELLS, Category, Cell, Purpose
from attunement.domain.errors import ErrorCode, Invalid, NotFound
from attunement.domain.need import Need
from attunement.programme.check_ins import do_check_in
from attunement.programme.consents import (
    access_chain,
    access_consents,
    access_permissions,
    do_change_consent,
    do_expire_consents,
    do_set_consent,
)
from attunement.programme.decisions import do_choose, do_decide
from attunement.programme.exports import access_export
from attunement.programme.house import House
from attunement.programme.learner import do_learn
from attunement.programme.members import do_enrol
from attunement.programme.outcomes import do_finish
from attunement.programme.sharing import access_shared
from attunement.store import schema

TEXT = "I am so sad and scared. I cried all night and I feel ashamed of it."
LEARN = Cell(Purpose.LEARN, Category.INTERACTIONS)
USE = Cell(Purpose.PERSONALISE, Category.INTERACTIONS)
EVERYTHING = {
    "said", "read", "feedback", "history", "learned", "learned state", "learned feelings",
    "supporters see self_report", "supporters see text", "supporters see interactions",
}  # fmt: skip
OPENS = {
    "personalise:self_report": {"said"},
    "personalise:text": {"read", "feedback"},
    "personalise:interactions": {"history"},
    "supporters:self_report": {"supporters see self_report"},
    "supporters:text": {"supporters see text"},
    "supporters:interactions": {"supporters see interactions"},
}
SHUTS = OPENS | {
    "personalise:text": {"read", "feedback", "learned feelings"},
    "learn:interactions": {"learned", "learned state", "learned feelings"},
    "learn:self_report": {"learned state"},
    "learn:text": {"learned state", "learned feelings"},  # the state is mixed of both, so both must be open
}


def _uses(house: House, cells: list[Cell]) -> set[str]:
    """Everything that is used of a member who allows just these cells."""
    member = do_enrol(house, name="Rosa")
    do_set_consent(house, member, cells)
    moment = do_check_in(house, member, affect=Affect(-0.7, 0.1), needs=[Need.CALM], text=TEXT)
    writing = next(p for p in house.library.practices if p.ask)
    feedback = do_finish(
        house, member, do_choose(house, member, writing.id).id, rating=5, text="I feel sad. What do you need?"
    )
    decision = do_decide(house, member, seed=1)
    do_finish(house, member, decision.id, rating=4)
    with house.store.read() as connection:
        query = select(schema.outcomes.c.features).where(schema.outcomes.c.learnable)
        learned = {name.partition(":")[0] for row in connection.execute(query) for name in json.loads(row.features)}
    shown = next(iter(access_shared(house)), None)
    seen = {name for features in decision.choice.features.values() for name in features}
    uses = {
        "said": bool(moment.state.said),
        "read": moment.reading is not None or bool(moment.state.feelings),
        "feedback": feedback.read,
        "history": any(name.startswith(("helped/", "tired/", "new/")) for name in seen),
        "learned": do_learn(house) is not None,
        "learned state": bool(learned & {"need", "mood"}),
        "learned feelings": "feeling" in learned,
        "supporters see self_report": bool(shown and shown.moments),
        "supporters see text": bool(shown and (shown.text or shown.risk)),
        "supporters see interactions": bool(shown and shown.practices),
    }
    expected = {str(c) for c in cells if c.purpose is Purpose.PERSONALISE} & {
        "personalise:self_report", "personalise:text", "personalise:interactions"
    }  # fmt: skip
    assert {f"personalise:{category}" for category in decision.used} == expected
    assert {*decision.used, *decision.not_used} == {"self_report", "text", "interactions"}
    return {use for use, happens in uses.items() if happens}


@pytest.mark.parametrize("cell", [str(c) for c in ALL_CELLS])
def test_one_cell_opens_one_use(house: House, cell: str) -> None:
    """A member who allows a single cell has just its own use made of them; one not asked for cannot be allowed."""
    parsed = Cell.parse(cell)
    if parsed not in house.wording.asked:
        with pytest.raises(Invalid, match="not something this programme asks for"):
            _uses(house, [parsed])
        return
    assert _uses(house, [parsed]) == OPENS.get(cell, set())


@pytest.mark.parametrize("cell", ["nothing", *sorted(SHUTS)])
def test_one_cell_less_shuts_its_uses(house: House, cell: str) -> None:
    """A member who allows all but one cell has everything used but what needs that one."""
    cells = [c for c in house.wording.asked if str(c) != cell]
    assert _uses(house, cells) == EVERYTHING - SHUTS.get(cell, set())


def test_who_allows_nothing_gets_a_fair_draw(house: House) -> None:
    """With nothing allowed every practice is as likely as any other, and all goes on working."""
    member = do_enrol(house)
    do_check_in(house, member, affect=Affect(-0.9, 0.9), text=TEXT)
    decision = do_decide(house, member)
    assert decision.used == ()
    assert decision.choice.policy == "uniform"
    assert set(decision.choice.probabilities) == {p.id for p in house.library.practices}
    assert decision.probability == 1 / len(house.library.practices)
    assert "fair draw" in decision.sentence
    assert do_finish(house, member, decision.id, rating=5).closing
    assert do_learn(house) is None


def test_a_learned_reward_leaves_out_feelings_that_may_not_be_learned(house: House) -> None:
    """Without learn:self_report the change of affect does not count into what the shared policy learns."""
    rewards = []
    for learns in ([LEARN], [LEARN, Cell(Purpose.LEARN, Category.SELF_REPORT)]):
        member = do_enrol(house)
        do_set_consent(house, member, [USE, Cell(Purpose.PERSONALISE, Category.SELF_REPORT), *learns])
        do_check_in(house, member, affect=Affect(-1, 0))
        do_finish(house, member, do_decide(house, member).id, rating=1, affect_after=Affect(1, 0))
        with house.store.read() as connection:
            query = select(schema.outcomes).where(schema.outcomes.c.member == member)
            row = connection.execute(query).one()
        assert row.learnable
        assert row.affect_change == 2
        rewards.append(row.reward)
    assert rewards == [pytest.approx(0.2 / 0.8), pytest.approx(0.4)]


@pytest.mark.parametrize("ends", ["withdrawn", "expired"])
def test_what_is_withdrawn_between_offer_and_outcome_is_not_learned(house: House, ends: str) -> None:
    """An outcome that comes after the consent to learning ended is kept for the member, and not learned."""
    member = do_enrol(house)
    do_set_consent(house, member, house.wording.asked)
    if ends == "expired":
        house.clock.forward(days=house.wording.lasts_days - 1)
    decision = do_decide(house, member)
    if ends == "expired":
        house.clock.forward(days=2)
    else:
        do_change_consent(house, member, withdraw=[LEARN])
    do_finish(house, member, decision.id, rating=5)
    with house.store.read() as connection:
        kept = connection.execute(select(schema.outcomes.c.rating, schema.outcomes.c.learnable)).one()
    assert tuple(kept) == (5, False)
    assert do_learn(house) is None


@pytest.mark.parametrize("ends", ["withdrawn", "expired"])
def test_what_was_learned_is_forgotten_when_consent_ends(house: House, ends: str) -> None:
    """Ending the consent to learning publishes a version without the member; renewing brings nothing back."""
    member = do_enrol(house)
    do_set_consent(house, member, house.wording.asked)
    do_finish(house, member, do_decide(house, member).id, rating=5)
    assert do_learn(house) == 1
    if ends == "expired":
        house.clock.forward(days=house.wording.lasts_days, seconds=1)
        assert do_expire_consents(house) == len(house.wording.asked)
        assert do_expire_consents(house) == 0
    else:
        do_change_consent(house, member, withdraw=[LEARN])
    with house.store.read() as connection:
        policy = house.policies.newest(connection)
    assert (policy.version, policy.pool.outcomes, policy.pool.sums.precision.any()) == (2, 0, False)
    do_change_consent(house, member, grant=[LEARN])
    assert do_learn(house) is None


def test_expired_cells_are_shut_before_anyone_sweeps(house: House) -> None:
    """What ran out is not allowed from that instant on, and a sweep leaves alone what was renewed meanwhile."""
    member = do_enrol(house)
    until = house.clock() + timedelta(days=house.wording.lasts_days)
    do_set_consent(house, member, [USE, LEARN])
    with house.store.read() as connection:
        assert {c.expires for c in access_consents(connection, member)} == {until}
    house.clock.time = until
    with house.store.read() as connection:
        assert access_permissions(house, connection, member).cells == frozenset()
    do_change_consent(house, member, grant=[USE])
    assert do_expire_consents(house) == 1
    with house.store.read() as connection:
        assert access_permissions(house, connection, member).cells == {USE}


def test_the_chain_tells_the_whole_story(house: House) -> None:
    """Each change is one link with the wording it was a yes to; asking twice changes nothing."""
    member = do_enrol(house)
    for _ in range(2):
        do_change_consent(house, member, grant=[USE, LEARN, USE])
    do_change_consent(house, member, withdraw=[USE])
    do_change_consent(house, member, withdraw=[USE])
    with house.store.read() as connection:
        changes, whole = access_chain(house, connection, member)
    assert whole
    assert [(c.purpose, c.granted) for c in changes] == [("personalise", True), ("learn", True), ("personalise", False)]
    assert {c.wording for c in changes} == {house.wording.version}


def test_a_new_wording_is_what_a_new_yes_is_to(house: House) -> None:
    """A yes remembers the version of the words it was given to, and a later yes the later one."""
    member = do_enrol(house)
    do_change_consent(house, member, grant=[USE])
    later = house.at(house.clock)
    object.__setattr__(later, "wording", house.wording.model_copy(update={"version": 9}))
    do_change_consent(later, member, grant=[USE, LEARN])
    with house.store.read() as connection:
        assert {str(c.cell): c.wording for c in access_consents(connection, member)} == {
            str(USE): house.wording.version, str(LEARN): 9
        }  # fmt: skip


def test_a_no_to_everything_is_kept_as_an_answer(house: House) -> None:
    """It stands in the chain, once, and a yes after it is a yes; who was never asked has no answer."""
    member, unasked = do_enrol(house), do_enrol(house)
    for _ in range(2):
        assert do_set_consent(house, member, []).cells == frozenset()
    with house.store.read() as connection:
        told = access_consents(connection, member)
        assert [(c.cell, c.granted, c.expires) for c in told] == [(c, False, None) for c in house.wording.asked]
        changes, unbroken = access_chain(house, connection, member)
        assert (len(changes), unbroken) == (len(house.wording.asked), True)
        assert access_consents(connection, unasked) == []
    assert do_set_consent(house, member, [USE]).cells == {USE}


def test_a_chain_with_a_link_of_another_past_is_seen(house: House) -> None:
    """Where the stored end of the chain was tampered with, the next change makes the break visible in the export."""
    member = do_enrol(house)
    do_change_consent(house, member, grant=[USE])
    assert access_export(house, member)["consent_chain_unbroken"] is True
    with house.store.write() as transaction:
        transaction.connection.execute(update(schema.consents).values(hash="f" * 64))
    do_change_consent(house, member, grant=[LEARN])
    assert access_export(house, member)["consent_chain_unbroken"] is False


def test_a_use_granted_and_withdrawn_at_once_is_refused(house: House) -> None:
    """A contradiction is refused whole, and so is a change for nobody."""
    member = do_enrol(house)
    with pytest.raises(Invalid) as caught:
        do_change_consent(house, member, grant=[USE, LEARN], withdraw=[USE])
    assert caught.value.code is ErrorCode.BAD_INPUT
    with house.store.read() as connection:
        assert access_consents(connection, member) == []
    with pytest.raises(NotFound):
        do_change_consent(house, "nobody", grant=[USE])
