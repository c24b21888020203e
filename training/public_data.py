"""Reads the public sets from the folder named by ``ATTUNEMENT_DATA`` or ``--data`` (default ``../shared/data``)."""

from __future__ import annotations

import csv
import gzip
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

DATA = Path(os.environ.get("ATTUNEMENT_DATA", "../shared/data"))
SEED = 20261129


@dataclass(frozen=True, slots=True)
class Labelled:
    """Texts and their targets: ``targets`` is ``(n_texts, n_targets) float64``."""

    texts: tuple[str, ...]
    targets: NDArray[np.float64]


def goemotions_labels(data: Path) -> tuple[str, ...]:
    """The 28 label names, in the order of their ids."""
    return tuple((data / "goemotions" / "labels.txt").read_text(encoding="utf-8").split())


def goemotions(data: Path, split: str) -> Labelled:
    """One split (``train`` or ``dev``) with a 0/1 column for each of the 28 labels."""
    n_labels = len(goemotions_labels(data))
    texts, rows = [], []
    for line in (data / "goemotions" / f"{split}.tsv").read_text(encoding="utf-8").splitlines():
        text, ids, _ = line.split("\t")
        row = np.zeros(n_labels)
        row[[int(i) for i in ids.split(",")]] = 1
        texts.append(text)
        rows.append(row)
    return Labelled(tuple(texts), np.array(rows))


def emobank(data: Path, *splits: str) -> Labelled:
    """The sentences of the splits with columns valence, arousal, dominance (1 to 5)."""
    rows = [row for row in _csv(data / "emobank" / "emobank.csv") if row["split"] in splits]
    return Labelled(tuple(r["text"] for r in rows), np.array([[float(r[c]) for c in "VAD"] for r in rows]))


def dreaddit(data: Path) -> Labelled:
    """All segments with one column, 1 = stressed. For evaluation on this machine only; no weight that ships sees it."""
    rows = _csv(data / "dreaddit" / "dreaddit.csv")
    return Labelled(tuple(r["text"] for r in rows), np.array([[float(r["label"])] for r in rows]))


def everyday_situations(data: Path, n: int = 3000) -> tuple[str, ...]:
    """Some of the moments that people told of for EmpatheticDialogues. For evaluation only; never for training.

    They were asked for a situation in which they had felt one of 32 emotions, so hardly any tells of danger.
    """
    file = data / "empathetic_dialogues" / "empathetic_dialogues_intents.csv.gz"
    with gzip.open(file, "rt", encoding="utf-8", newline="") as stream:
        texts = dict.fromkeys(row["Text"] for row in csv.DictReader(stream) if row["Type"] == "situation")
    chosen = np.random.default_rng(SEED).permutation(len(texts))[:n]
    return tuple(np.array(list(texts), object)[np.sort(chosen)])


def _csv(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
