"""How a member wants the companion to be, and whether another computer may think for it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from attunement.domain.messages import N_
from attunement.programme.conversations.talk_settings import access_talk_settings, do_choose_talk
from attunement.web.access import Role
from attunement.web.pages.forms import number_of
from attunement.web.pages.page import Page, page_for

router = APIRouter(include_in_schema=False)
MemberPage = Annotated[Page, Depends(page_for(Role.MEMBER))]
LEANINGS = (
    (0.0, N_("More listening"), N_("It mostly asks and says back what it understood.")),
    (0.5, N_("In between"), N_("It listens first, and then offers something.")),
    (1.0, N_("More ideas"), N_("It offers things to try sooner and more often.")),
)


@router.get("/talk/settings")
def settings(page: MemberPage) -> Response:
    """What is chosen now."""
    house = page.house
    with house.store.read() as connection:
        chosen = access_talk_settings(house, connection, page.member)
    nearest = min((ideas for ideas, _, _ in LEANINGS), key=lambda ideas: abs(ideas - chosen.ideas))
    return page.render(
        "talk_settings.html", at="/talk", place=house.voice_place, elsewhere=chosen.elsewhere,
        wording=house.elsewhere, leanings=[
            {"value": ideas, "title": page.gettext(title), "says": page.gettext(says), "current": ideas == nearest}
            for ideas, title, says in LEANINGS
        ],
    )  # fmt: skip


@router.post("/talk/settings")
def choose(page: MemberPage) -> Response:
    """Choose."""
    ideas, elsewhere = number_of(page.form, "ideas"), bool(page.form.get("elsewhere"))
    do_choose_talk(page.house, page.member, ideas=ideas, elsewhere=elsewhere)
    return page.redirect("/talk/settings", said="talk-settings")
