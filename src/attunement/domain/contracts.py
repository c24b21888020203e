"""The contracts of the house, each a small Protocol; `attunement.checks` runs every implementation through them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol, runtime_checkable

from numpy.random import Generator

from attunement.domain.context import Context, History
from attunement.domain.decision import Choice
from attunement.domain.forecast import Distribution, Observation
from attunement.domain.practice import Practice, Signal
from attunement.domain.reading import Attribution, Reading, SignalFound
from attunement.domain.reply import ReplyReading


@runtime_checkable
class Reader(Protocol):
    """Reads emotion, need and risk from texts.

    Order is kept; empty text is allowed; the same text gives the same reading; a batch equals one by one.
    """

    name: str
    version: str

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """One reading for each text, in order."""
        ...


@runtime_checkable
class ExplainingReader(Reader, Protocol):
    """A reader that can tell which words carried what it read."""

    def why(self, text: str, what: str) -> tuple[Attribution, ...]:
        """How much each word moved one score, in the order of the text; raises `Invalid` for an unknown ``what``."""
        ...


@runtime_checkable
class ReadsCheckIns(Protocol):
    """A reader that reads otherwise where it is known that somebody tells of themselves."""

    def for_check_ins(self) -> Reader:
        """The same reader for such texts, of the same name and version: where a reading stands tells how it was made.

        What either remembers, both let go of.
        """
        ...


@runtime_checkable
class ExchangeReader(Protocol):
    """Reads how empathic a reply to somebody is, and what it does.

    Order is kept; either text may be empty; the same exchange gives the same reading; a batch equals one by one; spans
    lie in the reply.
    """

    name: str
    version: str

    def read(self, exchanges: Sequence[tuple[str, str]]) -> list[ReplyReading]:
        """One reading for each pair of what was said and the reply to it, in order."""
        ...


@runtime_checkable
class ExplainingExchangeReader(ExchangeReader, Protocol):
    """A reader of replies that can tell which words carried what it read."""

    def why(self, exchange: tuple[str, str], what: str) -> tuple[Attribution, ...]:
        """How much each word of the reply moved one score, in its order; raises `Invalid` for an unknown ``what``."""
        ...


@runtime_checkable
class Remembers(Protocol):
    """Keeps something of what it read for a while, and can let go of it."""

    def forget(self) -> None:
        """Let go of all of it: somebody erased themselves, and some may be theirs."""
        ...


@runtime_checkable
class SignalReader(Protocol):
    """Finds signals of a skill in a short text a member wrote for a practice."""

    name: str
    version: str

    def find(self, text: str, signals: Sequence[Signal], *, answers: str = "") -> dict[Signal, SignalFound | None]:
        """Each signal asked for, and where it stands in the text, or None where it is not there.

        ``answers`` is what somebody said that the text answers, where it does.
        """
        ...


@runtime_checkable
class Policy(Protocol):
    """Chooses one practice among candidates, with known probabilities.

    Probabilities sum to 1 over the candidates and each is at least `floor`; the offered practice is sampled from
    exactly these; the same seed gives the same choice. Policies are values: ``learn`` and ``forget`` give a new one,
    the order of learning does not matter, and forgetting what was learned equals never having seen it. Each history
    is all there is of one person: where it grows, the old one is forgotten and the new one learned.
    """

    name: str
    version: int

    def floor(self, context: Context, candidates: Sequence[Practice]) -> float:
        """The least probability any candidate gets; raises `Conflict` (``nothing-to-offer``) where there is none."""
        ...

    def decide(self, context: Context, candidates: Sequence[Practice], *, rng: Generator) -> Choice:
        """Choose; raises `Conflict` (``nothing-to-offer``) where there is no candidate, and `Invalid` (``bad-input``)
        where one is there twice or a number of the context is none.
        """
        ...

    def learn(self, people: Iterable[History]) -> Policy:
        """The policy that has seen these people as well."""
        ...

    def forget(self, people: Iterable[History]) -> Policy:
        """The policy that has never seen these people."""
        ...


@runtime_checkable
class Forecaster(Protocol):
    """Forecasts one measure of one person.

    Intervals hold what they promise; a gap in the data does not narrow them; a value or a time that cannot be is
    refused, and changes nothing.
    """

    name: str
    version: str

    def update(self, observation: Observation) -> None:
        """See one more value, later than the last; raises `Invalid` for one beyond the scale or out of order."""
        ...

    def predict(self, at: datetime) -> Distribution:
        """What is expected at a time not before the last value's; raises `Invalid` for an earlier one."""
        ...
