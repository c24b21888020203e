"""Signals of a skill in what a member wrote for a practice: by rules, and those of empathy by the reader of replies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attunement.domain.contracts import ExchangeReader, SignalReader
from attunement.domain.practice import Signal
from attunement.domain.reading import SignalFound
from attunement.domain.reply import Mechanism, ReplyReading
from attunement.reading.reply_reader import ReplyReader
from attunement.reading.signals import RuleSignalReader

MECHANISMS = {
    Signal.WARMTH: Mechanism.EMOTIONAL_REACTIONS,
    Signal.UNDERSTANDING: Mechanism.INTERPRETATIONS,
    Signal.ASKING: Mechanism.EXPLORATIONS,
}
MOST_CHARACTERS = 20_000


class PracticeSignalReader:
    """A `SignalReader` that asks ``rules`` for most signals, and ``replies`` for warmth, understanding and asking.

    Those three are found where the reply reader sees the mechanism at level 1 or 2, and stand where it sees it.

    Sharma et al. (2020), EPITOME, arXiv:2009.08441.
    """

    name = "practice-signals"

    def __init__(self, rules: SignalReader, replies: ExchangeReader) -> None:
        self._rules = rules
        self._replies = replies
        self.version = f"{rules.version}+{replies.version}"

    @classmethod
    def for_checks(cls) -> Iterator[PracticeSignalReader]:
        """What `attunement.checks` looks at: the readers that ship."""
        yield cls(RuleSignalReader(), ReplyReader())

    def find(self, text: str, signals: Sequence[Signal], *, answers: str = "") -> dict[Signal, SignalFound | None]:
        """Each signal asked for, and where it stands in the text, or None where it is not there."""
        shown = [signal for signal in signals if signal in MECHANISMS]
        found = self._rules.find(text, [signal for signal in signals if signal not in MECHANISMS])
        if shown:
            reading = self._replies.read([(answers, text[:MOST_CHARACTERS])])[0]
            found |= {signal: _shown(reading, signal, text) for signal in shown}
        return found


def _shown(reading: ReplyReading, signal: Signal, text: str) -> SignalFound | None:
    """Where a mechanism is shown; one word alone carries none."""
    mechanism = reading.empathy[MECHANISMS[signal]]
    spans = tuple((start, end) for start, end in mechanism.spans if len(text[start:end].split()) > 1)
    return SignalFound(signal.value, spans) if mechanism.level and spans else None
