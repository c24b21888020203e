"""One conversation, as a supporter sees it: its lines, who is in it, and what is known of the member."""

from __future__ import annotations

from typing import Any

from attunement.domain.consent import Category
from attunement.domain.conversation import Owner, Speaker
from attunement.domain.messages import N_
from attunement.programme.conversations.answering import FAULT
from attunement.programme.conversations.conversation import Conversation
from attunement.programme.conversations.handing import SHIFT_OVER, STEPPED_IN
from attunement.programme.conversations.insight import Absent, Insight, Preference, access_insight
from attunement.programme.conversations.lines import WrittenLine
from attunement.programme.conversations.reasons import HandedOn
from attunement.programme.conversations.summary import Told
from attunement.web.charts import AffectPoint, describe_affect
from attunement.web.insight_words import DANGER, STRATEGY_WORDS, before_words, has_words_for, sentence_words
from attunement.web.pages.alert_view import REASONS
from attunement.web.pages.page import Page
from attunement.web.pages.queue_view import ASKED_BY

PREFERS = {
    Preference.IDEAS: N_("Of the companion they want more ideas."),
    Preference.LISTENING: N_("Of the companion they want more listening."),
}
SHARED = {
    Category.SELF_REPORT: N_("how they said they are"),
    Category.TEXT: N_("what they wrote"),
    Category.INTERACTIONS: N_("what they did, and whether it helped"),
}
TAKEN_BACK = N_(
    "They have just taken back what they let supporters see: %(what)s. It is not shown here any more. The talk goes on."
)
CHANGED = N_("They have just changed what they let supporters see.")
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


def shown_by(shares: frozenset[Category], agreed: frozenset[Category]) -> str:
    """What tells one state of what is shared from another, for a page to say what it was drawn for."""
    return " ".join([*sorted(shares), *(f"all-{category}" for category in sorted(agreed))])


def insight_view(page: Page, conversation: str, had: str | None = None) -> dict[str, Any]:
    """What the member lets supporters see, and the summary of the talk.

    ``had`` is what a page that is open was drawn for (see `shown_by`): what is gone of it is said, once.
    """
    seen = access_insight(page.house, page.caller.id, conversation)
    points, before = affect_points(seen), (had or "").split()
    gone = [page.gettext(words) for one, words in SHARED.items() if one in before and one not in seen.shares]
    told = page.gettext(TAKEN_BACK) % {"what": "; ".join(gone)} if gone else page.gettext(CHANGED)
    return {
        "summary": [
            {"says": sentence_words(one, page.house.library, page.gettext), "quote": one.quote, "lines": one.lines,
             "danger": one.told is Told.DANGER}
            for one in seen.summary
            if has_words_for(one, page.house.library)
        ],
        "shares": [page.gettext(words) for category, words in SHARED.items() if category in seen.shares],
        "shares_state": Category.SELF_REPORT in seen.shares, "shares_did": Category.INTERACTIONS in seen.shares,
        "shows": shown_by(seen.shares, seen.agreed), "gone": bool(gone), "said": "" if had is None else told,
        "not_named": [part.value for part, why in seen.absent.items() if why is Absent.NOT_NAMED],
        "points": len(points), "affect_text": describe_affect(points, page.tag),
        "before": None if seen.before is None else [before_words(one, page.gettext) for one in seen.before],
        "helped": [
            {"title": page.house.library.practice(one.practice).title, "times": one.times, "rating": one.rating}
            for one in seen.helped
            if one.practice in page.house.library
        ],
        "liked": [
            {"did": page.gettext(STRATEGY_WORDS[one.strategy]), "helped": one.helped, "rated": one.rated}
            for one in seen.liked
        ],
        "prefers": page.gettext(PREFERS[seen.prefers]) if seen.prefers else "",
    }  # fmt: skip


def affect_points(seen: Insight) -> list[AffectPoint]:
    """The points of the chart."""
    return [AffectPoint(p.at, p.valence, p.arousal) for p in seen.points]


def stands(page: Page, talk: Conversation) -> str:
    """How the conversation stands, in a sentence."""
    if talk.second == page.caller.id:
        return page.gettext(N_("They are writing with your colleague. The companion is silent."))
    waits = N_("Nobody is with them yet. You can read along, and take it over.")
    yours = N_("They are writing with you. The companion is silent.")
    return page.gettext(waits if talk.owner is Owner.WAITING else yours)
