"""Derives who owns a conversation, and where its lines stand, from its events. No words are kept here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from attunement.domain import conversation_events as v
from attunement.domain.conversation import Owner, Speaker
from attunement.domain.event import Event
from attunement.domain.reading import RiskLevel
from attunement.store.log import Logged
from attunement.store.schema import conversations, talk_settings, turns

_OPEN, _SAY, _CHOOSE = insert(conversations), insert(turns), insert(talk_settings)

Moved = (
    v.ConversationOpened
    | v.HumanAsked
    | v.ConversationClaimed
    | v.ConversationTransferred
    | v.ConversationGivenBack
    | v.ConversationClosed
)
Told = v.StillWaiting | v.SecondPersonCame | v.SecondPersonLeft
"""What is said to the member without a change of hands."""


def _opened(c: Connection, at: Logged, event: v.ConversationOpened) -> None:
    waits = event.owner is Owner.WAITING
    c.execute(_OPEN, {
        "id": event.conversation, "member": at.member, "seq": at.seq, "owner": event.owner, "epoch": event.epoch,
        "asked_by": "member" if waits else None, **event.wanted.model_dump(), "language": event.language,
        "risk": RiskLevel.NONE, "opened": event.at, "waiting_since": event.at if waits else None,
        "asked": event.at if waits else None,
        "last_at": event.at, "last_line": event.line, "answered": 0,
    })  # fmt: skip
    _note_change(c, at, event)


def _turn_written(c: Connection, at: Logged, event: v.TurnWritten) -> None:
    c.execute(_SAY, {
        "id": event.turn, "conversation": event.conversation, "member": at.member, "line": event.line,
        "logged": at.seq, "at": event.at, "speaker": event.speaker, "epoch": event.epoch, "author": event.author,
        "sent": event.sent, "strategy": event.strategy, "probability": event.probability, "risk": event.risk,
    })  # fmt: skip
    now: dict[str, Any] = {"last_line": event.line, "last_at": event.at}
    if event.speaker is Speaker.COMPANION:
        now["answered"] = event.answers or event.line
    if event.risk is not None and event.risk.rank > RiskLevel(_row(c, event.conversation).risk).rank:
        now["risk"] = event.risk
    c.execute(update(conversations).where(conversations.c.id == event.conversation).values(**now))


def _human_asked(c: Connection, at: Logged, event: v.HumanAsked) -> None:
    """What the companion failed at it owes no more: called back, it answers what is written next."""
    row = _row(c, event.conversation)  # who waits already has waited since then
    _change(c, at, event, owner=Owner.WAITING, supporter=None, waiting_since=row.waiting_since or event.at,
            asked=row.asked or event.at, asked_by=row.asked_by if event.again else event.by,
            answered=event.line if event.by == "companion" else row.answered,
            language=event.language or row.language, **event.wanted.model_dump())  # fmt: skip


def _claimed(c: Connection, at: Logged, event: v.ConversationClaimed) -> None:
    since = _row(c, event.conversation).waiting_since
    _change(c, at, event, owner=Owner.SUPPORTER, supporter=event.supporter, waiting_since=None, claimed=event.at,
            waited_s=(event.at - since).total_seconds() if since else None)  # fmt: skip


def _transferred(c: Connection, at: Logged, event: v.ConversationTransferred) -> None:
    held = _row(c, event.conversation).asked_by == "safety"  # until a person gives it back, not until one passes it on
    _change(c, at, event, owner=Owner.WAITING, supporter=None, waiting_since=event.at,
            asked_by="safety" if held else event.by,
            **event.wanted.model_dump())  # fmt: skip


def _given_back(c: Connection, at: Logged, event: v.ConversationGivenBack) -> None:
    _change(c, at, event, owner=Owner.COMPANION, supporter=None, waiting_since=None, asked_by=None,
            **v.Wanted().model_dump())  # fmt: skip


def _closed(c: Connection, at: Logged, event: v.ConversationClosed) -> None:
    """``supporter`` stays, so that who carried a hard talk can be asked how they are."""
    _change(c, at, event, owner=Owner.CLOSED, waiting_since=None, closed=event.at)


def _change(c: Connection, at: Logged, event: Moved, **now: object) -> None:
    c.execute(
        update(conversations).where(conversations.c.id == event.conversation)
        .values(epoch=event.epoch, last_line=event.line, last_at=event.at, second_asked=None, second=None, **now)
    )  # fmt: skip
    _note_change(c, at, event)


def _still_waiting(c: Connection, at: Logged, event: v.StillWaiting) -> None:
    _tell(c, at, event)


def _second_came(c: Connection, at: Logged, event: v.SecondPersonCame) -> None:
    _tell(c, at, event, second=event.supporter, second_asked=None)


def _second_left(c: Connection, at: Logged, event: v.SecondPersonLeft) -> None:
    _tell(c, at, event, second=None)


def _tell(c: Connection, at: Logged, event: Told, **now: object) -> None:
    told = update(conversations).where(conversations.c.id == event.conversation)
    c.execute(told.values(last_line=event.line, last_at=event.at, **now))
    _note_change(c, at, event)


def _note_change(c: Connection, at: Logged, event: Moved | Told) -> None:
    """``author`` is who took it over, so that it is known whose it was where they wrote nothing."""
    author = event.supporter if isinstance(event, v.ConversationClaimed) else None
    c.execute(_SAY, {
        "id": at.id, "conversation": event.conversation, "member": at.member, "line": event.line, "logged": at.seq,
        "at": event.at, "speaker": Speaker.NOTICE, "epoch": event.epoch, "author": author, "sent": None,
        "strategy": None, "probability": None, "risk": None,
    })  # fmt: skip


def _looked_up(_c: Connection, _at: Logged, _event: Event) -> None:
    """Nothing is derived: what is remembered, or was read again, is looked up in the log, by its member."""


def _note_written(c: Connection, _at: Logged, event: v.NoteWritten) -> None:
    """When the newest was written, so that whoever is there is told; the note itself is looked up in the log."""
    c.execute(update(conversations).where(conversations.c.id == event.conversation).values(noted=event.at))


def _turn_rated(c: Connection, _at: Logged, event: v.TurnRated) -> None:
    c.execute(update(turns).where(turns.c.id == event.turn).values(helped=event.helped))


def _talk_chosen(c: Connection, at: Logged, event: v.TalkChosen) -> None:
    c.execute(delete(talk_settings).where(talk_settings.c.member == at.member))
    c.execute(_CHOOSE, {
        "member": at.member, "ideas": event.ideas, "elsewhere": event.elsewhere, "wording": event.wording,
    })  # fmt: skip


def _second_asked(c: Connection, _at: Logged, event: v.SecondPersonAsked) -> None:
    asked = event.at if event.asked else None
    c.execute(update(conversations).where(conversations.c.id == event.conversation).values(second_asked=asked))


def _coach_drawn(_c: Connection, _at: Logged, _event: v.CoachDrawn) -> None:
    """Nothing is derived: what was drawn is looked up in the log, by its member."""


def _row(c: Connection, conversation: str) -> Any:
    return c.execute(select(conversations).where(conversations.c.id == conversation)).one()


CONVERSING: dict[str, Callable[[Connection, Logged, Any], None]] = {
    "conversation-opened": _opened,
    "turn-written": _turn_written,
    "human-asked": _human_asked,
    "conversation-claimed": _claimed,
    "conversation-transferred": _transferred,
    "conversation-given-back": _given_back,
    "conversation-closed": _closed,
    "still-waiting": _still_waiting,
    "note-written": _note_written,
    "turn-rated": _turn_rated,
    "talk-chosen": _talk_chosen,
    "second-person-asked": _second_asked,
    "second-person-came": _second_came,
    "second-person-left": _second_left,
    "talk-read-again": _looked_up,
    "coach-drawn": _coach_drawn,
    "line-remembered": _looked_up,
    "remembered-changed": _looked_up,
    "remembered-forgotten": _looked_up,
}
