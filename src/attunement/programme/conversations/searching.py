"""Finding words again: in the conversations a supporter may open now, looked through in memory and kept nowhere."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import Connection

from attunement.domain.conversation import Speaker
from attunement.domain.errors import NotFound
from attunement.programme.conversations.conversation import Conversation
from attunement.programme.conversations.lines import access_lines_as_supporter
from attunement.programme.conversations.queue import access_queue
from attunement.programme.conversations.summary import shortened
from attunement.programme.house import House
from attunement.programme.members import access_name
from attunement.programme.text import clean_text

LONGEST_WORDS = 200
MOST_FOUND = 50


@dataclass(frozen=True, slots=True)
class Found:
    """A line that holds all the words: of which conversation, whose, and where in it."""

    conversation: str
    name: str
    line: int
    text: str


def access_search(house: House, supporter: str, words: str) -> list[Found]:
    """Up to fifty lines that hold every word, whatever its case, those of one's own conversations first.

    Of each conversation its last 500 lines are looked through.
    Raises `Refused` (``not-allowed``) for who is no supporter, `Invalid` (``text-too-long``).
    """
    wanted = clean_text(words, field="words", longest=LONGEST_WORDS).casefold().split()
    if not wanted:
        return []
    queue = access_queue(house, supporter)
    readable = [*queue.mine, *queue.along, *(one.conversation for one in queue.waiting if not one.left)]
    found: list[Found] = []
    with house.store.read() as connection:
        for one in readable:
            with suppress(NotFound):  # somebody took it meanwhile
                found += _in(house, connection, supporter, one, wanted)
    return found[:MOST_FOUND]


def _in(house: House, connection: Connection, supporter: str, one: Conversation, wanted: list[str]) -> list[Found]:
    name = access_name(house, connection, one.member)
    return [
        Found(one.id, name, line.line, shortened(line.text))
        for line in access_lines_as_supporter(house, connection, supporter, one.id)
        if line.speaker is not Speaker.NOTICE and all(word in line.text.casefold() for word in wanted)
    ]
