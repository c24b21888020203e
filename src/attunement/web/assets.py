"""Files for browsers: addressed by what is in them, so that they can be kept for a year and never be stale."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

STATIC = Path(__file__).resolve().parent / "static"


@cache
def asset(path: str) -> str:
    """The address of a file in ``static/``, with the first of its hash.

    >>> asset("tokens.css").startswith("/static/tokens.css?v=")
    True
    """
    return f"/static/{path}?v={hashlib.sha256((STATIC / path).read_bytes()).hexdigest()[:12]}"


class Assets(StaticFiles):
    """Serves ``static/``; what is asked for by its hash may be kept for a year."""

    def __init__(self) -> None:
        super().__init__(directory=STATIC)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """One file, or 404."""
        response = await super().get_response(path, scope)
        named = b"v=" in scope["query_string"] and response.status_code in (200, 304)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if named else "no-cache"
        return response
