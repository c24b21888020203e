"""The part of a steward's page about whether what is learned is still right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from starlette.responses import Response

from attunement.domain.messages import N_
from attunement.programme.drift import do_resume_learning
from attunement.programme.mood_lessons import FEWEST_PEOPLE, access_mood_lesson
from attunement.programme.standing import Standing, State, Stretch, access_standing
from attunement.web import i18n
from attunement.web.access import Role
from attunement.web.charts import expected_chart
from attunement.web.pages.page import Page, page_for

router = APIRouter(include_in_schema=False)
StewardPage = Annotated[Page, Depends(page_for(Role.STEWARD))]
EARLY = N_("Too early to say: %(count)s outcomes can be compared with what was expected, and %(needed)s are needed.")
WELL = N_("Yes, as far as can be seen. What came of offers is about what was expected of them.")
BETTER = N_("Yes, and offers lately helped more than was expected. That is being learned.")
CHANGED = N_(
    "Not quite. Since %(day)s offers helped less than was expected. Earlier versions would have expected about as "
    "much, so people or circumstances seem to have changed. The new is being learned, and nothing needs to be done."
)
UNKNOWN = N_(
    "Not quite. Since %(day)s offers helped less than was expected, and there is no earlier version to compare with. "
    "The new is being learned, and nothing needs to be done."
)
PAUSED = N_(
    "No, so learning is paused. Since %(day)s offers helped less than was expected. Version %(good)s would have been "
    "nearer to what came, so what it knew is used again."
)
NUMBERS = N_(
    "On a scale from 0 to 1, the last %(count)s offers that were ended were expected to be worth %(expected)s, and "
    "were worth %(came)s."
)
MOODS_FEW = N_(
    "Forecasts of mood rest on public studies alone: fewer than %(few)s members let the program learn from their moods."
)
MOODS_NO = N_(
    "Forecasts of mood rest on public studies alone: what the moods of %(people)s members add to them was tried, and "
    "brought them no nearer to what came."
)
MOODS_LEARNED = N_(
    "Forecasts of mood have also learned from %(moods)s moods of %(people)s members who allow it. Tried on the newest "
    "fifth of these moods, that brought them %(gain)s nearer to what came."
)
CAUSES = {"version": PAUSED, "world": CHANGED, "unknown": UNKNOWN}


def learning_view(page: Page) -> dict[str, Any]:
    """All names of that part of `steward.html`."""
    standing = access_standing(page.house)
    return {
        "state": str(standing.state), "words": _words(page, standing), "numbers": _numbers(page, standing.latest),
        "moods": _moods(page), "stretches": standing.stretches, "text": describe(standing.stretches, page.tag),
    }  # fmt: skip


@router.get("/steward/expected.svg")
def chart(
    page: StewardPage, theme: Literal["light", "dark"] = "light", width: Literal["narrow", "wide"] = "wide"
) -> Response:
    """What was expected and what came, as SVG; the page carries its words beside it."""
    drawn = expected_chart(access_standing(page.house).stretches, theme, page.tag, width=width)
    return Response(drawn, media_type="image/svg+xml")


@router.post("/steward/learning/resume")
def resume(page: StewardPage) -> Response:
    """Let learning go on."""
    do_resume_learning(page.house)
    return page.redirect("/steward", said="resumed")


def describe(stretches: Sequence[Stretch], tag: str) -> str:
    """A sentence that says what the chart shows."""
    messages = i18n.translations_for(tag)
    if not stretches:
        return messages.gettext("There is nothing to draw yet.")
    first, last = stretches[0], stretches[-1]
    told = messages.gettext(
        "Expected and what came, on average: up to %(first)s %(e1)s and %(c1)s; up to %(last)s %(e2)s and %(c2)s."
    )
    return told % {
        "first": i18n.day(first.until, tag), "e1": i18n.number(round(first.expected, 2), tag),
        "c1": i18n.number(round(first.came, 2), tag), "last": i18n.day(last.until, tag),
        "e2": i18n.number(round(last.expected, 2), tag), "c2": i18n.number(round(last.came, 2), tag),
    }  # fmt: skip


def _words(page: Page, standing: Standing) -> str:
    if standing.state is State.EARLY:
        counted = {"count": page.number(standing.outcomes), "needed": page.number(standing.needed)}
        return page.gettext(EARLY) % counted
    if standing.state in (State.WELL, State.BETTER) or standing.alarm is None:
        return page.gettext(BETTER if standing.state is State.BETTER else WELL)
    return page.gettext(CAUSES[standing.alarm.cause]) % {
        "day": i18n.day(standing.alarm.since, page.tag, page.zone), "good": standing.alarm.good
    }  # fmt: skip


def _moods(page: Page) -> str:
    """What moods of members taught forecasts; nothing before the first has been asked for."""
    lesson = access_mood_lesson(page.house)
    if lesson is None:
        return ""
    if not lesson.enough:
        return page.gettext(MOODS_FEW) % {"few": page.number(FEWEST_PEOPLE)}
    told = {"people": page.number(lesson.people), "moods": page.number(lesson.moods)}
    if lesson.correction is None:
        return page.gettext(MOODS_NO) % told
    return page.gettext(MOODS_LEARNED) % {**told, "gain": i18n.percent(lesson.gain, page.tag)}


def _numbers(page: Page, latest: Stretch | None) -> str:
    if latest is None:
        return ""
    return page.gettext(NUMBERS) % {
        "count": page.number(latest.outcomes), "expected": page.number(round(latest.expected, 2)),
        "came": page.number(round(latest.came, 2)),
    }  # fmt: skip
