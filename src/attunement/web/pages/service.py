"""How long people wait for a person, by group, and how often each feature of the coach is shown; for stewards."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from attunement.domain.coaching import CoachFeature
from attunement.domain.errors import AttunementError
from attunement.domain.messages import N_
from attunement.programme.coaching import access_coach_chances, do_set_coach_chances
from attunement.programme.conversations.service import FEWEST, Service, access_service
from attunement.web import i18n
from attunement.web.access import Role
from attunement.web.pages.forms import number_of, text_of
from attunement.web.pages.page import Page, page_for

router = APIRouter(include_in_schema=False)
StewardPage = Annotated[Page, Depends(page_for(Role.STEWARD))]
FEATURES = {
    CoachFeature.SPANS: N_("Marks: how the draft reads, and which words carry it"),
    CoachFeature.SUGGESTIONS: N_("Suggestions: sentences to insert or replace"),
    CoachFeature.CAUTIONS: N_("Cautions: what may hurt"),
}
GROUPS = {
    "all": N_("Everybody"), "team": N_("Wished for the team %(name)s"), "skill": N_("Wished for %(name)s"),
    "language": N_("Speak %(name)s"),
}  # fmt: skip


@router.get("/steward/service")
def service(page: StewardPage) -> Response:
    """Waits by group, and the coach."""
    return _service(page)


@router.post("/steward/service/coach")
def set_chances(page: StewardPage) -> Response:
    """Set how often each feature is shown, in percent."""
    account = page.caller.account.id if page.caller.account else None
    try:
        do_set_coach_chances(page.house, account, {f: number_of(page.form, f.value) / 100 for f in CoachFeature})
    except AttunementError as error:
        typed = {f.value: text_of(page.form, f.value) for f in CoachFeature}
        return _service(page, status=error.status, errors={"form": page.words_of(error)}, typed=typed)
    return page.redirect("/steward/service", said="chances")


def _service(page: Page, *, status: int = 200, **shown: Any) -> Response:
    with page.house.store.read() as connection:
        chances = access_coach_chances(page.house, connection)
    return page.render(
        "service.html", status=status, at="/steward", fewest=FEWEST,
        rows=[{"name": _name(page, one), "row": one} for one in access_service(page.house)],
        features=[
            {"name": f.value, "words": page.gettext(words), "percent": f"{100 * chances[f]:.4g}"}
            for f, words in FEATURES.items()
        ],
        **{"errors": {}, "typed": {}, **shown},
    )  # fmt: skip


def _name(page: Page, one: Service) -> str:
    languages = i18n.locale_of(page.tag).languages
    name = languages.get(one.name, one.name) if one.by == "language" else one.name
    return page.gettext(GROUPS[one.by]) % {"name": name}
