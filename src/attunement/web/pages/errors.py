"""Errors as pages: what happened, what to do, a way back, and what was typed."""

from __future__ import annotations

from fastapi import Request
from starlette.datastructures import FormData
from starlette.responses import RedirectResponse, Response

from attunement.domain.errors import AttunementError, ErrorCode
from attunement.domain.messages import N_
from attunement.web.access import Caller, Role
from attunement.web.pages.page import HOMES, make_page
from attunement.web.problems import NUMBERED, Problem

TITLES = {
    401: N_("Please sign in"),
    403: N_("This is not open to you"),
    404: N_("There is nothing here"),
    409: N_("This was already done"),
    413: N_("That was too much at once"),
    422: N_("Something needs another look"),
    429: N_("A moment, please"),
    503: N_("The place is not reachable just now"),
}
FALLBACK = N_("Something went wrong on our side")
KEPT = {"text": N_("your words"), "words": N_("your words"), "note": N_("your note"), "reason": N_("your reason")}


def error_page(request: Request, problem: Problem, error: AttunementError | None) -> Response:
    """Draw an error; who is not signed in goes to sign in, where they asked for a page."""
    if problem.code == ErrorCode.NOT_SIGNED_IN and request.method == "GET":
        return RedirectResponse("/sign-in", 303)
    caller = getattr(request.state, "caller", None) or Caller(Role.ANONYMOUS)
    page = make_page(request, caller, FormData())
    home = HOMES.get(caller.role, "/")
    sent = getattr(request, "_form", None)  # what Starlette has parsed already
    kept = [
        {"label": page.gettext(label), "text": sent[name]}
        for name, label in KEPT.items()
        if sent is not None and isinstance(sent.get(name), str) and sent[name]
    ]
    return page.render(
        "error.html", status=problem.status, title=page.gettext(TITLES.get(problem.status, FALLBACK)),
        message=page.words_of(error) if error else page.gettext(problem.detail), code=problem.code,
        number=problem.instance.removeprefix(NUMBERED) if problem.instance.startswith(NUMBERED) else "",
        back={"href": "/sign-in", "label": page.gettext(N_("Sign in"))} if problem.status == 401
        else {"href": home, "label": page.gettext(N_("To the start"))}, kept=kept,
    )  # fmt: skip
