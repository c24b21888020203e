"""A supporter's own growth: how their replies read over time, how far they lean on the coach, and cases to practise."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import Response

from attunement.domain.coaching import Fate
from attunement.domain.errors import AttunementError
from attunement.domain.messages import N_
from attunement.library.cases import Case
from attunement.programme.conversations.writing import LONGEST
from attunement.programme.growth import access_case, access_growth, access_practised
from attunement.web.access import Role
from attunement.web.marked import marked
from attunement.web.pages.coach_panel import WAYS, feedback_view
from attunement.web.pages.forms import text_of
from attunement.web.pages.page import Page, page_for

router = APIRouter(include_in_schema=False)
SupporterPage = Annotated[Page, Depends(page_for(Role.SUPPORTER))]
FATES = {
    Fate.TAKEN: N_("sent as they were"),
    Fate.ADAPTED: N_("sent in your own words"),
    Fate.DISMISSED: N_("put away"),
    Fate.UNUSED: N_("left alone"),
}


@router.get("/growth")
def growth(page: SupporterPage) -> Response:
    """Their own replies by week, what became of suggestions, and the cases."""
    seen = access_growth(page.house, page.caller.id)
    shown = sum(seen.fates.values())
    return page.render(
        "growth.html", at="/growth", lines=seen.lines, coached=seen.coached, shown=shown,
        ways=[page.gettext(words) for _, words in WAYS.values()],
        weeks=[{"begins": week.begins, "lines": week.lines, "means": list(week.means.values())} for week in seen.weeks],
        fates=[{"words": page.gettext(FATES[fate]), "times": times} for fate, times in seen.fates.items()],
        cases=page.house.cases,
    )  # fmt: skip


@router.get("/growth/{case}")
def practise(page: SupporterPage, case: str) -> Response:
    """One case, to be answered."""
    return _case(page, access_case(page.house, case))


@router.post("/growth/{case}")
def answer(page: SupporterPage, case: str) -> Response:
    """How the reply reads, a good one beside it with why, and another try. Nothing of it is kept."""
    found, text = access_case(page.house, case), text_of(page.form, "text")
    try:
        done = access_practised(page.house, case, text)
    except AttunementError as error:
        return _case(page, found, status=error.status, errors={"text": page.words_of(error)}, typed=text)
    return _case(page, found, typed=done.reply, read=feedback_view(page, done.reply, done.feedback))


def _case(page: Page, case: Case, *, status: int = 200, **shown: Any) -> Response:
    spans: dict[str, list[tuple[int, int]]] = {}
    for part in case.parts:
        start = case.reply.find(part.words)
        if start >= 0:
            spans.setdefault(WAYS[part.shows][0], []).append((start, start + len(part.words)))
    words = {name: page.gettext(says) for name, says in WAYS.values()}
    return page.render(
        "growth_case.html", status=status, at="/growth", case=case, longest=LONGEST,
        good=marked(case.reply, spans, words), draft_key=page.draft_key(f"case-{case.id}"),
        parts=[{"words": part.words, "way": words[WAYS[part.shows][0]], "why": part.why} for part in case.parts],
        following=_following(page, case), **{"errors": {}, "typed": "", "read": None, **shown},
    )  # fmt: skip


def _following(page: Page, case: Case) -> Case:
    cases = page.house.cases
    return cases[(cases.index(case) + 1) % len(cases)]
