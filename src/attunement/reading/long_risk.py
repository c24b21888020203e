"""Reads signs of danger from a text of any length, in pieces that overlap."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from itertools import pairwise

from attunement.domain.reading import RiskLevel
from attunement.reading.plain_text import normalise
from attunement.reading.risk import RuleReading, read_plain, read_rules

PIECE = 20_000
"""Characters read as one, as many as a member can send: what a pattern costs may grow faster than what it reads."""
OVERLAP = 2_000
"""Characters that two pieces share: on either side of the middle more than any pattern looks at around a match."""
LONGEST_WORD = 400


def read_rules_throughout(text: str) -> RuleReading:
    """What `read_rules` finds in a text however long: the highest level found in any piece of it.

    >>> read_rules_throughout("It rained. " * 5_000 + "I want to die. " + "It rained. " * 5_000).level.value
    'explicit'
    """
    if len(text) <= PIECE:
        return read_rules(text)
    plain = normalise(text)
    starts = [_edge(plain, at) for at in range(0, max(1, len(plain) - OVERLAP), PIECE - OVERLAP)]
    read = list[RuleReading]()
    for start in starts:
        read.append(_moved(read_plain(plain[start : _edge(plain, start + PIECE)]), start))
        if read[-1].level is RiskLevel.IMMINENT:  # nothing further on could be higher
            return read[-1]
    found = max(read, key=lambda piece: (not piece.harmless, piece.level.rank))
    if not found.harmless and found.level is not RiskLevel.NONE:
        return found
    return _joined(read, [0, *(start + OVERLAP // 2 for start in starts[1:]), len(plain)])


def _edge(plain: str, at: int) -> int:
    """The first beginning of a word from a place on, or the place itself in the midst of a very long one."""
    space = plain.find(" ", at, at + LONGEST_WORD) if at else -1
    return at if space < 0 else space + 1


def _moved(piece: RuleReading, by: int) -> RuleReading:
    """The reading of a piece, told by places in the whole."""
    matched = (piece.matched[0] + by, piece.matched[1] + by) if piece.matched else None
    return replace(piece, places=[place + by for place in piece.places], matched=matched)


def _joined(read: list[RuleReading], borders: list[int]) -> RuleReading:
    """Pieces in which no pattern spoke as one: of what is left in two of them, each gives what is on its side."""
    highest, left, places = max(read, key=lambda piece: piece.level.rank), list[str](), list[int]()
    for piece, (start, end) in zip(read, pairwise(borders), strict=True):
        kept = slice(bisect_left(piece.places, start), bisect_left(piece.places, end))
        left.append(piece.left[kept])
        places += piece.places[kept]
    harmless = any(piece.harmless for piece in read)
    return RuleReading(highest.level, highest.why, harmless, "".join(left), places)
