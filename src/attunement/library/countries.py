"""Which countries there are, by ISO 3166-1."""

from __future__ import annotations

from functools import cache

from babel import Locale

from attunement.domain.errors import ErrorCode, Invalid

NO_COUNTRIES = frozenset(["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"])
"""What Unicode names beside the countries of ISO 3166-1: parts of some, unions of several, and the unknown.

Kosovo (XK) is left in: ISO 3166-1 has no code of its own for it, and people there must be able to say where they are.
"""


@cache
def countries() -> frozenset[str]:
    """The codes of all countries, two capital letters each.

    >>> len(countries()), "IE" in countries(), "XX" in countries()
    (250, True, False)
    """
    named = map(str, Locale("en").territories)
    return frozenset(code for code in named if len(code) == 2 and code.isalpha()) - NO_COUNTRIES


def check_country(code: str) -> None:
    """Raise `Invalid` (``bad-input``) where a code is no country's."""
    if code not in countries():
        raise Invalid(
            ErrorCode.BAD_INPUT, "country must be the two capital letters of a country, such as 'IE' (ISO 3166-1)."
        )
