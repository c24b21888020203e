"""The whole library, open to everyone who is signed in, whatever they allow."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from attunement.programme.decisions import do_answer, do_choose
from attunement.web.access import Role
from attunement.web.pages.page import Page, page_for
from attunement.web.rendering import steps_html

router = APIRouter(include_in_schema=False)
AnyPage = Annotated[Page, Depends(page_for(Role.MEMBER, Role.SUPPORTER, Role.STEWARD))]
MemberPage = Annotated[Page, Depends(page_for(Role.MEMBER))]


@router.get("/library")
def library(page: AnyPage, medium: str = "", minutes: str = "") -> Response:
    """All practices by family, filtered by medium and length."""
    most = int(minutes) if minutes.isdigit() else 99
    fits = [p for p in page.house.library.practices if medium in ("", p.medium) and p.minutes <= most]
    groups = [
        {"family": family, "practices": [p for p in fits if p.family == family.id]}
        for family in page.house.library.families.values()
    ]
    return page.render(
        "library.html", at="/library", groups=[g for g in groups if g["practices"]], total=len(fits),
        filters={"medium": medium, "minutes": minutes},
    )  # fmt: skip


@router.get("/library/{practice}")
def about(page: AnyPage, practice: str) -> Response:
    """One practice, and what is known of its family; a member can start it, others read what a member reads."""
    found = page.house.library.practice(practice)
    return page.render(
        "practice_about.html", at="/library", practice=found, family=page.house.library.families[found.family],
        steps=[] if page.caller.role is Role.MEMBER else steps_html(found.steps, page.messages),
    )  # fmt: skip


@router.post("/library/{practice}/start")
def start(page: MemberPage, practice: str) -> Response:
    """Take a practice by one's own choice."""
    decision = do_choose(page.house, page.member, practice)
    do_answer(page.house, page.member, decision.id, "started")
    return page.redirect(f"/practice/{decision.id}")
