"""Countries to choose from, as `parts/country.html` and `help.html` show them."""

from __future__ import annotations

from collections.abc import Iterable

from attunement.web import i18n
from attunement.web.pages.page import Page


def country_choices(page: Page, codes: Iterable[str], chosen: str | None) -> list[dict[str, object]]:
    """One choice for each code (ISO 3166-1), by the names in the page's language."""
    names = i18n.locale_of(page.tag).territories
    found = [{"code": code, "name": names.get(code, code), "current": code == chosen} for code in codes]
    return sorted(found, key=lambda choice: str(choice["name"]))
