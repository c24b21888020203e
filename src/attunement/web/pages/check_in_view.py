"""What goes with a check-in, on whatever page it is made: who reads its words, and what they ask for first."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from attunement.domain.consent import Category, Purpose
from attunement.domain.messages import N_
from attunement.privacy.permissions import Permissions
from attunement.reading.violence import tells_of_violence
from attunement.web.pages.offer_view import help_view
from attunement.web.pages.page import Page

CHOSEN_BY_TEXT = N_("A computer reads it to choose a practice.")
KEPT_FOR_YOU = N_("It is kept for you. It is not used to choose, because you have not allowed that.")
READ_BY_NOBODY = N_("Nobody else does.")
READ_BY = {
    Purpose.SUPPORTERS: N_("Supporters here can read it too, as you allowed."),
    Purpose.RESEARCH: N_("Researchers may read it without your name, as you allowed."),
}


class Care(IntEnum):
    """What a check-in asks for before an offer: only a number in the address, which tells an onlooker nothing."""

    NONE = 0
    DANGER = 1
    VIOLENCE = 2


def who_reads(page: Page, allowed: Permissions) -> str:
    """Who may read the words of a check-in, and what for, as its member allowed."""
    others = [words for purpose, words in READ_BY.items() if allowed.allows(purpose, Category.TEXT)]
    if allowed.allows(Purpose.PERSONALISE, Category.TEXT):
        told = [CHOSEN_BY_TEXT, *(others or [READ_BY_NOBODY])]
    else:
        told = [KEPT_FOR_YOU, *others]
    return " ".join(map(page.gettext, told))


def care_of(*, danger: bool, text: str, violence: bool = False) -> Care:
    """What a text asks for, in which danger was read or not, and ``violence`` by a model; by rule it is looked for."""
    if not danger:
        return Care.NONE
    return Care.VIOLENCE if violence or tells_of_violence(text) else Care.DANGER


def care_help(page: Page, country: str | None, care: Care) -> dict[str, Any] | None:
    """What a page shows first, if anything."""
    lines = page.house.helplines.for_country(country)
    return help_view(lines, hurt=care is Care.VIOLENCE) if care else None
