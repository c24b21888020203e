"""A small OpenAI-compatible endpoint over real HTTP, which behaves or misbehaves as the name of the model says."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response, StreamingResponse

SAID = {
    "plain": "That sounds hard. What was it like?",
    "empty": "   ",
    "german": "Das klingt wirklich sehr schwer für dich, und ich höre dir gerne weiter zu.",
    "binary": "\x00\x01\x02 That sounds hard.",
    "replaced": "That s\ufffdunds hard.",
    "symbols": "#### $$$$ 0101 //// ==== 1234 %%%% ok",
    "loops": "I am sorry I am sorry I am sorry I am sorry I am sorry I am sorry",
    "marks": "That sounds hard.<|im_end|><|im_start|>user",
    "fence": "<person-0123456789abcdef> That sounds hard.",
    "rules": "Sure! I never argue anybody out of a feeling that they have.",
    "thinks": "<think>She is sad, so I ask.</think>\n\nThat sounds hard.",
    "thinks-only": "<think>She is sad, so",
    "long": "That sounds hard. " * 200,
}


@dataclass
class Endpoint:
    """Where it listens, what it was asked, and how many answers were still being given when the other side left."""

    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    left: int = 0

    def of(self, model: str) -> list[dict[str, Any]]:
        """What one model was asked."""
        return [body for body in self.asked if body["model"] == model]


def app_of(endpoint: Endpoint) -> FastAPI:
    """The application."""
    app = FastAPI()

    async def answer(request: Request) -> Response:
        body = await request.json()
        endpoint.asked.append(body)
        endpoint.keys.append(request.headers.get("authorization", ""))
        model = body["model"]
        if model in FAULTS:
            return await FAULTS[model](endpoint, request, body)
        said = SAID.get(model, SAID["plain"])
        n = 1 if model == "one-only" else body.get("n", 1)
        return _whole([said if i == 0 else f"{said} ({i})" for i in range(n)])

    async def elsewhere(request: Request) -> Response:
        endpoint.asked.append({"model": "elsewhere", **await request.json()} | {"model": "elsewhere"})
        return _whole(["You should not be here."])

    app.post("/v1/chat/completions")(answer)
    app.post("/elsewhere")(elsewhere)
    return app


def _whole(said: list[str], finish: str = "stop") -> Response:
    choices = [
        {"index": i, "finish_reason": finish, "message": {"role": "assistant", "content": text}}
        for i, text in enumerate(said)
    ]
    return JSONResponse({"id": "x", "object": "chat.completion", "created": 1, "model": "m", "choices": choices})


# faults -------------------------------------------------------------------------------------------------------------
async def _hangs(endpoint: Endpoint, _request: Request, _body: dict[str, Any]) -> Response:
    try:
        await asyncio.sleep(60)
    finally:
        endpoint.left += 1
    return _whole([])


async def _drips(endpoint: Endpoint, _request: Request, _body: dict[str, Any]) -> Response:
    """Something comes all the time, and never the end of it."""

    async def drops() -> AsyncIterator[str]:
        try:
            while True:
                yield " "
                await asyncio.sleep(0.05)
        finally:
            endpoint.left += 1

    return StreamingResponse(drops(), media_type="application/json")


async def _breaks_off(_endpoint: Endpoint, _request: Request, _body: dict[str, Any]) -> Response:
    """The connection is gone in the middle of the answer."""

    async def half() -> AsyncIterator[str]:
        yield '{"choices": [{"message": {"content": "That sounds '
        raise ConnectionResetError

    return StreamingResponse(half(), media_type="application/json")


async def _repeats_back(_endpoint: Endpoint, _request: Request, body: dict[str, Any]) -> Response:
    """An error that holds what was said."""
    return JSONResponse({"error": {"message": f"failed on {body['messages']}"}}, status_code=500)


async def _busy_once(endpoint: Endpoint, _request: Request, body: dict[str, Any]) -> Response:
    if len(endpoint.of(body["model"])) == 1:
        return JSONResponse({"error": {"message": "busy"}}, status_code=503)
    return _whole([SAID["plain"]])


async def _refuses_several(endpoint: Endpoint, _request: Request, body: dict[str, Any]) -> Response:
    if "n" in body:
        return JSONResponse({"error": {"message": "n is not supported", "param": "n"}}, status_code=400)
    return _whole([f"That sounds hard ({len(endpoint.asked)})."])


async def _newer(_endpoint: Endpoint, _request: Request, body: dict[str, Any]) -> Response:
    if "max_tokens" in body:
        return JSONResponse({"error": {"message": "unsupported", "param": "max_tokens"}}, status_code=400)
    return _whole([SAID["plain"]])


async def _redirects(_endpoint: Endpoint, _request: Request, _body: dict[str, Any]) -> Response:
    return RedirectResponse("/elsewhere", status_code=307)


async def _half_in_time(endpoint: Endpoint, request: Request, body: dict[str, Any]) -> Response:
    """Gives one at a time, and every second request hangs."""
    if len(endpoint.of(body["model"])) % 2:
        return _whole([f"That sounds hard ({len(endpoint.asked)})."])
    return await _hangs(endpoint, request, body)


def _always(make: Callable[[], Response]) -> Callable[..., Any]:
    async def answer(*_: object) -> Response:
        return make()

    return answer


FAULTS: dict[str, Callable[..., Any]] = {
    "hangs": _hangs, "drips": _drips, "breaks-off": _breaks_off,
    "repeats-back": _repeats_back, "busy-once": _busy_once, "refuses-several": _refuses_several, "newer": _newer,
    "redirects": _redirects, "half-in-time": _half_in_time,
    "html": _always(lambda: Response("<html>Welcome to nginx</html>", media_type="text/html")),
    "garbled": _always(lambda: Response("{not json", media_type="application/json")),
    "no-choices": _always(lambda: JSONResponse({"choices": "none"})),
    "null": _always(lambda: JSONResponse({"choices": [{"message": {"content": None}}]})),
    "nothing": _always(lambda: _whole([])),
    "cut": _always(lambda: _whole(["That sounds hard. What was it li"], "length")),
    "cut-at-once": _always(lambda: _whole(["That sounds so very"], "length")),
    "unauthorised": _always(lambda: JSONResponse({"error": {"message": "no"}}, status_code=401)),
    "come-back-later": _always(
        lambda: JSONResponse({"error": {"message": "later"}}, status_code=429, headers={"retry-after": "100"})
    ),
}  # fmt: skip


@contextmanager
def serving() -> Iterator[Endpoint]:
    """The endpoint at a free port of this machine."""
    endpoint = Endpoint()
    config = uvicorn.Config(
        app_of(endpoint), host="127.0.0.1", port=0, log_level="critical", ws="none", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    endpoint.url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/v1"
    try:
        yield endpoint
    finally:  # a test that fails must not leave a thread that keeps the whole run from ending
        server.should_exit = True
        thread.join()
