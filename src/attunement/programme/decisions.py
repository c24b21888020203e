"""Decisions: one practice offered for a member now, with its probability and its reasons on record."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Literal, get_args

import numpy as np
from sqlalchemy import Connection, select

from attunement.domain.contracts import Policy
from attunement.domain.decision import Choice, Decision, Reason
from attunement.domain.errors import Conflict, ErrorCode, Invalid, NotFound
from attunement.domain.ids import is_id, new_id
from attunement.domain.offer_events import DecisionAnswered, DecisionMade, ReasonKept
from attunement.domain.practice import Practice
from attunement.policy.asked import nothing_to_offer
from attunement.policy.eligibility import eligible
from attunement.policy.wording import sentence
from attunement.programme.check_ins import Moment
from attunement.programme.grounds import Grounds, access_grounds
from attunement.programme.house import House
from attunement.store.schema import decisions
from attunement.store.store import Transaction

OWN_CHOICE = "own-choice"
Answer = Literal["started", "not-now", "something-different", "less-like-this"]


def do_decide(
    house: House, member: str, *, exclude: Collection[str] = (), after: Moment | None = None, seed: int | None = None,
) -> Decision:  # fmt: skip
    """Choose a practice for a member now, and log the decision with its exact probability.

    Parameters
    ----------
    exclude:
        Practices not to be offered again just now.
    after:
        The check-in it follows from, made a moment ago; by default the newest of the last 24 hours. A risk that was
        read from it and may not be kept makes the offer gentler all the same.
    seed:
        Repeats a draw; by default a fresh one, which is logged.

    A member who allows nothing gets a fair draw from the whole library. Raises `Conflict` (``nothing-to-offer``) where
    no practice may be offered now.
    """
    decision = do_offer(house, member, exclude=exclude, after=after, seed=seed)
    if decision is None:
        raise nothing_to_offer()
    return decision


def do_offer(
    house: House, member: str, *, exclude: Collection[str] = (), after: Moment | None = None, seed: int | None = None,
) -> Decision | None:  # fmt: skip
    """The same, or None where no practice may be offered now: so that what it follows from is kept all the same."""
    seed = secrets.randbits(53) if seed is None else check_seed(seed)
    with house.store.write() as transaction:
        transaction.hold(member)
        connection = transaction.connection
        grounds = access_grounds(house, connection, member, after)
        policy: Policy = house.policies.newest(connection) if grounds.used else house.policies.fair
        rested = {**grounds.rested, **dict.fromkeys(exclude, 0.0)}
        candidates = eligible(house.library.practices, grounds.context.state, rested=rested)
        if not candidates:
            return None
        choice = policy.decide(grounds.context, candidates, rng=np.random.default_rng(seed))
        event = _event(house, transaction, grounds, choice, seed)
        transaction.append(event, member=member)
    return decision_of(event, member, choice.probabilities)


def do_choose(house: House, member: str, practice: str) -> Decision:
    """A member takes a practice from the library themselves: a decision that is theirs, with probability 1."""
    chosen = house.library.practice(practice)
    with house.store.write() as transaction:
        transaction.hold(member)
        connection = transaction.connection
        grounds = access_grounds(house, connection, member, None)
        features = (
            house.policies.newest(connection).decide(grounds.context, [chosen], rng=np.random.default_rng(0)).features
        )
        choice = Choice(
            offered=practice, probabilities={practice: 1.0}, alternatives=(), reasons=(Reason(OWN_CHOICE, 0.0),),
            expected=0.0, policy=OWN_CHOICE, policy_version=0, features=features if grounds.used else {},
            inclusion={practice: 1.0},
        )  # fmt: skip
        event = _event(house, transaction, grounds, choice, 0)
        transaction.append(event, member=member)
    return decision_of(event, member, choice.probabilities)


def do_answer(
    house: House, member: str, decision: str, answer: Answer, *, practice: str | None = None
) -> Decision | None:
    """Note what a member did with an offer.

    "something-different" and "less-like-this" lead to a new decision, which is returned, or None where no practice may
    be offered now; after "less-like-this" that practice, and others of its family and medium, rest for thirty days.
    ``practice`` tells which one was started, where it was an alternative. Raises `Invalid` (``bad-input``) for any
    other answer.
    """
    if answer not in get_args(Answer):
        raise Invalid(
            ErrorCode.BAD_INPUT, "answer can only be among {known}. Correct it.", known=", ".join(get_args(Answer))
        )
    with house.store.write() as transaction:
        transaction.hold(member)
        made = access_decision_event(house, transaction.connection, member, decision)
        row = access_decision_row(transaction.connection, member, decision)
        if row.answer == "done":
            raise Conflict(
                ErrorCode.OUTCOME_ALREADY_SENT,
                "This offer was already finished, so it cannot be answered again.",
            )
        shown = practice or made.offered
        check_shown(shown, (made.offered, *made.alternatives))
        event = DecisionAnswered(at=house.clock(), decision=decision, answer=answer, practice=shown)
        transaction.append(event, member=member)
        if answer in ("something-different", "less-like-this"):
            return do_offer(house, member, exclude=_just_offered(transaction.connection, member, house.clock()))
    return None


def check_seed(seed: int) -> int:
    """The seed; raises `Invalid` (``bad-input``) where it is no whole number from 0 on."""
    if not isinstance(seed, int) or seed < 0:
        raise Invalid(ErrorCode.BAD_INPUT, "seed must be a whole number from 0 on, or left out.")
    return seed


def check_shown(practice: str, shown: Collection[str]) -> None:
    """Raise `NotFound` (``unknown-practice``) where a practice was not part of what a decision showed."""
    if practice not in shown:
        raise NotFound(
            ErrorCode.UNKNOWN_PRACTICE,
            "That practice was not part of this offer. Choose it from the library instead.",
        )


def access_fits(house: House, connection: Connection, member: str) -> bool:
    """Whether there is a practice that may be offered to a member now; what rests gives way, so it does not count."""
    state = access_grounds(house, connection, member, None).context.state
    return bool(eligible(house.library.practices, state))


def access_decision(house: House, connection: Connection, member: str, decision: str) -> Decision:
    """One decision of a member; somebody else's is as unknown as one that never was."""
    event = access_decision_event(house, connection, member, decision)
    return decision_of(event, member, house.listings.access_probabilities(connection, event))


def access_decision_event(house: House, connection: Connection, member: str, decision: str) -> DecisionMade:
    """The event of one decision of a member."""
    row = access_decision_row(connection, member, decision)
    logged = next(house.store.events(connection, member=member, after=row.seq - 1, limit=1))
    assert isinstance(logged.event, DecisionMade)
    return logged.event


def access_decision_row(connection: Connection, member: str, decision: str):  # type: ignore[no-untyped-def]
    """The derived row of one decision of a member; raises `NotFound` (``unknown-decision``)."""
    query = select(decisions).where(decisions.c.id == decision, decisions.c.member == member)
    row = connection.execute(query).first() if is_id(member) and is_id(decision) else None
    if row is None:
        raise NotFound(ErrorCode.UNKNOWN_DECISION, "There is no such offer. Ask for a new one.")
    return row


def access_status(connection: Connection, member: str, decision: str) -> str | None:
    """What a member made of an offer: started, not-now, something-different, less-like-this, done; None while open."""
    answer: str | None = access_decision_row(connection, member, decision).answer
    return answer


def access_doing(house: House, connection: Connection, member: str, decision: str) -> Practice:
    """The practice a decision is about: the alternative that was taken instead, else the offered one."""
    row = access_decision_row(connection, member, decision)
    return house.library.practice(row.answered_practice or row.practice)


def access_unfinished(house: House, connection: Connection, member: str) -> tuple[str, Practice] | None:
    """The newest decision and its practice, where it was started and not ended."""
    query = select(decisions).where(decisions.c.member == member).order_by(decisions.c.seq.desc()).limit(1)
    row = connection.execute(query).first()
    if row is None or row.answer != "started" or row.answered_practice not in house.library:
        return None
    return row.id, house.library.practice(row.answered_practice)


def decision_of(event: DecisionMade, member: str, probabilities: Mapping[str, float]) -> Decision:
    """The decision an event tells of; ``probabilities`` are those of everything that was eligible."""
    choice = Choice(
        offered=event.offered, probabilities=probabilities, alternatives=tuple(event.alternatives),
        reasons=tuple(Reason(r.about, r.weight, r.fact) for r in event.reasons), expected=event.expected,
        policy=event.policy, policy_version=event.policy_version, features=event.features,
        inclusion=event.inclusion, inclusion_error=event.inclusion_error, guarded=event.guarded,
    )  # fmt: skip
    return Decision(
        event.decision, member, event.moment, event.at, choice, tuple(event.used), tuple(event.not_used),
        event.sentence,
    )  # fmt: skip


def _just_offered(connection: Connection, member: str, now: datetime) -> set[str]:
    query = select(decisions.c.practice).where(
        decisions.c.member == member, decisions.c.at > now - timedelta(hours=3)
    ).order_by(decisions.c.seq.desc()).limit(12)  # fmt: skip
    return set(connection.execute(query).scalars())


def _event(house: House, transaction: Transaction, grounds: Grounds, choice: Choice, seed: int) -> DecisionMade:
    offered: Practice = house.library.practice(choice.offered)
    family = house.library.families[offered.family].title
    at, shown = house.clock(), (choice.offered, *choice.alternatives)
    probabilities, others = house.listings.compact(
        transaction, choice.probabilities, shown=shown, listed=house.library.listed, at=at
    )
    return DecisionMade(
        at=at, decision=new_id(), moment=grounds.moment, earlier=list(grounds.earlier), offered=choice.offered,
        probabilities=probabilities, others=others, alternatives=list(choice.alternatives),
        reasons=[ReasonKept(about=r.about, weight=r.weight, fact=dict(r.fact)) for r in choice.reasons],
        expected=choice.expected, policy=choice.policy, policy_version=choice.policy_version,
        features={p: dict(f) for p, f in choice.features.items()},
        used=list(grounds.used), not_used=list(grounds.not_used), sentence=sentence(choice, offered, family),
        seed=seed, inclusion=dict(choice.inclusion), inclusion_error=choice.inclusion_error, guarded=choice.guarded,
    )  # fmt: skip
