"""Sentences written for this project: emotions, needs, danger, harm, answers, stress."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from attunement.domain.need import Need
from attunement.domain.reading import AsAnswer, RiskLevel
from attunement.reading.heads import EMERGENCIES, HARMS

HERE = Path(__file__).parent
ORDINARY = ("ordinary",)
"""Kinds of sentences of danger whose level everybody would see."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentences, the number of the class each belongs to (-1 for none), of what kind each is, and in which file."""

    texts: tuple[str, ...]
    classes: NDArray[np.int64]
    kinds: tuple[str, ...]
    files: tuple[str, ...]


def emotion_sentences(labels: tuple[str, ...]) -> Sentences:
    """``data_emotions*.yaml``: comments of emotions that public ones seldom have; classes in the order of labels."""
    rows = [
        (text, labels.index(name), name, file)
        for file, data in _files("data_emotions*.yaml")
        for name, texts in data.items()
        for text in texts
    ]
    return _sentences(rows)


def need_sentences() -> Sentences:
    """``data_needs*.yaml``: classes in the order of `Need`, -1 for sentences without a need."""
    names = [str(need) for need in Need]
    rows = [
        (text, names.index(name) if name in names else -1, name, file)
        for file, data in _files("data_needs*.yaml")
        for name, texts in data.items()
        for text in texts
    ]
    return _sentences(rows)


def risk_sentences() -> Sentences:
    """``data_risk*.yaml``: classes in the order of `RiskLevel`."""
    rows = [
        (text, RiskLevel(group["level"]).rank, group["kind"], file)
        for file, data in _files("data_risk*.yaml")
        for group in data
        for text in group["texts"]
    ]
    return _sentences(rows)


def harm_sentences() -> Sentences:
    """``data_harm*.yaml``: classes in the order of `HARMS`."""
    return _by_kind("data_harm*.yaml", [str(name) for name in HARMS])


def emergency_sentences() -> Sentences:
    """``data_emergency*.yaml``: classes in the order of `EMERGENCIES`."""
    return _by_kind("data_emergency*.yaml", list(EMERGENCIES))


def answer_sentences() -> Sentences:
    """``data_answers*.yaml``: classes in the order of `AsAnswer`."""
    return _by_kind("data_answers*.yaml", [str(answer) for answer in AsAnswer])


def stress_sentences() -> Sentences:
    """``data_stress*.yaml``: class 1 for passages of somebody under stress, 0 for calm ones."""
    rows = [
        (text, int(name == "stressed"), name, file)
        for file, data in _files("data_stress*.yaml")
        for name, texts in data.items()
        for text in texts
    ]
    return _sentences(rows)


@dataclass(frozen=True, slots=True)
class CheckIns:
    """Check-ins, which emotions each tells of ``(n, 28)``, and by which writer each is ``(n,)``."""

    texts: tuple[str, ...]
    targets: NDArray[np.float64]
    writers: NDArray[np.str_]


def checkins(labels: tuple[str, ...]) -> CheckIns:
    """``data_checkins*.yaml``: first-person check-ins, one file for each writer; targets in the order of labels."""
    rows = [(item["text"], item["feels"], file) for file, data in _files("data_checkins*.yaml") for item in data]
    texts, feels, files = zip(*rows, strict=True)
    return CheckIns(texts, targets_of(feels, labels), np.array(files))


def targets_of(feels: Sequence[Sequence[str]], labels: tuple[str, ...]) -> NDArray[np.float64]:
    """Which labels stand in each list, ``(n, n_labels)``.

    >>> targets_of([["joy"], ["fear", "joy"]], ("fear", "joy")).tolist()
    [[0.0, 1.0], [1.0, 1.0]]
    """
    return np.array([[float(label in some) for label in labels] for some in feels])


def _by_kind(pattern: str, kinds: list[str]) -> Sentences:
    rows = [
        (text, kinds.index(group["kind"]), group["kind"], file)
        for file, data in _files(pattern)
        for group in data
        for text in group["texts"]
    ]
    return _sentences(rows)


def _files(pattern: str) -> list[tuple[str, Any]]:
    return [(file.stem, yaml.safe_load(file.read_text(encoding="utf-8"))) for file in sorted(HERE.glob(pattern))]


def _sentences(rows: list[tuple[str, int, str, str]]) -> Sentences:
    texts, classes, kinds, files = zip(*rows, strict=True)
    return Sentences(texts, np.array(classes), kinds, files)
