"""Taking a conversation over, passing it on, giving it back: each changes hands for exactly one."""

from __future__ import annotations

from contextlib import suppress

from sqlalchemy import ColumnElement, Connection, select

from attunement.domain.conversation import Owner
from attunement.domain.conversation_events import (
    ConversationClaimed,
    ConversationGivenBack,
    ConversationTransferred,
    Wanted,
)
from attunement.domain.errors import Conflict, ErrorCode, NotFound
from attunement.domain.reading import RiskLevel, gravest
from attunement.programme.alerts.alert import hold_open_alert
from attunement.programme.alerts.owning import do_take_alert
from attunement.programme.conversations.asking import hold_for_safety, raise_standing_danger
from attunement.programme.conversations.claimable import is_claimable
from attunement.programme.conversations.closing import end_for_consent
from attunement.programme.conversations.conversation import (
    Conversation,
    change_hands,
    find_conversation,
    held_as_supporter,
)
from attunement.programme.conversations.duty import (
    Supporter,
    access_on_duty,
    access_supporter,
    end_shift,
    lock_shift,
)
from attunement.programme.conversations.second import access_along, do_end_look_along
from attunement.programme.conversations.taken_back import access_taken_back
from attunement.programme.conversations.waiting import access_expectation
from attunement.programme.conversations.wishes import check_wanted
from attunement.programme.house import House
from attunement.programme.text import clean_text
from attunement.store.errors import not_the_owner
from attunement.store.schema import conversations
from attunement.store.store import Transaction

LONGEST_REASON = 500
STEPPED_IN, SHIFT_OVER = "stepped-in", "shift-over"


def do_claim(house: House, supporter: str, conversation: str) -> Conversation:
    """Take over a conversation that waits, or that its supporter left. Of two at once, one gets it.

    Where the danger in it is clear, a supporter may take one more than they said are not too many.

    Raises `NotFound`, `Refused` for who is no supporter, `Conflict`: ``not-on-duty``, ``at-capacity``,
    ``not-allowed`` where it is kept for a colleague who is there (see `is_claimable`), ``not-the-owner`` where
    somebody was faster or it does not wait.
    """
    with house.store.read() as connection:
        member = find_conversation(connection, conversation).member
    with house.store.write() as transaction:
        connection = transaction.connection
        lock_shift(connection, supporter)
        transaction.hold(member)
        me = access_supporter(house, connection, supporter)
        found = find_conversation(connection, conversation)
        return _claim(house, transaction, found, me, found.risk)


def do_step_in(house: House, supporter: str, alert: str) -> Conversation:
    """Take over the conversation an open alert is about, also while the companion still answers in it.

    The companion's is held for the member's safety and taken over in one go, where the danger is clear; before that
    nobody reads it. One that waits is taken over as by `do_claim`, and as there one more than their capacity may be.
    Where nobody looks after the alert, they do now.

    Raises `NotFound` (``unknown-alert``), `Refused` for who is no supporter, `Conflict`: ``alert-closed``,
    ``not-on-duty``, ``at-capacity``, ``not-allowed`` where it is about no conversation or the danger is not clear,
    ``not-the-owner`` where somebody was faster or the member ended it.
    """
    with house.store.write() as transaction:
        connection = transaction.connection
        lock_shift(connection, supporter)
        me = access_supporter(house, connection, supporter)
        about = hold_open_alert(transaction, alert)
        if about.conversation is None:
            raise Conflict(ErrorCode.NOT_ALLOWED, "This alert is about no conversation, so there is none to step into.")
        found, now = find_conversation(connection, about.conversation), house.clock()
        danger = gravest([found.risk, about.level])
        house = house.at(lambda: now)  # held and taken over at one moment
        if found.owner is Owner.COMPANION:
            _check_room(house, connection, me, danger)
            if about.level.rank < RiskLevel.EXPLICIT.rank:
                raise Conflict(
                    ErrorCode.NOT_ALLOWED,
                    "So far there are only signs of danger, and the companion asks about them. You can step in once "
                    "the danger is clear.",
                )
            found = hold_for_safety(house, transaction, found, STEPPED_IN)
        if about.owner is None:
            do_take_alert(house, supporter, alert)
        return _claim(house, transaction, found, me, danger)


def do_transfer(
    house: House, supporter: str, conversation: str, wanted: Wanted | None = None, *, reason: str = ""
) -> Conversation:
    """Pass one's own conversation on to a person, a team, a skill, or whoever can; ``reason`` is for colleagues.

    Raises `NotFound`, `Invalid` (``bad-input``), `Conflict` (``not-the-owner``).
    """
    reason = clean_text(reason, field="reason", longest=LONGEST_REASON)
    with held_as_supporter(house, supporter, conversation) as (transaction, found):
        check_wanted(transaction.connection, wanted or Wanted())
        return _transfer(house, transaction, found, supporter, wanted or Wanted(), reason)


def do_give_back(house: House, supporter: str, conversation: str) -> Conversation:
    """Give one's own conversation back to the companion.

    Where the member took back meanwhile what the companion may know, it may not go on: it ends instead, or waits for a
    person where there were signs of danger in it (see `end_for_consent`), and the member is told why.
    Raises `NotFound`, `Conflict` (``not-the-owner``).
    """
    with held_as_supporter(house, supporter, conversation) as (transaction, found):
        if found.is_of(supporter) and access_taken_back(house, transaction.connection, found):
            return end_for_consent(house, transaction, found)
        event = ConversationGivenBack(
            at=house.clock(), conversation=found.id, line=1, epoch=1, by="supporter", supporter=supporter
        )
        return change_hands(house, transaction, found, event, *_theirs(supporter))


def do_go_off_duty(house: House, supporter: str) -> int:
    """End a shift and pass on what is still theirs to whoever can; returns how many conversations.

    They look along nowhere any more. First the shift, so that no claim comes between, then one member after another;
    see `lock_shift` for the order.
    """
    end_shift(house, supporter)
    query = select(conversations.c.id).where(*_theirs(supporter)).order_by(conversations.c.member)
    with house.store.read() as connection:
        owned, along = list(connection.execute(query).scalars()), access_along(connection, supporter)
    for talk in along:
        with suppress(NotFound, Conflict):  # it changed hands or ended meanwhile
            do_end_look_along(house, supporter, talk.id)
    passed_on = 0
    for conversation in owned:
        with suppress(NotFound, Conflict):  # ended or taken over meanwhile: the others still need somebody
            do_transfer(house, supporter, conversation, reason=SHIFT_OVER)
            passed_on += 1
    return passed_on


def _claim(
    house: House, transaction: Transaction, found: Conversation, me: Supporter, danger: RiskLevel
) -> Conversation:
    if found.is_of(me.account):
        return found
    _check_room(house, transaction.connection, me, danger)
    _check_claimable(house, transaction.connection, found, me.account)
    event = ConversationClaimed(
        at=house.clock(), conversation=found.id, line=1, epoch=1, supporter=me.account, name=me.name
    )
    return change_hands(house, transaction, found, event)


def _transfer(
    house: House, transaction: Transaction, found: Conversation, supporter: str, wanted: Wanted, reason: str
) -> Conversation:
    event = ConversationTransferred(
        at=house.clock(), conversation=found.id, line=1, epoch=1, supporter=supporter, wanted=wanted, reason=reason,
        told=access_expectation(house, transaction.connection).told,
    )  # fmt: skip
    now = change_hands(house, transaction, found, event, *_theirs(supporter))
    raise_standing_danger(house, transaction, now)
    return now


def _theirs(supporter: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return conversations.c.owner == Owner.SUPPORTER, conversations.c.supporter == supporter


def _check_room(house: House, connection: Connection, me: Supporter, danger: RiskLevel) -> None:
    if me.until is None:
        raise Conflict(ErrorCode.NOT_ON_DUTY, "You are not on duty. Say until when you are there, then take it over.")
    if me.has_room_for(danger):
        return
    free = [one.name for one in access_on_duty(house, connection) if one.free]
    if free:
        raise Conflict(
            ErrorCode.AT_CAPACITY,
            "You are in {talks} conversations, as many as you said are not too many. On duty with room: {names}. End "
            "or pass on one of yours first, or ask them.",
            talks=me.talks, names=", ".join(free),
        )  # fmt: skip
    raise Conflict(
        ErrorCode.AT_CAPACITY,
        "You are in {talks} conversations, as many as you said are not too many, and nobody else on duty has room. End "
        "or pass on one of yours first.",
        talks=me.talks,
    )


def _check_claimable(house: House, connection: Connection, found: Conversation, supporter: str) -> None:
    claimable = is_claimable(house, connection, supporter)
    query = select(conversations.c.id).where(conversations.c.id == found.id, claimable)
    if connection.execute(query).first() is not None:
        return
    if found.owner is not Owner.WAITING:
        raise not_the_owner()
    raise Conflict(
        ErrorCode.NOT_ALLOWED,
        "It is kept for a colleague who is on duty and has room. Ask them; after ten minutes anybody can take it.",
    )
