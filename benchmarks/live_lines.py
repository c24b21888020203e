"""Two hundred live conversations on one server: how soon a line arrives, and that a restart loses and doubles none.

Every conversation is followed by server-sent events over a connection of its own. Lines are posted to each in turn; the
time of one is from before it is posted until it is read from the stream, with the reading of danger in it. In the midst
the server is ended and started again: followers come again with the last line they have, posters send again what was
not confirmed.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field

import httpx

from attunement.domain.events import MemberAccountMade
from attunement.domain.ids import new_id
from attunement.programme.conversations.asking import do_open
from attunement.programme.house import House, open_house
from attunement.programme.members import do_enrol
from attunement.programme.sessions import do_open_session
from attunement.web.security import SESSION_COOKIE
from benchmarks.figures import Figure, quantile
from benchmarks.over_http import serving

LIVE, A_SECOND = 200, 10.0
FULL_S, QUICK_S = 30.0, 6.0
PATIENCE_S = 120.0
SETTLED_S = 8.0
"""A server that has just begun opens its models while the first lines come; those wait up to a second."""


@dataclass
class Followed:
    """A conversation as its follower has it: the numbers of its lines as they came, and when each text did."""

    conversation: str
    token: str
    numbers: list[int] = field(default_factory=list)
    arrived: dict[str, float] = field(default_factory=dict)
    posted: dict[str, float] = field(default_factory=dict)

    @property
    def signed_in(self) -> dict[str, str]:
        """The header that says who they are."""
        return {"Cookie": f"{SESSION_COOKIE}={self.token}"}

    @property
    def complete(self) -> bool:
        """Whether all that was posted has arrived."""
        return self.posted.keys() <= self.arrived.keys()


def measure(quick: bool, say: Callable[[str], None]) -> Iterator[Figure]:
    """The time of a line, and what was lost or doubled over a restart."""
    with tempfile.TemporaryDirectory(prefix="attunement-bench-") as folder:
        url = f"sqlite:///{folder}/programme.db"
        say(f"Opening {LIVE} conversations")
        talks = _open(url)
        times, again = asyncio.run(_live(url, talks, QUICK_S if quick else FULL_S, say))
    p50, p99 = quantile(times, 0.5), quantile(times, 0.99)
    unit = f"ms, {LIVE} live conversations, {A_SECOND:g} lines a second"
    yield Figure("line_p50_ms", p50[0], unit, p50[1])
    yield Figure("line_p99_ms", p99[0], unit, p99[1], "<= 300")
    over = f"lines of {sum(len(t.posted) for t in talks):,}, over a restart"
    lost = sum(text not in talk.arrived for talk in talks for text in talk.posted)
    doubled = sum(len(t.numbers) - len(set(t.numbers)) for t in talks)
    gaps = sum(sorted(t.numbers) != t.numbers or t.numbers != list(range(1, len(t.numbers) + 1)) for t in talks)
    yield Figure("lines_lost", lost, over, bar="<= 0")
    yield Figure("lines_doubled", doubled, over, bar="<= 0")
    yield Figure("conversations_out_of_order", gaps, f"of {LIVE}", bar="<= 0")
    yield Figure("caught_up_s", again, "s, from the end of the server to the last line after its new start")


def _open(url: str) -> list[Followed]:
    house = open_house(url)
    try:
        return [_joined(house, f"member {k}") for k in range(LIVE)]
    finally:
        house.close()


def _joined(house: House, name: str) -> Followed:
    """A member who is signed in; with no passphrase, as hashing two hundred takes minutes."""
    member, account = do_enrol(house), new_id()
    made = MemberAccountMade(at=house.clock(), account=account, handle=name, secret="", invitation="")
    with house.store.write() as transaction:
        transaction.append(made, member=member)
    return Followed(do_open(house, member).id, do_open_session(house, account, "member"))


async def _live(
    url: str, talks: list[Followed], seconds: float, say: Callable[[str], None]
) -> tuple[list[float], float]:
    """Times of lines in ms while the server runs, and how long all took to catch up after it was ended."""
    where: list[str] = []
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    async with (
        httpx.AsyncClient(timeout=PATIENCE_S, limits=limits) as streams,
        httpx.AsyncClient(timeout=PATIENCE_S) as client,  # a pool of 200 streams takes long to find a free connection
        asyncio.TaskGroup() as followers,
    ):
        following = [followers.create_task(_follow(streams, where, talk)) for talk in talks]
        async with _served(url, where):
            say(f"Following {LIVE} conversations")
            await _until(lambda: all(talk.numbers for talk in talks))
            await asyncio.sleep(SETTLED_S)
            await _write(client, where, talks, seconds)
            times = [(t.arrived[text] - at) * 1e3 for t in talks for text, at in t.posted.items()]
            writing = asyncio.create_task(_write(client, where, talks, seconds / 2))
            await asyncio.sleep(1)  # so that lines are under way
            ended = time.perf_counter()
        say("Starting the server again")
        async with _served(url, where):
            await writing
            caught_up = time.perf_counter() - ended
            for one in following:
                one.cancel()
    return times, caught_up


@asynccontextmanager
async def _served(url: str, where: list[str]) -> AsyncIterator[None]:
    """``attune serve``; ``where`` holds its address as long as it is there."""
    with ExitStack() as running:
        server = await asyncio.to_thread(running.enter_context, serving(url))
        where[:] = [server.address.removesuffix("/set-up")]
        try:
            yield
        finally:
            await asyncio.to_thread(running.close)
            where.clear()


async def _write(client: httpx.AsyncClient, where: list[str], talks: list[Followed], seconds: float) -> None:
    """Post lines at an even pace, to one conversation after another, and wait until all have arrived."""
    begun, first = time.perf_counter(), sum(len(talk.posted) for talk in talks)
    async with asyncio.TaskGroup() as posting:
        for n in range(int(seconds * A_SECOND)):
            await asyncio.sleep(max(0.0, begun + n / A_SECOND - time.perf_counter()))
            posting.create_task(
                _post(client, where, talks[(first + n) % LIVE], f"I am a bit tired today, {first + n}.")
            )
    await _until(lambda: all(talk.complete for talk in talks))


async def _post(client: httpx.AsyncClient, where: list[str], talk: Followed, text: str) -> None:
    """Post a line until it is confirmed, always under the same id."""
    line = {"text": text, "sent": new_id()}
    talk.posted[text] = time.perf_counter()
    while True:
        with suppress(httpx.HTTPError, IndexError):  # the server is not there just now
            address = where[0]
            path = f"{address}/api/conversations/{talk.conversation}/lines"
            answer = await client.post(path, json=line, headers={**talk.signed_in, "Origin": address})
            if answer.is_success:
                return
            _check_not_refused(answer)
        await asyncio.sleep(0.1)


async def _follow(client: httpx.AsyncClient, where: list[str], talk: Followed) -> None:
    """Follow a conversation for ever, and come again with the last line wherever the stream ends."""
    while True:
        with suppress(httpx.HTTPError, IndexError):
            last = {"Last-Event-ID": str(talk.numbers[-1])} if talk.numbers else {}
            path = f"{where[0]}/api/conversations/{talk.conversation}/live"
            async with client.stream("GET", path, headers={**talk.signed_in, **last}) as answer:
                _check_not_refused(answer)
                async for line in answer.aiter_lines():
                    _take(talk, line)
        await asyncio.sleep(0.1)


def _check_not_refused(answer: httpx.Response) -> None:
    if answer.is_client_error:
        raise RuntimeError(f"{answer.request.url} was refused ({answer.status_code}): the figures would mean nothing.")


def _take(talk: Followed, line: str) -> None:
    if line.startswith("data: {") and '"speaker"' in line:
        told = json.loads(line.removeprefix("data: "))
        talk.numbers.append(told["line"])
        if told["speaker"] == "member":
            talk.arrived[told["text"]] = time.perf_counter()


async def _until(so: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not so():
            await asyncio.sleep(0.02)
