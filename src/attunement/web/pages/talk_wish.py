"""Who a member would like to come, on their pages: what there is to choose, what they chose, and that in words."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import FormData

from attunement.domain.conversation_events import Wanted
from attunement.domain.messages import N_
from attunement.programme.conversations.wishes import Wishable
from attunement.web import i18n
from attunement.web.pages.forms import text_of
from attunement.web.pages.page import Page

LABELS = {
    "person": N_("Somebody you have written with"),
    "skill": N_("Somebody good at"),
    "team": N_("From the team"),
    "language": N_("Who speaks"),
}
ANYBODY = N_("It does not matter")
LOOKED_FOR = N_("Looked for first: %(who)s. Somebody else may answer all the same.")
KEPT = N_("Looked for first: %(who)s. If they cannot come soon, somebody else may.")


@dataclass(frozen=True, slots=True)
class WishField:
    """One list to choose from: values with the words for them, and the value that is chosen."""

    name: str
    label: str
    options: list[tuple[str, str]]
    chosen: str


def wish_of(form: FormData) -> tuple[Wanted | None, str | None]:
    """What a form wishes; None where it had nothing to choose from."""
    language = text_of(form, "language") or None
    if not any(name in form for name in Wanted.model_fields):
        return None, language
    return Wanted(**{name: text_of(form, name) or None for name in Wanted.model_fields}), language


def wish_fields(page: Page, there: Wishable, wanted: Wanted, language: str, own: str) -> list[WishField]:
    """The lists a member can choose from, each only where there is something to choose; ``own`` is their language."""
    _ = page.gettext
    people = [one for one in dict.fromkeys((*there.known, wanted.person)) if one in there.names]
    anybody = ("", _(ANYBODY))
    lists = {
        "person": [anybody, *((one, there.names[one]) for one in people if one)],
        "skill": [anybody, *((one, one) for one in _with(there.skills, wanted.skill))],
        "team": [anybody, *((one, one) for one in _with(there.teams, wanted.team))],
        "language": _languages(page, there, language, own),
    }
    chosen = {**wanted.model_dump(), "language": language}
    return [
        WishField(name, _(LABELS[name]), options, chosen[name] or "")
        for name, options in lists.items() if len(options) > 1
    ]  # fmt: skip


def wish_words(page: Page, there: Wishable, wanted: Wanted, language: str, own: str) -> str:
    """Who is wished for, and what that means; empty where it is nobody in particular.

    ``own`` is the member's language: that somebody speaks it is not said.
    """
    _, spoken = page.gettext, "" if _main(language) == _main(own) else _spoken(page, language)
    name = there.names.get(wanted.person or "", "")
    told = [
        name,
        _(N_("somebody good at %(name)s")) % {"name": wanted.skill} if wanted.skill else "",
        _(N_("the team %(name)s")) % {"name": wanted.team} if wanted.team else "",
        _(N_("somebody who speaks %(name)s")) % {"name": spoken} if spoken else "",
    ]
    who = ", ".join(filter(None, told))
    words = KEPT if name else LOOKED_FOR
    return _(words) % {"who": who} if who else ""


def _with(names: tuple[str, ...], chosen: str | None) -> list[str]:
    """What there is, and what was chosen, though nobody has it (any more)."""
    return list(dict.fromkeys((*names, *([chosen] if chosen else []))))


def _languages(page: Page, there: Wishable, language: str, own: str) -> list[tuple[str, str]]:
    """Each once, whatever the country: their own first, and what is chosen as it stands."""
    codes = {_main(code): code for code in (own, *there.languages)} | {_main(language): language}
    return [(code, _spoken(page, code)) for code in codes.values()]


def _main(code: str) -> str:
    return code.split("-")[0].lower()


def _spoken(page: Page, code: str) -> str:
    return i18n.name_of_language(_main(code), page.tag) or code
