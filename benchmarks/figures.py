"""A measured figure, its bar and its peers; and how a benchmark prints them."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

Interval = tuple[float, float]
WIDE = 170
ERRORS = Console(stderr=True)


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


Measure = Callable[[bool, Callable[[str], None]], Iterable[Figure]]
"""What measures: it is told whether to be quick, and what to call with what it is doing."""


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


def run(about: str, measure: Measure) -> None:
    """Parse ``--quick`` and ``--json``, measure, and print; ``measure(quick, say)`` says what it is doing."""
    options = _parser(about).parse_args()
    with ERRORS.status("Starting") as status:
        _print(about, list(_told(measure(options.quick, status.update))), as_json=options.json)


def run_parts(about: str, parts: Mapping[str, Measure]) -> None:
    """The same for a long run of several parts, in their order.

    ``--part`` asks for some of them. With ``--kept FOLDER`` the figures of each part that came to its end are written
    there and not measured again; what was measured by other code should be deleted first.
    """
    parser = _parser(about)
    parser.add_argument("--part", nargs="+", choices=list(parts), default=list(parts), help="only these")
    parser.add_argument("--kept", type=Path, help="keep each part's figures in this folder; measure those it lacks")
    options = parser.parse_args()
    figures: list[Figure] = []
    with ERRORS.status("Starting") as status:
        for name in options.part:
            file = options.kept / f"{name}{'-quick' if options.quick else ''}.json" if options.kept else None
            if file and file.exists():
                figures += _told(_read(file))
                continue
            found = list(_told(parts[name](options.quick, status.update)))
            figures += found
            if file:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(_as_json(found), encoding="utf-8")
    _print(about, figures, as_json=options.json)


def _parser(about: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--quick", action="store_true", help="smaller, in under a minute")
    parser.add_argument("--json", action="store_true", help="print a list of figures as JSON")
    return parser


def _told(figures: Iterable[Figure]) -> Iterator[Figure]:
    """The figures, each said as it comes: a long run shows what it has found so far."""
    for figure in figures:
        ERRORS.print(f"{figure.figure}: {figure.value:.4g}")
        yield figure


def _as_json(figures: Sequence[Figure]) -> str:
    return json.dumps([asdict(figure) for figure in figures], indent=2)


def _read(file: Path) -> list[Figure]:
    rows = json.loads(file.read_text(encoding="utf-8"))
    return [Figure(**row | {"interval": tuple(row["interval"]) if row["interval"] else None}) for row in rows]


def _print(about: str, figures: Sequence[Figure], *, as_json: bool) -> None:
    if as_json:
        print(_as_json(figures))
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
