"""Warmth, understanding and asking are read by meaning, in an answer to what was said; the rest by rules."""

from __future__ import annotations

import pytest

from attunement.domain.contracts import SignalReader
from attunement.domain.practice import Signal
from attunement.reading.practice_signals import MECHANISMS, PracticeSignalReader
from attunement.reading.reply_reader import ReplyReader
from attunement.reading.signals import RuleSignalReader

SAID = "My dog died last night. He was with me for fourteen years."


@pytest.fixture(scope="module")
def reader() -> PracticeSignalReader:
    """With the rules and the reply reader that ship."""
    return PracticeSignalReader(RuleSignalReader(), ReplyReader())


def test_it_keeps_the_contract(reader: PracticeSignalReader) -> None:
    """It can stand wherever a reader of signals does."""
    assert isinstance(reader, SignalReader)


@pytest.mark.parametrize(
    ("text", "there", "absent"),
    [
        ("I am so sorry, that must hurt so much.", Signal.WARMTH, Signal.ASKING),
        ("What was he like? How are you sleeping?", Signal.ASKING, Signal.WARMTH),
    ],
)
def test_what_an_answer_shows_is_found_where_it_stands(
    reader: PracticeSignalReader, text: str, there: Signal, absent: Signal
) -> None:
    """The mechanism that is there is found with its span, the other is not."""
    found = reader.find(text, [there, absent], answers=SAID)
    assert found[absent] is None
    shown = found[there]
    assert shown is not None
    assert all(0 <= start < end <= len(text) for start, end in shown.spans)


def test_other_signals_are_those_of_the_rules(reader: PracticeSignalReader) -> None:
    """Asked for together, each is what its own reader says, and nothing else is answered."""
    text = "You should get a new dog. I am so sorry for your loss."
    asked = [Signal.ADVICE, Signal.WARMTH]
    found = reader.find(text, asked, answers=SAID)
    assert set(found) == set(asked)
    assert found[Signal.ADVICE] == RuleSignalReader().find(text, [Signal.ADVICE])[Signal.ADVICE]


def test_nothing_is_shown_by_nothing(reader: PracticeSignalReader) -> None:
    """An empty answer shows none of the three."""
    assert not any(reader.find("", list(MECHANISMS), answers=SAID).values())
