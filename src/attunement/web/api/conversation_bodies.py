"""What programs send about conversations."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from attunement.domain.coaching import Change
from attunement.domain.conversation_events import Wanted
from attunement.domain.reply import Mechanism
from attunement.programme.coaching import MOST_KEPT, Seen
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
LONGEST_SEEN = 1_000
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


class SeenBody(Body):
    """A suggestion of the coach's that stood before a supporter while they wrote, and whether they put it away."""

    text: Annotated[str, Field(max_length=LONGEST_SEEN)]
    kind: Change
    adds: Mechanism
    dismissed: Annotated[bool, Field(strict=True)] = False

    def value(self) -> Seen:
        """The same for the use cases."""
        return Seen(self.text, self.kind, self.adds, self.dismissed)


class LineBody(Body):
    """A line."""

    text: Words
    sent: Sent | None = None
    coach: Annotated[list[SeenBody], Field(max_length=MOST_KEPT)] | None = Field(
        default=None,
        description="Of a supporter's line: every suggestion shown while it was written; none of their words is kept. "
        "`null` says that the coach was off, or that there was none. Of a member's line it counts for nothing.",
    )


class CoachBody(Body):
    """A draft of a line. It is not kept."""

    draft: Annotated[str, Field(max_length=LONGEST, examples=["Oh no. What happened?"])]


class ReplyBody(Body):
    """A reply to a written case. It is not kept."""

    reply: Annotated[
        str,
        Field(
            max_length=LONGEST, examples=["I'm so sorry. What happened?"],
            json_schema_extra={"pattern": r"[^\s\x00-\x1f\x7f]"},
        ),
    ]  # fmt: skip


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
