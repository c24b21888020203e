"""Every error a person, a script or a log can meet, coded in one place.

An error has a code (stable, for programs), a status (for HTTP), a message that says what happened and what to
do (a template, so that pages can translate it) and the data that fills it in.

    AttunementError
    ├── NotFound, Refused, Invalid, Conflict, Throttled     the request
    └── StoreError                                          the database, the key, the disk
"""

from __future__ import annotations

from enum import StrEnum


class ErrorCode(StrEnum):
    """The stable name of each error. Programs match on these, never on messages."""

    NOT_FOUND = "not-found"
    UNKNOWN_MEMBER = "unknown-member"
    UNKNOWN_ALERT = "unknown-alert"
    UNKNOWN_PRACTICE = "unknown-practice"
    UNKNOWN_DECISION = "unknown-decision"
    UNKNOWN_REACH = "unknown-reach"
    UNKNOWN_MOMENT = "unknown-moment"
    UNKNOWN_CONVERSATION = "unknown-conversation"
    NOT_YOURS = "not-yours"
    ALERT_CLOSED = "alert-closed"
    NOT_SIGNED_IN = "not-signed-in"
    NOT_ALLOWED = "not-allowed"
    METHOD_NOT_ALLOWED = "method-not-allowed"
    CONSENT_MISSING = "consent-missing"
    CROSS_SITE = "cross-site"
    BAD_INPUT = "bad-input"
    BAD_TEXT = "bad-text"
    TEXT_TOO_LONG = "text-too-long"
    BAD_AFFECT = "bad-affect"
    BAD_TIME = "bad-time"
    BAD_CREDENTIALS = "bad-credentials"
    BAD_INVITATION = "bad-invitation"
    WEAK_PASSPHRASE = "weak-passphrase"  # noqa: S105
    BAD_CONTENT = "bad-content"
    BAD_EVENT = "bad-event"
    BAD_SIGNAL = "bad-signal"
    UNKNOWN_FORMAT = "unknown-format"
    NAME_TAKEN = "name-taken"
    OUTCOME_ALREADY_SENT = "outcome-already-sent"
    OUTCOME_TOO_LATE = "outcome-too-late"
    NOT_SET_UP = "not-set-up"
    TOO_MANY = "too-many"
    NOTHING_TO_OFFER = "nothing-to-offer"
    TOO_FEW = "too-few"
    NOT_THE_OWNER = "not-the-owner"
    ALREADY_ANSWERED = "already-answered"
    CONVERSATION_CLOSED = "conversation-closed"
    CONVERSATION_HELD = "conversation-held"
    NOT_ON_DUTY = "not-on-duty"
    AT_CAPACITY = "at-capacity"
    LEARNING_NOT_PAUSED = "learning-not-paused"
    ALREADY_SET_UP = "already-set-up"
    IDEMPOTENCY_MISMATCH = "idempotency-mismatch"
    TOO_MANY_TRIES = "too-many-tries"
    LOCKED_OUT = "locked-out"
    TOO_LARGE = "too-large"
    MISSING_EXTRA = "missing-extra"
    MODEL_BROKEN = "model-broken"
    STORE_BUSY = "store-busy"
    STORE_READ_ONLY = "store-read-only"
    STORE_FULL = "store-full"
    STORE_CORRUPT = "store-corrupt"
    STORE_UNREACHABLE = "store-unreachable"
    STORE_IN_USE = "store-in-use"
    STORE_TOO_NEW = "store-too-new"
    WRONG_KEY = "wrong-key"
    INTERNAL = "internal"


class AttunementError(Exception):
    """Something went wrong that has a code, a plain message and a way on.

    Parameters
    ----------
    code:
        Which error it is.
    template:
        The message, one or two sentences: what happened and what to do. ``{name}`` marks are filled from ``data``.
    data:
        What fills the template. Never holds free text a member wrote.

    >>> str(NotFound(ErrorCode.UNKNOWN_PRACTICE, "There is no practice '{practice}'.", practice="x"))
    "There is no practice 'x'."
    """

    status = 500

    def __init__(self, code: ErrorCode, template: str, **data: object) -> None:
        self.code = code
        self.template = template
        self.data = data
        super().__init__(template.format(**data) if data else template)


class NotFound(AttunementError):
    """It does not exist, or it is not yours to see (the two look the same from outside on purpose)."""

    status = 404


class Refused(AttunementError):
    """You are known, and this is not allowed."""

    status = 403


class NotSignedIn(AttunementError):
    """You are not known; sign in first."""

    status = 401


class Invalid(AttunementError):
    """What was sent cannot be accepted as it is."""

    status = 422


class Conflict(AttunementError):
    """It was acceptable, but not any more or not now."""

    status = 409


class Throttled(AttunementError):
    """Too often in too short a time."""

    status = 429


class StoreError(AttunementError):
    """The database, its key or the disk under it did not do its part. Nothing was half written."""

    status = 503
