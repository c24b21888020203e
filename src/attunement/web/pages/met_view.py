"""What a member met, as `journey.html` shows it: kinds by week, how varied it was, and what is still to meet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attunement.domain.messages import N_
from attunement.domain.practice import Viewpoint
from attunement.policy.breadth import FEWEST
from attunement.programme.variety import MemberVariety, Week
from attunement.web.kinds_chart import KindInWeek, describe_kinds
from attunement.web.pages.page import Page

VIEWPOINTS = {
    Viewpoint.OWN: N_("your own eyes"),
    Viewpoint.CLOSE: N_("somebody close"),
    Viewpoint.STRANGER: N_("a stranger"),
    Viewpoint.OPPONENT: N_("somebody on the other side"),
    Viewpoint.GROUP: N_("a group"),
    Viewpoint.OBSERVER: N_("an onlooker"),
}
VARIED = N_("You have met many kinds of practice in the last thirty days.")
MIDDLING = N_("You have met some kinds of practice more than others in the last thirty days.")
NARROW = N_("Most of what you met in the last thirty days was of one kind.")
GUARDED = N_(
    "Most of what you met in the last thirty days was of one kind, so for now every second offer is drawn evenly from "
    "all kinds."
)
NEAR = N_("What was offered has been close to what you tend to take up.")
BEYOND = N_("What was offered has reached beyond what you tend to take up.")
WIDENING = N_("From week to week it has become more varied.")
NARROWING = N_("From week to week it has become less varied.")
HALF, CLOSE = 0.75, 0.1


def by_family(page: Page, found: MemberVariety) -> list[KindInWeek]:
    """How often each family was met in each week."""
    return [
        KindInWeek(week.begin, family.title, week.offered.families[family.id], week.taken.families[family.id])
        for week in _weeks(found)
        for family in page.house.library.families.values()
    ]


def by_viewpoint(page: Page, found: MemberVariety) -> list[KindInWeek]:
    """How often each viewpoint was met in each week."""
    return [
        KindInWeek(week.begin, page.gettext(words), week.offered.viewpoints[v], week.taken.viewpoints[v])
        for week in _weeks(found)
        for v, words in VIEWPOINTS.items()
    ]


def met_view(page: Page, found: MemberVariety) -> dict[str, Any] | None:
    """What `journey.html` calls ``met``; None where nothing was offered or taken up in these weeks."""
    families, viewpoints = by_family(page, found), by_viewpoint(page, found)
    seen = {m.kind for m in (*families, *viewpoints) if m.offered or m.taken}
    if not seen:
        return None
    library = page.house.library.families.values()
    return {
        "families": describe_kinds(families, page.tag),
        "viewpoints": describe_kinds(viewpoints, page.tag),
        "offered": found.offered.n, "taken": found.taken.n, "unlike": found.offered.unlike,
        "words": [page.gettext(words) for words in _words(found)],
        "new_families": [{"id": f.id, "title": f.title} for f in library if f.title not in seen],
        "new_viewpoints": [words for words in map(page.gettext, VIEWPOINTS.values()) if words not in seen],
    }  # fmt: skip


def _weeks(found: MemberVariety) -> Sequence[Week]:
    """From the first in which there was anything."""
    first = next((k for k, week in enumerate(found.weeks) if week.offered.n or week.taken.n), 0)
    return found.weeks[first:]


def _words(found: MemberVariety) -> list[str]:
    met, drift, error = found.met, found.drift, found.calibration_error
    narrow = GUARDED if found.guarded else NARROW
    told = [narrow if met.narrow else VARIED if met.share > HALF or met.n < FEWEST else MIDDLING]
    if error is not None:
        told.append(NEAR if error < CLOSE else BEYOND)
    if drift and (drift.low > 0 or drift.high < 0):
        told.append(WIDENING if drift.low > 0 else NARROWING)
    return told
