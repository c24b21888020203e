"""Writing in a conversation: each speaker only where it is theirs to speak, and a line sent twice only once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, select

from attunement.domain.conversation import Owner, Speaker
from attunement.domain.conversation_events import TurnWritten
from attunement.domain.errors import Conflict, ErrorCode, Invalid
from attunement.domain.ids import is_id, new_id
from attunement.domain.reading import RiskLevel
from attunement.domain.reply import Strategy
from attunement.programme.alerts.raising import do_raise_alert
from attunement.programme.conversations.conversation import (
    Conversation,
    access_as_supporter,
    access_conversation,
    announce,
    find_conversation,
    held_as_supporter,
    take_line,
)
from attunement.programme.conversations.lines import WrittenLine, sent_before
from attunement.programme.house import House
from attunement.programme.text import clean_text
from attunement.store.errors import not_the_owner
from attunement.store.schema import conversations, turns
from attunement.store.store import Transaction

LONGEST = 4_000
SAID_SO = "said-so"
_SAID = (
    select(turns.c.line, turns.c.speaker)
    .where(turns.c.conversation == bindparam("conversation"), turns.c.speaker.in_([Speaker.MEMBER, Speaker.SUPPORTER]))
    .order_by(turns.c.line.desc()).limit(1)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ticket:
    """What the companion takes before it thinks: it may answer up to line ``answers``, while nothing changed hands."""

    conversation: str
    member: str
    epoch: int
    answers: int


def access_ticket(connection: Connection, conversation: str) -> Ticket:
    """A ticket to answer what the member said last; where a supporter spoke after them, nothing is owed.

    Raises `NotFound` (``unknown-conversation``), `Conflict`: ``not-the-owner`` where it is not the companion's,
    ``already-answered`` where it has answered all there is.
    """
    found = find_conversation(connection, conversation)
    if found.owner is not Owner.COMPANION:
        raise not_the_owner()
    last = connection.execute(_SAID, {"conversation": conversation}).first()
    if last is None or last.speaker != Speaker.MEMBER or found.answered >= last.line:
        raise _already_answered()
    return Ticket(found.id, found.member, found.epoch, last.line)


def do_write_as_member(
    house: House, member: str, conversation: str, text: str, *, sent: str | None = None, risk: RiskLevel | None = None
) -> WrittenLine:
    """Write a member's line, which `do_hear` heard before.

    Parameters
    ----------
    text:
        Up to 4,000 characters.
    sent:
        An id (UUID) the client gave the line. Sent again, the line is given back as it was written.
    risk:
        The danger heard in it.

    Raises `Invalid` (``bad-input``, ``bad-text``, ``text-too-long``), `NotFound`, `Conflict` (``conversation-closed``;
    ``idempotency-mismatch`` where another line was sent under the id).
    """
    text = check_line(text, sent)
    with house.store.write() as transaction:
        transaction.hold(member)
        found = access_conversation(transaction.connection, member, conversation)  # as it is while nothing can change
        if sent and (before := _before(house, transaction.connection, found, sent, text)):
            return before
        return write_member_line(house, transaction, found, text, sent=sent, risk=risk)


def write_member_line(
    house: House, transaction: Transaction, conversation: Conversation, text: str, *, sent: str | None = None,
    risk: RiskLevel | None = None,
) -> WrittenLine:  # fmt: skip
    """Write a line that was checked, in a transaction that holds its member, and tell of danger in it."""
    turn = _turn(house, conversation, Speaker.MEMBER, text, sent=sent, risk=risk)
    written = _write(house, transaction, conversation, turn, conversations.c.owner != Owner.CLOSED)
    tell_of_danger(house, conversation, risk)
    return written


def tell_of_danger(house: House, conversation: Conversation, risk: RiskLevel | None) -> None:
    """Tell people of plain danger in what a member said, by an alert.

    While nobody answers, and so nobody asks how it is meant, they are told of signs of danger too.
    """
    if risk is not None and is_told(conversation, risk):
        do_raise_alert(house, conversation.member, level=risk, reason=SAID_SO, conversation=conversation.id)


def is_told(conversation: Conversation, risk: RiskLevel) -> bool:
    """Whether people are told of a danger in what a member says in a conversation as it stands."""
    least = RiskLevel.INDIRECT if conversation.owner is Owner.WAITING else RiskLevel.EXPLICIT
    return risk.rank >= least.rank


def do_write_as_companion(
    house: House, ticket: Ticket, text: str, *, by: str, strategy: Strategy | None = None,
    probability: float | None = None, why: Mapping[str, str | float] | None = None,
) -> WrittenLine:  # fmt: skip
    """Write the companion's answer, if the conversation did not change hands since it took its ticket.

    Raises `Conflict` (``not-the-owner``) where it did, or (``already-answered``) where another answer was first, and
    `NotFound` where the member is gone; then nothing is written, and nothing may be shown.
    """
    text = check_line(text, None)
    cells = conversations.c
    with house.store.write() as transaction:
        transaction.hold(ticket.member)
        found = find_conversation(transaction.connection, ticket.conversation)
        turn = _turn(
            house, found, Speaker.COMPANION, text, epoch=ticket.epoch, answers=ticket.answers, by=by, strategy=strategy,
            probability=probability, why=dict(why or {}),
        )  # fmt: skip
        mine = (cells.owner == Owner.COMPANION, cells.epoch == ticket.epoch, cells.answered < ticket.answers)
        return _write(house, transaction, found, turn, *mine)


def do_write_as_supporter(
    house: House, supporter: str, conversation: str, text: str, *, sent: str | None = None
) -> WrittenLine:
    """Write a supporter's line in a conversation that is theirs; ``sent`` as for a member.

    Raises `Invalid`, `NotFound` (``unknown-conversation``), `Conflict` (``not-the-owner``).
    """
    text, cells = check_line(text, sent), conversations.c
    with held_as_supporter(house, supporter, conversation) as (transaction, found):
        if sent and (before := _before(house, transaction.connection, found, sent, text)):
            return before
        turn = _turn(house, found, Speaker.SUPPORTER, text, author=supporter, sent=sent)
        return _write(house, transaction, found, turn, cells.owner == Owner.SUPPORTER, cells.supporter == supporter)


def access_was_sent(house: House, supporter: str, conversation: str, sent: str | None) -> bool:
    """Whether a line was sent under this name in a conversation they see; raises `NotFound` where they do not."""
    with house.store.read() as connection:
        found = access_as_supporter(connection, supporter, conversation)
        return sent is not None and sent_before(house, connection, found, sent) is not None


def check_line(text: str, sent: str | None) -> str:
    """The text as it is kept; raises `Invalid` (``bad-input``, ``bad-text``, ``text-too-long``)."""
    text = clean_text(text, longest=LONGEST)
    if not text:
        raise Invalid(ErrorCode.BAD_INPUT, "A line needs at least one word.")
    if sent is not None and not is_id(sent):
        raise Invalid(ErrorCode.BAD_INPUT, "sent must be a UUID in small letters, fresh for each line.")
    return text


def _turn(house: House, conversation: Conversation, speaker: Speaker, text: str, **more: Any) -> TurnWritten:
    fields = {"epoch": conversation.epoch, "line": conversation.last_line + 1, **more}
    return TurnWritten(
        at=house.clock(), conversation=conversation.id, turn=new_id(), speaker=speaker, text=text, **fields
    )


def _write(
    house: House, transaction: Transaction, conversation: Conversation, turn: TurnWritten, *only_if: ColumnElement[bool]
) -> WrittenLine:
    taken = take_line(transaction, conversation, *only_if)
    if taken is None:
        raise _refusal(find_conversation(transaction.connection, conversation.id), turn)
    turn = turn.model_copy(update={"line": taken.last_line, "epoch": taken.epoch})
    transaction.append(turn, member=conversation.member)
    announce(house, transaction, conversation.id, queue=conversation.owner is Owner.WAITING)
    return WrittenLine(
        line=turn.line, id=turn.turn, at=turn.at, speaker=turn.speaker, text=turn.text, sent=turn.sent,
        strategy=turn.strategy, by=turn.by, why=turn.why, risk=turn.risk,
    )  # fmt: skip


def _refusal(now: Conversation, turn: TurnWritten) -> Conflict:
    if now.owner is Owner.CLOSED and turn.speaker is Speaker.MEMBER:
        return Conflict(ErrorCode.CONVERSATION_CLOSED, "This conversation has ended. Begin another to go on.")
    if turn.speaker is Speaker.COMPANION and now.owner is Owner.COMPANION and now.epoch == turn.epoch:
        return _already_answered()
    return not_the_owner()


def _already_answered() -> Conflict:
    return Conflict(ErrorCode.ALREADY_ANSWERED, "All that was said is answered already. Wait for the next line.")


def _before(
    house: House, connection: Connection, conversation: Conversation, sent: str, text: str
) -> WrittenLine | None:
    before = sent_before(house, connection, conversation, sent)
    if before is not None and before.text != text:
        raise Conflict(
            ErrorCode.IDEMPOTENCY_MISMATCH,
            "Another line was sent under this id already. Choose a fresh id.",
        )
    return before
