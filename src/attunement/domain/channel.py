"""The ways in which an offer can come to a person."""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    """One way to a person. What is sent over the last three says nothing of what it is about."""

    PAGE = "page"
    """On their page, the next time they look."""
    PUSH = "push"
    """A notice of their browser (Web Push, RFC 8030)."""
    EMAIL = "email"
    """A letter to an address they confirmed."""
    WEBHOOK = "webhook"
    """The programme's own application."""
