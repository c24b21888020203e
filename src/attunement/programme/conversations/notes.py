"""What supporters note about a conversation, and what members say of a reply of the companion's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from attunement.domain.conversation import Speaker
from attunement.domain.conversation_events import NoteWritten, TurnRated
from attunement.domain.errors import ErrorCode, Invalid, NotFound
from attunement.domain.ids import new_id
from attunement.programme.conversations.conversation import access_as_supporter, access_conversation, held_as_supporter
from attunement.programme.house import House
from attunement.programme.text import clean_text
from attunement.store.schema import accounts, turns
from attunement.store.store import Transaction

LONGEST_NOTE = 2_000


@dataclass(frozen=True, slots=True)
class Note:
    """One note; ``conversation`` is the one it was written in, ``name`` its author's, or empty where they left."""

    id: str
    at: datetime
    conversation: str
    author: str
    name: str
    text: str


def do_write_note(house: House, supporter: str, conversation: str, text: str) -> Note:
    """Note something for colleagues. The member does not see it here, but it is about them: it is in their export.

    Raises `NotFound` where it neither waits, nor is theirs, nor do they look along in it; `Invalid`.
    """
    text = check_note(text)
    with held_as_supporter(house, supporter, conversation) as (transaction, found):
        return write_note(house, transaction, found.member, conversation, supporter, text)


def check_note(text: str) -> str:
    """The text of a note as it is kept; raises `Invalid` (``bad-input``, ``bad-text``, ``text-too-long``)."""
    text = clean_text(text, longest=LONGEST_NOTE)
    if not text:
        raise Invalid(ErrorCode.BAD_INPUT, "A note needs at least one word.")
    return text


def write_note(
    house: House, transaction: Transaction, member: str, conversation: str, supporter: str, text: str
) -> Note:
    """Write a note that was checked, in a transaction that holds its member."""
    event = NoteWritten(at=house.clock(), conversation=conversation, note=new_id(), author=supporter, text=text)
    transaction.append(event, member=member)
    transaction.when_committed(lambda: house.bell.ring(conversation))
    return _note(event, _names(transaction.connection))


def access_notes(house: House, connection: Connection, supporter: str, conversation: str) -> list[Note]:
    """All notes about the member of a conversation, of this and earlier ones, newest first; raises `NotFound`."""
    return find_notes(house, connection, access_as_supporter(connection, supporter, conversation).member)


def find_notes(house: House, connection: Connection, member: str) -> list[Note]:
    """All notes about a member, newest first, for use cases that check themselves who may."""
    names = _names(connection)
    events = house.store.events(connection, member=member, kinds=(NoteWritten.kind,), newest_first=True)
    return [_note(logged.event, names) for logged in events if isinstance(logged.event, NoteWritten)]


def do_rate_turn(house: House, member: str, conversation: str, turn: str, *, helped: bool) -> None:
    """Say whether a reply of the companion helped; the last word holds. Raises `NotFound`."""
    with house.store.write() as transaction:
        transaction.hold(member)
        access_conversation(transaction.connection, member, conversation)
        query = select(turns.c.id).where(
            turns.c.id == turn, turns.c.conversation == conversation, turns.c.speaker == Speaker.COMPANION
        )
        if transaction.connection.execute(query).first() is None:
            raise NotFound(ErrorCode.NOT_FOUND, "There is no such reply of the companion's in this conversation.")
        event = TurnRated(at=house.clock(), conversation=conversation, turn=turn, helped=helped)
        transaction.append(event, member=member)


def _note(event: NoteWritten, names: Mapping[str, str]) -> Note:
    return Note(event.note, event.at, event.conversation, event.author, names.get(event.author, ""), event.text)


def _names(connection: Connection) -> dict[str, str]:
    query = select(accounts.c.id, accounts.c.name).where(accounts.c.role == "supporter")
    return {row.id: row.name for row in connection.execute(query)}
