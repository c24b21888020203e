"""What every response carries, and what no request may exceed: plain ASGI, to cost next to nothing."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from http.cookies import SimpleCookie

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from attunement.programme.body_files import MOST_FILE
from attunement.web.security import FORM_COOKIE, own_origin

MOST_BYTES = 256 * 1024
MOST_OF_SIGNALS = 4 * 1024 * 1024
"""Room for 100,000 samples of the body, each with its time, as long as numbers get."""
MOST_OF_A_FORM = 64 * 1024
"""Room for what stands around a file in a form."""
_MOST_AT = (
    (re.compile(r"/api/members/[^/]+/body"), MOST_OF_SIGNALS),
    (re.compile(r"/api/members/[^/]+/body/file|/journey/body"), MOST_FILE + MOST_OF_A_FORM),
)
STATIC = "/static/"

HEADERS = (
    (
        "content-security-policy",
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
        "base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),  # with no-referrer, browsers would send our own forms from "Origin: null"
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("cross-origin-opener-policy", "same-origin"),
)
_RAW = [(name.encode(), value.encode()) for name, value in HEADERS]


class BodyLimit:
    """Refuses over 256 kB (4 MB of signals of the body, 32 MB of a file of them) while they arrive, whatever their
    Content-Length says."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count what is received."""
        path = scope.get("path", "")
        seen, most = 0, next((size for where, size in _MOST_AT if where.fullmatch(path)), MOST_BYTES)

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                raise HTTPException(413)
            return message

        await self._app(scope, counted, send)


class SecureResponses:
    """Puts the security headers on every response, keeps answers out of caches, and turns a crash into an answer."""

    def __init__(self, app: ASGIApp, *, crashed: Callable[[Request, Exception], Awaitable[Response]]) -> None:
        self._app = app
        self._crashed = crashed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and dress the response."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def dressed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                _dress(scope, message)
            await send(message)

        try:
            await self._app(scope, receive, dressed)
        except Exception as error:
            if started:
                raise
            request = Request(scope, receive)
            await (await self._crashed(request, error))(scope, receive, dressed)


def _dress(scope: Scope, message: Message) -> None:
    message["headers"] = [*message["headers"], *_RAW]
    if not scope["path"].startswith(STATIC):
        MutableHeaders(scope=message).setdefault("cache-control", "no-store")
    fresh = scope.get("state", {}).get(FORM_COOKIE)
    if fresh:
        cookie = SimpleCookie({FORM_COOKIE: fresh})[FORM_COOKIE]
        cookie["path"], cookie["httponly"], cookie["samesite"] = "/", True, "lax"
        cookie["secure"] = own_origin(Request(scope)).startswith("https:")
        message["headers"].append((b"set-cookie", cookie.OutputString().encode()))
