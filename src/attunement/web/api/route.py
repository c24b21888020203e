"""How API routes read JSON and document their errors."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from attunement.domain.errors import ErrorCode, Invalid
from attunement.programme.text import read_json
from attunement.web.problems import MEDIA_TYPE

_WHAT = {
    401: "Nobody is signed in, or the API key does not work.",
    403: "This is not for this kind of caller, or came from another site.",
    404: "It does not exist, or is not the caller's to see.",
    409: "It was acceptable, but not any more or not now.",
    413: "More than 256 kB were sent, or more than 4 MB of signals of the body.",
    422: "What was sent cannot be accepted as it is.",
    429: "Too often in too short a time.",
    503: "The database is busy, full or away. Nothing was half written.",
}
PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"description": what, "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    for status, what in _WHAT.items()
}


class _StrictJson(Request):
    """Reads JSON strictly: no NaN, no endless nesting, nothing that is not UTF-8."""

    async def json(self) -> Any:
        """The body; raises ``json.JSONDecodeError``."""
        return read_json(await self.body())


class ApiRoute(APIRoute):
    """A route whose bodies are read strictly, and whose query holds nothing that is not known."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, behind those two."""
        handle = super().get_route_handler()
        known = _query_names(self.dependant)

        async def strictly(request: Request) -> Response:
            for name in request.query_params:
                if name not in known:
                    raise Invalid(
                        ErrorCode.BAD_INPUT, "'{field}' is not a parameter of this address. Leave it out.",
                        field=name[:80],
                    )  # fmt: skip
            return await handle(_StrictJson(request.scope, request.receive))

        return strictly


def _query_names(dependant: Dependant) -> set[str]:
    own = {parameter.alias for parameter in dependant.query_params}
    return own.union(*(_query_names(inner) for inner in dependant.dependencies))
