"""One conversation in a supporter's hands: reading along, writing, handing on."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query
from starlette.background import BackgroundTask
from starlette.responses import Response

from attunement.domain.conversation import Owner
from attunement.domain.conversation_events import Wanted
from attunement.domain.errors import AttunementError, ErrorCode, NotFound
from attunement.domain.ids import new_id
from attunement.domain.messages import N_
from attunement.programme.alerts.talk import access_alert_about
from attunement.programme.alerts.telling import do_note_seen
from attunement.programme.conversations.closing import do_close_as_supporter
from attunement.programme.conversations.conversation import access_as_supporter, find_conversation
from attunement.programme.conversations.duty import access_colleagues, access_supporter, do_go_on_duty
from attunement.programme.conversations.handing import do_give_back, do_transfer
from attunement.programme.conversations.insight import access_shared_points, access_shares
from attunement.programme.conversations.lines import MOST, access_lines_as_supporter, sent_before
from attunement.programme.conversations.notes import access_notes, do_write_note
from attunement.programme.conversations.reasons import access_reasons
from attunement.programme.conversations.writing import LONGEST, access_was_sent, do_write_as_supporter
from attunement.programme.members import access_name
from attunement.web.access import Role
from attunement.web.charts import AffectPoint, affect_chart
from attunement.web.pages.alert_view import alert_view
from attunement.web.pages.coach_panel import keep_use, warm_coach
from attunement.web.pages.forms import text_of
from attunement.web.pages.page import Page, page_for
from attunement.web.pages.queue_view import called, danger_words
from attunement.web.pages.second import second_view
from attunement.web.pages.support_view import insight_view, line_views, reason_views, shown_by, stands
from attunement.web.pages.talk_view import ARRIVED

router = APIRouter(include_in_schema=False)
SupporterPage = Annotated[Page, Depends(page_for(Role.SUPPORTER))]
STAYS = timedelta(hours=1)
After = Annotated[int, Query(ge=0, le=2**31 - 1)]
Had = Annotated[str | None, Query(max_length=200)]
SHOWN = MOST
GIVEN_BACK = {Owner.COMPANION: "given-back", Owner.CLOSED: "consent-ended", Owner.WAITING: "consent-waits"}


@router.get("/queue/{conversation}")
def talk(page: SupporterPage, conversation: str, after: After | None = None) -> Response:
    """The conversation, its newest lines or those after one; what is not theirs any more leads back to the queue."""
    try:
        response = _talk(page, conversation, after=after)
    except NotFound:
        return page.redirect("/queue", said="gone")
    response.background = BackgroundTask(warm_coach, page, conversation)
    return response


@router.get("/queue/{conversation}/lines")
def lines(page: SupporterPage, conversation: str, after: After = 0) -> Response:
    """The lines after one, to be put under those that are there."""
    house, supporter = page.house, page.caller.id
    with house.store.read() as connection:
        member = access_as_supporter(connection, supporter, conversation).member
        found = access_lines_as_supporter(house, connection, supporter, conversation, after=after)
        name = called(page, access_name(house, connection, member))
    return page.render("parts/lines.html", lines=line_views(page, found, name))


@router.get("/queue/{conversation}/alert")
def alert(page: SupporterPage, conversation: str) -> Response:
    """What stands above the talk and changes, to be put in place."""
    return page.render("parts/talk_alert.html", **_above(page, conversation))


@router.get("/queue/{conversation}/insight")
def insight(page: SupporterPage, conversation: str, had: Had = None, after: After = 0, last: After = 0) -> Response:
    """What they let supporters see, to be put in place; nothing where it is still what a page ``had``."""
    with page.house.store.read() as connection:
        found = access_as_supporter(connection, page.caller.id, conversation)
        shares = access_shares(page.house, connection, page.caller.id, conversation)
        if had == shown_by(shares.allowed, shares.agreed):
            return Response(status_code=204)
    view = insight_view(page, conversation, had)
    return page.render("parts/insight.html", talk=found, start=after, until=last, insight=view)


@router.post("/queue/{conversation}/lines")
def write(page: SupporterPage, conversation: str) -> Response:
    """Send a line. Sent again under its id it is not doubled; what cannot be sent stays in the box."""
    text, sent = text_of(page.form, "text"), text_of(page.form, "sent") or None
    try:
        again = access_was_sent(page.house, page.caller.id, conversation, sent)
        line = do_write_as_supporter(page.house, page.caller.id, conversation, text, sent=sent)
    except AttunementError as error:
        if isinstance(error, NotFound) and _sent_while_theirs(page, conversation, sent):
            return _was_sent(page, conversation)
        earlier = error.code is ErrorCode.IDEMPOTENCY_MISMATCH
        words = page.gettext(ARRIVED) if earlier else page.words_of(error)
        if page.wants_fragment:
            same = new_id() if earlier else sent or ""
            return page.render("parts/sent.html", status=error.status, error=words, sent=same)
        if isinstance(error, NotFound):
            raise
        return _talk(page, conversation, status=error.status, errors={"text": words}, typed=text)
    response = _was_sent(page, conversation)
    if not again:  # whatever becomes of it, the line is sent
        response.background = BackgroundTask(keep_use, page, conversation, line.text)
    return response


def _was_sent(page: Page, conversation: str) -> Response:
    if page.wants_fragment:
        return page.render("parts/sent.html", error="", sent=new_id())
    return page.redirect(f"/queue/{conversation}#reply")


@router.post("/queue/{conversation}/back")
def give_back(page: SupporterPage, conversation: str) -> Response:
    """Let the companion answer again, or be told why it may not."""
    now = do_give_back(page.house, page.caller.id, conversation)
    return page.redirect("/queue", said=GIVEN_BACK[now.owner])


@router.post("/queue/{conversation}/pass")
def pass_on(page: SupporterPage, conversation: str) -> Response:
    """Pass it on to a person, a team, a skill or whoever can."""
    kind, _, name = text_of(page.form, "to").partition(":")
    wanted = Wanted(**{kind: name}) if kind in Wanted.model_fields and name else Wanted()
    try:
        do_transfer(page.house, page.caller.id, conversation, wanted, reason=text_of(page.form, "reason"))
    except NotFound:
        raise
    except AttunementError as error:
        return _talk(page, conversation, status=error.status, errors={"reason": page.words_of(error)})
    return page.redirect("/queue", said="passed-on")


@router.post("/queue/{conversation}/end")
def end(page: SupporterPage, conversation: str) -> Response:
    """End it."""
    do_close_as_supporter(page.house, page.caller.id, conversation)
    return page.redirect("/queue", said="ended")


@router.post("/queue/{conversation}/notes")
def note(page: SupporterPage, conversation: str) -> Response:
    """Note something for colleagues."""
    text = text_of(page.form, "note")
    try:
        do_write_note(page.house, page.caller.id, conversation, text)
    except NotFound:
        raise
    except AttunementError as error:
        return _talk(page, conversation, status=error.status, errors={"note": page.words_of(error)}, noted=text)
    return page.redirect(f"/queue/{conversation}?said=noted#notes")


@router.post("/queue/{conversation}/stay")
def stay(page: SupporterPage, conversation: str) -> Response:
    """Be on duty for another hour, where their shift is over."""
    with page.house.store.read() as connection:
        over = access_supporter(page.house, connection, page.caller.id).until is None
    if over:
        do_go_on_duty(page.house, page.caller.id, page.house.clock() + STAYS)
    return page.redirect(f"/queue/{conversation}")


@router.get("/queue/{conversation}/affect.svg")
def chart(
    page: SupporterPage, conversation: str, theme: Literal["light", "dark"] = "light",
    width: Literal["narrow", "wide"] = "wide",
) -> Response:  # fmt: skip
    """How they have been, as they let supporters see it; beside the talk there is room for the narrow one alone."""
    found = access_shared_points(page.house, page.caller.id, conversation)
    points = [AffectPoint(p.at, p.valence, p.arousal) for p in found]
    return Response(affect_chart(points, theme, page.tag, width="narrow"), media_type="image/svg+xml")


def _talk(page: Page, conversation: str, *, after: int | None = None, status: int = 200, **shown: Any) -> Response:
    supporter = page.caller.id
    with page.house.store.read() as connection:
        found = access_as_supporter(connection, supporter, conversation)
        start = max(0, found.last_line - SHOWN) if after is None else after
        written = access_lines_as_supporter(page.house, connection, supporter, conversation, after=start)
        notes = access_notes(page.house, connection, supporter, conversation)
        others = [one for one in access_colleagues(page.house, connection) if one.account != supporter]
        name = called(page, access_name(page.house, connection, found.member))
    return page.render(
        "conversation.html", status=status, at="/queue", name=name, yours=found.is_of(supporter),
        along=found.second == supporter, danger=danger_words(page, found.risk), stands=stands(page, found),
        lines=line_views(page, written, name),
        start=start, until=start + len(written), earlier=max(0, start - SHOWN),
        notes=notes, to=_to(page, others), sent=new_id(), longest=LONGEST, draft_key=page.draft_key(conversation),
        openings=[(one.when, one.by(page.caller.name))
                  for one in page.house.openings],
        insight=insight_view(page, conversation), **_above(page, conversation),
        **{"errors": {}, "typed": "", "noted": "", **shown},
    )  # fmt: skip


def _above(page: Page, conversation: str) -> dict[str, Any]:
    """What stands above the talk and changes: the open alert, why people have it, a second person, a shift's end."""
    alert = _alert(page, conversation)
    with page.house.store.read() as connection:
        talk = access_as_supporter(connection, page.caller.id, conversation)
        until = access_supporter(page.house, connection, page.caller.id).until
        second = second_view(page, connection, talk)
        reasons = access_reasons(page.house, connection, page.caller.id, conversation)
    return {
        "alert": alert, "talk": talk, "second": second, "reasons": reason_views(page, reasons),
        "shift_over": talk.is_of(page.caller.id) and until is None,
    }  # fmt: skip


def _alert(page: Page, conversation: str) -> dict[str, Any] | None:
    """The open alert about it in words; that it stood before this supporter's eyes is written down."""
    seen = access_alert_about(page.house, page.caller.id, conversation)
    if seen is None:
        return None
    do_note_seen(page.house, page.caller.id, [seen.alert])
    return alert_view(page, seen)


def _to(page: Page, others: list[Any]) -> list[tuple[str, str]]:
    """Whom it can be passed on to: values and words."""
    _ = page.gettext
    there = [
        (f"person:{one.account}", one.name if one.until else _(N_("%(name)s (not on duty)")) % {"name": one.name})
        for one in sorted(others, key=lambda one: one.until is None)
    ]
    teams = sorted({one.team for one in others if one.team})
    skills = sorted({skill for one in others for skill in one.skills})
    return [
        ("", _(N_("whoever can"))), *there,
        *((f"team:{name}", _(N_("the team %(name)s")) % {"name": name}) for name in teams),
        *((f"skill:{name}", _(N_("somebody good at %(name)s")) % {"name": name}) for name in skills),
    ]  # fmt: skip


def _sent_while_theirs(page: Page, conversation: str, sent: str | None) -> bool:
    """Whether a line that is sent again arrived before the talk ended or changed hands."""
    if sent is None:
        return False
    with page.house.store.read() as connection:
        found = find_conversation(connection, conversation)
        line = sent_before(page.house, connection, found, sent) if found.supporter == page.caller.id else None
    return line is not None and line.text == text_of(page.form, "text").strip()
