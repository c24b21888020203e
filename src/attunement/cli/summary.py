"""What came of a replay, in one table, and a bar while it runs; both on standard error."""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from attunement.domain.errors import AttunementError

if TYPE_CHECKING:
    from attunement.programme.replay import Replayed

T = TypeVar("T")


class ReplaySummary:
    """Counts of what was offered and read, and how fast."""

    def __init__(self) -> None:
        self._begun = time.perf_counter()
        self.lines = self.failed = 0
        self.families: Counter[str] = Counter()
        self.media: Counter[str] = Counter()
        self.practices: Counter[str] = Counter()
        self.risks: Counter[str] = Counter()

    def add(self, answer: Replayed | AttunementError) -> None:
        """Count one answer."""
        self.lines += 1
        if isinstance(answer, AttunementError):
            self.failed += 1
            return
        self.families[answer.practice.family] += 1
        self.media[answer.practice.medium] += 1
        self.practices[answer.practice.id] += 1
        self.risks[answer.risk] += 1

    def show(self) -> None:
        """Print it to standard error."""
        from rich.console import Console
        from rich.table import Table

        seconds = time.perf_counter() - self._begun
        table = Table("what", "which", "share or figure", title="Replay")
        table.add_row("lines", f"{self.lines}, of which {self.failed} failed", f"{self.lines / seconds:.0f} a second")
        for name, counts in (("family", self.families), ("medium", self.media), ("risk", self.risks)):
            for which, count in counts.most_common():
                table.add_row(name, str(which), f"{count / max(1, counts.total()):7.2%}  ({count})")
        table.add_row("entropy", f"{len(self.families)} families", f"{entropy(self.families):.2f} bits")
        table.add_row("entropy", f"{len(self.practices)} practices", f"{entropy(self.practices):.2f} bits")
        Console(stderr=True).print(table)


def entropy(counts: Counter[str]) -> float:
    """How spread counts are, in bits: 0 where all is one, log2(n) where n are alike.

    >>> entropy(Counter(a=1, b=1, c=1, d=1))
    2.0
    """
    total = counts.total()
    return -sum(n / total * math.log2(n / total) for n in counts.values() if n) + 0.0


def progress(items: Iterable[T], what: str) -> Iterator[T]:
    """The items, with a count and a speed on standard error where that is a terminal."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description} {task.completed}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=None)
        for item in items:
            yield item
            bar.advance(task)
