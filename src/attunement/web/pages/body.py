"""Signals of a member's body: what was read of them, and a file to read more from."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.datastructures import UploadFile
from starlette.responses import Response

from attunement.domain.body import BodyReading
from attunement.domain.consent import Category, Purpose
from attunement.domain.errors import AttunementError, ErrorCode, Invalid
from attunement.domain.messages import N_
from attunement.programme.body import access_body
from attunement.programme.body_files import do_read_body_file
from attunement.programme.consents import access_permissions
from attunement.web.access import Role
from attunement.web.body_chart import BodyPoint, body_chart, describe_body
from attunement.web.charts import Theme, Width
from attunement.web.pages.body_view import kind_of, told_of
from attunement.web.pages.forms import text_of
from attunement.web.pages.page import Page, page_for

router = APIRouter(include_in_schema=False)
MemberPage = Annotated[Page, Depends(page_for(Role.MEMBER))]
DRAWN, LISTED = 240, 30
NO_FILE = N_("Choose a file first.")


@router.get("/journey/body")
def body(page: MemberPage) -> Response:
    """What was read, and the form."""
    return _body(page)


@router.post("/journey/body")
def read(page: MemberPage) -> Response:
    """Read a file; where it cannot be, say why and keep what was typed beside it."""
    file = page.form.get("file")
    try:
        if not isinstance(file, UploadFile) or not file.size:
            raise Invalid(ErrorCode.BAD_INPUT, NO_FILE)
        found = do_read_body_file(
            page.house, page.member, file.file, start=_begin(page), rest=bool(page.form.get("rest"))
        )
    except AttunementError as error:
        return _body(page, status=error.status, errors={"file": page.words_of(error)})
    return page.redirect("/journey/body", said="body-read" if found.kept.readings else "body-known")


@router.get("/journey/body.svg")
def chart(page: MemberPage, theme: Theme = "light", width: Width = "wide") -> Response:
    """The newest minutes as SVG; the page carries its words beside it."""
    svg = body_chart(_points(page, _readings(page)), theme, page.tag, width=width)
    return Response(svg, media_type="image/svg+xml")


def _body(page: Page, *, status: int = 200, errors: dict[str, str] | None = None) -> Response:
    allowed, readings = _allowed(page), _readings(page)
    points = _points(page, readings)
    return page.render(
        "body.html", status=status, at="/journey", allowed=allowed, errors=errors or {}, drawn=len(points),
        body_text=describe_body(points, page.tag), stretches=_stretches(page, readings)[:LISTED],
        typed={"start": text_of(page.form, "start"), "rest": bool(page.form.get("rest"))},
    )  # fmt: skip


def _stretches(page: Page, readings: list[BodyReading]) -> list[dict[str, object]]:
    """Minutes that follow one another and showed the same, newest first."""
    found: list[dict[str, object]] = []
    for reading in readings:
        words = " ".join(page.gettext(said) for said in told_of(reading))
        if found and found[-1]["words"] == words and found[-1]["until"] == reading.start:
            found[-1]["until"] = reading.end
        else:
            found.append({"since": reading.start, "until": reading.end, "words": words})
    return found[::-1]


def _allowed(page: Page) -> bool:
    with page.house.store.read() as connection:
        allowed = access_permissions(page.house, connection, page.member)
    return allowed.allows(Purpose.PERSONALISE, Category.BODY)


def _readings(page: Page) -> list[BodyReading]:
    """The newest, oldest first; none where they may not be used now."""
    return access_body(page.house, page.member, limit=DRAWN) if _allowed(page) else []


def _points(page: Page, readings: list[BodyReading]) -> list[BodyPoint]:
    zone = page.zone or UTC
    return [
        BodyPoint(r.start.astimezone(zone), r.arousal_mean, r.arousal_sd, kind_of(r)) for r in readings
    ]  # fmt: skip


def _begin(page: Page) -> datetime | None:
    """When the file began, by the member's clock; None where they did not say."""
    told = text_of(page.form, "start")
    if not told:
        return None
    try:
        begin = datetime.fromisoformat(told)
    except ValueError as error:
        raise Invalid(ErrorCode.BAD_TIME, "That is no day and time. Write it as 2026-05-01T18:30.") from error
    return begin if begin.tzinfo else begin.replace(tzinfo=page.zone or UTC)
