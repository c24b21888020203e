"""A database that is used again for the next test is as good as new."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.conftest import Server

from attunement.domain.errors import StoreError
from attunement.programme.house import House
from attunement.programme.members import do_enrol
from attunement.store.schema import metadata


def test_nothing_of_the_test_before_is_left(
    postgres: Server, postgres_template: str, make_house: Callable[[str], House]
) -> None:
    """Its rows are gone, the log counts from one, and who still holds the old address finds nobody there."""
    with postgres.emptied_database(postgres_template) as url:
        before = make_house(url)
        do_enrol(before, name="Rosa")
    with postgres.emptied_database(postgres_template) as again:
        with pytest.raises(StoreError):
            do_enrol(before, name="a thread that was forgotten")
        house = make_house(again)
        with house.store.read() as connection:
            left = {table.name for table in metadata.sorted_tables if connection.execute(table.select()).first()}
        assert left <= {"about"}  # which opening it writes
        do_enrol(house, name="Ida")
        with house.store.read() as connection:
            assert next(house.store.events(connection)).seq == 1
