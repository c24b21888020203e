"""One conversation, as a supporter sees it: its lines, who is in it, and what is known of the member."""

from __future__ import annotations

from typing import Any

from attunement.domain.consent import Category
from attunement.domain.conversation import Owner, Speaker
from attunement.domain.messages import N_
from attunement.domain.need import Need
from attunement.domain.reading import RiskLevel
from attunement.domain.reply import Strategy
from attunement.programme.conversations.answering import FAULT
from attunement.programme.conversations.conversation import Conversation
from attunement.programme.conversations.handing import SHIFT_OVER, STEPPED_IN
from attunement.programme.conversations.hard_moments import Before
from attunement.programme.conversations.insight import Insight, access_insight
from attunement.programme.conversations.lines import WrittenLine
from attunement.programme.conversations.reasons import HandedOn
from attunement.programme.conversations.summary import Sentence, Told
from attunement.web.charts import AffectPoint, describe_affect
from attunement.web.pages.alert_view import REASONS
from attunement.web.pages.page import Page
from attunement.web.pages.queue_view import ASKED_BY, DANGER
from attunement.web.pages.reading import EMOTION_WORDS
from attunement.web.rendering import NEED_WORDS

STRATEGY_WORDS = {
    Strategy.QUESTION: N_("asked a question"),
    Strategy.RESTATEMENT: N_("said back what it understood"),
    Strategy.REFLECTION: N_("named a feeling"),
    Strategy.SELF_DISCLOSURE: N_("told of itself"),
    Strategy.AFFIRMATION: N_("encouraged"),
    Strategy.SUGGESTION: N_("suggested something"),
    Strategy.INFORMATION: N_("gave information"),
    Strategy.OTHER: N_("said something else"),
}
BY_A_PERSON = {
    **STRATEGY_WORDS,
    Strategy.RESTATEMENT: N_("said back what they understood"),
    Strategy.SELF_DISCLOSURE: N_("told of themselves"),
}
TOLD = {
    Told.BROUGHT: N_("What brought them:"),
    Told.FEELING: N_("The strongest feeling a computer read, %(what)s:"),
    Told.ASKED: N_("They asked for:"),
    Told.DANGER: N_("%(what)s:"),
    Told.TRIED: N_("The companion %(what)s."),
    Told.OFFERED: N_("The companion offered a practice, %(what)s."),
    Told.WROTE: N_("%(who)s, as a computer read it, %(what)s."),
}
UNREAD = N_("%(who)s wrote to them.")
LITTLE = 0.1
MORE_IDEAS = N_("Of the companion they want more ideas.")
MORE_LISTENING = N_("Of the companion they want more listening.")
SHARED = {
    Category.SELF_REPORT: N_("how they said they are"),
    Category.TEXT: N_("what they wrote"),
    Category.INTERACTIONS: N_("what they did, and whether it helped"),
}
HELD_FOR = {
    **REASONS,
    FAULT: ASKED_BY["companion"],
    STEPPED_IN: N_("A colleague stepped in, because of an alert about it."),
    SHIFT_OVER: N_("Their shift was over."),
}
"""Why it is with people, by the code of what was not told in anybody's words."""


def line_views(page: Page, lines: list[WrittenLine], name: str) -> list[dict[str, Any]]:
    """Lines with whose they are in words."""
    return [_line(page, line, name) for line in lines]


def _line(page: Page, line: WrittenLine, name: str) -> dict[str, Any]:
    _ = page.gettext
    notice = line.notice
    who = {
        Speaker.MEMBER: name, Speaker.COMPANION: _(N_("The companion, a computer")),
        Speaker.SUPPORTER: line.name or _(N_("A colleague")), Speaker.NOTICE: "",
    }[line.speaker]  # fmt: skip
    return {
        "line": line.line, "at": line.at, "speaker": line.speaker.value, "who": who,
        "text": _(notice.template).format(**notice.facts) if notice else line.text,
        "danger": _(DANGER[line.risk]) if line.risk in DANGER else "",
        "did": _(STRATEGY_WORDS[line.strategy]) if line.strategy else "",
        "helped": line.helped,
    }  # fmt: skip


def reason_views(page: Page, reasons: list[HandedOn]) -> list[dict[str, str]]:
    """Why it is with people, newest first: ``who`` passed it on and their own words, or why it was held."""
    return [
        {"who": one.name, "told": page.gettext(HELD_FOR[one.reason]) if one.reason in HELD_FOR else "",
         "words": one.reason}
        for one in reasons
        if one.name or one.reason in HELD_FOR
    ]  # fmt: skip


def insight_view(page: Page, conversation: str) -> dict[str, Any]:
    """What the member lets supporters see, and the summary of the talk."""
    seen = access_insight(page.house, page.caller.id, conversation)
    points = affect_points(seen)
    return {
        "summary": [_sentence(page, one) for one in seen.summary if _is_known(page, one)],
        "shares": [page.gettext(words) for category, words in SHARED.items() if category in seen.shares],
        "shares_state": Category.SELF_REPORT in seen.shares, "shares_did": Category.INTERACTIONS in seen.shares,
        "points": len(points), "affect_text": describe_affect(points, page.tag),
        "before": None if seen.before is None else [_before(page, one) for one in seen.before],
        "helped": [
            {"title": page.house.library.practice(one.practice).title, "times": one.times, "rating": one.rating}
            for one in seen.helped
            if one.practice in page.house.library
        ],
        "liked": [
            {"did": page.gettext(STRATEGY_WORDS[one.strategy]), "helped": one.helped, "rated": one.rated}
            for one in seen.liked
        ],
        "prefers": _prefers(page, seen.ideas),
    }  # fmt: skip


def _prefers(page: Page, ideas: float | None) -> str:
    """What they chose of the companion, in words; empty where they chose nothing, or neither more than the other."""
    if ideas is None or abs(ideas - 0.5) < LITTLE:
        return ""
    return page.gettext(MORE_IDEAS if ideas > 0.5 else MORE_LISTENING)


def affect_points(seen: Insight) -> list[AffectPoint]:
    """The points of the chart."""
    return [AffectPoint(p.at, p.valence, p.arousal) for p in seen.points]


def _is_known(page: Page, one: Sentence) -> bool:
    """Whether there are words for it: a practice may have left the library."""
    return one.told is not Told.OFFERED or one.is_ in page.house.library


def _sentence(page: Page, one: Sentence) -> dict[str, Any]:
    _ = page.gettext
    words = {
        Told.FEELING: lambda: _(EMOTION_WORDS.get(one.is_, one.is_)),
        Told.DANGER: lambda: _(DANGER[RiskLevel(one.is_)]),
        Told.TRIED: lambda: _(STRATEGY_WORDS[Strategy(one.is_)]),
        Told.OFFERED: lambda: page.house.library.practice(one.is_).title,
        Told.WROTE: lambda: _(BY_A_PERSON[Strategy(one.is_)]),
    }
    says = TOLD[one.told] if one.is_ or one.told is not Told.WROTE else UNREAD
    what = words[one.told]() if one.is_ and one.told in words else ""
    return {
        "says": _(says) % {"what": what, "who": one.who or _(N_("A colleague"))}, "quote": one.quote,
        "lines": one.lines, "danger": one.told is Told.DANGER,
    }  # fmt: skip


def _before(page: Page, one: Before) -> str:
    words = N_(
        "Two days or less before %(times)s of %(hard)s low moments they wished %(need)s; before other check-ins it was "
        "%(other)s of %(others)s."
    )
    return page.gettext(words) % {
        "times": one.times, "hard": one.hard, "other": one.other, "others": one.others,
        "need": page.gettext(NEED_WORDS[Need(one.need)]),
    }  # fmt: skip


def stands(page: Page, talk: Conversation) -> str:
    """How the conversation stands, in a sentence."""
    if talk.second == page.caller.id:
        return page.gettext(N_("They are writing with your colleague. The companion is silent."))
    waits = N_("Nobody is with them yet. You can read along, and take it over.")
    yours = N_("They are writing with you. The companion is silent.")
    return page.gettext(waits if talk.owner is Owner.WAITING else yours)
