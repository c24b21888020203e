"""The lines of a conversation, opened from the log for those whose they are to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, or_, select

from attunement.domain.conversation import Line, Speaker
from attunement.domain.conversation_events import TurnWritten
from attunement.domain.errors import ErrorCode, NotFound
from attunement.domain.ids import is_id
from attunement.domain.reading import SIGNS, RiskLevel
from attunement.domain.reply import Strategy
from attunement.programme.conversations.conversation import (
    Conversation,
    access_as_supporter,
    access_conversation,
    find_conversation,
)
from attunement.programme.conversations.notices import Notice, notice_of
from attunement.programme.house import House
from attunement.store.log import Logged
from attunement.store.schema import accounts, turns

MOST = 500
BEGINNING = 12
_OF_TALK = select(turns).where(turns.c.conversation == bindparam("conversation"))  # built once: asked for every line
_AFTER = _OF_TALK.where(turns.c.line > bindparam("after")).order_by(turns.c.line).limit(bindparam("limit"))
_SENT = _OF_TALK.where(turns.c.sent == bindparam("sent"))
_NAMES = select(accounts.c.id, accounts.c.name).where(accounts.c.role == "supporter")


@dataclass(frozen=True, slots=True)
class WrittenLine:
    """One line as a person reads it.

    ``line`` counts from 1 without gaps; ``sent`` is the name its sender gave it. ``name`` is the supporter's who wrote
    it. ``notice`` is there where the programme speaks, and then ``text`` is its English sentence. Of the companion's:
    what it does, who composed it, why, and whether it helped.
    """

    line: int
    id: str
    at: datetime
    speaker: Speaker
    text: str
    sent: str | None = None
    name: str | None = None
    notice: Notice | None = None
    strategy: Strategy | None = None
    by: str = ""
    why: Mapping[str, str | float] | None = None
    helped: bool | None = None
    risk: RiskLevel | None = None

    @property
    def help_shown(self) -> bool:
        """Whether help is to be shown with it: there were signs of danger in it, whoever may answer."""
        return self.risk is not None and self.risk.rank >= RiskLevel.INDIRECT.rank

    @property
    def as_line(self) -> Line:
        """What the engine reads of it."""
        return Line(self.speaker, self.text)


def access_lines(
    house: House, connection: Connection, member: str, conversation: str, *, after: int = 0, limit: int = MOST
) -> list[WrittenLine]:
    """A member's own lines after one, oldest first; raises `NotFound` (``unknown-conversation``)."""
    return _lines(house, connection, access_conversation(connection, member, conversation), after, limit)


def access_beginnings(
    house: House, connection: Connection, member: str, conversations: Sequence[str]
) -> dict[str, list[WrittenLine]]:
    """What a member said at the beginning of some conversations of theirs, within the first `BEGINNING` lines."""
    cells = turns.c
    rows = connection.execute(
        select(turns).where(
            cells.member == member, cells.conversation.in_(conversations), cells.line <= BEGINNING,
            cells.speaker == Speaker.MEMBER,
        ).order_by(cells.line)
    ).all()  # fmt: skip
    lines = {line.id: line for line in _opened(house, connection, member, rows)}
    found: dict[str, list[WrittenLine]] = {}
    for row in rows:
        if row.id in lines:
            found.setdefault(row.conversation, []).append(lines[row.id])
    return found


def access_lines_as_supporter(
    house: House, connection: Connection, supporter: str, conversation: str, *, after: int | None = None,
    limit: int = MOST,
) -> list[WrittenLine]:  # fmt: skip
    """The lines of a conversation that waits, is theirs, or in which they look along: those after one, or its last.

    Oldest first. Raises `NotFound` as soon as it is none of these.
    """
    found = access_as_supporter(connection, supporter, conversation)
    return _lines(house, connection, found, max(0, found.last_line - limit) if after is None else after, limit)


def access_lines_up_to(
    house: House, connection: Connection, conversation: Conversation, last: int, *, after: int | None = None,
    limit: int = MOST,
) -> list[WrittenLine]:  # fmt: skip
    """Its lines up to one, oldest first, and of these the ones after another or else the last.

    For use cases that check themselves who may.
    """
    start = max(0, last - limit) if after is None else after
    return _lines(house, connection, conversation, start, max(0, min(limit, last - start)))


def access_lines_to_sum_up(
    house: House, connection: Connection, supporter: str, conversation: str
) -> list[WrittenLine]:
    """Its last lines, and of those before them its beginning and all that speak of danger; raises as the above."""
    found = access_as_supporter(connection, supporter, conversation)
    edge, cells = max(0, found.last_line - MOST), turns.c
    earlier = connection.execute(
        _OF_TALK.where(cells.line <= edge, or_(cells.line <= BEGINNING, cells.risk.in_(SIGNS)))
        .order_by(cells.line.desc()).limit(MOST),
        {"conversation": found.id},
    ).all()  # fmt: skip
    told = _opened(house, connection, found.member, earlier[::-1])
    return [*told, *_lines(house, connection, found, edge, MOST)]


def access_lines_of_ticket(house: House, connection: Connection, conversation: str) -> list[WrittenLine]:
    """The last lines for the companion, which is about to answer them, oldest first.

    What was written while it thought stands after what it said then, since that is still to be answered.
    """
    found = find_conversation(connection, conversation)
    lines = _lines(house, connection, found, max(0, found.last_line - MOST), MOST)
    late = found.answered + 0.5
    return sorted(lines, key=lambda one: min(one.line, late) if one.speaker is Speaker.COMPANION else one.line)


def access_line(house: House, connection: Connection, member: str, conversation: str, turn: str) -> WrittenLine:
    """One line of a member's conversation; raises `NotFound`."""
    found = access_conversation(connection, member, conversation)
    query = select(turns).where(turns.c.id == turn, turns.c.conversation == found.id)
    lines = _opened(house, connection, member, connection.execute(query).all() if is_id(turn) else [])
    if not lines:
        raise NotFound(ErrorCode.NOT_FOUND, "There is no such line in this conversation.")
    return lines[0]


def sent_before(house: House, connection: Connection, conversation: Conversation, sent: str) -> WrittenLine | None:
    """The line that was sent under a name, or None."""
    rows = connection.execute(_SENT, {"conversation": conversation.id, "sent": sent}).all()
    found = _opened(house, connection, conversation.member, rows)
    return found[0] if found else None


def _lines(
    house: House, connection: Connection, conversation: Conversation, after: int, limit: int
) -> list[WrittenLine]:
    rows = connection.execute(_AFTER, {"conversation": conversation.id, "after": after, "limit": limit}).all()
    return _opened(house, connection, conversation.member, rows)


def _opened(house: House, connection: Connection, member: str, rows: Any) -> list[WrittenLine]:
    events = house.store.at(connection, member, [row.logged for row in rows])
    names = _names(connection) if rows else {}
    return [_line(row, events[row.logged], names) for row in rows if row.logged in events]


def _line(row: Any, logged: Logged, names: Mapping[str, str]) -> WrittenLine:
    event = logged.event
    if not isinstance(event, TurnWritten):
        notice = notice_of(event, names)
        return WrittenLine(row.line, row.id, row.at, Speaker.NOTICE, notice.text, notice=notice)
    return WrittenLine(
        line=row.line, id=row.id, at=row.at, speaker=event.speaker, text=event.text, sent=event.sent,
        name=names.get(event.author or ""), strategy=event.strategy, by=event.by, why=event.why, helped=row.helped,
        risk=event.risk,
    )  # fmt: skip


def _names(connection: Connection) -> dict[str, str]:
    return {row.id: row.name for row in connection.execute(_NAMES)}
