"""Signals are found where they stand and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from attunement.domain.contracts import SignalReader
from attunement.domain.practice import Signal
from attunement.reading.practice_signals import MECHANISMS
from attunement.reading.signals import RuleSignalReader, signal_rules

CASES = yaml.safe_load((Path(__file__).parent / "signal_cases.yaml").read_text(encoding="utf-8"))
FOUND = [(signal, text) for signal, part in CASES.items() for text in part["found"]]
ABSENT = [(signal, text) for signal, part in CASES.items() for text in part["absent"]]
READER = RuleSignalReader()


@pytest.mark.parametrize(("signal", "text"), FOUND)
def test_a_signal_is_found_where_it_is(signal: str, text: str) -> None:
    found = READER.find(text, [Signal(signal)])[Signal(signal)]
    assert found is not None
    assert found.signal == signal


@pytest.mark.parametrize(("signal", "text"), ABSENT)
def test_a_signal_is_not_found_where_it_is_not(signal: str, text: str) -> None:
    assert READER.find(text, [Signal(signal)])[Signal(signal)] is None


def test_every_signal_but_self_has_at_least_twelve_cases() -> None:
    assert set(CASES) == {signal.value for signal in Signal if signal is not Signal.SELF and signal not in MECHANISMS}
    assert all(len(part["found"]) >= 6 and len(part["absent"]) >= 6 for part in CASES.values())


def test_the_reader_keeps_the_contract() -> None:
    assert isinstance(READER, SignalReader)


def test_self_is_never_found_in_text() -> None:
    assert READER.find("I did it myself, truly.", [Signal.SELF]) == {Signal.SELF: None}


def test_typographic_quotes_change_nothing() -> None:
    straight = READER.find("I'm sorry for what I said.", [Signal.APOLOGY])
    curly = READER.find("I’m sorry for what I said.", [Signal.APOLOGY])
    assert straight == curly


def test_rules_exist_for_every_signal_read_by_rules() -> None:
    by_code = {Signal.SELF, Signal.SPECIFIC, Signal.LONG_ENOUGH, Signal.OPEN_QUESTION, Signal.CLOSED_QUESTION}
    assert set(signal_rules()) == set(Signal) - by_code - set(MECHANISMS)


@given(st.text(max_size=400))
def test_spans_lie_inside_the_text_in_order_and_hold_something(text: str) -> None:
    for found in READER.find(text, list(Signal)).values():
        if found is not None:
            assert all(0 <= start < end <= len(text) for start, end in found.spans)
            assert list(found.spans) == sorted(found.spans)


@given(st.text(max_size=200))
def test_the_same_text_gives_the_same_signals(text: str) -> None:
    assert READER.find(text, list(Signal)) == RuleSignalReader().find(text, list(Signal))


def test_a_very_long_text_is_read_quickly_enough_to_answer() -> None:
    assert READER.find("I feel sad and you should go. " * 4000, list(Signal))[Signal.NAMES_FEELING] is not None
