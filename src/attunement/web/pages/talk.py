"""Talk: a member's conversation with the companion or a person, what it was before, and how to begin."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from attunement.domain.conversation import Owner
from attunement.domain.conversation_events import Wanted
from attunement.domain.errors import AttunementError, Conflict, ErrorCode, Invalid, Refused, Throttled
from attunement.domain.ids import new_id
from attunement.programme.consents import access_permissions
from attunement.programme.conversations.answering import access_is_owed
from attunement.programme.conversations.asking import do_ask_for_human, do_open, do_stop_waiting
from attunement.programme.conversations.closing import do_close
from attunement.programme.conversations.conversation import (
    Conversation,
    access_conversation,
    access_conversations,
    access_open_conversation,
)
from attunement.programme.conversations.duty import access_supporter
from attunement.programme.conversations.hearing import do_hear, heard_in_any_case
from attunement.programme.conversations.lines import access_beginnings, access_line, access_lines
from attunement.programme.conversations.memory import access_memory, do_remember_line, may_remember
from attunement.programme.conversations.notes import do_rate_turn
from attunement.programme.conversations.summary import shortened, what_brought
from attunement.programme.conversations.talk_settings import access_talk_settings
from attunement.programme.conversations.waiting import access_expectation
from attunement.programme.conversations.wishes import access_wishable
from attunement.programme.conversations.writing import LONGEST, check_line, do_write_as_member
from attunement.programme.members import access_member
from attunement.web.access import Role
from attunement.web.pages.forms import text_of
from attunement.web.pages.page import Page, page_for
from attunement.web.pages.talk_help import recent_help, talk_help, unkept_help
from attunement.web.pages.talk_view import ARRIVED, line_view, stands_words, wait_words
from attunement.web.pages.talk_wish import wish_fields, wish_of, wish_words

router = APIRouter(include_in_schema=False)
MemberPage = Annotated[Page, Depends(page_for(Role.MEMBER))]
After = Annotated[int, Query(ge=0, le=2**31 - 1)]
PAST_SHOWN, SHOWN = 100, 300


@router.get("/talk")
def talk(page: MemberPage, after: After | None = None) -> Response:
    """The open conversation, or the choice of how to begin one; its newest lines, or those after one."""
    with page.house.store.read() as connection:
        found = access_open_conversation(connection, page.member)
    return _start(page) if found is None else _talk(page, found, after=after)


@router.post("/talk")
def begin(page: MemberPage) -> Response:
    """Begin, with the companion or waiting for a person, with words and wishes for them or without."""
    human, words = text_of(page.form, "with") == "person", text_of(page.form, "words")
    wanted, language = wish_of(page.form) if human else (None, None)
    fault = "words"
    try:
        sent = _sent(page)
        with heard_in_any_case(page.house, page.member, words):
            if human and words.strip():
                check_line(words, sent)
            fault = "form"
            found = do_open(page.house, page.member, human=human, wanted=wanted, language=language)
    except Invalid as error:
        in_danger = bool(error.data.get("help_shown"))
        return _start(page, status=error.status, words=words, errors={fault: page.words_of(error)}, in_danger=in_danger)
    if human and words.strip():
        try:
            risk = do_hear(page.house, page.member, found.id, words, sent=sent)
            with heard_in_any_case(page.house, page.member, words, risk, conversation=found.id):
                do_ask_for_human(page.house, page.member, found.id, words=words, sent=sent, risk=risk)
        except (Throttled, Conflict) as error:
            return _refused(page, found.id, error, 0, words)
    return page.redirect("/talk")


@router.get("/talk/past")
def past(page: MemberPage) -> Response:
    """The conversations there were, newest first, each with what the member said at its beginning."""
    with page.house.store.read() as connection:
        found = access_conversations(connection, page.member, limit=PAST_SHOWN)
        began = access_beginnings(page.house, connection, page.member, [one.id for one in found])
    about = {one: shortened(line.text) for one, lines in began.items() if (line := what_brought(lines))}
    return page.render("talk_past.html", at="/talk", conversations=found, about=about)


@router.get("/talk/{conversation}")
def read_again(page: MemberPage, conversation: str, after: After | None = None) -> Response:
    """A conversation that has ended, to read."""
    with page.house.store.read() as connection:
        found = access_conversation(connection, page.member, conversation)
    return page.redirect("/talk") if found.is_open else _talk(page, found, after=after)


@router.get("/talk/{conversation}/news")
def news(page: MemberPage, conversation: str, after: After = 0) -> Response:
    """The parts of the page that change, with the lines after one."""
    with page.house.store.read() as connection:
        found = access_conversation(connection, page.member, conversation)
    return _talk(page, found, after=after, fragment=True)


@router.post("/talk/{conversation}/lines")
def write(page: MemberPage, conversation: str, after: After = 0) -> Response:
    """Send a line. Pressed twice it is one; where it cannot be sent, what was typed stays."""
    text, sent = text_of(page.form, "text"), _sent(page)
    try:
        risk = do_hear(page.house, page.member, conversation, text, sent=sent)
        with heard_in_any_case(page.house, page.member, text, risk, conversation=conversation):
            do_write_as_member(page.house, page.member, conversation, text, sent=sent, risk=risk)
    except (Invalid, Throttled, Conflict) as error:
        return _refused(page, conversation, error, after, text)
    return _after(page, conversation, after)


@router.post("/talk/{conversation}/ask")
def ask(page: MemberPage, conversation: str, after: After = 0) -> Response:
    """Ask for a person, in one press, or with wishes; while one waits they take the place of those there were."""
    wanted, language = wish_of(page.form)
    try:
        with suppress(Conflict):  # it has ended meanwhile: the page says so
            do_ask_for_human(page.house, page.member, conversation, wanted=wanted, language=language)
    except Invalid as error:
        return _refused(page, conversation, error, after, "")
    return _after(page, conversation, after)


@router.post("/talk/{conversation}/stop-waiting")
def stop_waiting(page: MemberPage, conversation: str, after: After = 0) -> Response:
    """Go on with the companion; where a person should look first, the page says so."""
    try:
        do_stop_waiting(page.house, page.member, conversation)
    except Conflict as error:
        if error.code is ErrorCode.CONVERSATION_HELD:
            return _refused(page, conversation, error, after, "")
    return _after(page, conversation, after)


@router.post("/talk/{conversation}/end")
def end(page: MemberPage, conversation: str) -> Response:
    """End it, whoever answers in it."""
    do_close(page.house, page.member, conversation)
    return page.redirect(f"/talk/{conversation}#last")


@router.post("/talk/{conversation}/lines/{turn}/helped")
def rate(page: MemberPage, conversation: str, turn: str, after: After = 0) -> Response:
    """Say whether a reply of the companion helped."""
    do_rate_turn(page.house, page.member, conversation, turn, helped=text_of(page.form, "helped") == "yes")
    return _after(page, conversation, _before(page, conversation, turn, after), at=turn)


@router.post("/talk/{conversation}/lines/{turn}/remember")
def remember(page: MemberPage, conversation: str, turn: str, after: After = 0) -> Response:
    """Let the companion remember a line of theirs, in one press."""
    try:
        do_remember_line(page.house, page.member, conversation, turn)
    except (Conflict, Refused) as error:
        return _refused(page, conversation, error, after, "")
    return _after(page, conversation, _before(page, conversation, turn, after), at=turn)


def _sent(page: Page) -> str | None:
    return text_of(page.form, "sent") or None


def _before(page: Page, conversation: str, turn: str, after: int) -> int:
    """After which line there is news, where one changed."""
    with page.house.store.read() as connection:
        return min(after, access_line(page.house, connection, page.member, conversation, turn).line - 1)


def _after(page: Page, conversation: str, after: int, *, at: str = "last") -> Response:
    """What follows something that was done: news where a script asks for it, else the page anew, at a line."""
    with page.house.store.read() as connection:
        found = access_conversation(connection, page.member, conversation)
    if page.wants_fragment:
        return _talk(page, found, after=after, fragment=True, fresh=new_id())
    return page.redirect(f"/talk#{at}" if found.is_open else f"/talk/{conversation}#{at}")


def _refused(page: Page, conversation: str, error: AttunementError, after: int, typed: str) -> Response:
    """The same page with what is wrong and what was typed; sent again it is a line of its own."""
    with page.house.store.read() as connection:
        found = access_conversation(connection, page.member, conversation)
    fragment, earlier = page.wants_fragment, error.code is ErrorCode.IDEMPOTENCY_MISMATCH
    return _talk(
        page, found, after=after if fragment else None, fragment=fragment, fresh=new_id(), status=error.status,
        error=page.gettext(ARRIVED) if earlier else page.words_of(error), typed=typed,
        in_danger=bool(error.data.get("help_shown")),
    )  # fmt: skip


def _start(
    page: Page, *, status: int = 200, words: str = "", errors: dict[str, str] | None = None, in_danger: bool = False
) -> Response:  # fmt: skip
    """How to begin; with help first, where words that were refused tell of danger, or a talk of the last days did."""
    house, (wanted, language) = page.house, wish_of(page.form)
    with house.store.read() as connection:
        wait = access_expectation(house, connection)
        there = access_wishable(house, connection, page.member)
        own = access_member(connection, page.member).language
        help = unkept_help(page, connection, words, in_danger=in_danger) if errors else None
        kept = recent_help(page, connection) if help is None else None
        chosen = access_talk_settings(house, connection, page.member)
        last = access_conversations(connection, page.member, limit=1)
    return page.render(
        "talk_start.html", status=status, at="/talk", wait=wait, wait_words=wait_words(page, wait), words=words,
        errors=errors or {}, longest=LONGEST, sent=new_id(), draft_key=page.draft_key("talk-start"),
        wishes=wish_fields(page, there, wanted or Wanted(), language or own, own),
        elsewhere=house.voice_place if chosen.elsewhere else "", last=last[0] if last else None, help=help,
        kept_help=kept,
    )  # fmt: skip


def _talk(
    page: Page, found: Conversation, *, after: int | None = None, fragment: bool = False, fresh: str = "",
    status: int = 200, error: str = "", typed: str = "", in_danger: bool = False,
) -> Response:  # fmt: skip
    template = "parts/talk_news.html" if fragment else "talk.html"
    return page.render(
        template, status=status, at="/talk", error=error, typed=typed, longest=LONGEST,
        sent=fresh or ("" if fragment else new_id()), draft_key=page.draft_key(f"talk:{found.id}"),
        **_view(
            page, found, max(0, found.last_line - SHOWN) if after is None else after, refused=typed, in_danger=in_danger
        ),
    )  # fmt: skip


def _view(page: Page, found: Conversation, after: int, *, refused: str, in_danger: bool) -> dict[str, Any]:
    """How it stands, its lines after one, and what comes first when someone may be in danger."""
    house = page.house
    with house.store.read() as connection:
        lines = access_lines(house, connection, page.member, found.id, after=after)
        writing = access_is_owed(connection, found.id)
        wait = access_expectation(house, connection, but=found.id) if found.owner is Owner.WAITING else None
        member = access_member(connection, page.member)
        there = access_wishable(house, connection, page.member)
        theirs = found.owner is Owner.SUPPORTER and found.supporter is not None
        name = access_supporter(house, connection, found.supporter or "").name if theirs else ""
        remembers = may_remember(access_permissions(house, connection, page.member))
        kept = access_memory(house, connection, page.member) if remembers else []
        help = talk_help(page, connection, found, refused=refused, in_danger=in_danger)
    remembered = {one.turn for one in kept if one.turn is not None}
    asks = found.owner in (Owner.COMPANION, Owner.WAITING)
    return {
        "conversation": found, "stands": stands_words(page, found, name),
        "lines": [line_view(page, one, remembered) for one in lines],
        "writing": writing, "earlier": max(0, after - SHOWN), "first": after == 0, "remembers": remembers, "wait": wait,
        "wait_words": wait_words(page, wait) if wait else "",
        "wishes": wish_fields(page, there, found.wanted, found.language, member.language) if asks else [],
        "wish_words": wish_words(page, there, found.wanted, found.language, member.language) if wait else "",
        "help": help,
    }  # fmt: skip
