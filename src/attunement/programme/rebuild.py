"""Makes every derived table again from the log."""

from __future__ import annotations

from attunement.programme.house import House


def do_rebuild(house: House) -> int:
    """Empty and re-make all derived tables in one transaction; returns the number of events read.

    The shared policy's parameters are made again from the outcomes at the next decision.
    Raises `StoreError` (``store-in-use``) where a server of another process holds the database file.
    """
    return house.store.rebuild()
