"""Supporters at work: what they bring, until when they are there, and how much they carry."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, text, update

from attunement.domain.conversation import Owner
from attunement.domain.errors import ErrorCode, Invalid, Refused
from attunement.domain.programme_events import SupporterDescribed
from attunement.domain.reading import RiskLevel
from attunement.programme.bell import QUEUE
from attunement.programme.house import House
from attunement.store.schema import UtcDateTime, accounts, conversations, shifts, supporters

USUAL_CAPACITY = 3
LONGEST_SHIFT = timedelta(hours=12)
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,38}")
_LANGUAGE = re.compile(r"[a-z]{2,8}(-[A-Za-z0-9]{1,8})*")
MOST_SKILLS, MOST_LANGUAGES = 10, 10
_BEGIN = text(
    "INSERT INTO shifts (account, since, until) VALUES (:account, :since, :until) "
    "ON CONFLICT (account) DO UPDATE SET since = excluded.since, until = excluded.until"
).bindparams(bindparam("since", type_=UtcDateTime()), bindparam("until", type_=UtcDateTime()))

_ALL = (  # these are built once: every claim and every question for the wait asks them
    select(accounts.c.id, accounts.c.name, supporters, shifts.c.until, (
        select(func.count()).select_from(conversations)
        .where(conversations.c.supporter == accounts.c.id, conversations.c.owner == Owner.SUPPORTER)
        .scalar_subquery().label("talks")
    ))
    .outerjoin(supporters, supporters.c.account == accounts.c.id)
    .outerjoin(shifts, shifts.c.account == accounts.c.id)
    .where(accounts.c.role == "supporter")
)  # fmt: skip
_ONE = _ALL.where(accounts.c.id == bindparam("account"))
_ON_DUTY = _ALL.where(shifts.c.until > bindparam("now"))


@dataclass(frozen=True, slots=True)
class Supporter:
    """A supporter at work: ``until`` when (None: not on duty), and in how many ``talks`` they are."""

    account: str
    name: str
    languages: tuple[str, ...]
    skills: tuple[str, ...]
    team: str | None
    capacity: int
    until: datetime | None
    talks: int

    @property
    def free(self) -> int:
        """How many more talks they can take now."""
        return max(0, self.capacity - self.talks) if self.until else 0

    def has_room_for(self, danger: RiskLevel) -> bool:
        """Whether they may take one more talk: where the danger in it is clear, also one above their capacity."""
        most = self.capacity + (danger.rank >= RiskLevel.EXPLICIT.rank)
        return self.until is not None and self.talks < most


def access_supporter(house: House, connection: Connection, account: str) -> Supporter:
    """One supporter; raises `Refused` (``not-allowed``) for any other account."""
    row = connection.execute(_ONE, {"account": account}).first()
    if row is None:
        raise Refused(ErrorCode.NOT_ALLOWED, "This is for supporters of this programme.")
    return _supporter(row, house.clock())


def access_on_duty(house: House, connection: Connection) -> list[Supporter]:
    """Those on duty now, those with most room first."""
    now = house.clock()
    rows = connection.execute(_ON_DUTY, {"now": now})
    return sorted((_supporter(row, now) for row in rows), key=lambda s: (-s.free, s.name))


def access_colleagues(house: House, connection: Connection) -> list[Supporter]:
    """All supporters by name, for choosing whom to pass a conversation on to."""
    now = house.clock()
    return sorted((_supporter(row, now) for row in connection.execute(_ALL)), key=lambda s: s.name.casefold())


def do_describe_supporter(
    house: House, account: str, *, languages: Sequence[str] = (), skills: Sequence[str] = (), team: str | None = None,
    capacity: int = USUAL_CAPACITY,
) -> Supporter:  # fmt: skip
    """Say what a supporter speaks (``en``), is good at, which team they are of, and how many talks at once.

    Skills and teams are short names such as ``grief``. Raises `Invalid` (``bad-input``), `Refused` (``not-allowed``).
    """
    for name in (*skills, *([team] if team else [])):
        check_short_name(name)
    if not all(_LANGUAGE.fullmatch(code) for code in languages):
        raise Invalid(ErrorCode.BAD_INPUT, "languages must be codes such as 'en' or 'pt-BR'.")
    if not 1 <= capacity <= 20 or len(skills) > MOST_SKILLS or len(languages) > MOST_LANGUAGES:
        raise Invalid(ErrorCode.BAD_INPUT, "capacity must be 1 to 20, with at most ten skills and ten languages.")
    with house.store.write() as transaction:
        access_supporter(house, transaction.connection, account)
        transaction.append(SupporterDescribed(
            at=house.clock(), account=account, languages=list(dict.fromkeys(languages)),
            skills=list(dict.fromkeys(skills)), team=team or None, capacity=capacity,
        ))  # fmt: skip
        transaction.when_committed(lambda: house.bell.ring(QUEUE))
        return access_supporter(house, transaction.connection, account)


def do_go_on_duty(house: House, account: str, until: datetime) -> Supporter:
    """Be there for people until then, at most twelve hours; raises `Invalid` (``bad-time``)."""
    now = house.clock()
    if until.tzinfo is None or not now < until <= now + LONGEST_SHIFT:
        raise Invalid(ErrorCode.BAD_TIME, "A shift ends within the next twelve hours. Choose a time there.")
    with house.store.write() as transaction:
        access_supporter(house, transaction.connection, account)
        transaction.connection.execute(_BEGIN, {"account": account, "since": now, "until": until})
        transaction.when_committed(lambda: house.bell.ring(QUEUE))
        return access_supporter(house, transaction.connection, account)


def end_shift(house: House, account: str) -> None:
    """Take no more talks. What they own is passed on by `do_go_off_duty`."""
    with house.store.write() as transaction:
        now = house.clock()
        over = update(shifts).where(shifts.c.account == account, shifts.c.until > now).values(until=now)
        transaction.connection.execute(over)
        transaction.when_committed(lambda: house.bell.ring(QUEUE))


def lock_shift(connection: Connection, account: str) -> None:
    """Make other claims of the same supporter wait, so that two at once cannot take them over their capacity.

    Whoever locks a shift and a member in one transaction locks the shift first, then the member (`Transaction.hold`),
    then the conversation's row; of two in another order each could wait for the other.
    """
    connection.execute(select(shifts.c.account).where(shifts.c.account == account).with_for_update())


def check_short_name(name: str) -> str:
    """The name of a skill or a team; raises `Invalid` (``bad-input``)."""
    if not _NAME.fullmatch(name):
        raise Invalid(
            ErrorCode.BAD_INPUT, "Skills and teams have short names of small letters, digits and dashes, like 'grief'."
        )
    return name


def _supporter(row: Any, now: datetime) -> Supporter:
    return Supporter(
        account=row.id, name=row.name, languages=_several(row.languages), skills=_several(row.skills), team=row.team,
        capacity=row.capacity or USUAL_CAPACITY, until=row.until if row.until and row.until > now else None,
        talks=row.talks,
    )  # fmt: skip


def _several(text: str | None) -> tuple[str, ...]:
    return tuple(filter(None, (text or "").split(",")))
