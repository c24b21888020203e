"""No pattern has more ways to match a text than can be tried: repeated words of its own do not make it spin."""

from __future__ import annotations

import importlib
import pkgutil
import random
import re
import re._constants as code  # type: ignore[import-untyped]
import re._parser as parser  # type: ignore[import-untyped]
import signal
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

import attunement
from attunement.dialogue.guard_rules import guard_rules
from attunement.library.coach_words import load_coach_words
from attunement.library.companion_words import load_companion_words
from attunement.library.resources import content_folder
from attunement.reading.risk_rules import risk_rules
from attunement.reading.signals import signal_rules

REPEATS, LONGEST, TRIES, AT_MOST_S = 32, 2000, 40, 0.5
OFTEN = 6
"""From so many repetitions on a loop can have many ways through a text."""
LEFT_OUT = ("attunement.checks", "attunement.store.migrations", "attunement.federated")


def _modules() -> Iterator[Any]:
    for found in pkgutil.walk_packages(attunement.__path__, "attunement."):
        if not found.name.startswith(LEFT_OUT) and not found.name.endswith("__main__"):
            try:
                yield importlib.import_module(found.name)
            except ImportError:  # of an extra that is not installed
                continue


def _patterns_in(thing: Any, seen: set[int]) -> Iterator[re.Pattern[str]]:
    """All patterns a value holds, however deep."""
    if id(thing) in seen:
        return
    seen.add(id(thing))
    if isinstance(thing, re.Pattern):
        yield thing
    elif isinstance(thing, Mapping):
        for value in thing.values():
            yield from _patterns_in(value, seen)
    elif isinstance(thing, list | tuple | set | frozenset):
        for value in thing:
            yield from _patterns_in(value, seen)
    elif is_dataclass(thing) and not isinstance(thing, type):
        for field in fields(thing):
            yield from _patterns_in(getattr(thing, field.name, None), seen)


def all_patterns() -> list[re.Pattern[str]]:
    """Those of all modules, and of what is said in words of an organisation's own."""
    seen: set[int] = set()
    words = (load_companion_words(content_folder()), load_coach_words(content_folder()))
    held = [*(vars(module) for module in _modules()), *words, risk_rules(), signal_rules(), guard_rules()]
    return list(
        {p.pattern: p for thing in held for p in _patterns_in(thing, seen) if isinstance(p.pattern, str)}.values()
    )


def loops(tree: Any) -> Iterator[tuple[list[Any], Any]]:
    """What stands before each loop of a pattern, and what it repeats."""
    items = list(tree)
    for place, (kind, of) in enumerate(items):
        inner: list[Any] = []
        if kind is code.BRANCH:
            inner = list(of[1])
        elif kind is code.SUBPATTERN:
            inner = [of[3]]
        elif kind is code.ATOMIC_GROUP:
            inner = [of]
        elif kind in (code.MAX_REPEAT, code.MIN_REPEAT):
            inner = [of[2]]
            if of[1] >= OFTEN:
                yield items[:place], of[2]
        for one in inner:
            for before, body in loops(one):
                yield items[:place] + before, body


def example(tree: Any, rng: random.Random) -> str:
    """A text that a part of a pattern matches, or nearly."""
    said = ""
    for kind, of in tree:
        if kind is code.LITERAL:
            said += chr(of)
        elif kind is code.IN:
            said += _one_of(of, rng)
        elif kind in (code.ANY, code.NOT_LITERAL):
            said += "a"
        elif kind is code.BRANCH:
            said += example(rng.choice(of[1]), rng)
        elif kind is code.SUBPATTERN:
            said += example(of[3], rng)
        elif kind is code.ATOMIC_GROUP:
            said += example(of, rng)
        elif kind in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
            said += "".join(example(of[2], rng) for _ in range(rng.choice([of[0], min(of[1], of[0] + 1)])))
    return said


def _one_of(items: Any, rng: random.Random) -> str:
    classes = {code.CATEGORY_SPACE: " ", code.CATEGORY_DIGIT: "1", code.CATEGORY_NOT_WORD: " "}
    if items[0][0] is code.NEGATE:
        return "a"
    kind, of = rng.choice(items)
    if kind is code.LITERAL:
        return chr(of)
    return chr(of[0]) if kind is code.RANGE else classes.get(of, "a")


def _stop(*_: object) -> None:
    raise TimeoutError


def spins(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a search takes longer than any should by far."""
    before = signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, AT_MOST_S)
    try:
        for _ in pattern.finditer(text):
            pass
    except TimeoutError:
        return True
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    return False


def texts_for(pattern: re.Pattern[str]) -> Iterator[str]:
    """Texts that repeat what a loop of the pattern repeats, and then go on otherwise."""
    rng = random.Random(1)
    for before, body in loops(parser.parse(pattern.pattern, pattern.flags)):
        for _ in range(TRIES):
            begun, again = example(before, rng), example(body, rng)
            if again:
                yield f"{begun}{again * REPEATS}\0"[:LONGEST]


def test_there_are_patterns_to_look_at() -> None:
    """Of the reading of danger, of the companion, of the coach."""
    assert len(all_patterns()) > 300


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs a timer of the process's own")
def test_no_pattern_spins() -> None:
    """A line of "im im im ..." once kept every thread of a server waiting for minutes."""
    spinning = list[str]()
    for pattern in all_patterns():
        text = next((text for text in texts_for(pattern) if spins(pattern, text)), None)
        if text is not None:
            spinning.append(f"{pattern.pattern[:200]!r} at {text[:60]!r}")
    assert not spinning


@pytest.mark.parametrize(
    "pattern", [r"^(?:(?:i'?m|im|ok)[ ,]+)*here$", r"i(?: really| real+y)* miss", r"'((?:\w+[,.]* ?){1,8})'"]
)
def test_one_that_spins_is_found(pattern: str) -> None:
    """Two ways to match the same word in a loop, or to cut a long one."""
    spinning = re.compile(pattern)
    assert any(spins(spinning, text) for text in [*texts_for(spinning), "'" + "a" * 60])
