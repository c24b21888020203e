"""Alerts: somebody may be in danger, and a person must look."""

from __future__ import annotations

from enum import StrEnum


class Raiser(StrEnum):
    """On whose word an alert was raised."""

    READING = "reading"
    """A computer read danger in what a member wrote; it can be wrong."""
    SUPPORTER = "supporter"
    MEMBER = "member"


class Audience(StrEnum):
    """Who is to be told of an open alert at its present step."""

    DUTY = "duty"
    """Supporters who are there."""
    ONE = "one"
    """The one colleague it was passed on to, or who looks after it."""
    EVERYBODY = "everybody"
    """All supporters and stewards."""
    AGAIN = "again"
    """All of them once more: somebody was told, everybody's time is over, and nobody answered."""
    NOBODY = "nobody"
    """Somebody looks after it."""


class Done(StrEnum):
    """What was done about an alert in the end."""

    TALKED = "talked"
    """Somebody talked with the member."""
    HELP_CALLED = "help-called"
    """An emergency service or a crisis line was called."""
    HANDED_OVER = "handed-over"
    """Somebody outside the programme looks after it."""
    NOT_REACHED = "not-reached"
    """It was tried, and the member could not be reached."""
    FALSE_ALARM = "false-alarm"
    """There was no danger."""
