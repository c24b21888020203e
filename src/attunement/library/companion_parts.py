"""Checks an organisation's own ``replies.yaml`` part by part against the one that ships, which knows what is used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from string import Formatter

import yaml

from attunement.library.content_check import Fault, line_of

SLOTS = frozenset(
    [
        *("clause", "Clause", "second", "third", "bit", "Bit", "feeling", "Feeling", "own", "Own", "other", "felt"),
        *("who", "pet", "lost", "about", "earlier", "told", "return", "keep", "kept", "practice", "summary", "minutes"),
        *("Felt", "situation", "wish", "idea", "knows", "Knows", "lines", "emergency", "she"),
    ]
)
"""What patterns can hold."""
Parts = Mapping[str, Sequence[str]]


def slots_in(line: str) -> frozenset[str]:
    """The slots of a pattern.

    >>> sorted(slots_in("{Clause}, and {second}."))
    ['Clause', 'second']
    """
    return frozenset(name for _, name, _, _ in Formatter().parse(line) if name is not None)


def part_faults(file: Path, parts: Parts, shipped: Parts) -> Iterator[Fault]:
    """Parts that are missing, without which a talk would break off, and lines that could never be said.

    A line is said only where all its slots are known, and those of a part are those its shipped lines use, small or
    capital.
    """
    tree = yaml.compose(file.read_text(encoding="utf-8"))
    for name in shipped:
        if name not in parts:
            change = f"parts: '{name}' is missing; write at least three lines for it, or take those that ship."
            yield Fault(file, line_of(tree, ("parts",)), change)
    for name in shipped.keys() & parts.keys():
        known = {slot for line in shipped[name] for slot in slots_in(line)}
        known |= {slot[:1].swapcase() + slot[1:] for slot in known}
        for place, line in enumerate(parts[name]):
            if strange := sorted(slots_in(line) - known):
                use = f"use none but {sorted(known)}" if known else "use none"
                change = f"parts.{name}.{place}: '{line}' would never be said, as {strange} is not known there; {use}."
                yield Fault(file, line_of(tree, ("parts", name, place)), change)
