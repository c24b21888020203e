"""What the companion is to remember: seen, added, changed and taken out, line by line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from attunement.domain.errors import AttunementError, Conflict, Invalid, Refused
from attunement.domain.reading import RiskLevel
from attunement.programme.consents import access_permissions
from attunement.programme.conversations.hearing import do_hear_remembered, heard_in_any_case
from attunement.programme.conversations.memory import (
    LONGEST,
    MOST,
    Remembered,
    access_memory,
    do_change_remembered,
    do_forget_remembered,
    do_remember,
    may_remember,
)
from attunement.programme.conversations.talk_settings import access_talk_settings
from attunement.programme.members import access_member
from attunement.web.access import Role
from attunement.web.pages.check_in_view import Care, care_help, care_of
from attunement.web.pages.forms import text_of
from attunement.web.pages.page import Page, page_for

router = APIRouter(include_in_schema=False)
MemberPage = Annotated[Page, Depends(page_for(Role.MEMBER))]


@router.get("/talk/memory")
def memory(page: MemberPage, care: Care = Care.NONE) -> Response:
    """All that is remembered, newest first; help before it where what was just written asks for it."""
    return _memory(page, care=care)


@router.post("/talk/memory")
def remember(page: MemberPage) -> Response:
    """Remember what was typed."""
    return _write(page, lambda text, risk: do_remember(page.house, page.member, text, risk=risk))


@router.post("/talk/memory/{remembered}")
def change(page: MemberPage, remembered: str) -> Response:
    """Put it into other words."""
    return _write(
        page, lambda text, risk: do_change_remembered(page.house, page.member, remembered, text, risk=risk),
        at=remembered,
    )  # fmt: skip


@router.post("/talk/memory/{remembered}/forget")
def forget(page: MemberPage, remembered: str) -> Response:
    """Take it out."""
    do_forget_remembered(page.house, page.member, remembered)
    return page.redirect("/talk/memory", said="forgotten")


def _write(page: Page, keep: Callable[[str, RiskLevel], Remembered], *, at: str = "text") -> Response:
    """Keep what was typed, heard before; where it is refused, it stays on the page, with help where it asks for it."""
    text = text_of(page.form, "text")
    try:
        risk = do_hear_remembered(page.house, page.member, text)
        with heard_in_any_case(page.house, page.member, text, risk):
            kept = keep(text, risk)
    except (Invalid, Conflict, Refused) as error:
        in_danger = bool(error.data.get("help_shown"))
        return _memory(page, error=error, at=at, care=care_of(danger=in_danger, text=text))
    care = care_of(danger=kept.help_shown, text=text)
    to = f"/talk/memory?care={care}" if care else "/talk/memory"
    return page.redirect(to, said="alerted" if kept.alerted else "remembered")


def _memory(
    page: Page, *, error: AttunementError | None = None, at: str = "text", care: Care = Care.NONE
) -> Response:  # fmt: skip
    house = page.house
    with house.store.read() as connection:
        kept = access_memory(house, connection, page.member)
        allowed = may_remember(access_permissions(house, connection, page.member))
        country = access_member(connection, page.member).country
        by_model = house.voiced is not None and access_talk_settings(house, connection, page.member).elsewhere
    return page.render(
        "talk_memory.html", status=error.status if error else 200, at="/talk", kept=kept, allowed=allowed, most=MOST,
        longest=LONGEST, by_model=by_model, typed=text_of(page.form, "text"), typed_at=at,
        draft_key=page.draft_key("memory"),
        help=care_help(page, country, care),
        errors={at: page.words_of(error)} if error else {},
    )  # fmt: skip
