"""The events of the coach that are of no one member; no words are in them."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from attunement.domain.body_kept import Unit
from attunement.domain.coaching import Change, CoachFeature, Fate
from attunement.domain.event import Event
from attunement.domain.reply import Mechanism

Level = Annotated[int, Field(ge=0, le=2)]


class SuggestionKept(BaseModel):
    """A suggestion that was shown while a line was written: what it would have changed and added, and its fate."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    change: Change
    adds: Mechanism
    fate: Fate


class CoachUsed(Event):
    """A supporter sent a line: how it read, which features of the coach were there, what became of suggestions.

    ``conversation`` leads to nothing once its member is erased. ``levels`` is empty where the line could not be read.
    ``on`` is whether the supporter had the coach on (None in logs from before that was kept: then ``shown`` tells).
    ``drawn`` are the features the conversation was given, whether or not the supporter had the coach on, and
    ``chances`` what each was drawn with; both are empty where nothing was drawn.
    """

    kind: ClassVar[str] = "coach-used"
    of_member: ClassVar[bool] = False
    account: str
    conversation: str
    shown: list[CoachFeature]
    levels: dict[Mechanism, Level]
    suggestions: list[SuggestionKept] = []
    on: bool | None = None
    drawn: list[CoachFeature] = []
    chances: dict[CoachFeature, Unit] = {}


class CoachChancesSet(Event):
    """With which probability each feature of the coach is shown in a conversation from now on."""

    kind: ClassVar[str] = "coach-chances-set"
    of_member: ClassVar[bool] = False
    account: str | None
    chances: dict[CoachFeature, Unit]
