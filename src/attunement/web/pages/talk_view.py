"""A conversation in words: who answers now, how long it may take, what was said, and why the companion said it."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

from attunement.dialogue.replying.composer import COMPOSER
from attunement.dialogue.replying.reason import from_facts
from attunement.domain.conversation import Owner, Speaker
from attunement.domain.messages import N_
from attunement.domain.reply import Strategy
from attunement.programme.conversations.conversation import Conversation
from attunement.programme.conversations.duty import access_supporter
from attunement.programme.conversations.lines import WrittenLine
from attunement.programme.conversations.waiting import Expectation
from attunement.web.pages.page import Page

STANDS = {
    Owner.COMPANION: N_("Writing with the companion, a computer program."),
    Owner.WAITING: N_("Waiting for a person. Nobody answers in their place."),
    Owner.SUPPORTER: N_("Writing with %(name)s, a person."),
    Owner.CLOSED: N_("This conversation has ended."),
}
ALONG = N_("%(name)s, another person here, reads along.")
SPEAKERS = {
    Speaker.MEMBER: N_("You"),
    Speaker.COMPANION: N_("The companion, a computer program"),
    Speaker.SUPPORTER: N_("A supporter"),
    Speaker.NOTICE: N_("Notice"),
}
DOES = {
    Strategy.QUESTION: N_("It asks, so that you can say more."),
    Strategy.RESTATEMENT: N_("It says back what you said, so that you can see whether it was understood."),
    Strategy.REFLECTION: N_("It puts into words what you may be feeling."),
    Strategy.SELF_DISCLOSURE: N_("It speaks of experience. A program has none of its own."),
    Strategy.AFFIRMATION: N_("It says what seems strong or understandable in what you told."),
    Strategy.SUGGESTION: N_("It offers something you could try."),
    Strategy.INFORMATION: N_("It tells you something that may be useful to know."),
    Strategy.OTHER: N_("It does something small, such as greeting or thanking you."),
}
ARRIVED = N_("Your earlier words did arrive; they stand above. Send only what is new.")
GUARD = "guard"
COMPOSED_BY = {
    COMPOSER: N_("A program put it together from words that people wrote, and from yours."),
    GUARD: N_("What the program had first did not pass its own check for safety, so it said this instead."),
}
BY_MODEL = N_("A language model called %(name)s wrote it. A program checked it before you saw it.")


def stands_words(page: Page, conversation: Conversation, name: str) -> str:
    """Who the member is writing to, and who reads along; ``name`` is the supporter's whose it is."""
    stands = page.gettext(STANDS[conversation.owner]) % {"name": name or page.gettext(SPEAKERS[Speaker.SUPPORTER])}
    if conversation.second is None:
        return stands
    with page.house.store.read() as connection:
        second = access_supporter(page.house, connection, conversation.second).name
    return f"{stands} {page.gettext(ALONG) % {'name': second}}"


def wait_words(page: Page, wait: Expectation) -> str:
    """How long it takes until a person is there, as far as anybody knows."""
    if not wait.on_duty:
        return page.gettext(N_("Nobody is on duty right now. What you write waits for the first person who comes."))
    return " ".join(filter(None, (_there(page, wait), _busy(page, wait), _lately(page, wait), _ahead(page, wait))))


def _there(page: Page, wait: Expectation) -> str:
    there = page.messages.ngettext("%(num)s person is on duty.", "%(num)s people are on duty.", wait.on_duty)
    return there % {"num": page.number(wait.on_duty)}


def _busy(page: Page, wait: Expectation) -> str:
    """That none of those on duty has room now, where it is so."""
    if wait.free:
        return ""
    return page.messages.ngettext(
        "They are with somebody just now.", "All of them are with somebody just now.", wait.on_duty
    )


def _lately(page: Page, wait: Expectation) -> str:
    """What others waited lately; whoever waits longer than nearly all of them is told that instead."""
    if wait.half_min is None or wait.most_min is None:
        return page.gettext(N_("How long it takes is not known yet: too few have asked lately."))
    if wait.so_far_min is not None and wait.so_far_min > wait.most_min:
        longer = N_("You have waited longer than nearly everybody lately. How much longer it will take is not known.")
        return page.gettext(longer)
    words = N_("Lately half of those who asked waited up to %(half)s minutes, and nine in ten up to %(most)s.")
    return page.gettext(words) % {"half": page.number(wait.half_min), "most": page.number(wait.most_min)}


def _ahead(page: Page, wait: Expectation) -> str:
    if not wait.ahead:
        return ""
    ahead = page.messages.ngettext("%(num)s other is waiting.", "%(num)s others are waiting.", wait.ahead)
    return ahead % {"num": page.number(wait.ahead)}


def line_view(page: Page, line: WrittenLine, remembered: Set[str]) -> dict[str, Any]:
    """What the page shows of one line; ``remembered`` are the ids of those the companion is to remember."""
    _, own = page.gettext, line.speaker is Speaker.COMPANION
    text = _(line.notice.template).format(**line.notice.facts) if line.notice else line.text
    return {
        "number": line.line, "id": line.id, "at": line.at,
        "speaker": line.speaker.value, "who": line.name or _(SPEAKERS[line.speaker]), "text": text,
        "why": _why(page, line) if own else [], "practice": _practice(page, line.why or {}), "helped": line.helped,
        "remembered": line.id in remembered, "sent": line.sent if line.speaker is Speaker.MEMBER else None,
    }  # fmt: skip


def _why(page: Page, line: WrittenLine) -> list[str]:
    """What it does, what led to it, and who composed it."""
    told = [reason.told(page.gettext) for reason in from_facts(line.why or {})]
    does = [page.gettext(DOES[line.strategy])] if line.strategy else []
    by = page.gettext(COMPOSED_BY.get(line.by, BY_MODEL)) % {"name": line.by}
    return [*does, *told, by]


def _practice(page: Page, why: Mapping[str, str | float]) -> dict[str, str] | None:
    """The practice a reply offered, where the library still has it."""
    offered = str(why.get("practice", ""))
    if offered not in page.house.library:
        return None
    return {"title": page.house.library.practice(offered).title, "href": f"/library/{offered}"}
