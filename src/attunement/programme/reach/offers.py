"""An offer that reached a member: shown to them, opened, or put off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, select

from attunement.domain.errors import ErrorCode, NotFound
from attunement.domain.ids import is_id
from attunement.domain.practice import Practice
from attunement.domain.reach_events import ReachAnswered
from attunement.programme.decisions import do_answer
from attunement.programme.house import House
from attunement.programme.reach.care import access_care
from attunement.programme.reach.weighing import WAITS
from attunement.store.schema import decisions, reaches


@dataclass(frozen=True, slots=True)
class ReachedOffer:
    """An offer that waits for a member: which reach, which decision, since when, and the practice."""

    reach: str
    decision: str
    at: datetime
    practice: Practice


def access_waiting(house: House, connection: Connection, member: str) -> ReachedOffer | None:
    """The newest offer that reached a member within a day and that they have not answered.

    None as long as people should be there for them, and no program: it is silent then on their page as well.
    """
    if access_care(house, connection, member):
        return None
    query = (
        select(reaches.c.id, reaches.c.at, reaches.c.decision, decisions.c.practice)
        .join(decisions, decisions.c.id == reaches.c.decision)
        .where(
            reaches.c.member == member, reaches.c.sent, reaches.c.at > house.clock() - WAITS,
            reaches.c.answer.is_distinct_from("not-now"), decisions.c.answer.is_(None),
        )
        .order_by(reaches.c.at.desc()).limit(1)
    )  # fmt: skip
    row = connection.execute(query).first()
    if row is None or row.practice not in house.library:
        return None
    return ReachedOffer(row.id, row.decision, row.at, house.library.practice(row.practice))


def do_answer_reach(house: House, member: str, reach: str, answer: Literal["opened", "not-now"]) -> str:
    """Note that an offer was opened, or put off; returns its decision. What was noted first stays.

    Raises `NotFound` (``unknown-reach``).
    """
    with house.store.write() as transaction:
        transaction.hold(member)
        query = select(reaches).where(reaches.c.id == reach, reaches.c.member == member, reaches.c.sent)
        row = transaction.connection.execute(query).first() if is_id(reach) else None
        if row is None:
            raise NotFound(ErrorCode.UNKNOWN_REACH, "There is no such offer. It may have been somebody else's.")
        if row.answer != answer and row.answer != "not-now":
            transaction.append(ReachAnswered(at=house.clock(), reach=reach, answer=answer), member=member)
            if answer == "not-now":
                do_answer(house, member, row.decision, "not-now")
        return str(row.decision)


def do_open_offer(house: House, member: str, decision: str) -> None:
    """Note that an offer was looked at, where it is one that reached them and was not answered yet."""
    with house.store.read() as connection:
        query = select(reaches.c.id).where(
            reaches.c.decision == decision, reaches.c.member == member, reaches.c.answer.is_(None)
        )  # fmt: skip
        reach = connection.execute(query).scalar()
    if reach is not None:
        do_answer_reach(house, member, reach, "opened")


@dataclass(frozen=True, slots=True)
class PastReach:
    """What was decided at one moment: sent (with its decision and the answer) or held back, and with what chance."""

    id: str
    at: datetime
    sent: bool
    held: str | None
    probability: float | None
    decision: str | None
    answer: str | None


def access_reaches(connection: Connection, member: str, *, limit: int = 20) -> list[PastReach]:
    """The newest moments at which it was weighed to reach a member, newest first."""
    query = select(reaches).where(reaches.c.member == member).order_by(reaches.c.seq.desc()).limit(limit)
    return [
        PastReach(row.id, row.at, row.sent, row.held, row.probability, row.decision, row.answer)
        for row in connection.execute(query)
    ]
