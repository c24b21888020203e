"""Every country of ISO 3166-1 is known, and nothing else is taken for one."""

from __future__ import annotations

from importlib import resources

import pytest

from attunement.domain.errors import ErrorCode, Invalid
from attunement.library.countries import check_country, countries


def test_they_are_those_of_the_standard_and_kosovo() -> None:
    """The time zone database lists the codes of ISO 3166-1; Kosovo, which has none there, is known by the usual one."""
    pytest.importorskip("tzdata")
    lines = resources.files("tzdata").joinpath("zoneinfo", "iso3166.tab").read_text("utf-8").splitlines()
    assert countries() == {line[:2] for line in lines if line and not line.startswith("#")} | {"XK"}


@pytest.mark.parametrize("code", ["XX", "ZZ", "EU", "UN", "UK", "ie", "I", "IRL", "372", "", " IE", "\u0399\u0395"])
def test_what_is_no_country_is_refused(code: str) -> None:
    """Made up, a union, in small letters, too long or in other letters: none is taken."""
    with pytest.raises(Invalid, match="ISO 3166-1") as told:
        check_country(code)
    assert told.value.code is ErrorCode.BAD_INPUT
