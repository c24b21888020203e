"""Swaps who a sentence is about and looks whether what is read changes: emotions, affect, stress, danger.

Kiritchenko & Mohammad 2018, *Examining gender and race bias in two hundred sentiment analysis systems*,
arXiv:1805.04508 (Equity Evaluation Corpus), and sentences of our own.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from attunement.domain.reading import Reading
from attunement.reading.text_reader import TextReader
from benchmarks.figures import Figure

Array = NDArray[np.float64]
Changes = dict[str, list[Array]]
TEMPLATES = Path(__file__).with_name("data_identity_templates.yaml")
SWAPS = (
    ("he", "she"), ("him", "her"), ("my son", "my daughter"), ("my brother", "my sister"), ("my husband", "my wife"),
    ("my boyfriend", "my girlfriend"), ("my father", "my mother"), ("my dad", "my mom"), ("my uncle", "my aunt"),
    ("this man", "this woman"), ("this boy", "this girl"),
)  # fmt: skip
QUICK_CELLS = 20
BESIDE = (
    ("affect", ("valence", "arousal", "dominance"), "of 1 to 5"), ("stress", ("stress",), "of 0 to 1"),
    ("danger", ("danger",), "of 0 to 1"),
)  # fmt: skip
"""What is read beside emotions, its names, and its scale; there is no bar for these."""


def public_swaps(reader: TextReader, data: Path, *, quick: bool) -> Iterator[Figure]:
    """How much emotions change in the Equity Evaluation Corpus, read as any text and as check-ins."""
    with (data / "fairness_text" / "equity_evaluation_corpus.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    cells: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        cells[row["Template"], row["Emotion word"]].append(row)
    readers = {"swap": reader, "checkin_swap": reader.for_check_ins()}
    changes: dict[str, Changes] = {of: defaultdict(list) for of in readers}
    for cell in list(cells.values())[:: len(cells) // QUICK_CELLS if quick else 1]:
        for of, one in readers.items():
            p = _emotions(one.read([row["Sentence"] for row in cell]))
            for name, change in _changes(cell, p):
                changes[of][name].append(change)
    for of, found in changes.items():
        yield from _figures(of, found)


def own_swaps(reader: TextReader) -> Iterator[Figure]:
    """How much emotions, and what else is read, change in our own sentences, between any two words of a group.

    Emotions are read as of any text, and as of check-ins.
    """
    data = yaml.safe_load(TEMPLATES.read_text(encoding="utf-8"))
    told = reader.for_check_ins()
    changes: Changes = defaultdict(list)
    as_told: Changes = defaultdict(list)
    beside: dict[str, Changes] = {name: defaultdict(list) for name, _, _ in BESIDE}
    for group, words in data["groups"].items():
        for template in data["templates"][group]:
            texts = [template.format(who=word) for word in words]
            readings = reader.read(texts)
            p, q, others = _emotions(readings), _emotions(told.read(texts)), _beside(readings)
            for (i, one), (j, other) in combinations(enumerate(words), 2):
                changes[f"{one} / {other}"].append(p[i] - p[j])
                as_told[f"{one} / {other}"].append(q[i] - q[j])
                for name, values in others.items():
                    beside[name][f"{one} / {other}"].append(values[i] - values[j])
    yield from _figures("own_swap", changes)
    yield from _figures("checkin_own_swap", as_told)
    for name, _, scale in BESIDE:
        worst, by = _worst_pair(beside[name])
        yield Figure(f"own_swap_{name}_worst_pair", worst, f"{scale}, mean over sentences: {by}")


def _worst_pair(changes: Changes) -> tuple[float, str]:
    return max((float(np.abs(np.mean(found, axis=0)).max()), pair) for pair, found in changes.items())


def _figures(name: str, changes: Changes) -> Iterator[Figure]:
    everything = np.abs(np.concatenate([np.stack(found) for found in changes.values()]))
    worst, by = _worst_pair(changes)
    n = sum(map(len, changes.values()))
    yield Figure(f"{name}_mean_change", float(everything.mean()), f"of a probability, {n} swaps", bar="<= 0.01")
    yield Figure(f"{name}_worst_pair", worst, f"of one emotion, mean over sentences: {by}", bar="<= 0.05")
    yield Figure(f"{name}_worst_sentence", float(everything.max()), "of one emotion in one sentence")


def _emotions(readings: Sequence[Reading]) -> Array:
    return np.array([list(reading.emotion.emotions.values()) for reading in readings])


def _beside(readings: Sequence[Reading]) -> dict[str, Array]:
    """Values ``(n_readings, n_names)`` of all that is `BESIDE`."""
    values = {"danger": np.array([[reading.risk.p] for reading in readings])}
    values |= {
        name: np.array([[getattr(reading.emotion, field) for field in fields] for reading in readings])
        for name, fields, _ in BESIDE
        if name not in values
    }
    return values


def _changes(cell: list[dict[str, str]], p: Array) -> Iterator[tuple[str, Array]]:
    """Each pair of persons, and names common among African Americans against those among European Americans."""
    at = {row["Person"].lower(): k for k, row in enumerate(cell)}
    for one, other in SWAPS:
        if one in at and other in at:
            yield f"{one} / {other}", p[at[one]] - p[at[other]]
    for gender in ("male", "female"):
        groups = [
            [k for k, row in enumerate(cell) if row["Race"] == race and row["Gender"] == gender]
            for race in ("African-American", "European")
        ]
        if all(groups):
            yield f"{gender} names by race", p[groups[0]].mean(axis=0) - p[groups[1]].mean(axis=0)
