"""The events of conversations; all are the member's own, sealed under their key. Words stand here and nowhere else.

Each takes one ``line`` of its conversation, counted from 1 without gaps, except notes, ratings, what colleagues are
asked and what they read again, which are not said.
``epoch`` rises whenever the conversation changes hands: what was begun under an earlier one can no longer be said.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from attunement.domain.body_kept import Unit
from attunement.domain.coaching import CoachFeature
from attunement.domain.conversation import Owner, Speaker
from attunement.domain.event import Event
from attunement.domain.reading import RiskLevel
from attunement.domain.reply import Strategy

Place = Annotated[int, Field(ge=1)]


class Wanted(BaseModel):
    """Who should take a waiting conversation: a person (their account), a team or a skill; all None: whoever can."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    person: str | None = None
    team: str | None = None
    skill: str | None = None


class WaitTold(BaseModel):
    """What a member was told about the wait: how many were on duty, and minutes that half and 9 in 10 waited."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    on_duty: Annotated[int, Field(ge=0)]
    half_min: Annotated[int, Field(ge=0)] | None = None
    most_min: Annotated[int, Field(ge=0)] | None = None


class ConversationOpened(Event):
    """A member began a conversation, with the companion or waiting for a person."""

    kind: ClassVar[str] = "conversation-opened"
    conversation: str
    line: Place = 1
    epoch: Place = 1
    owner: Owner
    language: str
    wanted: Wanted = Wanted()
    told: WaitTold | None = None


class TurnWritten(Event):
    """Somebody said something.

    ``author`` is the account of a supporter; ``sent`` the name a client gave the line, so that sent twice it is
    written once. Of the companion: ``answers`` is the last line it had read, ``by`` who composed the reply,
    ``strategy`` what it does, ``probability`` how likely it was to be chosen, and ``why`` what set it apart. ``risk``
    is the danger read in a member's words.
    """

    kind: ClassVar[str] = "turn-written"
    conversation: str
    turn: str
    line: Place
    epoch: Place
    speaker: Speaker
    text: str
    author: str | None = None
    sent: str | None = None
    answers: int | None = None
    by: str = ""
    strategy: Strategy | None = None
    probability: Unit | None = None
    why: dict[str, str | float] = {}
    risk: RiskLevel | None = None


class HumanAsked(Event):
    """The conversation is to wait for a person. ``by`` says on whose word; ``reason`` is a code for colleagues.

    ``language`` is the one it is to be in from then on, None: as before. ``again`` where it waited already, and only
    the member's wishes change: on whose word it waits, and since when, stays.
    """

    kind: ClassVar[str] = "human-asked"
    conversation: str
    line: Place
    epoch: Place
    by: Literal["member", "companion", "safety", "consent"]
    reason: str = ""
    wanted: Wanted = Wanted()
    language: str | None = None
    told: WaitTold | None = None
    again: bool = False


class ConversationClaimed(Event):
    """A supporter took the conversation over; ``name`` is what the member was told they are called."""

    kind: ClassVar[str] = "conversation-claimed"
    conversation: str
    line: Place
    epoch: Place
    supporter: str
    name: str


class ConversationTransferred(Event):
    """It was passed on: to a person, a team, a skill or whoever can. ``reason`` is for colleagues.

    By its ``supporter``, or by ``time``: they had left, and it waits for a colleague.
    """

    kind: ClassVar[str] = "conversation-transferred"
    conversation: str
    line: Place
    epoch: Place
    supporter: str
    wanted: Wanted = Wanted()
    reason: str = ""
    told: WaitTold | None = None
    by: Literal["supporter", "time"] = "supporter"


class ConversationGivenBack(Event):
    """The companion may answer again: a supporter gave it back, or a waiting member would rather not wait."""

    kind: ClassVar[str] = "conversation-given-back"
    conversation: str
    line: Place
    epoch: Place
    by: Literal["supporter", "member"]
    supporter: str | None = None


class ConversationClosed(Event):
    """Nothing more is said in it. By ``time``: nobody had said anything to the companion for long."""

    kind: ClassVar[str] = "conversation-closed"
    conversation: str
    line: Place
    epoch: Place
    by: Literal["member", "supporter", "consent", "time"]
    supporter: str | None = None


class StillWaiting(Event):
    """It has waited for a person for long, and the member is told so."""

    kind: ClassVar[str] = "still-waiting"
    conversation: str
    line: Place
    epoch: Place
    told: WaitTold


class NoteWritten(Event):
    """A supporter's note on a conversation. Colleagues read it; so may the member it is about, in their export."""

    kind: ClassVar[str] = "note-written"
    conversation: str
    note: str
    author: str
    text: str


class TalkChosen(Event):
    """What a member wants of the companion: ``ideas`` from 0 (more listening) to 1 (more ideas).

    ``elsewhere`` is the other computer that may think for it, by the wording of that version; empty where none may.
    """

    kind: ClassVar[str] = "talk-chosen"
    ideas: Unit = 0.5
    elsewhere: str = ""
    wording: int = 0


class TurnRated(Event):
    """A member said whether a turn of the companion helped. The newest in the log holds."""

    kind: ClassVar[str] = "turn-rated"
    conversation: str
    turn: str
    helped: bool


class SecondPersonAsked(Event):
    """A supporter would like a colleague to look at it with them, or (``asked`` false) not any more."""

    kind: ClassVar[str] = "second-person-asked"
    conversation: str
    supporter: str
    asked: bool


class SecondPersonCame(Event):
    """A colleague of its supporter's looks along from here; ``name`` is what the member was told they are called."""

    kind: ClassVar[str] = "second-person-came"
    conversation: str
    line: Place
    epoch: Place
    supporter: str
    name: str


class SecondPersonLeft(Event):
    """They look along no more.

    By the word of the ``second`` or of the ``supporter`` whose talk it is, because it changed ``hands``, or because the
    shift of who looked along was over (``time``).
    """

    kind: ClassVar[str] = "second-person-left"
    conversation: str
    line: Place
    epoch: Place
    supporter: str
    name: str
    by: Literal["second", "supporter", "hands", "time"]


class TalkReadAgain(Event):
    """A supporter opened a talk they had, after it had left their hands. The member finds it in their export."""

    kind: ClassVar[str] = "talk-read-again"
    conversation: str
    supporter: str


class CoachDrawn(Event):
    """Which features of the coach are shown in a conversation, drawn once; ``chances`` are what each was drawn with."""

    kind: ClassVar[str] = "coach-drawn"
    conversation: str
    shown: list[CoachFeature]
    chances: dict[CoachFeature, Unit]


class LineRemembered(Event):
    """The companion is to remember this of a member; ``conversation`` and ``turn`` are there where they said it."""

    kind: ClassVar[str] = "line-remembered"
    remembered: str
    text: str
    conversation: str | None = None
    turn: str | None = None


class RememberedChanged(Event):
    """It is to be remembered in these words instead."""

    kind: ClassVar[str] = "remembered-changed"
    remembered: str
    text: str


class RememberedForgotten(Event):
    """It is not to be remembered any more."""

    kind: ClassVar[str] = "remembered-forgotten"
    remembered: str
