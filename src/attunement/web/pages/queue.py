"""A supporter's queue: their shift, their own conversations, and what waits."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from attunement.domain.conversation import Owner
from attunement.domain.errors import AttunementError, Conflict, ErrorCode, NotFound
from attunement.domain.messages import N_
from attunement.programme.conversations.conversation import find_conversation
from attunement.programme.conversations.debrief import do_debrief
from attunement.programme.conversations.duty import do_describe_supporter, do_go_on_duty
from attunement.programme.conversations.handing import do_claim, do_go_off_duty
from attunement.programme.conversations.searching import access_search
from attunement.programme.conversations.second import do_look_along
from attunement.web.access import Role
from attunement.web.pages.forms import number_of, text_of
from attunement.web.pages.page import Page, page_for
from attunement.web.pages.queue_view import board_view

router = APIRouter(include_in_schema=False)
SupporterPage = Annotated[Page, Depends(page_for(Role.SUPPORTER))]
HOURS = (1, 2, 3, 4, 6, 8, 12)
FASTER = N_("A colleague was faster and is with them now. Thank you for wanting to.")
GONE = N_("They do not wait any more: they ended it, or went on with the companion.")


@router.get("/queue")
def queue(page: SupporterPage, words: str = "") -> Response:
    """The queue, and what was searched for in it."""
    return _queue(page, words=words)


@router.get("/queue/board")
def board(page: SupporterPage) -> Response:
    """What changes by itself, to be put in place."""
    return page.render("parts/queue_board.html", at="/queue", **board_view(page))


@router.post("/queue/duty")
def go_on_duty(page: SupporterPage) -> Response:
    """Be there for some hours."""
    try:
        do_go_on_duty(page.house, page.caller.id, page.house.clock() + timedelta(hours=number_of(page.form, "hours")))
    except (AttunementError, OverflowError, ValueError) as error:
        return _queue(page, status=422, errors={"hours": _words(page, error)})
    return page.redirect("/queue", said="on-duty")


@router.post("/queue/duty/end")
def go_off_duty(page: SupporterPage) -> Response:
    """End the shift; what is theirs waits for colleagues."""
    do_go_off_duty(page.house, page.caller.id)
    return page.redirect("/queue", said="off-duty")


@router.post("/queue/me")
def describe(page: SupporterPage) -> Response:
    """What they speak, are good at, of which team, and how many talks at once."""
    try:
        do_describe_supporter(
            page.house, page.caller.id, languages=_several(page, "languages"), skills=_several(page, "skills"),
            team=text_of(page.form, "team").strip().casefold() or None, capacity=int(number_of(page.form, "capacity")),
        )  # fmt: skip
    except (AttunementError, ValueError, OverflowError) as error:
        return _queue(page, status=422, errors={"capacity": _words(page, error)})
    return page.redirect("/queue", said="described")


@router.post("/queue/debrief")
def debrief(page: SupporterPage) -> Response:
    """It was talked over, or there is no need."""
    do_debrief(page.house, page.caller.id)
    return page.redirect("/queue")


@router.post("/queue/{conversation}/claim")
def claim(page: SupporterPage, conversation: str) -> Response:
    """Take one over and go to it; who was too late is told so kindly."""
    try:
        do_claim(page.house, page.caller.id, conversation)
    except NotFound:
        return _queue(page, status=404, told=page.gettext(GONE))
    except Conflict as error:
        told = _whose(page, conversation) if error.code == ErrorCode.NOT_THE_OWNER else page.words_of(error)
        return _queue(page, status=error.status, told=told)
    return page.redirect(f"/queue/{conversation}")


def _whose(page: Page, conversation: str) -> str:
    """What became of a talk that was claimed too late: with a colleague now, or with nobody any more."""
    with page.house.store.read() as connection:
        taken = find_conversation(connection, conversation).owner is Owner.SUPPORTER
    return page.gettext(FASTER if taken else GONE)


@router.post("/queue/{conversation}/along")
def look_along(page: SupporterPage, conversation: str) -> Response:
    """Be the second person in a colleague's talk and go to it; who was too late is told so."""
    try:
        do_look_along(page.house, page.caller.id, conversation)
    except Conflict as error:
        return _queue(page, status=error.status, told=page.words_of(error))
    return page.redirect(f"/queue/{conversation}")


def _queue(page: Page, *, status: int = 200, words: str = "", told: str = "", **shown: Any) -> Response:
    try:
        found, errors = access_search(page.house, page.caller.id, words), {}
    except AttunementError as error:
        found, errors = [], {"words": page.words_of(error)}
    return page.render(
        "queue.html", status=status, at="/queue", hours=HOURS, words=words[:200], found=found, told=told,
        **board_view(page), **{"errors": errors, **shown},
    )  # fmt: skip


def _several(page: Page, name: str) -> list[str]:
    """Words between commas or spaces. Language codes keep their capitals; skills are written small."""
    words = text_of(page.form, name).replace(",", " ").split()
    return words if name == "languages" else [word.casefold() for word in words]


def _words(page: Page, error: Exception) -> str:
    known = isinstance(error, AttunementError)
    return page.words_of(error) if known else page.gettext(N_("Choose one of the numbers."))  # type: ignore[arg-type]
