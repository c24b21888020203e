"""What waits for people, in a supporter's words: danger, waiting time, and how well it fits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from attunement.domain.conversation_events import Wanted
from attunement.domain.messages import N_
from attunement.domain.reading import RiskLevel
from attunement.programme.conversations.conversation import Conversation
from attunement.programme.conversations.debrief import access_debrief
from attunement.programme.conversations.duty import Supporter, access_colleagues
from attunement.programme.conversations.queue import Waiting, access_queue
from attunement.programme.members import access_name
from attunement.web import i18n
from attunement.web.insight_words import DANGER
from attunement.web.pages.page import Page

ASKED_BY = {
    "member": N_("They asked for a person."),
    "companion": N_("The companion could not answer, because of a fault in the program."),
    "safety": N_("Held for a person, because of what was read in it."),
    "consent": N_("They took back what the companion may know, so a person should go on."),
    "supporter": N_("A colleague passed it on."),
    "time": N_("The colleague it was with has left."),
}
DEBRIEF = {
    "danger": N_("There were signs of danger in a talk that was with you until a while ago. That can stay with one."),
    "long": N_("A talk was more than an hour in your hands, until a while ago. That can stay with one."),
}


BEGUN = timedelta(minutes=1)
"""A minute that has begun counts: whoever says four hours reads of four, and not of three."""


def board_view(page: Page) -> dict[str, Any]:
    """Everything on the queue that changes by itself."""
    supporter = page.caller.id
    queue = access_queue(page.house, supporter)
    with page.house.store.read() as connection:
        names = {one.account: one.name for one in access_colleagues(page.house, connection)}
        mine = [_mine(page, one, access_name(page.house, connection, one.member)) for one in queue.mine]
        along = [_along(page, one, access_name(page.house, connection, one.member), names) for one in queue.along]
        debrief = access_debrief(page.house, connection, supporter)
    waiting = [_waiting(page, one, queue.me, names) for one in queue.waiting]
    return {
        "me": queue.me, "spoken": [_language(page, code) for code in queue.me.languages],
        "mine": mine, "along": along, "waiting": waiting,
        "full": bool(queue.me.until) and not queue.me.free,
        "left_for": lasted(page, queue.me.until - page.house.clock() + BEGUN) if queue.me.until else "",
        "debrief": page.gettext(DEBRIEF[debrief.reason]) if debrief else "",
        "seconds": [
            {"id": one.conversation, "name": one.name, "since": lasted(page, page.house.clock() - one.since),
             "danger": danger_words(page, one.risk)}
            for one in queue.seconds
        ],
        "in_danger": sum(bool(one["danger"]) for one in waiting),
    }  # fmt: skip


def danger_words(page: Page, risk: RiskLevel) -> str:
    """What was read, in words; empty where it is no danger."""
    return page.gettext(DANGER[risk]) if risk in DANGER else ""


def lasted(page: Page, time: timedelta) -> str:
    """How long, in the largest unit that says it.

    >>> from types import SimpleNamespace
    >>> from gettext import NullTranslations
    >>> page = SimpleNamespace(messages=NullTranslations())
    >>> lasted(page, timedelta(seconds=40)), lasted(page, timedelta(hours=3, minutes=50))
    ('less than a minute', '3 hours')
    """
    minutes = int(time.total_seconds() // 60)
    if minutes < 1:
        return page.messages.gettext(N_("less than a minute"))
    if minutes < 60:
        return page.messages.ngettext("%(num)s minute", "%(num)s minutes", minutes) % {"num": minutes}
    if minutes < 48 * 60:
        hours = minutes // 60
        return page.messages.ngettext("%(num)s hour", "%(num)s hours", hours) % {"num": hours}
    days = minutes // (24 * 60)
    return page.messages.ngettext("%(num)s day", "%(num)s days", days) % {"num": days}


def _mine(page: Page, one: Conversation, name: str) -> dict[str, Any]:
    return {
        "id": one.id, "name": called(page, name), "danger": danger_words(page, one.risk),
        "quiet_for": lasted(page, page.house.clock() - one.last_at), "second": _second(page, one),
    }  # fmt: skip


def _along(page: Page, one: Conversation, name: str, names: dict[str, str]) -> dict[str, Any]:
    return {**_mine(page, one, name), "with": names.get(one.supporter or "", "")}


def _second(page: Page, one: Conversation) -> str:
    """How it stands with a second person in one's own talk, in words."""
    if one.second is not None:
        return page.gettext(N_("a colleague looks along"))
    return page.gettext(N_("you asked for a second person")) if one.second_asked else ""


def _waiting(page: Page, one: Waiting, me: Supporter, names: dict[str, str]) -> dict[str, Any]:
    talk = one.conversation
    return {
        "id": talk.id, "name": called(page, one.name), "danger": danger_words(page, talk.risk),
        "may_claim": me.has_room_for(talk.risk), "waited": lasted(page, one.waited),
        "for_me": one.for_me, "left": one.left,
        "kept_for": "" if one.for_me else names.get(talk.wanted.person or "", ""),
        "left_by": names.get(talk.supporter or "", "") if one.left else "",
        "asked": page.gettext(ASKED_BY[talk.asked_by]) if talk.asked_by in ASKED_BY else "",
        "fits": _fits(page, talk.language, talk.wanted, me),
    }  # fmt: skip


def called(page: Page, name: str) -> str:
    """The name they gave, or that there is none."""
    return name or page.gettext(N_("(no name)"))


def _fits(page: Page, language: str, wanted: Wanted, me: Supporter) -> list[str]:
    """Language, skill and team, each with whether it is the supporter's."""
    _ = page.gettext
    spoken = {code.split("-")[0] for code in me.languages}
    speaks = not spoken or language.split("-")[0] in spoken
    words = N_("In %(name)s") if speaks else N_("In %(name)s, which you did not name")
    told = [_(words) % {"name": _language(page, language)}]
    for wish, mine in ((wanted.skill, me.skills), (wanted.team, (me.team,))):
        if wish:
            words = N_("Wants: %(name)s, which is you") if wish in mine else N_("Wants: %(name)s")
            told.append(_(words) % {"name": wish})
    return told


def _language(page: Page, code: str) -> str:
    """A language's name in the words of the page."""
    return str(i18n.locale_of(page.tag).languages.get(code.split("-")[0], code))
