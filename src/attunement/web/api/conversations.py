"""Conversations: a member's own, those of members an integrator speaks for, and those supporters may answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Depends, Query

from attunement.domain.conversation import Owner
from attunement.programme.coaching import do_keep_use
from attunement.programme.conversations.asking import do_ask_for_human, do_open, do_stop_waiting
from attunement.programme.conversations.closing import do_close, do_close_as_supporter
from attunement.programme.conversations.conversation import (
    Conversation,
    access_as_supporter,
    access_conversation,
    access_conversations,
    access_open_conversation,
)
from attunement.programme.conversations.hearing import do_hear, do_hear_asking, heard_in_any_case
from attunement.programme.conversations.lines import WrittenLine, access_lines, access_lines_as_supporter
from attunement.programme.conversations.notes import do_rate_turn
from attunement.programme.conversations.reasons import access_reasons
from attunement.programme.conversations.waiting import access_expectation
from attunement.programme.conversations.writing import access_was_sent, do_write_as_member, do_write_as_supporter
from attunement.programme.house import House
from attunement.web.access import Allow, AllowInTalk, Caller, Role
from attunement.web.api.conversation_answers import (
    ConversationInfo,
    ConversationsInfo,
    ExpectationInfo,
    LineInfo,
    LinesInfo,
    ReasonInfo,
    lines_info,
)
from attunement.web.api.conversation_bodies import AskBody, HelpedBody, LineBody, OpenBody
from attunement.web.api.once import Exactly, ExactlyOnce
from attunement.web.api.parts import Limit, TheHouse
from attunement.web.api.route import PROBLEMS, ApiRoute

router = APIRouter(prefix="/api/conversations", tags=["conversations"], route_class=ApiRoute, responses=PROBLEMS)


async def _member(caller: Annotated[Caller, Depends(Allow(Role.MEMBER))]) -> str:
    return caller.member or ""


async def _its_member(caller: Annotated[Caller, Depends(AllowInTalk(Role.MEMBER, Role.INTEGRATOR))]) -> str:
    return caller.member or ""


Member = Annotated[str, Depends(_member)]
ItsMember = Annotated[str, Depends(_its_member)]
Talker = Annotated[Caller, Depends(AllowInTalk(Role.MEMBER, Role.SUPPORTER, Role.INTEGRATOR))]
After = Annotated[int, Query(ge=0, le=2**31 - 1, description="Only lines after this one.")]


@router.get("")
def list_conversations(member: Member, house: TheHouse, limit: Limit = 50) -> ConversationsInfo:
    """Their conversations, newest first; the first is open unless it says that it is closed."""
    with house.store.read() as connection:
        found = access_conversations(connection, member, limit=limit)
    return ConversationsInfo(conversations=[ConversationInfo.model_validate(one) for one in found])


@router.post("")
def open_conversation(member: Member, body: OpenBody, exactly: ExactlyOnce, house: TheHouse) -> ConversationInfo:
    """Begin one, with the companion or waiting for a person; the one that is open is given back."""

    def work() -> Conversation:
        wanted = body.wanted.value() if body.wanted else None
        return do_open(house, member, human=body.human, wanted=wanted, language=body.language)

    return told_once(exactly, member, work)


@router.get("/wait")
def expect_wait(member: Member, house: TheHouse) -> ExpectationInfo:
    """How long it may take until a person is there, before one asks for one and while one waits."""
    with house.store.read() as connection:
        found = access_open_conversation(connection, member)
        but = found.id if found is not None and found.owner is Owner.WAITING else None
        return ExpectationInfo.model_validate(access_expectation(house, connection, but=but))


@router.get("/{conversation}")
def get_conversation(conversation: str, caller: Talker, house: TheHouse) -> ConversationInfo:
    """How one stands; supporters are told why it is with people."""
    told = ConversationInfo.model_validate(conversation_of(house, caller, conversation))
    if caller.member:
        return told
    with house.store.read() as connection:
        found = access_reasons(house, connection, caller.id, conversation)
    return told.model_copy(update={"reasons": [ReasonInfo.model_validate(one) for one in found]})


@router.get("/{conversation}/lines")
def list_lines(conversation: str, caller: Talker, house: TheHouse, after: After = 0, limit: Limit = 200) -> LinesInfo:
    """Its lines after one, in order. Supporters read those that wait, their own, and those in which they look along.

    The member is told why the companion said something, and which practice it offered.
    """
    found, lines = lines_of(house, caller, conversation, after=after, limit=limit)
    return lines_info(found, lines, own=house.library if caller.member else None)


@router.post("/{conversation}/lines")
def write_line(
    conversation: str, caller: Talker, body: LineBody, exactly: ExactlyOnce, house: TheHouse, later: BackgroundTasks
) -> LineInfo:
    """Write a line: a member (or their integrator for them) in their conversation, a supporter in one that is theirs.

    Danger in a member's line is read before it is written. Where `help_shown` is true, show help with it. Over forty
    lines a minute it answers 429. That problem, and any that refuses a member's words since they are too long (422) or
    the conversation has ended (409), has `help_shown` too, and people are told of plain danger in them all the same.

    How a supporter's line reads is kept for their own growth, without its words; so is what became of the suggestions
    in `coach`. Whether one was taken or sent in other words is read from the line.
    """
    found, member = conversation_of(house, caller, conversation), caller.member
    if not member:
        return _write_as_supporter(house, caller.id, found, body, exactly, later)
    risk = do_hear(house, member, conversation, body.text, sent=body.sent)

    def work() -> LineInfo:
        return LineInfo.of(do_write_as_member(house, member, conversation, body.text, sent=body.sent, risk=risk))

    with heard_in_any_case(house, member, body.text, risk, conversation=conversation):
        return exactly.once(LineInfo, work, member=member)


@router.post("/{conversation}/ask")
def ask_for_human(
    conversation: str, member: ItsMember, body: AskBody, exactly: ExactlyOnce, house: TheHouse
) -> ConversationInfo:
    """Ask for a person, with or without words; from here on no machine answers.

    `wanted` and `language` are wishes: who fits sees it sooner, and others may take it all the same. Asked again while
    it waits, other wishes take the place of those there were, and its place in the queue stays. Where it answers 429,
    or 422 since the words are too long, the person is asked for and only the words are to be sent again. Where words
    are refused, the problem has `help_shown`, and people are told of plain danger in them all the same.
    """
    wanted = body.wanted.value() if body.wanted else None
    risk = do_hear_asking(
        house, member, conversation, body.words, sent=body.sent, wanted=wanted, language=body.language
    )

    def work() -> Conversation:
        return do_ask_for_human(
            house, member, conversation, words=body.words, sent=body.sent, wanted=wanted, language=body.language,
            risk=risk,
        )  # fmt: skip

    with heard_in_any_case(house, member, body.words, risk, conversation=conversation):
        return told_once(exactly, member, work)


@router.post("/{conversation}/stop-waiting")
def stop_waiting(conversation: str, member: ItsMember, exactly: ExactlyOnce, house: TheHouse) -> ConversationInfo:
    """Go on with the companion instead of waiting."""
    return told_once(exactly, member, lambda: do_stop_waiting(house, member, conversation))


@router.post("/{conversation}/close")
def close_conversation(conversation: str, caller: Talker, exactly: ExactlyOnce, house: TheHouse) -> ConversationInfo:
    """End it: a member their own, a supporter one that is theirs."""

    def work() -> Conversation:
        if caller.member:
            return do_close(house, caller.member, conversation)
        return do_close_as_supporter(house, caller.id, conversation)

    return told_once(exactly, conversation_of(house, caller, conversation).member, work)


@router.put("/{conversation}/lines/{turn}/helped")
def rate_turn(
    conversation: str, turn: str, member: ItsMember, body: HelpedBody, exactly: ExactlyOnce, house: TheHouse
) -> ConversationInfo:
    """Say whether a reply of the companion helped."""

    def work() -> Conversation:
        do_rate_turn(house, member, conversation, turn, helped=body.helped)
        with house.store.read() as connection:
            return access_conversation(connection, member, conversation)

    return told_once(exactly, member, work)


def _write_as_supporter(
    house: House, supporter: str, talk: Conversation, body: LineBody, exactly: Exactly, later: BackgroundTasks
) -> LineInfo:
    """Once it is answered, what came of the coach is kept; of a line that is sent again nothing is counted again."""
    again, written = access_was_sent(house, supporter, talk.id, body.sent), list[str]()

    def work() -> LineInfo:
        line = do_write_as_supporter(house, supporter, talk.id, body.text, sent=body.sent)
        written.append(line.text)
        return LineInfo.of(line)

    told = exactly.once(LineInfo, work, member=talk.member)
    if written and not again:
        seen = None if body.coach is None else [one.value() for one in body.coach]
        later.add_task(do_keep_use, house, supporter, talk.id, written[-1], seen)
    return told


def conversation_of(house: House, caller: Caller, conversation: str) -> Conversation:
    """The conversation, where it is the caller's to see; raises `NotFound` (``unknown-conversation``)."""
    with house.store.read() as connection:
        if caller.member:
            return access_conversation(connection, caller.member, conversation)
        return access_as_supporter(connection, caller.id, conversation)


def lines_of(
    house: House, caller: Caller, conversation: str, *, after: int, limit: int
) -> tuple[Conversation, list[WrittenLine]]:
    """The same with its lines after one; raises alike."""
    with house.store.read() as connection:
        if caller.member:
            found = access_conversation(connection, caller.member, conversation)
            return found, access_lines(house, connection, caller.member, conversation, after=after, limit=limit)
        found = access_as_supporter(connection, caller.id, conversation)
        lines = access_lines_as_supporter(house, connection, caller.id, conversation, after=after, limit=limit)
        return found, lines


def told_once(exactly: Exactly, member: str, work: Callable[[], Conversation]) -> ConversationInfo:
    """A member's conversation as it stands after some work, which is done once."""
    return exactly.once(ConversationInfo, lambda: ConversationInfo.model_validate(work()), member=member)
