"""Finds signals of a skill in a short English text, by rules; the words are in ``signal_patterns.yaml``."""

from __future__ import annotations

import importlib.resources
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import yaml

from attunement.domain.practice import Signal
from attunement.domain.reading import SignalFound
from attunement.reading.plain_text import clean, straight
from attunement.reading.questions import closed_questions, open_questions
from attunement.reading.specifics import details, word_count

Span = tuple[int, int]

LONG_ENOUGH = 30
SPECIFIC_WORDS = 15
SPECIFIC_DETAILS = 2
MOST_CHARACTERS = 20_000
_QUOTED = re.compile(r'"[^"\n]{1,400}"')
_SENTENCE_END = re.compile(r"[.!?\n]")


@dataclass(frozen=True, slots=True)
class SignalRules:
    """What carries one signal, and what takes a match back; see the head of ``signal_patterns.yaml``."""

    find: re.Pattern[str]
    unless_before: re.Pattern[str] | None
    never: re.Pattern[str] | None
    own_words: bool


@cache
def signal_rules() -> dict[Signal, SignalRules]:
    """The rules of ``signal_patterns.yaml``, compiled once."""
    source = importlib.resources.files("attunement.reading").joinpath("signal_patterns.yaml")
    data = yaml.safe_load(source.read_text(encoding="utf-8"))

    def compiled(patterns: list[str]) -> re.Pattern[str] | None:
        joined = "|".join(f"(?:{p})" for p in patterns)
        for name, fragment in data["words"].items():
            joined = joined.replace(f"<{name}>", fragment)
        return re.compile(joined, re.IGNORECASE) if joined else None

    rules = {}
    for name, part in data["signals"].items():
        find = compiled(part["find"])
        if find is None:
            raise ValueError(f"the signal '{name}' finds nothing; give it patterns.")
        rules[Signal(name)] = SignalRules(
            find, compiled(part.get("unless_before", [])), compiled(part.get("never", [])), part.get("own_words", False)
        )
    return rules


class RuleSignalReader:
    """Finds what wording shows by rules, with the spans of the text that carry it; a `SignalReader`.

    Rules see wording, not meaning: irony and unusual phrasing are missed. Only the first 20,000 characters are read.
    ``long-enough`` is thirty words; ``specific`` is fifteen words with two concrete details.

    >>> reader = RuleSignalReader()
    >>> text = "It sounds like you were scared. What was the worst part?"
    >>> found = reader.find(text, [Signal.REFLECTS, Signal.OPEN_QUESTION, Signal.ADVICE])
    >>> [text[a:b] for a, b in found[Signal.OPEN_QUESTION].spans]
    ['What was the worst part?']
    >>> found[Signal.ADVICE] is None
    True
    """

    name = "rule-signals"
    version = "1"

    def find(self, text: str, signals: Sequence[Signal], *, answers: str = "") -> dict[Signal, SignalFound | None]:
        """Each signal asked for, and where it stands in the text, or None where it is not there.

        Warmth, understanding and asking have no rules, so they are never found; see `PracticeSignalReader`.
        """
        plain = straight(clean(text[:MOST_CHARACTERS]))
        found: dict[Signal, SignalFound | None] = {}
        for signal in signals:
            spans = _spans(signal, plain)
            found[signal] = SignalFound(signal.value, spans) if spans else None
        return found


def _spans(signal: Signal, text: str) -> tuple[Span, ...]:
    match signal:
        case Signal.SELF | Signal.WARMTH | Signal.UNDERSTANDING | Signal.ASKING:
            return ()
        case Signal.LONG_ENOUGH:
            return ((0, len(text)),) if word_count(text) >= LONG_ENOUGH else ()
        case Signal.SPECIFIC:
            spans = details(text)
            return spans if word_count(text) >= SPECIFIC_WORDS and len(spans) >= SPECIFIC_DETAILS else ()
        case Signal.OPEN_QUESTION:
            return open_questions(text)
        case Signal.CLOSED_QUESTION:
            return closed_questions(text)
        case _:
            return _by_rules(signal_rules()[signal], text)


def _by_rules(rules: SignalRules, text: str) -> tuple[Span, ...]:
    seen = _without_quotations(text) if rules.own_words else text
    refused = [m.span() for m in rules.never.finditer(seen)] if rules.never else []
    spans: list[Span] = []
    for match in rules.find.finditer(seen):
        start, end = _trimmed(seen, *match.span())
        if start >= end or any(a < end and start < b for a, b in refused):
            continue
        if rules.unless_before and _ends_with(rules.unless_before, _sentence_before(seen, start)):
            continue
        spans.append((start, end))
    return tuple(spans)


def _ends_with(pattern: re.Pattern[str], before: str) -> bool:
    return any(match.end() == len(before) for match in pattern.finditer(before))


def _sentence_before(text: str, start: int) -> str:
    """Up to 60 characters of the same sentence before a place."""
    before = text[max(0, start - 60) : start]
    ends = list(_SENTENCE_END.finditer(before))
    return before[ends[-1].end() :] if ends else before


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and not (text[start].isalnum() or text[start] == '"'):
        start += 1
    return start, end


def _without_quotations(text: str) -> str:
    """Quotations blanked out, unless they are half of the text or more (then they are what the member would say)."""
    quoted = sum(len(m.group()) for m in _QUOTED.finditer(text))
    if quoted * 2 >= len(text.strip()):
        return text
    return _QUOTED.sub(lambda m: " " * len(m.group()), text)
