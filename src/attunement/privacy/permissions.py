"""What a member allows right now, and the chain that shows how it came to be."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from attunement.domain.consent import ALL_CELLS, Category, Cell, Purpose
from attunement.domain.events import ConsentChanged

FIRST = "0" * 64


@dataclass(frozen=True, slots=True)
class Permissions:
    """The uses a member allows at one instant. Ask it wherever data is read.

    >>> p = Permissions(frozenset({Cell(Purpose.PERSONALISE, Category.TEXT)}))
    >>> p.allows(Purpose.PERSONALISE, Category.TEXT), p.allows(Purpose.LEARN, Category.TEXT)
    (True, False)
    """

    cells: frozenset[Cell] = frozenset()

    def allows(self, purpose: Purpose, category: Category) -> bool:
        """Whether this use of this category is allowed."""
        return Cell(purpose, category) in self.cells

    @classmethod
    def everything(cls) -> Permissions:
        """All cells, for tests and for replaying data whose authors are not members."""
        return cls(frozenset(ALL_CELLS))


def chain_hash(change: ConsentChanged) -> str:
    """SHA-256 over the previous hash and the canonical fields of a change."""
    fields = (
        change.previous,
        change.at.isoformat(),
        change.purpose,
        change.category,
        str(change.granted),
        str(change.wording),
        change.expires.isoformat() if change.expires else "",
    )
    return hashlib.sha256("\n".join(fields).encode()).hexdigest()


def chained(
    previous: str, *, at: datetime, cell: Cell, granted: bool, wording: int, expires: datetime | None
) -> ConsentChanged:
    """The next link of a member's chain of consents."""
    change = ConsentChanged(
        at=at, purpose=cell.purpose, category=cell.category, granted=granted, wording=wording, expires=expires,
        previous=previous, hash="",
    )  # fmt: skip
    return change.model_copy(update={"hash": chain_hash(change)})


def verify_chain(changes: Iterable[ConsentChanged]) -> int | None:
    """The position (from 0) of the first broken link, or None where the chain is whole.

    >>> from datetime import UTC, datetime
    >>> at = datetime(2026, 1, 1, tzinfo=UTC)
    >>> a = chained(FIRST, at=at, cell=ALL_CELLS[0], granted=True, wording=1, expires=None)
    >>> b = chained(a.hash, at=at, cell=ALL_CELLS[0], granted=False, wording=1, expires=None)
    >>> verify_chain([a, b]), verify_chain([a, b.model_copy(update={"granted": True})])
    (None, 1)
    """
    previous = FIRST
    for position, change in enumerate(changes):
        if change.previous != previous or change.hash != chain_hash(change):
            return position
        previous = change.hash
    return None
