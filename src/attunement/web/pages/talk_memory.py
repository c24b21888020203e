"""What the companion is to remember: seen, added, changed and taken out, line by line."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from attunement.domain.errors import AttunementError, Conflict, Invalid, Refused
from attunement.programme.consents import access_permissions
from attunement.programme.conversations.memory import (
    LONGEST,
    MOST,
    access_memory,
    do_change_remembered,
    do_forget_remembered,
    do_remember,
    may_remember,
)
from attunement.programme.conversations.talk_settings import access_talk_settings
from attunement.web.access import Role
from attunement.web.pages.forms import text_of
from attunement.web.pages.page import Page, page_for

router = APIRouter(include_in_schema=False)
MemberPage = Annotated[Page, Depends(page_for(Role.MEMBER))]


@router.get("/talk/memory")
def memory(page: MemberPage) -> Response:
    """All that is remembered, newest first."""
    return _memory(page)


@router.post("/talk/memory")
def remember(page: MemberPage) -> Response:
    """Remember what was typed."""
    try:
        do_remember(page.house, page.member, text_of(page.form, "text"))
    except (Invalid, Conflict, Refused) as error:
        return _memory(page, error=error)
    return page.redirect("/talk/memory", said="remembered")


@router.post("/talk/memory/{remembered}")
def change(page: MemberPage, remembered: str) -> Response:
    """Put it into other words."""
    try:
        do_change_remembered(page.house, page.member, remembered, text_of(page.form, "text"))
    except (Invalid, Refused) as error:
        return _memory(page, error=error, at=remembered)
    return page.redirect("/talk/memory", said="remembered")


@router.post("/talk/memory/{remembered}/forget")
def forget(page: MemberPage, remembered: str) -> Response:
    """Take it out."""
    do_forget_remembered(page.house, page.member, remembered)
    return page.redirect("/talk/memory", said="forgotten")


def _memory(page: Page, *, error: AttunementError | None = None, at: str = "text") -> Response:
    house = page.house
    with house.store.read() as connection:
        kept = access_memory(house, connection, page.member)
        allowed = may_remember(access_permissions(house, connection, page.member))
        by_model = house.voiced is not None and access_talk_settings(house, connection, page.member).elsewhere
    return page.render(
        "talk_memory.html", status=error.status if error else 200, at="/talk", kept=kept, allowed=allowed, most=MOST,
        longest=LONGEST, by_model=by_model, typed=text_of(page.form, "text"), typed_at=at,
        draft_key=page.draft_key("memory"),
        errors={at: page.words_of(error)} if error else {},
    )  # fmt: skip
