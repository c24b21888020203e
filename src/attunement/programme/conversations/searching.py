"""Finding talks again by a name or words: those a supporter may read now, looked through in memory and kept nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import Connection

from attunement.domain.conversation import Speaker
from attunement.domain.errors import NotFound
from attunement.programme.conversations.conversation import Conversation, find_conversation
from attunement.programme.conversations.lines import WrittenLine, access_lines_as_supporter, access_lines_up_to
from attunement.programme.conversations.queue import access_queue
from attunement.programme.conversations.summary import shortened, what_brought
from attunement.programme.conversations.talks_had import TalkHad, access_talks_had
from attunement.programme.house import House
from attunement.programme.members import access_name
from attunement.programme.text import clean_text

LONGEST_WORDS = 200
MOST_FOUND = 50


@dataclass(frozen=True, slots=True)
class Found:
    """A line of a conversation in which everything was found, whose it is, and where.

    ``text`` is empty where nobody said that line: whoever asked for a person without words is found by name alone.
    ``past`` is one the supporter had and can read again: no text of it is shown here, because that it is read is for
    its member to know (see `do_read_again`).
    """

    conversation: str
    name: str
    line: int
    text: str
    past: bool = False


def access_search(house: House, supporter: str, words: str) -> list[Found]:
    """Up to fifty lines that hold every word, whatever its case, those of one's own conversations first.

    Words that begin a part of the member's name need not be in the line; where the name is all that is asked for, what
    brought them is found as well. Of each conversation its last 500 lines are looked through.
    Raises `Refused` (``not-allowed``) for who is no supporter, `Invalid` (``text-too-long``).
    """
    wanted = clean_text(words, field="words", longest=LONGEST_WORDS).casefold().split()
    if not wanted:
        return []
    queue = access_queue(house, supporter)
    readable = [*queue.mine, *queue.along, *(one.conversation for one in queue.waiting if not one.left)]
    now = {one.id for one in readable}
    had = [one for one in access_talks_had(house, supporter) if one.conversation not in now]
    found: list[Found] = []
    with house.store.read() as connection:
        for one in readable:
            with suppress(NotFound):  # somebody took it meanwhile
                found += _in(house, connection, supporter, one, wanted)
        for past in had:
            found += _in_past(house, connection, past, wanted)
    return found[:MOST_FOUND]


def _in(house: House, connection: Connection, supporter: str, one: Conversation, wanted: Sequence[str]) -> list[Found]:
    lines = access_lines_as_supporter(house, connection, supporter, one.id)
    name = access_name(house, connection, one.member)
    return [
        Found(one.id, name, line.line, "" if line.speaker is Speaker.NOTICE else shortened(line.text))
        for line in _holding(lines, name, wanted)
    ]  # fmt: skip


def _in_past(house: House, connection: Connection, had: TalkHad, wanted: Sequence[str]) -> list[Found]:
    talk = find_conversation(connection, had.conversation)
    lines = access_lines_up_to(house, connection, talk, had.last_line)
    return [
        Found(had.conversation, had.name, line.line, "", past=True) for line in _holding(lines, had.name, wanted)
    ]  # fmt: skip


def _holding(lines: Sequence[WrittenLine], name: str, wanted: Sequence[str]) -> list[WrittenLine]:
    """The lines that hold all words that are not in the name; where all are, those that hold them, and the first.

    The first is what brought them. Where they wrote nothing yet, as who asked for a person without words, it is the
    first line there is, whoever's: their talk is to be found all the same.
    """
    parts = name.casefold().split()
    rest = [word for word in wanted if not any(part.startswith(word) for part in parts)]
    theirs = [line for line in lines if line.speaker is Speaker.MEMBER]
    brought = None if rest else what_brought(theirs) or next(iter(lines), None)
    return [line for line in lines if line is brought or _holds(line, rest or wanted)]


def _holds(line: WrittenLine, wanted: Sequence[str]) -> bool:
    return line.speaker is not Speaker.NOTICE and all(word in line.text.casefold() for word in wanted)
