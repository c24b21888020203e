"""The coach under the box in which a supporter writes."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from starlette.responses import Response

from attunement.domain.coaching import Change, CoachFeature, DangerNotice, Feedback, Harm
from attunement.domain.errors import AttunementError
from attunement.domain.messages import N_
from attunement.domain.reply import Doing, Mechanism
from attunement.programme.coaching import MOST_KEPT, Seen, Shown, access_feedback, do_keep_use, plain_question
from attunement.programme.conversations.writing import LONGEST
from attunement.programme.text import clean_text
from attunement.reading.language import can_read, has_words
from attunement.web.access import Role
from attunement.web.marked import marked, utf16
from attunement.web.pages.forms import text_of
from attunement.web.pages.page import Page, page_for

router = APIRouter(include_in_schema=False)
SupporterPage = Annotated[Page, Depends(page_for(Role.SUPPORTER))]
WAYS = {
    Mechanism.EMOTIONAL_REACTIONS: ("warmth", N_("Warmth")),
    Mechanism.INTERPRETATIONS: ("understood", N_("Showing what you understood")),
    Mechanism.EXPLORATIONS: ("asking", N_("Asking on")),
}
UNREAD = N_(
    "This is not in English, as far as the coach can tell, and it reads nothing else. You can send it all the same."
)
LEVELS = (N_("not yet"), N_("a little"), N_("clearly"))
MOSTLY = {
    Doing.ASKS: N_("This draft mostly asks."),
    Doing.REFLECTS: N_("This draft mostly tells back what you understood."),
    Doing.INFORMS: N_("This draft mostly informs or advises."),
}
HARMS = {
    Harm.JUDGING: N_("May sound like a judgement"),
    Harm.MINIMISING: N_("May make it smaller than it is"),
    Harm.HURRYING: N_("May hurry to fix it"),
    Harm.DIAGNOSING: N_("May sound like a diagnosis"),
    Harm.MISREADING: N_("May miss what they told you"),
}


class _Kept(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    text: Annotated[str, Field(max_length=1000)]
    change: Change
    adds: Mechanism
    dismissed: bool = False


_SEEN = TypeAdapter(Annotated[list[_Kept], Field(max_length=MOST_KEPT)])


@router.post("/queue/{conversation}/coach")
def coach(page: SupporterPage, conversation: str) -> Response:
    """What the coach says of a draft, to be put under it."""
    draft = text_of(page.form, "text").replace("\r\n", "\n")
    clean_text(draft, longest=LONGEST)
    feedback, shown = access_feedback(page.house, page.caller.id, conversation, draft)
    return page.render("parts/coach.html", **feedback_view(page, draft, feedback, shown))


def feedback_view(page: Page, draft: str, feedback: Feedback, shown: Shown = frozenset(CoachFeature)) -> dict[str, Any]:
    """Feedback in words: the draft with its marks, the three ways, what it mostly does, suggestions and cautions.

    Of a draft that cannot be read it says so, instead of levels that nothing was read for. Where what it answers may
    point to danger, there is a plain question about it, until the draft asks one.
    """
    _ = page.gettext
    readable = can_read(draft, feedback.reading.language)
    words = {name: _(says) for name, says in WAYS.values()} | {"hurts": _(N_("May hurt"))}
    spans = {WAYS[m][0]: found.spans for m, found in feedback.reading.empathy.items()}
    shows = CoachFeature.SPANS in shown and readable
    mostly = feedback.mostly
    hurting = {"hurts": tuple((c.start, c.end) for c in feedback.cautions)}
    return {
        "danger": _danger_view(page, feedback.notice),
        "unread": _(UNREAD) if has_words(draft) and not readable else "",
        "marked": marked(draft, (spans if shows else {}) | hurting, words) if shows or feedback.cautions else "",
        "ways": [
            {"name": WAYS[m][0], "words": _(WAYS[m][1]), "level": feedback.reading.empathy[m].level,
             "says": _(LEVELS[feedback.reading.empathy[m].level])}
            for m in Mechanism
        ] if shows else [],
        "mostly": _(MOSTLY[mostly]) if shows and mostly else "",
        "suggestions": [
            {
                "change": one.change.value, "start": utf16(draft, one.start), "end": utf16(draft, one.end),
                "text": one.text, "says": one.text.strip(), "reason": _(one.reason), "adds": one.adds.value,
                "way": _(WAYS[one.adds][1]), "old": draft[one.start : one.end],
            }
            for one in feedback.suggestions
        ],
        "cautions": [
            {"harm": _(HARMS[one.harm]), "quote": draft[one.start : one.end], "reason": _(one.reason)}
            for one in feedback.cautions
        ],
    }  # fmt: skip


def _danger_view(page: Page, notice: DangerNotice | None) -> dict[str, str] | None:
    asks = plain_question(page.house, page.caller.name, notice)
    return {"says": page.gettext(notice.says), "asks": asks} if notice else None


def warm_coach(page: Page, conversation: str) -> None:
    """Read what a reply would answer before its first word is written, so that nobody waits for it then."""
    with suppress(AttunementError):  # it only waits, or is not theirs any more
        access_feedback(page.house, page.caller.id, conversation, "")


def keep_use(page: Page, conversation: str, sent: str) -> None:
    """Keep what became of the suggestions that were shown with a line; what a browser sends wrongly counts as none."""
    raw = text_of(page.form, "coach")
    try:
        seen = _SEEN.validate_json(raw) if raw else []
    except ValidationError:
        seen = []
    off = bool(page.form.get("coach_off")) or not raw
    kept = None if off else [Seen(one.text, one.change, one.adds, one.dismissed) for one in seen]
    do_keep_use(page.house, page.caller.id, conversation, sent, kept)
