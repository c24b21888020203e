"""Errors as answers: RFC 9457 problems under ``/api``, a page anywhere else; one place for both."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any
from uuid import uuid4

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match

from attunement.domain.errors import AttunementError, ErrorCode

MEDIA_TYPE = "application/problem+json"
API = "/api/"
NUMBERED = "urn:uuid:"
"""How the `instance` of a problem begins that was logged under a number."""

_log = logging.getLogger(__name__)
_OF_STATUS = {
    404: (ErrorCode.NOT_FOUND, "There is nothing at this address. Check it for a typing mistake."),
    405: (
        ErrorCode.METHOD_NOT_ALLOWED,
        "This address does not take this method; the Allow header lists those it does.",
    ),
    413: (ErrorCode.TOO_LARGE, "More than 256 kB (4 MB of body signals) were sent at once. Send less, or in parts."),
}
_UNREADABLE = "The body is not what was expected: it could not be read. Send JSON in UTF-8 with the fields documented."


class FieldProblem(BaseModel):
    """What is wrong with one field."""

    field: str = Field(description="Where it is, such as `body.affect.valence`.")
    message: str = Field(description="What is wrong with it, in one sentence.")


class Problem(BaseModel):
    """An error as RFC 9457 has it. Match on `code`; `detail` says what happened and what to do."""

    type: str = Field(examples=["urn:attunement:error:unknown-member"])
    title: str = Field(description="The code in words.", examples=["Unknown member"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["There is no such member. They may have erased themselves."])
    code: str = Field(description="The stable name of the error.", examples=["unknown-member"])
    instance: str = Field(description="The path asked for, or the number under which the server logged it.")
    errors: list[FieldProblem] = Field(default=[], description="Field by field, where fields are at fault.")
    help_shown: bool = Field(
        default=False, description="The words that were refused show signs of danger: show help before anything else."
    )


ErrorPage = Callable[[Request, Problem, AttunementError | None], Response]


def install_problems(app: FastAPI, *, page: ErrorPage) -> None:
    """Answer every error: as a problem under ``/api``, drawn by ``page`` anywhere else."""
    app.state.error_page = page
    app.add_exception_handler(AttunementError, _on_coded)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)


async def on_crash(request: Request, error: Exception) -> Response:
    """Log what nobody foresaw under a number, and tell only the number."""
    number = uuid4().hex
    _log.error("internal error %s at %s %s", number, request.method, request.url.path, exc_info=error)
    detail = "Something went wrong on our side. It was written down under the number below; nothing was half saved."
    problem = _problem(request, ErrorCode.INTERNAL, 500, detail, instance=f"{NUMBERED}{number}")
    try:
        return _answer(request, problem)
    except Exception:  # what draws the pages may be what is broken
        return Response(f"{detail}\n{problem.instance}\n", 500, media_type="text/plain")


async def _on_coded(request: Request, error: Exception) -> Response:
    assert isinstance(error, AttunementError)
    field = error.data.get("field")
    errors = [FieldProblem(field=str(field), message=str(error))] if field else []
    if error.status >= 500:
        _log.error("%s: %s", error.code, error, exc_info=error.__cause__)
    help_shown = bool(error.data.get("help_shown"))
    problem = _problem(request, error.code, error.status, str(error), errors=errors, help_shown=help_shown)
    headers = {"WWW-Authenticate": "Bearer"} if error.status == 401 else {}
    if error.status in (429, 503):
        headers["Retry-After"] = str(60 * int(str(error.data.get("minutes", 1))))
    return _answer(request, problem, headers, error)


async def _on_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found: Sequence[Any] = error.errors()
    errors = [FieldProblem(field=".".join(str(part) for part in e["loc"]), message=_says(e)) for e in found]
    detail = "; ".join(f"{e.field}: {e.message}" for e in errors[:3]) or _UNREADABLE
    return _answer(request, _problem(request, ErrorCode.BAD_INPUT, 422, detail, errors=errors))


def _says(error: dict[str, Any]) -> str:
    """Pydantic's sentence, without what was sent; where JSON could not be read, the reader's."""
    if error["type"] == "json_invalid":
        return f"This is not JSON in UTF-8: {error['ctx']['error']}."
    return f"{error['msg']}."


async def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code, detail = _OF_STATUS.get(error.status_code, (ErrorCode.BAD_INPUT, _UNREADABLE))
    status = error.status_code if error.status_code in _OF_STATUS else 422
    headers = {"Allow": ", ".join(_methods(request))} if status == 405 else {}
    return _answer(request, _problem(request, code, status, detail), headers)


def _methods(request: Request) -> list[str]:
    """Every method any route takes at this path."""
    routes = iter_route_contexts(request.app.routes)
    matching = [r for r in routes if r.methods and r.matches(request.scope)[0] is not Match.NONE]
    return sorted({method for route in matching for method in route.methods or ()})


def _problem(
    request: Request, code: ErrorCode, status: int, detail: str, *, errors: list[FieldProblem] | None = None,
    instance: str | None = None, help_shown: bool = False,
) -> Problem:  # fmt: skip
    return Problem(
        type=f"urn:attunement:error:{code}", title=code.replace("-", " ").capitalize(), status=status, detail=detail,
        code=code, instance=instance or request.url.path, errors=errors or [], help_shown=help_shown,
    )  # fmt: skip


def _answer(
    request: Request, problem: Problem, headers: dict[str, str] | None = None, error: AttunementError | None = None
) -> Response:
    if f"{request.url.path}/".startswith(API):
        return Response(problem.model_dump_json(), problem.status, headers, media_type=MEDIA_TYPE)
    page: ErrorPage = request.app.state.error_page
    response = page(request, problem, error)
    response.headers.update(headers or {})
    return response
