"""Hearing a member's line before it is written: counted first, then read; danger is heard though it cannot be kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from attunement.dialogue.safety.assessment import GUESSES, ActionKind
from attunement.dialogue.safety.line_danger import is_sure
from attunement.domain.conversation import Line, Owner, Speaker
from attunement.domain.conversation_events import Wanted
from attunement.domain.errors import (
    AttunementError,
    Conflict,
    ErrorCode,
    Invalid,
    NotFound,
    Refused,
    StoreError,
    Throttled,
)
from attunement.domain.reading import SIGNS, RiskLevel, gravest
from attunement.programme.alerts.raising import do_raise_or_owe_alert
from attunement.programme.conversations.asking import do_ask_for_human
from attunement.programme.conversations.conversation import (
    Conversation,
    access_conversation,
    access_open_conversation,
)
from attunement.programme.conversations.lines import access_lines, sent_before
from attunement.programme.conversations.memory import check_remembered
from attunement.programme.conversations.partner import access_earlier_danger
from attunement.programme.conversations.writing import LONGEST, check_line, is_told
from attunement.programme.house import House
from attunement.reading.risk import read_rules
from attunement.reading.violence import in_light_of_harm

LINES_A_MINUTE = 40
LOOKED_BACK = 40
"""So many lines before it are looked at when a line is read."""
READ_OF_LONG = 20_000
"""Of a text too long to be kept, so many characters are read at its beginning and at its end."""
NOT_KEPT = "not-kept"


def do_hear(house: House, member: str, conversation: str, text: str, *, sent: str | None = None) -> RiskLevel | None:
    """The danger in a line a member sends, to be written with it; None where it was written under its id already.

    It is counted before it is read, since reading is costly. Of one too many, and of one that is no line, only what
    plain patterns find is known: people are told of danger in it all the same, so call this outside any write that is
    taken back. What was read here and cannot be written is told by `heard_in_any_case`.

    Parameters
    ----------
    text, sent:
        As in `do_write_as_member`.

    Raises `Invalid` (``bad-input``, ``bad-text``, ``text-too-long``), `NotFound` (``unknown-conversation``),
    `Throttled` over forty lines a minute: send it again under the same id.
    """
    with house.store.read() as connection:
        found = access_conversation(connection, member, conversation)
    with heard_in_any_case(house, member, text, conversation=conversation):
        text = check_line(text, sent)
        with house.store.read() as connection:
            before = sent_before(house, connection, found, sent) if sent else None
        if before is not None and before.text == text:
            return None
        if not _counts(house, member):
            raise Throttled(
                ErrorCode.TOO_MANY_TRIES,
                "That was a lot in a short time. Your words are still here. Send them again in a minute.",
            )
    return read_danger(house, member, conversation, text)


@contextmanager
def heard_in_any_case(
    house: House, member: str, text: str, risk: RiskLevel | None = None, *, conversation: str | None = None
) -> Iterator[None]:
    """Where a member's words are refused in it, people are told of danger in them all the same.

    Of the error's data ``risk`` is then the level found, and ``help_shown`` whether help is to be shown with it. Call
    it outside any write that is taken back. ``risk`` is what was read in the words already; None: they are read now.
    ``conversation`` is where they were to stand. Where that has ended, people are told of the one that is open, so that
    they can come, or else of the member.
    """
    try:
        yield
    except (Invalid, Conflict, Refused, Throttled, StoreError) as error:
        if "help_shown" not in error.data:
            risk = _read_unkept(house, member, text) if risk is None else risk
            error.data = {**error.data, "risk": risk.value, "help_shown": risk in SIGNS}
            _tell_of_unkept(house, member, conversation, risk)
        raise


def do_hear_asking(
    house: House, member: str, conversation: str, words: str, *, sent: str | None = None, wanted: Wanted | None = None,
    language: str | None = None,
) -> RiskLevel | None:  # fmt: skip
    """The same for words that come with asking for a person, if there are any.

    A person can always be asked for: where the words have to wait, or are no line, that is done without them. Raises as
    `do_hear`, and `Conflict` (``conversation-closed``).
    """
    if not words.strip():
        return None
    try:
        return do_hear(house, member, conversation, words, sent=sent)
    except (Throttled, Invalid) as error:
        risk = danger_refused(error)
        with heard_in_any_case(house, member, words, risk, conversation=conversation):
            do_ask_for_human(house, member, conversation, wanted=wanted, language=language)
        _tell_of_unkept(house, member, conversation, risk)  # nobody answers from now on: signs are enough
        raise


def do_hear_remembered(house: House, member: str, text: str) -> RiskLevel:
    """The danger in what a member writes to be remembered, for `do_remember` and `do_change_remembered`.

    It is read like the words of a practice: alone, for it answers nobody, and whatever they allow, since it is for
    their safety. Of too many in a short time only what plain patterns find is known. Raises `Invalid` as
    `check_remembered`; people are told of danger in what is refused all the same (`heard_in_any_case`).
    """
    with heard_in_any_case(house, member, text):
        text = check_remembered(text)
    if not _counts(house, member):
        return read_rules(text).level
    return in_light_of_harm(house.reader.read([text])[0], text).risk.level


def read_danger(house: House, member: str, conversation: str, text: str) -> RiskLevel:
    """The danger a line speaks of: what the companion comes to, whether or not it is the one to answer.

    It looks at the conversation before it and, where they let it, at the 72 hours before that; see `assess`. A yes to
    the plain question says as much as the plain word. What only the model sees in an ordinary talk is a guess: the
    companion asks about it, and nothing is written of it, unless the line is the first and nothing else tells what kind
    of talk it is. Where nobody would ask, what the model is sure of counts.
    Raises `NotFound` (``unknown-conversation``).
    """
    with house.store.read() as connection:
        found = access_conversation(connection, member, conversation)
        before = access_earlier_danger(house, connection, found)
        lines = access_lines(house, connection, member, conversation, after=max(0, found.last_line - LOOKED_BACK))
    danger = house.companion.danger([*(line.as_line for line in lines), Line(Speaker.MEMBER, text)], before=before)
    if found.owner is Owner.COMPANION:
        shown = danger.step in GUESSES and danger.asks_for(ActionKind.SHOW_HELP)
        return gravest([danger.said, RiskLevel.INDIRECT]) if shown else danger.said
    reading = house.reader.read([text])[0].risk
    return gravest([danger.said, reading.level]) if is_sure(text, reading.p) else danger.said


def danger_refused(error: Exception) -> RiskLevel:
    """The danger that was found in words that were refused; none for any other error."""
    risk = error.data.get("risk") if isinstance(error, AttunementError) else None
    return RiskLevel(str(risk)) if risk else RiskLevel.NONE


def _counts(house: House, member: str) -> bool:
    """Count a line of theirs; whether it is not one too many."""
    try:
        house.throttle.hit(LINES_A_MINUTE, "line", member)
    except Throttled:
        return False
    return True


def _read_unkept(house: House, member: str, text: str) -> RiskLevel:
    """What plain patterns find; a text too long counts as a line, and of one too many less is read: it is costly."""
    if len(text) <= LONGEST:
        return read_rules(text).level
    reach = READ_OF_LONG if _counts(house, member) else LONGEST
    parts = [text] if len(text) <= 2 * reach else [text[:reach], text[-reach:]]
    return gravest(read_rules(part).level for part in parts)


def _tell_of_unkept(house: House, member: str, conversation: str | None, risk: RiskLevel) -> None:
    if risk not in SIGNS:
        return
    about = _about(house, member, conversation)
    gone = about is None or about.id != conversation  # nobody asks there how it was meant
    if gone or (about is not None and is_told(about, risk)):
        do_raise_or_owe_alert(
            house, member, level=risk, reason=NOT_KEPT, conversation=about.id if about is not None else None
        )


def _about(house: House, member: str, conversation: str | None) -> Conversation | None:
    """The conversation words were meant for, or the one the member is in now; None where there is none."""
    try:
        with house.store.read() as connection:
            found = access_conversation(connection, member, conversation) if conversation else None
            return found if found is not None and found.is_open else access_open_conversation(connection, member)
    except (NotFound, StoreError):
        return None
