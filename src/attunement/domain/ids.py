"""Identifiers: UUIDv7 (RFC 9562), sortable by time of making, as lower-case strings."""

from __future__ import annotations

from uuid import UUID

from uuid6 import uuid7


def new_id() -> str:
    """A fresh identifier.

    >>> len(new_id())
    36
    """
    return str(uuid7())


def is_id(text: str) -> bool:
    """Whether ``text`` is written as an identifier.

    >>> is_id(new_id()), is_id("robert'); drop table")
    (True, False)
    """
    try:
        return str(UUID(text)) == text
    except (ValueError, AttributeError, TypeError):
        return False
