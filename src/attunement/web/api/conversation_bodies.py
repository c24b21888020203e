"""What programs send about conversations."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from attunement.domain.conversation_events import Wanted
from attunement.programme.conversations.handing import LONGEST_REASON
from attunement.programme.conversations.notes import LONGEST_NOTE
from attunement.programme.conversations.writing import LONGEST
from attunement.web.api.bodies import Body, Instant, Language

Sent = Annotated[
    str,
    Field(
        pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$",
        description="A fresh UUID; sent again under it, a line is not written again.",
    ),
]
ShortName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,38}$", examples=["grief"])]
Words = Annotated[str, Field(json_schema_extra={"maxLength": LONGEST})]
"""The use case refuses what is longer, once it has looked for danger in it."""


class WantedBody(Body):
    """Who should take it: a supporter's account, a team, a skill."""

    person: str | None = None
    team: ShortName | None = None
    skill: ShortName | None = None

    def value(self) -> Wanted:
        """The same for the use cases."""
        return Wanted(**self.model_dump())


class OpenBody(Body):
    """How to begin: with the companion, or waiting for a person."""

    human: Annotated[bool, Field(strict=True)] = False
    wanted: WantedBody | None = None
    language: Language | None = None


class LineBody(Body):
    """A line."""

    text: Words
    sent: Sent | None = None


class AskBody(Body):
    """Asking for a person, with or without words. Left out, the wishes there are stay."""

    words: Words = ""
    sent: Sent | None = None
    wanted: WantedBody | None = None
    language: Language | None = None


class TransferBody(Body):
    """Whom to pass it on to, and why: for whoever may take it then, and in the member's export."""

    wanted: WantedBody = WantedBody()
    reason: Annotated[str, Field(max_length=LONGEST_REASON)] = ""


class SecondBody(Body):
    """Whether a second person is asked for."""

    asked: Annotated[bool, Field(strict=True)] = True


class NoteBody(Body):
    """A note for colleagues; it is in the member's export."""

    text: Annotated[str, Field(max_length=LONGEST_NOTE)]


class HelpedBody(Body):
    """Whether a reply helped."""

    helped: Annotated[bool, Field(strict=True)]


class SupporterBody(Body):
    """What a supporter brings, and how many talks at once are not too many."""

    languages: Annotated[list[Language], Field(max_length=10, default_factory=list)]
    skills: Annotated[list[ShortName], Field(max_length=10, default_factory=list)]
    team: ShortName | None = None
    capacity: Annotated[int, Field(strict=True, ge=1, le=20)] = 3


class ShiftBody(Body):
    """Until when they are there, at most twelve hours from now."""

    until: Instant
