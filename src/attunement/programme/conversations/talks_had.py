"""The talks a supporter had: read again for two weeks after they left their hands, while the member lets supporters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from attunement.domain.consent import Category, Cell, Purpose
from attunement.domain.conversation import Speaker
from attunement.domain.conversation_events import TalkReadAgain
from attunement.domain.ids import is_id
from attunement.programme.consents import access_consents, access_permissions
from attunement.programme.conversations.conversation import (
    Conversation,
    find_conversation,
    opened_row,
    unknown_conversation,
)
from attunement.programme.conversations.duty import access_supporter
from attunement.programme.conversations.lines import MOST, WrittenLine, access_lines_up_to
from attunement.programme.conversations.notes import Note, check_note, find_notes, write_note
from attunement.programme.house import House
from attunement.programme.members import access_name
from attunement.store.schema import conversations, turns

READ_AGAIN_WITHIN = timedelta(days=14)
"""For how long after a talk left a supporter's hands they can read it again; what members are told says so too."""
LETS = Cell(Purpose.SUPPORTERS, Category.TEXT)
ASKED_SINCE = 6
"""The wording of consent that first spoke of this; a yes to an earlier one is none to this."""
_TALK = conversations.c


@dataclass(frozen=True, slots=True)
class TalkHad:
    """A talk that was a supporter's, and is not any more: whose, and when it left their hands.

    It can be read up to line ``last_line``, by which it left them, and until ``until``.
    """

    conversation: str
    name: str
    left: datetime
    until: datetime
    last_line: int


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """What a supporter reads again: the talk, its lines in order, and their own notes on it, newest first."""

    talk: TalkHad
    lines: tuple[WrittenLine, ...]
    notes: tuple[Note, ...]


def access_talks_had(house: House, supporter: str) -> list[TalkHad]:
    """The talks a supporter had and can read again, the one that left their hands last on top.

    They had those in which they wrote, as consent says: whoever took one over without a word talked with nobody.
    Raises `Refused` (``not-allowed``) for who is no supporter.
    """
    with house.store.read() as connection:
        access_supporter(house, connection, supporter)
        found = list(_had(house, connection, supporter))
    return sorted(found, key=lambda one: one.left, reverse=True)


def do_read_again(
    house: House, supporter: str, conversation: str, *, after: int | None = None, limit: int = MOST
) -> ReadAgain:
    """Read a talk one had: its lines after one, or else its last, up to where it left one's hands.

    That it was opened is written down; the member finds it in their export. Raises `NotFound`
    (``unknown-conversation``) where they never wrote in it, it is theirs now, it left their hands more than two weeks
    ago, or the member does not let supporters read what they write, or not any more.
    """
    member = _member_of(house, supporter, conversation)
    with house.store.write() as transaction:
        transaction.hold(member)
        _find(house, transaction.connection, supporter, conversation)
        event = TalkReadAgain(at=house.clock(), conversation=conversation, supporter=supporter)
        transaction.append(event, member=member)
    with house.store.read() as connection:
        had = _find(house, connection, supporter, conversation)
        talk = find_conversation(connection, conversation)
        lines = access_lines_up_to(house, connection, talk, had.last_line, after=after, limit=limit)
        notes = find_notes(house, connection, member)
    own = (note for note in notes if note.conversation == conversation and note.author == supporter)
    return ReadAgain(had, tuple(lines), tuple(own))


def do_note_afterwards(house: House, supporter: str, conversation: str, text: str) -> Note:
    """Note something on a talk one had; a note like any other. Raises as `do_read_again`, and `Invalid`."""
    text = check_note(text)
    member = _member_of(house, supporter, conversation)
    with house.store.write() as transaction:
        transaction.hold(member)
        _find(house, transaction.connection, supporter, conversation)
        return write_note(house, transaction, member, conversation, supporter, text)


def _find(house: House, connection: Connection, supporter: str, conversation: str) -> TalkHad:
    found = next(_had(house, connection, supporter, conversation), None) if is_id(conversation) else None
    if found is None:
        raise unknown_conversation()
    return found


def _member_of(house: House, supporter: str, conversation: str) -> str:
    with house.store.read() as connection:
        _find(house, connection, supporter, conversation)
        return find_conversation(connection, conversation).member


def _had(house: House, connection: Connection, supporter: str, only: str | None = None) -> Iterator[TalkHad]:
    since = house.clock() - READ_AGAIN_WITHIN
    wrote = select(turns.c.conversation).where(turns.c.author == supporter, turns.c.speaker == Speaker.SUPPORTER)
    query = select(conversations).where(_TALK.id.in_(wrote), _TALK.last_at > since)
    if only is not None:
        query = query.where(_TALK.id == only)
    for row in connection.execute(query).all():
        talk = opened_row(row)
        left = None if talk.is_of(supporter) else _left(connection, talk, supporter)
        if left is None or left[1] <= since or not _lets_read(house, connection, talk.member):
            continue
        name = access_name(house, connection, talk.member)
        yield TalkHad(talk.id, name, left[1], left[1] + READ_AGAIN_WITHIN, left[0])


def _left(connection: Connection, talk: Conversation, supporter: str) -> tuple[int, datetime] | None:
    """The line by which it left their hands last, and when: the first of the epoch after the last that was theirs."""
    in_it = turns.c.conversation == talk.id
    theirs = select(func.max(turns.c.epoch)).where(in_it, turns.c.author == supporter).scalar_subquery()
    query = select(turns.c.line, turns.c.at).where(in_it, turns.c.epoch > theirs).order_by(turns.c.line).limit(1)
    row = connection.execute(query).first()
    return None if row is None else (row.line, row.at)


def _lets_read(house: House, connection: Connection, member: str) -> bool:
    allowed = access_permissions(house, connection, member).cells
    asked = (one.wording >= ASKED_SINCE for one in access_consents(connection, member) if one.cell == LETS)
    return LETS in allowed and any(asked)
