"""Hearing a member's line before it is written: counted first, then read; plain danger is heard in any case."""

from __future__ import annotations

from attunement.dialogue.assessment import GUESSES, ActionKind, gravest
from attunement.dialogue.safety import is_sure
from attunement.domain.conversation import Line, Owner, Speaker
from attunement.domain.conversation_events import Wanted
from attunement.domain.errors import ErrorCode, Throttled
from attunement.domain.reading import SIGNS, RiskLevel
from attunement.programme.conversations.asking import do_ask_for_human
from attunement.programme.conversations.conversation import Conversation, access_conversation
from attunement.programme.conversations.lines import access_lines, sent_before
from attunement.programme.conversations.partner import access_earlier_danger
from attunement.programme.conversations.writing import check_line, tell_of_danger
from attunement.programme.house import House
from attunement.reading.risk import read_rules

LINES_A_MINUTE = 40
LOOKED_BACK = 40
"""So many lines before it are looked at when a line is read."""


def do_hear(house: House, member: str, conversation: str, text: str, *, sent: str | None = None) -> RiskLevel | None:
    """The danger in a line a member sends, to be written with it; None where it was written under its id already.

    It is counted before it is read, since reading is costly. Of one too many only what plain patterns find is known:
    people are told of danger in it all the same, so call this outside any write that is taken back.

    Parameters
    ----------
    text, sent:
        As in `do_write_as_member`.

    Raises `Invalid` (``bad-input``, ``bad-text``, ``text-too-long``), `NotFound` (``unknown-conversation``),
    `Throttled` over forty lines a minute: send it again under the same id. Of its data ``risk`` is the level found, and
    ``help_shown`` whether help is to be shown all the same.
    """
    text = check_line(text, sent)
    with house.store.read() as connection:
        found = access_conversation(connection, member, conversation)
        if sent and sent_before(house, connection, found, sent):
            return None
    try:
        house.throttle.hit(LINES_A_MINUTE, "line", member)
    except Throttled as error:
        raise _one_too_many(house, found, text) from error
    return read_danger(house, member, conversation, text)


def do_hear_asking(
    house: House, member: str, conversation: str, words: str, *, sent: str | None = None, wanted: Wanted | None = None,
    language: str | None = None,
) -> RiskLevel | None:  # fmt: skip
    """The same for words that come with asking for a person, if there are any.

    A person can always be asked for: where the words have to wait, that is done without them. Raises as `do_hear`, and
    `Conflict` (``conversation-closed``).
    """
    if not words.strip():
        return None
    try:
        return do_hear(house, member, conversation, words, sent=sent)
    except Throttled as error:
        now = do_ask_for_human(house, member, conversation, wanted=wanted, language=language)
        tell_of_danger(house, now, danger_refused(error))
        raise


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
    """The danger that was found in a line `do_hear` refused; none for any other error."""
    return RiskLevel(str(error.data.get("risk", RiskLevel.NONE))) if isinstance(error, Throttled) else RiskLevel.NONE


def _one_too_many(house: House, conversation: Conversation, text: str) -> Throttled:
    risk = read_rules(text).level
    if conversation.is_open:
        tell_of_danger(house, conversation, risk)
    return Throttled(
        ErrorCode.TOO_MANY_TRIES,
        "That was a lot in a short time. Your words are still here. Send them again in a minute.",
        risk=risk.value, help_shown=risk in SIGNS,
    )  # fmt: skip
