"""What the encoder could say of stress, had its head learned from Dreaddit.

The set may be used for evaluation on this machine only, so no weight that ships has seen it. An organisation with
posts of its own that it may learn from can expect figures like these.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from training.calibration import folds
from training.measures import bootstrap, f1_score

from attunement.reading.encoder import Encoder
from attunement.reading.network import SIZE
from benchmarks.figures import Figure

QUICK_PART = 4
Labels = NDArray[np.float64]
Held = NDArray[np.bool_]


def fitted_here(data: Path, *, quick: bool) -> Iterator[Figure]:
    """F1 of a logistic head on the shipped vectors: on fifths left out at random, and on subreddits left out whole."""
    with (data / "dreaddit" / "dreaddit.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))[:: QUICK_PART if quick else 1]
    vectors = Encoder().encode([row["text"] for row in rows])[:, :SIZE].astype(np.float64)
    truth = np.array([float(row["label"]) for row in rows])
    place = np.array([row["subreddit"] for row in rows])
    for name, groups, bar in (("fifths", folds(len(rows)), ">= 0.82"), ("subreddits", place, None)):
        found = np.zeros(len(rows))
        for group in np.unique(groups):
            held = groups == group
            found[held] = _answers(vectors, truth, held)[held]
        yield _figure(f"dreaddit_f1_fitted_{name}", truth, found, bar)


def _answers(vectors: Labels, truth: Labels, held: Held) -> Labels:
    """0 or 1 for each text by a head that has not seen those held out."""
    mean, spread = vectors[~held].mean(axis=0), vectors[~held].std(axis=0)
    scaled = (vectors - mean) / spread
    head = LogisticRegression(C=0.003, max_iter=2000).fit(scaled[~held], truth[~held])
    return np.asarray(head.predict(scaled), np.float64)


def _figure(name: str, truth: Labels, found: Labels, bar: str | None) -> Figure:
    f1 = bootstrap(f1_score, truth, found)
    interval = None if f1.low is None or f1.high is None else (f1.low, f1.high)
    return Figure(name, f1.value, "a head fitted on Dreaddit in this run, not shipped", interval, bar)
