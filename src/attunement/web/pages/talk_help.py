"""What comes first in a talk in which somebody may be in danger, and when it is folded away."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from attunement.dialogue.hearing.acute import is_acute_of_body
from attunement.dialogue.safety.danger_asked import answers_of, since_denial
from attunement.domain.conversation import Speaker
from attunement.domain.reading import RiskLevel, are_grave, are_signs
from attunement.programme.conversations.conversation import Conversation, access_conversations
from attunement.programme.conversations.danger import access_standing_danger
from attunement.programme.conversations.lines import WrittenLine, access_lines
from attunement.programme.danger import FRESH
from attunement.programme.members import access_member
from attunement.reading.history import REMEMBERED
from attunement.reading.plain_text import normalise
from attunement.reading.violence import tells_of_violence
from attunement.web.pages.offer_view import help_view, needs_help
from attunement.web.pages.page import Page

LOOKED_BACK = 100
"""So many of the newest lines are looked at."""
MOST_TALKS = 3
"""So many of the newest talks are looked at."""


def talk_help(
    page: Page, connection: Connection, found: Conversation, *, refused: str = "", in_danger: bool = False
) -> dict[str, Any] | None:
    """Help as `help_view` has it, and whether it is ``folded`` to one line; None where nothing speaks of danger.

    It comes first where there were signs of danger in the talk, or where somebody close to the member hurts them, as
    it does after a check-in; then the lines for that stand before the others. It is folded once the member was asked
    and plainly said no, and nothing spoke of danger since. ``refused`` are words that could not be kept, and
    ``in_danger`` says that there is danger in them. Ended, a talk keeps it while its danger stands
    (`access_standing_danger`), and for three days where they told that somebody hurts them.
    """
    lines = access_lines(
        page.house, connection, page.member, found.id, after=max(0, found.last_line - LOOKED_BACK)
    )  # fmt: skip
    since = None if found.is_open else page.house.clock() - REMEMBERED
    told = [line for line in lines if line.speaker is Speaker.MEMBER and (since is None or line.at > since)]
    hurt = any(map(tells_of_violence, [*(line.text for line in told), refused]))
    danger = needs_help(found.risk)
    if danger and not found.is_open:
        danger = needs_help(access_standing_danger(page.house, connection, found.id))
    if not (hurt or in_danger or danger):
        return None
    stands = hurt or in_danger or are_grave([found.risk]) or not _denied(lines)
    of_body = not (hurt or in_danger) and _is_of_body_alone(told)
    return {**_help(page, connection, hurt=hurt, of_body=of_body), "folded": not stands, "hurt": hurt}


def recent_help(page: Page, connection: Connection) -> dict[str, Any] | None:
    """Help for the pages a member comes to after a talk: what `talk_help` gives of their talks of the last three days.

    It is ``folded`` where it is there, from the day after the last word in that talk on, and at once where somebody
    hurts them: these pages are opened every day, and whoever does that may look on. Such a talk goes before others.
    """
    now = page.house.clock()
    recent = [
        one for one in access_conversations(connection, page.member, limit=MOST_TALKS)
        if one.last_at > now - REMEMBERED
    ]  # fmt: skip
    found = [
        {**help, "folded": help["folded"] or help["hurt"] or one.last_at <= now - FRESH}
        for one in recent if (help := talk_help(page, connection, one)) is not None
    ]  # fmt: skip
    return min(found, key=lambda help: (not help["hurt"], help["folded"]), default=None)


def unkept_help(page: Page, connection: Connection, words: str, *, in_danger: bool) -> dict[str, Any] | None:
    """The same for words that were refused before there was a talk."""
    hurt = tells_of_violence(words)
    return _help(page, connection, hurt=hurt) if hurt or in_danger else None


def _help(page: Page, connection: Connection, *, hurt: bool, of_body: bool = False) -> dict[str, Any]:
    country = page.house.helplines.for_country(access_member(connection, page.member).country)
    return help_view(country, hurt=hurt, of_body=of_body)


def _is_of_body_alone(told: list[WrittenLine]) -> bool:
    """Whether every line of the member's in which there is danger tells in plain words of their body, by illness."""
    dangers = [line.text for line in told if line.risk is not None and needs_help(line.risk)]
    return bool(dangers) and all(is_acute_of_body(normalise(text)) for text in dangers)


def _denied(lines: list[WrittenLine]) -> bool:
    """Whether a plain no answered all signs of danger in these lines."""
    levels = [line.risk or RiskLevel.NONE for line in lines if line.speaker is Speaker.MEMBER]
    return are_signs(levels) and not are_signs(since_denial(levels, answers_of([line.as_line for line in lines])))
