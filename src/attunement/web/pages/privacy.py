"""Choices: consent, breadth, export, erasure."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from attunement.domain.consent import Cell
from attunement.domain.errors import ErrorCode, Invalid
from attunement.domain.messages import N_
from attunement.library.countries import countries
from attunement.programme.alerts.settings import access_alert_settings
from attunement.programme.consents import access_consents, access_permissions, do_set_consent
from attunement.programme.erasure import access_erasure_preview, do_erase
from attunement.programme.exports import access_export
from attunement.programme.members import access_member, do_change_profile, do_set_breadth
from attunement.programme.reach.settings import access_reach_settings
from attunement.web.access import Role
from attunement.web.pages.countries import country_choices
from attunement.web.pages.forms import number_of, text_of
from attunement.web.pages.page import Page, page_for

router = APIRouter(include_in_schema=False)
MemberPage = Annotated[Page, Depends(page_for(Role.MEMBER))]

COUNT_WORDS = {
    "check_ins": N_("check-ins"),
    "offers": N_("practices offered to you"),
    "outcomes": N_("practices you did or left"),
    "conversations": N_("conversations"),
    "lines": N_("lines in them"),
    "alerts": N_("alerts to people here that you might be in danger"),
    "messages": N_("messages that told you of an offer"),
    "addresses": N_("addresses you gave us for them"),
    "consents": N_("choices of what your data may be used for"),
    "accounts": N_("ways to sign in"),
    "body_readings": N_("times signals from your body were read"),
    "sealed_records": N_("sealed records in all"),
    "lessons_in_the_policy": N_("lessons in what the program learned from everyone"),
}
CONFIRM = N_("erase")


@router.get("/consent")
def consent(page: MemberPage) -> Response:
    """What may data be used for: asked before anything else."""
    given = _given(page)
    return page.render(
        "consent.html", at="/privacy", consent=page.house.wording.model_dump(mode="json"), given=given,
        first_time=not _decided(page), check_in_alerts=_alerts(page),
    )  # fmt: skip


@router.post("/consent")
def set_consent(page: MemberPage) -> Response:
    """Allow exactly what was ticked, or all, or none."""
    choose = text_of(page.form, "choose")
    first = not _decided(page)
    if choose == "none":
        cells: list[Cell] = []
    elif choose == "all":
        cells = list(page.house.wording.asked)
    else:
        cells = [_cell(str(value)) for value in page.form.getlist("cell")]
    do_set_consent(page.house, page.member, cells)
    return page.redirect("/today" if first else "/privacy", said="consent-none" if not cells else "consent")


def _cell(text: str) -> Cell:
    try:
        return Cell.parse(text)
    except Invalid as error:
        raise Invalid(ErrorCode.BAD_INPUT, "The form holds a choice that is not known. Reload the page.") from error


def _given(page: Page) -> set[str]:
    with page.house.store.read() as connection:
        return {str(cell) for cell in access_permissions(page.house, connection, page.member).cells}


def _alerts(page: Page) -> bool:
    """Whether check-ins raise alerts here."""
    with page.house.store.read() as connection:
        return access_alert_settings(connection).check_ins


def _decided(page: Page) -> bool:
    """Whether the member ever answered, be it with a no to everything."""
    with page.house.store.read() as connection:
        return bool(access_consents(connection, page.member))


@router.get("/privacy")
def privacy(page: MemberPage) -> Response:
    """All choices in one place."""
    with page.house.store.read() as connection:
        member = access_member(connection, page.member)
        reached = access_reach_settings(connection, page.member).on
        ends = [c.expires for c in access_consents(connection, page.member) if c.granted and c.expires]
    until: datetime | None = min(ends, default=None)
    return page.render(
        "privacy.html", at="/privacy", consent=page.house.wording.model_dump(mode="json"), given=_given(page),
        until=until, breadth=member.breadth, reached=reached, check_in_alerts=_alerts(page),
        own_countries=country_choices(page, countries(), member.country),
    )  # fmt: skip


@router.post("/privacy/breadth")
def breadth(page: MemberPage) -> Response:
    """Set how wide the choice is."""
    do_set_breadth(page.house, page.member, number_of(page.form, "breadth"))
    return page.redirect("/privacy", said="breadth")


@router.post("/privacy/country")
def country(page: MemberPage) -> Response:
    """Say which country one is in; then back to the page it was said on."""
    chosen, back = text_of(page.form, "country"), text_of(page.form, "back")
    if chosen:
        do_change_profile(page.house, page.member, country=chosen)
    return page.redirect("/help" if back == "help" else "/privacy", said="country" if chosen else "")


@router.post("/privacy/export")
def export(page: MemberPage) -> Response:
    """Everything, as a file."""
    name = f"attunement-{page.house.clock():%Y-%m-%d}.json"
    return Response(
        json.dumps(access_export(page.house, page.member), ensure_ascii=False, indent=1),
        media_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@router.get("/privacy/erase")
def erase_preview(page: MemberPage) -> Response:
    """What would go, in counts."""
    return _erase_preview(page, {})


def _erase_preview(page: Page, errors: dict[str, str]) -> Response:
    counts = access_erasure_preview(page.house, page.member).counts
    return page.render(
        "erase.html", status=422 if errors else 200, at="/privacy", counts=_rows(page, counts),
        word=page.gettext(CONFIRM), errors=errors,
    )  # fmt: skip


def _rows(page: Page, counts: dict[str, int]) -> list[dict[str, object]]:
    return [{"label": page.gettext(COUNT_WORDS[name]), "count": n} for name, n in counts.items()]


@router.post("/privacy/erase")
def erase(page: MemberPage) -> Response:
    """Erase, where the word was typed; then nobody is signed in any more."""
    if text_of(page.form, "word").strip().casefold() != page.gettext(CONFIRM).casefold():
        words = page.gettext(N_("Type the word as it is shown, so that nothing is erased by mistake."))
        return _erase_preview(page, {"word": words})
    receipt = do_erase(page.house, page.member)
    remains = [
        page.gettext(N_("Sealed records in the log, which nobody can open any more: the key to them is destroyed.")),
        page.gettext(N_("This receipt: a number, a time and these counts.")),
        page.gettext(N_("Backups made before now, until this programme deletes them.")),
    ]
    response = page.signed_out().render(
        "receipt.html", number=receipt.id, when=receipt.at, counts=_rows(page, receipt.counts), remains=remains
    )  # fmt: skip
    page.forget_session(response)
    return response
