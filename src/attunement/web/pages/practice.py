"""Doing a practice, and looking back on it."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from starlette.responses import Response

from attunement.domain.affect import Affect
from attunement.domain.errors import Invalid
from attunement.domain.hindrance import Hindrance
from attunement.domain.ids import is_id
from attunement.domain.messages import N_
from attunement.domain.offer_events import OutcomeRecorded
from attunement.domain.practice import Medium, Practice
from attunement.programme.check_ins import Moment, access_affect, do_check_in
from attunement.programme.consents import access_permissions
from attunement.programme.decisions import access_decision, access_doing, access_status
from attunement.programme.feedback import Feedback
from attunement.programme.members import access_member
from attunement.programme.outcomes import (
    LATE,
    access_feedback,
    access_outcome,
    access_rating,
    do_correct_outcome,
    do_finish,
)
from attunement.programme.text import LONGEST, clean_text
from attunement.web.access import Role
from attunement.web.pages.check_in_view import Care, care_help, care_of, who_reads
from attunement.web.pages.forms import doing_of, typed_doing
from attunement.web.pages.page import Page, page_for
from attunement.web.rendering import mark_spans, picture_html, steps_html

router = APIRouter(include_in_schema=False)
MemberPage = Annotated[Page, Depends(page_for(Role.MEMBER))]
HINDERED = {
    Hindrance.TOO_LONG: N_("It was too long"),
    Hindrance.TOO_MUCH: N_("It was too much just now"),
    Hindrance.NOT_MY_WAY: N_("This way of doing it is not for me"),
    Hindrance.WORDING: N_("Something in the words did not sit right"),
    Hindrance.WRONG_MOMENT: N_("It was the wrong moment"),
}
FOLLOWS = {
    Hindrance.TOO_LONG: N_("You said it was too long: for two weeks shorter ones come first, where there are enough."),
    Hindrance.TOO_MUCH: N_("You said it was too much: for three days gentler ones come first, where there are enough."),
    Hindrance.NOT_MY_WAY: N_(
        "You said this way is not for you: for two weeks other ways come first, where there are enough."
    ),
    Hindrance.WORDING: N_("Thank you for saying that the words did not sit right. This practice rests for two weeks."),
    Hindrance.WRONG_MOMENT: N_("You said it was the wrong moment. Nothing is held against the practice."),
}


@router.get("/practice/{decision}")
def practice(page: MemberPage, decision: str) -> Response:
    """The practice that was started."""
    with page.house.store.read() as connection:
        answer = access_status(connection, page.member, decision)
    if answer == "done":
        return page.redirect(f"/feedback/{decision}")
    return _practice(page, decision, {}, {})


def _started(page: Page, decision: str) -> Practice:
    with page.house.store.read() as connection:
        return access_doing(page.house, connection, page.member, decision)


def _practice(
    page: Page, decision: str, typed: dict[str, object], errors: dict[str, str], status: int = 200
) -> Response:
    doing = _started(page, decision)
    with page.house.store.read() as connection:
        allowed = access_permissions(page.house, connection, page.member)
    svg = page.house.library.pictures.get(doing.picture, "")
    return page.render(
        "practice.html", status=status, at="/today", practice=doing,
        steps=steps_html(doing.steps, page.messages, captions=doing.medium is Medium.LISTEN),
        picture=picture_html(svg) if svg else None, action=f"/practice/{decision}", typed=typed, errors=errors,
        hindrances=[{"value": one.value, "words": page.gettext(words)} for one, words in HINDERED.items()],
        max_text=LONGEST, draft_key=page.draft_key(decision), who_reads=who_reads(page, allowed),
    )  # fmt: skip


@router.post("/practice/{decision}")
def finish(page: MemberPage, decision: str) -> Response:
    """Take what was done, and go on to the feedback; what they wrote of how it was is a check-in of its own."""
    try:
        doing = doing_of(page.form)
        reflection = clean_text(doing.reflection, field="reflection")
        given = do_finish(
            page.house, page.member, decision, practice=_started(page, decision).id, finished=not doing.stopped,
            rating=doing.rating, affect_after=doing.affect_after, text=doing.text, ticked=doing.ticked,
            chosen=doing.chosen, hindrances=doing.hindrances,
        )  # fmt: skip
    except Invalid as error:
        return _practice(page, decision, typed_doing(page.form), {"text": page.words_of(error)}, error.status)
    moment = do_check_in(page.house, page.member, text=reflection) if reflection else None
    told = given.alerted or (moment is not None and moment.alerted)
    return page.redirect(f"/feedback/{decision}{_of_reflection(moment, reflection)}", said="alerted" if told else "")


def _of_reflection(moment: Moment | None, text: str) -> str:
    """What the next page is to know of a reflection: where its reading stands, and what it asks for first."""
    if moment is None:
        return ""
    care = care_of(danger=moment.help_shown, text=text, violence=moment.violence)
    known = {"words": moment.id if moment.reading else "", "care": int(care)}
    told = {name: value for name, value in known.items() if value}
    return f"?{urlencode(told)}" if told else ""


@router.get("/feedback/{decision}")
def feedback(page: MemberPage, decision: str, words: str = "", care: Care = Care.NONE) -> Response:
    """What went as wanted, and one small thing to try; ``words`` and ``care`` are of a reflection written with it."""
    with page.house.store.read() as connection:
        outcome = access_outcome(page.house, connection, page.member, decision)
        given = access_feedback(page.house, connection, page.member, decision)
        if given is None or outcome is None:
            return page.redirect(f"/practice/{decision}")
        made = access_decision(page.house, connection, page.member, decision)
        before = access_affect(connection, made.moment)
        rating = access_rating(connection, page.member, decision)
        country = access_member(connection, page.member).country
    first = care_help(page, country, max(care, care_of(danger=given.help_shown, text=given.text)))
    in_time = page.house.clock() - made.at <= LATE
    again = {"action": f"/feedback/{decision}", "rating": rating} if in_time else None
    return page.render(
        "feedback.html", at="/today", again=again, help=first, words=words if is_id(words) else "",
        **_feedback_view(page, given, outcome, before),
    )  # fmt: skip


@router.post("/feedback/{decision}")
def rate_anew(page: MemberPage, decision: str) -> Response:
    """Take another rating of what was done; a form without one changes nothing."""
    rating = doing_of(page.form).rating
    if rating is not None:
        do_correct_outcome(page.house, page.member, decision, rating=rating)
    return page.redirect(f"/feedback/{decision}", said="rated" if rating else "")


def _feedback_view(page: Page, given: Feedback, outcome: OutcomeRecorded, before: Affect | None) -> dict[str, Any]:
    valence, arousal = outcome.valence_after, outcome.arousal_after
    spans = [span for item in given.items if item.met for span in item.spans]
    return {
        "practice": page.house.library.practice(given.practice),
        "met": [
            {"label": i.label, "says": i.text, "quotes": [given.text[a:b] for a, b in i.spans[:2]]}
            for i in given.items if i.met
        ],
        "unmet": [{"label": i.label, "try": i.text} for i in given.items if not i.met],
        "own_text": mark_spans(given.text, spans) if given.text and given.read else None,
        "turns": [
            {"they": t.they, "said": t.said, "why": t.why, "better": t.better or None} for t in given.rehearsal
        ],
        "stopped": not outcome.finished,
        "follows": [page.gettext(FOLLOWS[one]) for one in outcome.hindrances],
        "before": before,
        "after": None if valence is None or arousal is None else Affect(valence, arousal),
    }  # fmt: skip
