"""The facts a member tells of themselves."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from attunement.domain.errors import Invalid
from attunement.programme.house import House
from attunement.programme.members import access_member, do_enrol
from attunement.programme.own_facts import do_tell_facts
from attunement.programme.rebuild import do_rebuild
from attunement.store.schema import log


def _facts(house: House, member: str) -> tuple[str, str, str]:
    with house.store.read() as connection:
        found = access_member(connection, member)
    return found.language, found.country or "", found.time_zone


def _written(house: House) -> int:
    with house.store.read() as connection:
        return int(connection.execute(select(func.count()).select_from(log)).scalar_one())


def test_facts_are_kept_and_each_can_be_taken_back(house: House) -> None:
    """Told, they count; told empty, they are as if never told, and a rebuild from the log agrees."""
    member = do_enrol(house, language="en", country="IE", time_zone="Europe/Dublin")
    do_tell_facts(house, member, language="pt-BR", country="ES", time_zone="Europe/Madrid")
    assert _facts(house, member) == ("pt-BR", "ES", "Europe/Madrid")
    do_tell_facts(house, member, language="", country="", time_zone="")
    assert _facts(house, member) == ("en", "", "UTC")
    do_rebuild(house)
    assert _facts(house, member) == ("en", "", "UTC")


def test_facts_told_as_they_are_write_nothing(house: House) -> None:
    """The same again adds no event, also where nothing was ever told."""
    member = do_enrol(house)
    before = _written(house)
    do_tell_facts(house, member, language="", country="", time_zone="")
    assert _written(house) == before


@pytest.mark.parametrize("wrong", [{"language": "?"}, {"country": "Ireland"}, {"time_zone": "Mars/North"}])
def test_facts_that_are_not_known_are_refused_whole(house: House, wrong: dict[str, str]) -> None:
    """One that is not known keeps the others from being written."""
    member = do_enrol(house, country="IE")
    told = {"language": "de", "country": "DE", "time_zone": "Europe/Berlin"} | wrong
    with pytest.raises(Invalid) as refused:
        do_tell_facts(house, member, **told)
    assert refused.value.code == "bad-input"
    assert _facts(house, member) == ("en", "IE", "UTC")
