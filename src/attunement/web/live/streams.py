"""The streams: a conversation's lines for those who are in it, and the queue for supporters."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from attunement.domain.errors import NotFound, NotSignedIn, Refused
from attunement.programme.bell import QUEUE, consents_of
from attunement.programme.conversations.conversation import Conversation
from attunement.programme.conversations.insight import Shares, access_shares
from attunement.programme.conversations.lines import WrittenLine
from attunement.programme.conversations.queue import access_queue
from attunement.programme.house import House
from attunement.web.access import Allow, Caller, Role, identify
from attunement.web.api.conversation_answers import QueueInfo, lines_info
from attunement.web.api.conversations import Talker, conversation_of, lines_of
from attunement.web.api.parts import TheHouse
from attunement.web.api.route import PROBLEMS, ApiRoute
from attunement.web.live.follow import Waker, woken_by

router = APIRouter(tags=["live"], route_class=ApiRoute, responses=PROBLEMS)
AT_ONCE = 100
RETRY_MS = 500
Read = Annotated[int, Query(ge=0, le=2**31 - 1, description="Only lines after this one.")]
LastRead = Annotated[
    str | None, Header(alias="Last-Event-ID", description="The last line received; a browser sends it by itself.")
]


@dataclass(frozen=True, slots=True)
class _InIt:
    """Who follows a conversation, and what the bell rings about for them."""

    caller: Caller
    about: tuple[str, ...]


async def _in_it(conversation: str, caller: Talker, house: TheHouse) -> _InIt:
    """Refuse before the stream begins: once it has, there is no other status to send."""
    found = await run_in_threadpool(conversation_of, house, caller, conversation)
    return _InIt(caller, (conversation,) if caller.member else (conversation, consents_of(found.member)))


InIt = Annotated[_InIt, Depends(_in_it)]


@router.get("/api/conversations/{conversation}/live", response_class=EventSourceResponse)
async def follow_conversation(
    request: Request, conversation: str, who: InIt, house: TheHouse, after: Read = 0, last_event_id: LastRead = None
) -> AsyncIterator[ServerSentEvent]:
    """Each line as it is written (`line`, its id is its number), and how the conversation stands (`stands`).

    Come again with `Last-Event-ID`, nothing is lost or sent twice. An `end` says that nothing more will come: it is
    closed, or it is not the caller's to see any more. While somebody looks along, both supporters get a `note` whenever
    one of them wrote one: `.../notes` has it. What the member lets supporters see, these get as `shares` at the
    beginning and whenever it changes: what is not among it must not be shown any longer.
    """
    caller, after = who.caller, _number(last_event_id, after)
    async with woken_by(house.bell, *who.about) as waker:
        yield ServerSentEvent(comment="here", retry=RETRY_MS)
        standing, noted, shared = None, None, None
        while True:
            waker.ready()
            try:
                found, fresh, shares = await run_in_threadpool(_news, house, caller, conversation, after)
            except NotFound:
                yield ServerSentEvent(event="end", data={"why": "gone"})
                return
            waker.shown = (found.last_line, found.noted)
            if shares != shared:  # before the lines: what was taken back goes first
                shared = shares
                yield ServerSentEvent(event="shares", data={"shares": sorted(shares.allowed if shares else ())})
            news = lines_info(found, fresh, own=house.library if caller.member else None)
            for line in news.lines:
                yield ServerSentEvent(event="line", id=str(line.line), data=line)
                after = line.line
            if len(news.lines) == AT_ONCE:
                continue
            if news.conversation != standing:
                standing = news.conversation
                yield ServerSentEvent(event="stands", data=standing)
            if found.second and not caller.member and found.noted != noted:
                noted = found.noted
                yield ServerSentEvent(event="note", data={"at": noted})
            if standing.closed:
                yield ServerSentEvent(event="end", data={"why": "closed"})
                return
            if not await _goes_on(request, caller, waker, house):
                return


@router.get("/api/queue/live", response_class=EventSourceResponse)
async def follow_queue(
    request: Request, caller: Annotated[Caller, Depends(Allow(Role.SUPPORTER))], house: TheHouse
) -> AsyncIterator[ServerSentEvent]:
    """The whole queue whenever it changes (`queue`): the newest is all there is to know, so nothing can be lost."""
    async with woken_by(house.bell, QUEUE) as waker:
        yield ServerSentEvent(comment="here", retry=RETRY_MS)
        while True:
            waker.ready()
            try:
                queue = QueueInfo.of(await run_in_threadpool(access_queue, house, caller.id))
            except Refused:
                return
            yield ServerSentEvent(event="queue", data=queue)
            if not await _goes_on(request, caller, waker, house):
                return


def _news(
    house: House, caller: Caller, conversation: str, after: int
) -> tuple[Conversation, list[WrittenLine], Shares | None]:
    """The conversation, its lines after one, and what supporters may see, where a supporter follows."""
    found, lines = lines_of(house, caller, conversation, after=after, limit=AT_ONCE)
    if caller.member:
        return found, lines, None
    with house.store.read() as connection:
        return found, lines, access_shares(house, connection, caller.id, conversation)


async def _goes_on(request: Request, caller: Caller, waker: Waker, house: House) -> bool:
    """Wait for news; False where the server ends, or whoever follows is not signed in any more (asked now and then)."""
    quiet = not house.bell.closed and not await waker.rung()
    if house.bell.closed:
        return False
    if not (waker.asks_again() or quiet):
        return True
    try:
        return (await identify(request)).id == caller.id
    except NotSignedIn:  # an API key that was revoked
        return False


def _number(last_event_id: str | None, after: int) -> int:
    """Where to go on from; what is no number of ours counts as not sent."""
    return int(last_event_id) if last_event_id and last_event_id.isdecimal() and len(last_event_id) < 10 else after
