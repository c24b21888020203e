"""What a member, the companion and supporters say to each other, and who owns a conversation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, runtime_checkable

from attunement.domain.reading import RiskLevel
from attunement.domain.reply import Strategy


class Owner(StrEnum):
    """Who may answer the member now; every conversation has exactly one. ``waiting`` is for a person to come."""

    COMPANION = "companion"
    WAITING = "waiting"
    SUPPORTER = "supporter"
    CLOSED = "closed"


class Speaker(StrEnum):
    """Who wrote a line. A ``notice`` is the programme's own: who owns the conversation now, how long it may take."""

    MEMBER = "member"
    COMPANION = "companion"
    SUPPORTER = "supporter"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a conversation, as the engine reads it: who wrote it and what it says."""

    speaker: Speaker
    text: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reply that might be said: what it does, and who wrote it (``composer`` or the name of a language model).

    ``prompt`` is the version of the prompt a language model wrote it to.
    """

    text: str
    strategy: Strategy
    by: str
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a language model is given: how to be, and the lines so far, oldest first.

    ``version`` names the file of ``content/prompts`` it was made from, so that a reply can be traced back to it.
    ``language`` is the ISO 639-1 code of the language to answer in, or ``und`` where any will do.
    """

    system: str
    lines: tuple[Line, ...]
    version: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Allow:
    """The guard lets the reply pass as it is."""


@dataclass(frozen=True, slots=True)
class Replace:
    """The reply must not be said; ``text`` is said in its place. ``reason`` is a code for the log."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Escalate:
    """The reply must not be said, and people must be told. ``text`` is said in its place; ``reason`` is a code."""

    text: str
    reason: str
    level: RiskLevel


Verdict = Allow | Replace | Escalate


@runtime_checkable
class Backend(Protocol):
    """A language model that can answer.

    ``generate`` gives up to ``n`` different replies, none empty; it raises `BackendFailed` where the model cannot be
    reached, hangs, or says what cannot be read, and never waits longer than it was set to.
    """

    name: str

    def generate(self, prompt: Prompt, n: int) -> list[str]:
        """Up to ``n`` replies to the last line of the prompt."""
        ...


class BackendFailed(Exception):
    """A language model gave no reply that can be used; the composer answers instead. Never shown to a person."""


@runtime_checkable
class Guard(Protocol):
    """The last look at a reply before a person reads it; no path goes past it."""

    def check(self, lines: Sequence[Line], reply: Candidate, risk: RiskLevel) -> Verdict:
        """Whether ``reply`` may be said after ``lines``, where the danger read so far is ``risk``."""
        ...
