"""Outcomes put straight into the log, so that a test says what was learned from and nothing else."""

from __future__ import annotations

from attunement.domain.affect import Affect
from attunement.domain.ids import new_id
from attunement.domain.offer_events import DecisionMade, OutcomeRecorded
from attunement.policy.pool import Pool
from attunement.programme.check_ins import do_check_in
from attunement.programme.consents import do_set_consent
from attunement.programme.decisions import do_decide
from attunement.programme.house import House
from attunement.programme.members import do_enrol
from attunement.programme.outcomes import do_finish
from attunement.programme.policy_shelf import PolicyShelf
from attunement.store.objectives import definition_in_force


def enrolled(house: House, *, without: tuple[str, ...] = ()) -> str:
    """A member who allows everything but these cells."""
    member = do_enrol(house)
    do_set_consent(house, member, [cell for cell in house.wording.asked if str(cell) not in without])
    return member


def lesson(house: House, member: str, practice: str, rating: int | None, *, finished: bool = True) -> str:
    """An outcome as it is logged, with two features; returns its decision's id."""
    decision = new_id()
    with house.store.write() as transaction:
        definition = definition_in_force(transaction.connection)
        transaction.append(OutcomeRecorded(
            at=house.clock(), decision=decision, practice=practice, offered=True, finished=finished, rating=rating,
            reward=definition.of(finished=finished, rating=rating, affect_change=None), learnable=True,
            reward_definition=definition.name,
            features={"always": 1.0, f"family/{house.library.practice(practice).family}": 1.0},
        ), member=member)  # fmt: skip
    return decision


def offered(
    house: House, member: str, practice: str, chances: dict[str, float], *, used: tuple[str, ...] = ("interactions",)
) -> str:  # fmt: skip
    """A decision as it is logged, with these probabilities, without an outcome; returns its id."""
    decision = new_id()
    with house.store.write() as transaction:
        transaction.append(DecisionMade(
            at=house.clock(), decision=decision, moment=None, offered=practice, probabilities=chances,
            alternatives=[], reasons=[], expected=0.5, policy="by-hand", policy_version=0, features={}, used=[*used],
            not_used=[], sentence="", seed=0,
        ), member=member)  # fmt: skip
    return decision


def came_of(house: House, member: str, decision: str, practice: str, *, good: bool) -> None:
    """What came of a decision as it is logged: worth 1 where it was good, and 0 else."""
    with house.store.write() as transaction:
        transaction.append(OutcomeRecorded(
            at=house.clock(), decision=decision, practice=practice, offered=True, finished=good,
            rating=5 if good else 1, reward=float(good), learnable=True,
            reward_definition=definition_in_force(transaction.connection).name,
            features={"always": 1.0, f"family/{house.library.practice(practice).family}": 1.0},
        ), member=member)  # fmt: skip


def lived(house: House, member: str, *, loops: int = 2, seed: int = 0) -> list[str]:
    """Real check-ins, offers and outcomes; returns the decisions."""
    done = []
    for n in range(seed, seed + loops):
        do_check_in(house, member, affect=Affect(-0.4, 0.3))
        decision = do_decide(house, member, seed=n).id
        do_finish(house, member, decision, rating=1 + n % 5, finished=n % 3 > 0, affect_after=Affect(0.5, 0))
        done.append(decision)
    return done


def learned(house: House) -> tuple[bytes, bytes, bytes, int]:
    """The sums the newest version serves, as a process that has just started would."""
    with house.store.read() as connection:
        return sums(PolicyShelf(house.store, house.policies.features).newest(connection).pool)


def sums(pool: Pool) -> tuple[bytes, bytes, bytes, int]:
    """What a pool holds, to the bit."""
    s = pool.sums
    return s.precision.tobytes(), s.shift.tobytes(), s.squares.tobytes(), pool.outcomes
