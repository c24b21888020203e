"""What somebody wants, read from a text alone and in the light of what they wrote before.

``data_need_runs.yaml`` here holds a hundred runs of what invented people wrote over some hours, by a writer who saw
neither the reader nor the runs its rule was chosen on (``training/data_need_runs.yaml``, printed beside it). In a
run of kind ``carried`` the last text alone leaves the need open, in one of kind ``turned`` it says another want than
those before, in one of kind ``steady`` it tells its need by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from training.measures import bootstrap

from attunement.domain.need import Need
from attunement.reading.history import read_with_history
from attunement.reading.text_reader import TextReader
from benchmarks.figures import Figure, run

RUNS = Path("benchmarks/data_need_runs.yaml")
CHOSEN_ON = Path("training/data_need_runs.yaml")
KINDS = ("carried", "turned", "steady")


@dataclass(frozen=True, slots=True)
class Runs:
    """Chances of each need ``(n, 5)`` alone and in the light of before, which it is ``(n,)``, and the kinds of runs."""

    alone: NDArray[np.float64]
    lit: NDArray[np.float64]
    need: NDArray[np.int64]
    kind: NDArray[np.str_]


def measure(quick: bool, say: Callable[[str], None]) -> Iterator[Figure]:
    """Accuracy and surprise, alone and in the light of before; ``quick`` leaves out the runs the rule was chosen on."""
    for name, file in (("", RUNS), ("_chosen_on", CHOSEN_ON)):
        if name and quick:
            return
        say(f"Runs of {file}")
        yield from _figures(name, _read(file))


def _read(file: Path) -> Runs:
    rows = yaml.safe_load(file.read_text(encoding="utf-8"))
    reader, texts, before = TextReader(), [row["text"] for row in rows], [row["before"] for row in rows]
    alone, lit = reader.read(texts), read_with_history(reader, texts, before)
    chances = [np.array([[one.need.p[need] for need in Need] for one in found]) for found in (alone, lit)]
    need = np.array([list(Need).index(Need(row["need"])) for row in rows])
    return Runs(chances[0], chances[1], need, np.array([row["kind"] for row in rows]))


def _figures(name: str, runs: Runs) -> Iterator[Figure]:
    every = np.ones(len(runs.need), bool)
    lit, alone = (p.argmax(axis=1) == runs.need for p in (runs.lit, runs.alone))
    for kind, among in [("", every), *((f"_{kind}", runs.kind == kind) for kind in KINDS)]:
        yield _figure(f"need_accuracy{name}{kind}", lit[among], alone[among], f"share of {among.sum()} runs")
    rows = np.arange(len(runs.need))
    lit, alone = (-np.log(np.maximum(p[rows, runs.need], 1e-6)) for p in (runs.lit, runs.alone))
    yield _figure(f"need_surprise{name}", lit, alone, "nats; knowing nothing: 1.61")


def _figure(name: str, lit: NDArray[np.generic], alone: NDArray[np.generic], unit: str) -> Figure:
    found = bootstrap(np.mean, lit)
    return Figure(name, found.value, unit, (found.low, found.high), peers={"text alone": float(np.mean(alone))})


if __name__ == "__main__":
    run("What somebody wants, by their newest words and those before", measure)
