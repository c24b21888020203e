"""The talks a supporter had: a list, and each to be read again with their own notes on it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from attunement.domain.errors import AttunementError, NotFound
from attunement.programme.conversations.lines import MOST
from attunement.programme.conversations.talks_had import (
    READ_AGAIN_WITHIN,
    access_talks_had,
    do_note_afterwards,
    do_read_again,
)
from attunement.web.access import Role
from attunement.web.pages.forms import text_of
from attunement.web.pages.page import Page, page_for
from attunement.web.pages.queue_view import called
from attunement.web.pages.support_view import line_views

router = APIRouter(include_in_schema=False)
SupporterPage = Annotated[Page, Depends(page_for(Role.SUPPORTER))]
After = Annotated[int, Query(ge=0, le=2**31 - 1)]
DAYS = READ_AGAIN_WITHIN.days


@router.get("/queue/past")
def past(page: SupporterPage) -> Response:
    """The talks they had, the one that left their hands last on top."""
    talks = [
        {"id": one.conversation, "name": called(page, one.name), "left": one.left, "until": one.until}
        for one in access_talks_had(page.house, page.caller.id)
    ]
    return page.render("talks_had.html", at="/queue", talks=talks, days=DAYS)


@router.get("/queue/past/{conversation}")
def read_again(page: SupporterPage, conversation: str, after: After | None = None) -> Response:
    """One of them, to read; what cannot be read any more leads back to the list."""
    try:
        return _talk(page, conversation, after=after)
    except NotFound:
        return page.redirect("/queue/past", said="not-readable")


@router.post("/queue/past/{conversation}/notes")
def note(page: SupporterPage, conversation: str) -> Response:
    """Note something on it afterwards."""
    text = text_of(page.form, "note")
    try:
        do_note_afterwards(page.house, page.caller.id, conversation, text)
    except NotFound:
        raise
    except AttunementError as error:
        return _talk(page, conversation, status=error.status, errors={"note": page.words_of(error)}, noted=text)
    return page.redirect(f"/queue/past/{conversation}?said=noted#notes")


def _talk(page: Page, conversation: str, *, after: int | None = None, status: int = 200, **shown: Any) -> Response:
    again = do_read_again(page.house, page.caller.id, conversation, after=after)
    name, start = called(page, again.talk.name), again.lines[0].line - 1 if again.lines else 0
    return page.render(
        "talk_had.html", status=status, at="/queue", talk=again.talk, name=name, days=DAYS,
        lines=line_views(page, list(again.lines), name), start=start, earlier=max(0, start - MOST),
        notes=again.notes, draft_key=page.draft_key(f"had:{conversation}"), **{"errors": {}, "noted": "", **shown},
    )  # fmt: skip
