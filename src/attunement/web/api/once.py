"""The Idempotency-Key header: a request sent twice under one key is done once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import Depends, Header, Request
from pydantic import BaseModel

from attunement.programme.requests import SentOnce, do_once
from attunement.web.access import Caller

Body = TypeVar("Body", bound=BaseModel)
IdempotencyKey = Annotated[
    str | None,
    Header(
        pattern=r"^[!-~]+$",
        max_length=255,
        description="A fresh name for this request, such as a UUID. Sent again within a day, the request is not done "
        "again; its answer is given once more.",
    ),
]


class Exactly:
    """Does the work of one request: at once, or once for its Idempotency-Key."""

    def __init__(self, request: Request, key: str | None, digest: str) -> None:
        self._request = request
        self._key = key
        self._digest = digest

    def once(
        self, answer: type[Body], work: Callable[[], Body], *, member: str | None = None, alone: bool = False
    ) -> Body:
        """The answer of the work, or the one remembered; raises `Conflict` (``idempotency-mismatch``).

        ``member`` is whose answer it is; ``alone`` is for work that writes alone (see `Store.write`).
        """
        if self._key is None:
            return work()
        caller: Caller = self._request.state.caller
        status: int = self._request.scope["route"].status_code or 200
        sent = SentOnce(caller.id, self._key, self._digest, member, status)
        house = self._request.app.state.house
        return answer.model_validate_json(do_once(house, sent, lambda: work().model_dump_json().encode(), alone=alone))


async def _exactly(request: Request, idempotency_key: IdempotencyKey = None) -> Exactly:
    if idempotency_key is None:
        return Exactly(request, None, "")
    what = hashlib.sha256(f"{request.method} {request.url.path}\n".encode())
    what.update(await request.body())
    return Exactly(request, idempotency_key, what.hexdigest())


ExactlyOnce = Annotated[Exactly, Depends(_exactly)]
