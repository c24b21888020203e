"""Chooses among patterns and fills them with what was said, so that nothing is said twice in one talk."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from string import Formatter

from numpy.random import Generator

from attunement.dialogue.hearing.talk import Talk

LEAST_LITERAL = 6
_SLOT = re.compile(r"\{\w+\}")


def slots_of(pattern: str) -> frozenset[str]:
    """The names a pattern wants filled.

    >>> sorted(slots_of("{Clause}, and {second}."))
    ['Clause', 'second']
    """
    return frozenset(name for _, name, _, _ in Formatter().parse(pattern) if name is not None)


def literal_of(pattern: str) -> str:
    """The longest stretch of a pattern that is the same however it is filled.

    >>> literal_of("So {clause}, and that takes up room.")
    ', and that takes up room.'
    """
    return max(_SLOT.split(pattern), key=len)


class Filler:
    """Picks patterns for one talk: those whose slots are all known, unsaid ones before said ones, the rest by chance.

    Parameters
    ----------
    talk:
        The talk so far.
    rng:
        Where the choice comes from; the same seed chooses the same.
    """

    def __init__(self, talk: Talk, *, rng: Generator) -> None:
        self._talk = talk
        self._rng = rng
        self._taken: list[str] = []
        self._made: list[str] = []

    def pick(
        self, patterns: Sequence[str], slots: Mapping[str, str], *, first: bool = False, must: bool = False
    ) -> str:
        """One pattern, filled; empty where none can be, or (unless ``must``) none is left that is new in this talk.

        ``first`` asks for one that begins like nothing said so far.
        """
        known = frozenset(name for name, value in slots.items() if value)
        fitting = [pattern for pattern in patterns if slots_of(pattern) <= known]
        order = [fitting[k] for k in self._rng.permutation(len(fitting))]
        filled = [(pattern, _filled(pattern, slots)) for pattern in order]
        new = [pair for pair in filled if not self._used(pair[0])]
        if first:
            new = [pair for pair in new if self._talk.opens_new(pair[1])] or new
        chosen = new or (self._longest_ago(filled) if must else [])
        if not chosen:
            return ""
        self._taken.append(chosen[0][0])
        self._made.append(chosen[0][1])
        return chosen[0][1]

    @property
    def begun(self) -> bool:
        """Whether anything was picked yet."""
        return bool(self._made)

    def holds(self, word: str) -> bool:
        """Whether what was picked so far holds a word: saying it again at once would sound like an echo."""
        return any(word in text.lower() for text in self._made)

    def chance(self, p: float) -> bool:
        """True with probability ``p``."""
        return bool(self._rng.random() < p)

    def _used(self, pattern: str) -> bool:
        literal = literal_of(pattern)
        return pattern in self._taken or (len(literal) >= LEAST_LITERAL and self._talk.was_said(literal.strip()))

    def _longest_ago(self, filled: list[tuple[str, str]]) -> list[tuple[str, str]]:
        def last(pair: tuple[str, str]) -> int:
            literal = literal_of(pair[0]).strip().lower()
            return max((k for k, said in enumerate(self._talk.said) if literal in said.lower()), default=-1)

        return sorted(filled, key=last)[:1]


def _filled(pattern: str, slots: Mapping[str, str]) -> str:
    text = pattern.format_map({name: slots.get(name, "") for name in slots_of(pattern)})
    return re.sub(r"([.?!]\"?)\.", r"\1", re.sub(r"\s+", " ", text)).strip()
