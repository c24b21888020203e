"""Conversing: whether the machine falls silent, and how fast lines are delivered. One part a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from benchmarks import live_lines, ownership
from benchmarks.figures import Figure, run

PARTS = (ownership.measure, live_lines.measure)


def measure(quick: bool, say: Callable[[str], None]) -> Iterator[Figure]:
    """Every figure of conversing, part by part."""
    for part in PARTS:
        yield from part(quick, say)


if __name__ == "__main__":
    run("Conversing", measure)
