"""Alerts in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from attunement.domain import alert_events as a
from attunement.domain.alert import Audience, Done, Raiser
from attunement.domain.channel import Channel
from attunement.domain.messages import N_
from attunement.domain.reading import RiskLevel
from attunement.programme.alerts.alarms import AlarmKind
from attunement.programme.alerts.seeing import Mark, SeenAlert
from attunement.programme.alerts.talk import access_talk
from attunement.web import i18n
from attunement.web.moments import UNTOLD
from attunement.web.pages.page import Page

LEVELS = {
    RiskLevel.DISTRESS: N_("Distress"),
    RiskLevel.INDIRECT: N_("Signs of danger"),
    RiskLevel.EXPLICIT: N_("Clear danger"),
    RiskLevel.IMMINENT: N_("Danger right now"),
}
RAISED_BY = {
    Raiser.READING: N_("A computer read it in what they wrote. It can be wrong both ways."),
    Raiser.SUPPORTER: N_("A supporter raised it."),
    Raiser.MEMBER: N_("They asked for it themselves."),
}
REASONS = {
    "said-so": N_("What they wrote in a conversation speaks of danger."),
    "not-kept": N_("What they wrote in a conversation speaks of danger, and could not be kept: it stands nowhere."),
    "check-in": N_("What they wrote in a check-in speaks of danger."),
    "practice": N_("What they wrote in a practice speaks of danger."),
    "remembered": N_("What they wrote for the companion to remember speaks of danger."),
    "another-person": N_("They wrote as if somebody else were in danger."),
    "harm-to-others": N_("They wrote as if they might hurt somebody else."),
    "ask": N_("There were signs of danger before, and now there are again."),
    "again": N_("They were asked about danger, and did not say no."),
    "asks": N_("They were asked about danger, and asked why."),
    "body": N_("They wrote as if their own body were in danger, by illness or accident."),
    "present": N_("They wrote of danger plainly, or said yes when asked."),
    "stay": N_("They wrote of danger before, and it still stands."),
    "imminent": N_("They wrote as if it were happening now, or about to."),
    "dangerous-reply": N_(
        "A language model wrote a reply that could harm. It was held back; please look what led to it."
    ),
    "raised-late": N_("The server could not raise it at first: what led to it is older than the alert."),
}
"""Why an alert was raised or rose, by its code: the companion's are steps of its talk about danger."""
DONE = {
    Done.TALKED: N_("Somebody talked with them"),
    Done.HELP_CALLED: N_("An emergency service or crisis line was called"),
    Done.HANDED_OVER: N_("Somebody outside this programme looks after it"),
    Done.NOT_REACHED: N_("They could not be reached"),
    Done.FALSE_ALARM: N_("There was no danger"),
}
ALARMS = {
    AlarmKind.UNTOLD: N_("Nobody could be told."),
    AlarmKind.UNANSWERED: N_("Everybody was told, and nobody answered."),
    AlarmKind.STUCK: N_("Its clock stands still: look whether the server runs."),
}
SOMEBODY = N_("somebody whose account is closed")


def alert_view(page: Page, seen: SeenAlert) -> dict[str, Any]:
    """What a card shows of one alert."""
    alert, now, _ = seen.alert, page.house.clock(), page.gettext
    about = {"conversation": N_("a conversation"), "check-in": N_("a check-in")}.get(alert.about or "")
    with page.house.store.read() as connection:
        talk = access_talk(connection, alert, page.caller.id)
    countries = i18n.locale_of(page.tag).territories
    return {
        "id": alert.id, "open": alert.is_open, "name": seen.name or _(N_("(no name)")), "level": _(LEVELS[alert.level]),
        "raised": alert.raised, "ago": duration(now - alert.raised, page), "by": _(RAISED_BY[alert.by]),
        "about": _(about) if about else "", "kind": alert.about, "talk": talk, "why": _why(alert.reason, _),
        "state": _state(page, seen, now),
        "late": alert.is_open and now >= alert.due, "waits": alert.is_open and alert.audience is not Audience.NOBODY,
        "mine": page.caller.id == alert.owner, "taken": alert.owner is not None,
        "language": i18n.language_name(seen.language), "country": countries.get(seen.country or "", seen.country),
        "their_time": "" if seen.time_zone == UNTOLD else i18n.day_and_time(now, page.tag, ZoneInfo(seen.time_zone)),
    }  # fmt: skip


def _why(reason: str, _: Callable[[str], str]) -> str:
    """Why it was raised or rose; of a code that is not known here, the code."""
    return _(REASONS[reason]) if reason in REASONS else reason


def _state(page: Page, seen: SeenAlert, now: datetime) -> str:
    alert, _ = seen.alert, page.gettext
    owner = seen.owner or _(SOMEBODY)
    if alert.done is not None:
        return _(N_("Closed. %(done)s.")) % {"done": _(DONE[alert.done])}
    left = {"time": duration(abs(alert.due - now), page), "name": owner}
    if alert.owner == page.caller.id and alert.audience is Audience.NOBODY:
        return _(N_("You look after it. In %(time)s you are asked how it stands.")) % left
    if alert.owner == page.caller.id:
        return _(N_("It is with you, and you did not say how it stands. Please say so now."))
    if alert.owner and alert.audience is Audience.NOBODY:
        return _(N_("%(name)s looks after it, and is asked in %(time)s how it stands.")) % left
    if alert.owner:
        return _(N_("%(name)s has it, and did not say how it stands. Please look, or take it.")) % left
    if seen.meant_for is not None:
        return _(N_("Passed on to %(name)s, who has not taken it yet.")) % {"name": seen.meant_for or _(SOMEBODY)}
    if now >= alert.due:
        return _(N_("Nobody has taken it yet. More people are told now."))
    return _(N_("Nobody has taken it yet. If nobody does within %(time)s, more people are told.")) % left


def duration(span: timedelta, page: Page) -> str:
    """A length of time in words, to the minute or the hour."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 1:
        return page.gettext(N_("less than a minute"))
    if minutes < 120:
        return page.messages.ngettext("%(num)s minute", "%(num)s minutes", minutes) % {"num": minutes}
    hours = minutes // 60
    return page.messages.ngettext("%(num)s hour", "%(num)s hours", hours) % {"num": hours}


def trail_view(page: Page, trail: list[Mark]) -> list[dict[str, Any]]:
    """All that happened, oldest first: when, what, and a note where there is one."""
    return [
        {"at": mark.at, "words": _happened(mark, page.gettext), "note": getattr(mark.event, "note", "")}
        for mark in trail
    ]


def _happened(mark: Mark, _: Callable[[str], str]) -> str:
    event, who = mark.event, mark.who or _(SOMEBODY)
    match event:
        case a.AlertRaised():
            raised = _(N_("Raised: %(level)s.")) % {"level": _(LEVELS[event.level])}
            return f"{raised} {_why(event.reason, _)}"
        case a.AlertRose():
            worse = _(N_("It got worse: %(level)s.")) % {"level": _(LEVELS[event.level])}
            return f"{worse} {_why(event.reason, _)}"
        case a.AlertTold():
            return _told(event, who, _)
        case a.AlertTaken():
            return _(N_("%(name)s looks after it.")) % {"name": who}
        case a.AlertPassedOn(to=None):
            return _(N_("%(name)s passed it on to whoever can.")) % {"name": who}
        case a.AlertPassedOn():
            return _(N_("%(name)s passed it on to %(other)s.")) % {"name": who, "other": mark.to or _(SOMEBODY)}
        case a.AlertClosed():
            return _(N_("%(name)s closed it. %(done)s.")) % {"name": who, "done": _(DONE[event.done])}
        case _:
            return _(N_("Nobody answered in time. Everybody is told."))


def _told(event: a.AlertTold, who: str, _: Callable[[str], str]) -> str:
    facts = {"name": who, "why": event.why}
    if event.channel is Channel.PAGE:
        return _(N_("%(name)s saw it on their page.")) % facts
    if event.channel is Channel.WEBHOOK:
        told, failed = N_("Our own application was told."), N_("Our own application could not be told: %(why)s.")
    elif event.channel is Channel.PUSH:
        told, failed = N_("A notice went to %(name)s."), N_("A notice to %(name)s did not leave: %(why)s.")
    else:
        told, failed = N_("A letter went to %(name)s."), N_("The letter to %(name)s did not leave: %(why)s.")
    return _(told if event.out else failed) % facts
