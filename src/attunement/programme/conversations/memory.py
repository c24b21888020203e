"""What a member asked the companion to remember: line by line, theirs to see, change and take out.

There is no table of it: the few lines are folded from the member's own sealed events whenever they are looked at.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from attunement.domain.consent import Category, Purpose
from attunement.domain.conversation import Speaker
from attunement.domain.conversation_events import LineRemembered, RememberedChanged, RememberedForgotten
from attunement.domain.errors import Conflict, ErrorCode, Invalid, NotFound, Refused
from attunement.domain.ids import new_id
from attunement.domain.reading import SIGNS, RiskLevel, are_grave
from attunement.privacy.permissions import Permissions
from attunement.programme.alerts.raising import do_raise_alert
from attunement.programme.alerts.staff import can_tell_somebody
from attunement.programme.consents import access_permissions
from attunement.programme.conversations.lines import access_line
from attunement.programme.house import House
from attunement.programme.text import clean_text
from attunement.store.store import Transaction

MOST, LONGEST = 40, 200
NOTED = "remembered"
"""Why people are told of danger in it."""
KINDS = (LineRemembered.kind, RememberedChanged.kind, RememberedForgotten.kind)


@dataclass(frozen=True, slots=True)
class Remembered:
    """One line; ``turn`` is the line of a conversation it was taken from, or None where it was typed here.

    ``risk`` is the danger that was heard in words just written, which is kept nowhere, and ``alerted`` whether people
    of the programme are told of it.
    """

    id: str
    at: datetime
    text: str
    turn: str | None
    risk: RiskLevel = RiskLevel.NONE
    alerted: bool = False

    @property
    def help_shown(self) -> bool:
        """Whether help must be shown before anything else."""
        return self.risk in SIGNS


def access_memory(house: House, connection: Connection, member: str) -> list[Remembered]:
    """All that is remembered, newest first; whether it may be *used* is `may_remember`'s to say."""
    kept: dict[str, Remembered] = {}
    for logged in house.store.events(connection, member=member, kinds=KINDS):
        match logged.event:
            case LineRemembered() as told:
                kept[told.remembered] = Remembered(told.remembered, told.at, told.text, told.turn)
            case RememberedChanged() as told if told.remembered in kept:
                kept[told.remembered] = replace(kept[told.remembered], text=told.text)
            case RememberedForgotten() as told:
                kept.pop(told.remembered, None)
    return list(reversed(kept.values()))


def may_remember(allowed: Permissions) -> bool:
    """Whether the companion may know what a member wrote earlier."""
    return allowed.allows(Purpose.COMPANION, Category.TEXT)


def access_remembered(house: House, connection: Connection, member: str, allowed: Permissions) -> tuple[str, ...]:
    """What the companion is given, newest first: nothing where the member does not allow it."""
    if not may_remember(allowed):
        return ()
    return tuple(one.text for one in access_memory(house, connection, member))


def do_remember(house: House, member: str, text: str, *, risk: RiskLevel = RiskLevel.NONE) -> Remembered:
    """Remember what a member typed, up to 200 characters; ``risk`` is what `do_hear_remembered` heard in it.

    Raises `Refused` (``consent-missing``), `Invalid`, `Conflict` (``too-many``) over forty lines.
    """
    text = check_remembered(text)
    with house.store.write() as transaction:
        transaction.hold(member)
        kept = _remember(house, transaction, member, text, conversation=None, turn=None)
        return replace(kept, risk=risk, alerted=_tells(house, transaction, member, risk))


def do_remember_line(house: House, member: str, conversation: str, turn: str) -> Remembered:
    """Remember a line of their own, its first 200 characters; asked again, it is there once.

    Raises as `do_remember`, and `NotFound`.
    """
    with house.store.write() as transaction:
        transaction.hold(member)
        line = access_line(house, transaction.connection, member, conversation, turn)
        if line.speaker is not Speaker.MEMBER:
            raise NotFound(ErrorCode.NOT_FOUND, "There is no such line of yours in this conversation.")
        before = [one for one in access_memory(house, transaction.connection, member) if one.turn == turn]
        if before:
            return before[0]
        return _remember(house, transaction, member, _shortened(line.text), conversation=conversation, turn=turn)


def do_change_remembered(
    house: House, member: str, remembered: str, text: str, *, risk: RiskLevel = RiskLevel.NONE
) -> Remembered:
    """Put it into other words; ``risk`` as for `do_remember`, and people are told only of words that are new.

    Raises `NotFound`, `Invalid`, `Refused` (``consent-missing``).
    """
    text = check_remembered(text)
    with house.store.write() as transaction:
        transaction.hold(member)
        found = _find(house, transaction, member, remembered)
        _check_allowed(house, transaction, member)
        if found.text != text:
            event = RememberedChanged(at=house.clock(), remembered=remembered, text=text)
            transaction.append(event, member=member)
        alerted = found.text != text and _tells(house, transaction, member, risk)
        return replace(found, text=text, risk=risk, alerted=alerted)


def do_forget_remembered(house: House, member: str, remembered: str) -> None:
    """Take it out; allowed whatever the member consents to. Raises `NotFound`."""
    with house.store.write() as transaction:
        transaction.hold(member)
        _find(house, transaction, member, remembered)
        transaction.append(RememberedForgotten(at=house.clock(), remembered=remembered), member=member)


def check_remembered(text: str) -> str:
    """The text as it is kept, on one line; raises `Invalid` (``bad-input``, ``bad-text``, ``text-too-long``).

    >>> check_remembered("  My sister\\n is Ana. ")
    'My sister is Ana.'
    """
    text = " ".join(clean_text(text, longest=LONGEST).split())
    if not text:
        raise Invalid(ErrorCode.BAD_INPUT, "A line needs at least one word.")
    return text


def _remember(
    house: House, transaction: Transaction, member: str, text: str, *, conversation: str | None, turn: str | None
) -> Remembered:
    _check_allowed(house, transaction, member)
    if len(access_memory(house, transaction.connection, member)) >= MOST:
        raise Conflict(
            ErrorCode.TOO_MANY, "{most} lines are remembered already, which is the most. Take one out first.", most=MOST
        )
    event = LineRemembered(at=house.clock(), remembered=new_id(), text=text, conversation=conversation, turn=turn)
    transaction.append(event, member=member)
    return Remembered(event.remembered, event.at, text, turn)


def _tells(house: House, transaction: Transaction, member: str, risk: RiskLevel) -> bool:
    """Tell people of plain danger, as of any line to the companion; whether there is somebody who can be told."""
    if not are_grave([risk]):
        return False
    do_raise_alert(house, member, level=risk, reason=NOTED)
    return can_tell_somebody(house, transaction.connection)


def _check_allowed(house: House, transaction: Transaction, member: str) -> None:
    if not may_remember(access_permissions(house, transaction.connection, member)):
        raise Refused(
            ErrorCode.CONSENT_MISSING,
            "You have not allowed the companion to know what you write. You can change that under Privacy.",
        )


def _find(house: House, transaction: Transaction, member: str, remembered: str) -> Remembered:
    for one in access_memory(house, transaction.connection, member):
        if one.id == remembered:
            return one
    raise NotFound(ErrorCode.NOT_FOUND, "This is not remembered, or not any more.")


def _shortened(text: str) -> str:
    """The beginning of a line, on one line, cut between words."""
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rsplit(" ", 1)[0] + "…"
