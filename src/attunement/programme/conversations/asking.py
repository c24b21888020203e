"""Beginning a conversation, asking for a person in it, and changing one's mind about waiting."""

from __future__ import annotations

from typing import Literal

from attunement.domain.conversation import Owner
from attunement.domain.conversation_events import (
    ConversationGivenBack,
    ConversationOpened,
    HumanAsked,
    Wanted,
)
from attunement.domain.errors import Conflict, ErrorCode, Throttled
from attunement.domain.ids import new_id
from attunement.domain.messages import N_
from attunement.domain.reading import RiskLevel
from attunement.programme.alerts.raising import do_raise_alert
from attunement.programme.conversations.conversation import (
    Conversation,
    access_conversation,
    access_open_conversation,
    announce,
    change_hands,
    find_conversation,
)
from attunement.programme.conversations.danger import access_standing_danger
from attunement.programme.conversations.lines import sent_before
from attunement.programme.conversations.taken_back import access_taken_back
from attunement.programme.conversations.waiting import access_expectation
from attunement.programme.conversations.wishes import check_wanted
from attunement.programme.conversations.writing import SAID_SO, check_line, tell_of_danger, write_member_line
from attunement.programme.house import House
from attunement.programme.members import access_member, check_profile
from attunement.store.schema import conversations
from attunement.store.store import Transaction

WISHES_A_MINUTE = 10
"""So often whoever waits may say anew whom they would like: all who look at the queue are told of each."""
_FIRM = {"consent": 1, "safety": 2}
"""On whose word the companion cannot be called back; of two that hold a conversation the higher one stands."""
_HELD = {
    "safety": N_("A person should look at this with you first. The help page lists who can be called right now."),
    "consent": N_(
        "You changed what the companion may know, so it says no more here. End this conversation to begin another."
    ),
}


def do_open(
    house: House, member: str, *, human: bool = False, wanted: Wanted | None = None, language: str | None = None
) -> Conversation:
    """Begin a conversation, with the companion or, where ``human``, waiting for a person.

    A member is in one conversation at a time: the one that is open is given back, and where ``human`` a person is asked
    for in it, as by `do_ask_for_human`. ``language`` is the member's own by default. Raises `Invalid` (``bad-input``),
    `NotFound`.
    """
    check_profile(language, None, None)
    with house.store.write() as transaction:
        transaction.hold(member)
        connection = transaction.connection
        check_wanted(connection, wanted or Wanted())
        found = access_open_conversation(connection, member)
        if found is not None:
            return _ask(house, transaction, found, "member", wanted=wanted, language=language) if human else found
        event = ConversationOpened(
            at=house.clock(), conversation=new_id(), owner=Owner.WAITING if human else Owner.COMPANION,
            language=language or access_member(connection, member).language, wanted=wanted or Wanted(),
            told=access_expectation(house, connection).told if human else None,
        )  # fmt: skip
        transaction.append(event, member=member)
        announce(house, transaction, event.conversation, queue=human)
        return find_conversation(connection, event.conversation)


def do_ask_for_human(
    house: House, member: str, conversation: str, *, words: str = "", sent: str | None = None,
    wanted: Wanted | None = None, language: str | None = None, risk: RiskLevel | None = None,
) -> Conversation:  # fmt: skip
    """A member asks for a person, with or without words; from here on no machine answers.

    Parameters
    ----------
    words, sent, risk:
        The words are a line like any other, see `do_write_as_member`.
    wanted, language:
        Who should come, and which language they should speak; None: as it is. Asked again while it waits, other wishes
        take the place of those there were, and its place in the queue stays. Where a person is there already they
        change nothing.

    Raises `NotFound`, `Invalid`, `Conflict` (``conversation-closed``).
    """
    check_profile(language, None, None)
    words = check_line(words, sent) if words.strip() else ""
    with house.store.write() as transaction:
        transaction.hold(member)
        check_wanted(transaction.connection, wanted or Wanted())
        found = access_conversation(transaction.connection, member, conversation)
        before = sent_before(house, transaction.connection, found, sent) if words and sent else None
        if words and before is None:
            write_member_line(house, transaction, found, words, sent=sent, risk=risk)
        elif before is not None and before.text != words:
            tell_of_danger(house, found, risk)  # a person is asked for in any case, though these are not kept
        return _ask(house, transaction, found, "member", wanted=wanted, language=language)


def do_hold_for_human(
    house: House, conversation: str, by: Literal["companion", "safety"], *, reason: str = ""
) -> Conversation:
    """The programme itself hands a conversation to people; ``reason`` is a code for colleagues.

    Held for ``safety``, the member cannot call the companion back. Raises as `do_ask_for_human`.
    """
    with house.store.read() as connection:
        member = find_conversation(connection, conversation).member
    with house.store.write() as transaction:
        transaction.hold(member)
        found = find_conversation(transaction.connection, conversation)
        return _ask(house, transaction, found, by, reason=reason)


def do_stop_waiting(house: House, member: str, conversation: str) -> Conversation:
    """A member who waits goes on with the companion instead.

    Raises `NotFound`, `Conflict`: ``conversation-held`` where it waits for their safety, or because they took back
    what the companion may know; ``not-the-owner`` where a person took it or it has ended.
    """
    with house.store.write() as transaction:
        transaction.hold(member)
        found = access_conversation(transaction.connection, member, conversation)
        if found.owner is Owner.COMPANION:
            return found
        if found.owner is Owner.WAITING:
            _check_not_held(house, transaction, found)
        event = ConversationGivenBack(at=house.clock(), conversation=found.id, line=1, epoch=1, by="member")
        return change_hands(house, transaction, found, event, conversations.c.owner == Owner.WAITING)


def ask_for_consent(house: House, transaction: Transaction, conversation: Conversation) -> Conversation:
    """Hand a conversation to people because the companion may not go on in it, also where a supporter gives it back."""
    return _ask(house, transaction, conversation, "consent")


def hold_for_safety(house: House, transaction: Transaction, conversation: Conversation, reason: str) -> Conversation:
    """The same as `do_hold_for_human` for ``safety``, in a transaction that holds its member."""
    return _ask(house, transaction, conversation, "safety", reason=reason)


def raise_standing_danger(house: House, transaction: Transaction, conversation: Conversation) -> None:
    """Raise an alert where signs of danger stand in a conversation that waits from now on.

    Nobody asks how it was meant while it does: somebody should look.
    """
    standing = access_standing_danger(house, transaction.connection, conversation.id)
    if standing is not RiskLevel.NONE:
        do_raise_alert(house, conversation.member, level=standing, reason=SAID_SO, conversation=conversation.id)


def _check_not_held(house: House, transaction: Transaction, found: Conversation) -> None:
    """A colleague may have passed it on since the member took back what the companion may know."""
    by = found.asked_by or ""
    if by not in _HELD and access_taken_back(house, transaction.connection, found):
        by = "consent"
    if by in _HELD:
        raise Conflict(ErrorCode.CONVERSATION_HELD, _HELD[by])


def _ask(
    house: House, transaction: Transaction, found: Conversation,
    by: Literal["member", "companion", "safety", "consent"], *, wanted: Wanted | None = None,
    language: str | None = None, reason: str = "",
) -> Conversation:  # fmt: skip
    if found.owner is Owner.CLOSED:
        raise Conflict(ErrorCode.CONVERSATION_CLOSED, "This conversation has ended. Begin another to go on.")
    firmer = _FIRM.get(by, 0) > _FIRM.get(found.asked_by or "", 0)
    again = found.owner is Owner.WAITING and not firmer
    wanted, language = wanted or found.wanted, language or found.language
    same = (wanted, language) == (found.wanted, found.language)
    if (again and (same or not _may_wish(house, found))) or (found.owner is Owner.SUPPORTER and by != "consent"):
        return find_conversation(transaction.connection, found.id)
    event = HumanAsked(
        at=house.clock(), conversation=found.id, line=1, epoch=1, by=by, reason=reason, wanted=wanted,
        language=language, again=again,
        told=None if again else access_expectation(house, transaction.connection, but=found.id).told,
    )  # fmt: skip
    now = change_hands(house, transaction, found, event, conversations.c.owner == found.owner)
    if not again:
        raise_standing_danger(house, transaction, now)
    return now


def _may_wish(house: House, found: Conversation) -> bool:
    """Whether who waits may say anew whom they would like; too often in a minute, it stays as it was."""
    try:
        house.throttle.hit(WISHES_A_MINUTE, "wish", found.member)
    except Throttled:
        return False
    return True
