"""What is carried to a person, and what may come of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from attunement.domain.channel import Channel


class NotNow(Exception):
    """It could not be handed over this time; try again later. Its text is for whoever looks after the server."""


class Gone(Exception):
    """Nobody is at this address any more, or it never was one; do not try it again."""


@dataclass(frozen=True, slots=True)
class Message:
    """A short message with where it leads. It says nothing that others who see a screen should not read.

    ``words`` is one sentence, ``letter`` the same at the length of a letter. ``id`` is the same at every try, so that
    whoever gets it twice can tell. ``stop`` is a link that ends all further messages with one click, for somebody who
    is not signed in, and ``stop_words`` what to call it. ``about`` names what it is of, for programs,
    and ``kind`` what kind of message it is. ``urgent`` is for what somebody should hear at once,
    and that is not worth hearing an hour later.
    """

    id: str
    title: str
    words: str
    letter: str
    link: str
    stop: str
    stop_words: str
    about: dict[str, str]
    kind: str = "offer.sent"
    urgent: bool = False


class Courier(Protocol):
    """Hands messages over, on one channel."""

    channel: Channel

    def carry(self, message: Message, address: str) -> None:
        """Hand it over, or raise `NotNow` or `Gone`."""
        ...
