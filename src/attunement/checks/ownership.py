"""Whether everybody spoke only where it was theirs to speak: read from the log alone, knowing no table."""

from __future__ import annotations

from collections.abc import Iterable

from attunement.domain import conversation_events as v
from attunement.domain.conversation import Owner, Speaker
from attunement.domain.event import Event

Standing = tuple[Owner, str | None, int]


def turns_out_of_turn(events: Iterable[Event]) -> list[v.TurnWritten]:
    """The turns, of all conversations in ``events`` (in order), whose speaker did not own the conversation.

    A turn of the companion counts also where the conversation changed hands and came back after its ticket was given.

    >>> from datetime import UTC, datetime
    >>> at = datetime(2026, 5, 1, tzinfo=UTC)
    >>> opened = v.ConversationOpened(at=at, conversation="c", owner=Owner.COMPANION, language="en")
    >>> asked = v.HumanAsked(at=at, conversation="c", line=2, epoch=2, by="member")
    >>> turn = v.TurnWritten(
    ...     at=at, conversation="c", turn="t", line=3, epoch=1, speaker=Speaker.COMPANION, text="I am with you."
    ... )
    >>> turns_out_of_turn([opened, turn, asked]), turns_out_of_turn([opened, asked, turn]) == [turn]
    ([], True)
    """
    standing: dict[str, Standing] = {}
    found = []
    for event in events:
        if isinstance(event, v.TurnWritten):
            if not _may_speak(event, standing[event.conversation]):
                found.append(event)
        elif (now := _stands(event)) is not None:
            standing[now[0]] = now[1]
    return found


def _may_speak(turn: v.TurnWritten, stands: Standing) -> bool:
    owner, supporter, epoch = stands
    match turn.speaker:
        case Speaker.COMPANION:
            return owner is Owner.COMPANION and turn.epoch == epoch
        case Speaker.SUPPORTER:
            return owner is Owner.SUPPORTER and turn.author == supporter
        case _:
            return owner is not Owner.CLOSED


def _stands(event: Event) -> tuple[str, Standing] | None:
    match event:
        case v.ConversationOpened():
            return event.conversation, (event.owner, None, event.epoch)
        case v.HumanAsked() | v.ConversationTransferred():
            return event.conversation, (Owner.WAITING, None, event.epoch)
        case v.ConversationClaimed():
            return event.conversation, (Owner.SUPPORTER, event.supporter, event.epoch)
        case v.ConversationGivenBack():
            return event.conversation, (Owner.COMPANION, None, event.epoch)
        case v.ConversationClosed():
            return event.conversation, (Owner.CLOSED, None, event.epoch)
        case _:
            return None
