"""Tells what somebody asks themselves rather than anybody: "who is going to put her to bed" is told back as a worry."""

from __future__ import annotations

import re

_AND = r"^(?:(?:and|but|so|like|then|now|well)\b,? )*"
_OWN = re.compile(
    rf"{_AND}(?:(?P<who>who(?:'s| is) going to|who will|who'll) (?P<does>\w+ .+)"
    r"|(?P<way>how|what|where) am I (?:supposed|meant) to (?P<do>\w+.*))$",
    re.IGNORECASE,
)
_YOU = re.compile(r"\byou", re.IGNORECASE)
_FEWEST, _MOST = 4, 14


def wondered(sentence: str) -> str:
    """A sentence as what its writer asks themselves, in their own person; empty where it is nothing of the kind.

    >>> wondered("who is going to put her to bed?"), wondered("And how am I supposed to tell him")
    ("I'm asking myself who is going to put her to bed", "I'm asking myself how to tell him")
    >>> wondered("What do I do?")
    ''
    """
    plain = sentence.rstrip("?.! ")
    match = _OWN.match(plain)
    if match is None or _YOU.search(plain) or not _FEWEST <= len(plain.split()) <= _MOST:
        return ""
    asked = f"who is going to {match['does']}" if match["who"] else f"{match['way'].lower()} to {match['do']}"
    return f"I'm asking myself {asked}"
