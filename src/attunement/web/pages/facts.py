"""What a member told of themselves, who sees it and what it is used for; each can be changed and taken back."""

from __future__ import annotations

from typing import Annotated
from zoneinfo import available_timezones

from fastapi import APIRouter, Depends
from starlette.responses import Response

from attunement.domain.errors import Invalid
from attunement.library.countries import countries
from attunement.programme.members import access_member
from attunement.programme.own_facts import do_tell_facts
from attunement.web import i18n
from attunement.web.access import Role
from attunement.web.moments import UNTOLD
from attunement.web.pages.countries import country_choices
from attunement.web.pages.forms import text_of
from attunement.web.pages.page import Page, page_for

router = APIRouter(include_in_schema=False)
MemberPage = Annotated[Page, Depends(page_for(Role.MEMBER))]
REGIONS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
Options = list[tuple[str, str]]


@router.get("/facts")
def facts(page: MemberPage) -> Response:
    """The facts as they are kept."""
    return _facts(page)


@router.post("/facts")
def tell(page: MemberPage) -> Response:
    """Keep them as they were sent; what is left unsaid is taken back."""
    told = {name: text_of(page.form, name) for name in ("language", "country", "time_zone")}
    try:
        do_tell_facts(page.house, page.member, **told)
    except Invalid as error:
        return _facts(page, status=error.status, errors={"form": page.words_of(error)})
    return page.redirect("/facts", said="facts")


def _facts(page: Page, *, status: int = 200, errors: dict[str, str] | None = None) -> Response:
    with page.house.store.read() as connection:
        member = access_member(connection, page.member)
    return page.render(
        "facts.html", status=status, at="/privacy", errors=errors or {}, member=member.id,
        spoken=_languages(page, member.language),
        countries=country_choices(page, countries(), member.country), zones=_zones(member.time_zone),
        told={"language": member.language, "time_zone": "" if member.time_zone == UNTOLD else member.time_zone},
    )  # fmt: skip


def _languages(page: Page, own: str) -> Options:
    """Languages with a code of two letters, by their names in the page's language; their own as it stands."""
    names = {str(code): str(name) for code, name in i18n.locale_of(page.tag).languages.items()}
    codes = {code: code for code in names if len(code) == 2} | {own.split("-")[0]: own}
    return sorted(((code, names.get(main, main)) for main, code in codes.items()), key=lambda one: one[1])


def _zones(own: str) -> dict[str, Options]:
    """Places with a clock of their own, by region; the member's own too where it is a bare one."""
    found: dict[str, Options] = {region: [] for region in REGIONS}
    for zone in sorted(available_timezones() | {own}):
        region, _, place = zone.partition("/")
        if region in found:
            found[region].append((zone, place.replace("_", " ")))
        elif zone == own and own != UNTOLD:
            found[region] = [(zone, zone)]
    return found
