"""Choosing another passphrase, for everybody who is signed in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from attunement.domain.errors import AttunementError, ErrorCode, Invalid
from attunement.programme.accounts import do_change_passphrase
from attunement.web.access import Role
from attunement.web.pages.forms import text_of
from attunement.web.pages.page import HOMES, Page, page_for

router = APIRouter(include_in_schema=False)
SignedInPage = Annotated[Page, Depends(page_for(Role.MEMBER, Role.SUPPORTER, Role.STEWARD))]
FIELD_OF = {ErrorCode.WEAK_PASSPHRASE: "new", ErrorCode.BAD_TEXT: "new", ErrorCode.BAD_INPUT: "again"}


@router.get("/passphrase")
def passphrase_form(page: SignedInPage) -> Response:
    """The one there is, and another."""
    return _form(page)


@router.post("/passphrase")
def change_passphrase(page: SignedInPage) -> Response:
    """Change it, or say what to look at again; every other session of theirs ends."""
    assert page.caller.account is not None
    new = text_of(page.form, "new")
    try:
        if new != text_of(page.form, "again"):
            raise Invalid(ErrorCode.BAD_INPUT, "The two new passphrases are not alike. Type both again.")
        do_change_passphrase(page.house, page.caller.account, text_of(page.form, "old"), new, token=page.token)
    except AttunementError as error:
        return _form(page, status=error.status, errors={FIELD_OF.get(error.code, "old"): page.words_of(error)})
    return page.redirect(_back(page), said="passphrase")


def _form(page: Page, *, status: int = 200, errors: dict[str, str] | None = None) -> Response:
    back = _back(page)
    return page.render("passphrase.html", status=status, at=back, back=back, errors=errors or {})


def _back(page: Page) -> str:
    """Where they came from, as a rule: members from their privacy page."""
    return "/privacy" if page.caller.role is Role.MEMBER else HOMES[page.caller.role]
