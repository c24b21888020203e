"""What a member allows their data to be used for: purposes by categories."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from attunement.domain.errors import ErrorCode, Invalid


class Purpose(StrEnum):
    """What data is used for."""

    PERSONALISE = "personalise"
    COMPANION = "companion"
    SUPPORTERS = "supporters"
    LEARN = "learn"
    RESEARCH = "research"


class Category(StrEnum):
    """What kind of data it is."""

    SELF_REPORT = "self_report"
    TEXT = "text"
    INTERACTIONS = "interactions"
    BODY = "body"
    DEMOGRAPHICS = "demographics"


class Cell(NamedTuple):
    """One purpose for one category: the unit in which consent is given and taken back.

    >>> str(Cell(Purpose.LEARN, Category.TEXT))
    'learn:text'
    >>> Cell.parse("learn:text") == Cell(Purpose.LEARN, Category.TEXT)
    True
    """

    purpose: Purpose
    category: Category

    def __str__(self) -> str:
        return f"{self.purpose}:{self.category}"

    @classmethod
    def parse(cls, text: str) -> Cell:
        """Read ``purpose:category``; raises `Invalid` (``bad-input``) where either is unknown."""
        purpose, _, category = text.partition(":")
        try:
            return cls(Purpose(purpose), Category(category))
        except ValueError as error:
            raise Invalid(
                ErrorCode.BAD_INPUT, "'{cell}' is not a purpose:category, such as personalise:text.", cell=text[:80]
            ) from error


ALL_CELLS: tuple[Cell, ...] = tuple(Cell(p, c) for p in Purpose for c in Category)
