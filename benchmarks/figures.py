"""A measured figure, its bar and its peers; and how a benchmark prints them."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field

import numpy as np
from rich.console import Console
from rich.table import Table

Interval = tuple[float, float]
WIDE = 170


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. ``bar`` reads ``"<= 8"`` or ``">= 100"``; ``peers`` holds the same figure of others, where run."""

    figure: str
    value: float
    unit: str
    interval: Interval | None = None
    bar: str | None = None
    peers: dict[str, float] = field(default_factory=dict)

    @property
    def meets(self) -> bool | None:
        """Whether the value is on the right side of its bar; None where there is none."""
        if self.bar is None:
            return None
        sign, _, number = self.bar.partition(" ")
        return self.value <= float(number) if sign == "<=" else self.value >= float(number)


def quantile(values: Sequence[float], q: float) -> tuple[float, Interval]:
    """A quantile and its 95% interval from order statistics (no shape of the distribution is assumed).

    >>> quantile([float(n) for n in range(101)], 0.5)
    (50.0, (40.0, 60.0))
    """
    ordered = np.sort(np.asarray(values, float))
    spread = 1.96 * np.sqrt(len(ordered) * q * (1 - q))
    low, high = (int(np.clip(round((len(ordered) - 1) * q + s), 0, len(ordered) - 1)) for s in (-spread, spread))
    return float(np.quantile(ordered, q)), (float(ordered[low]), float(ordered[high]))


def spread_of_median(values: np.ndarray) -> Interval:
    """An interval of the median that holds in 95 of 100 cases, by drawing seeds again."""
    medians = np.median(np.random.default_rng(0).choice(values, (2000, len(values))), axis=1)
    return float(np.quantile(medians, 0.025)), float(np.quantile(medians, 0.975))


def run(about: str, measure: Callable[[bool, Callable[[str], None]], Iterable[Figure]]) -> None:
    """Parse ``--quick`` and ``--json``, measure, and print; ``measure(quick, say)`` says what it is doing."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--quick", action="store_true", help="smaller, in under a minute")
    parser.add_argument("--json", action="store_true", help="print a list of figures as JSON")
    options = parser.parse_args()
    figures, errors = [], Console(stderr=True)
    with errors.status("Starting") as status:
        for figure in measure(options.quick, status.update):
            figures.append(figure)
            errors.print(f"{figure.figure}: {figure.value:.4g}")  # a long run shows what it has found so far
    if options.json:
        print(json.dumps([asdict(figure) for figure in figures], indent=2))
    else:
        Console(width=None if sys.stdout.isatty() else WIDE).print(_table(about, figures))


def _table(title: str, figures: Iterable[Figure]) -> Table:
    table = Table("figure", "value", "95% interval", "unit", "bar", "peers (ours over theirs)", title=title)
    for f in figures:
        interval = f"{f.interval[0]:.4g} to {f.interval[1]:.4g}" if f.interval else ""
        peers = ", ".join(f"{name} {value:.4g} ({f.value / value:.2f}x)" for name, value in f.peers.items())
        met = {None: "", True: " met", False: " MISSED"}[f.meets]
        table.add_row(f.figure, f"{f.value:.4g}", interval, f.unit, f"{f.bar or ''}{met}", peers)
    return table
