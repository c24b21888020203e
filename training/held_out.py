"""Which of our own sentences are not learned from, so that thresholds can be chosen and figures told by them."""

from __future__ import annotations

import re
from collections import defaultdict

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from training.own_sentences import Sentences

HELD_OUT = 0.15
SHARED, FEW, CROWD = 5, 4, 50
SEED = 20261124
LATER = (
    ("data_risk_workaday", "data_stress_pairs"),
    ("data_risk_told", "data_risk_sayings", "data_risk_hints", "data_risk_voices"),
    ("data_risk_twins", "data_stress_posts"),
    ("data_risk_edges",),
    ("data_risk_near",),
    ("data_risk_chat",),
    ("data_risk_should",),
    ("data_risk_dim", "data_risk_short", "data_stress_cuts", "data_harm_threat"),
    ("data_risk_lines",),
    ("data_risk_beside",),
    ("data_risk_life", "data_harm_near"),
    ("data_risk_close",),
    ("data_risk_after",),
    ("data_harm_plain", "data_emergency_d"),
    ("data_harm_after",),
    ("data_harm_quiet",),
)
"""Files that were written after others had been learned from, one round after another."""
SEEN = 13
"""The newest of these rounds that a run of the network has learned from (`training.text_encoder`)."""
_WORDS = re.compile(r"[a-z0-9']+")


def held_out(own: Sentences) -> NDArray[np.bool_]:
    """Which sentences are held out; those that share their wording (`twins`) are together, a crowd never out.

    Runs go on from earlier ones, so what was held out must stay so: each round of `LATER` is drawn by itself.
    """
    rounds = np.array([round_of(file) for file in own.files])
    texts, held = np.array(own.texts, object), np.zeros(len(own.texts), bool)
    for number in range(len(LATER) + 1):
        part = rounds == number
        if part.any():
            group = twins(tuple(texts[part]))
            chosen = np.random.default_rng(SEED).random(group.max() + 1) < HELD_OUT
            held[part] = (chosen & (np.bincount(group) <= CROWD))[group]
    return held


def chosen(texts: tuple[str, ...], which: NDArray[np.bool_]) -> list[str]:
    """Those of the texts, in order."""
    return [text for text, yes in zip(texts, which, strict=True) if yes]


def round_of(file: str) -> int:
    """In which round a file was written: 0 for the first, then by its place in `LATER`."""
    return next((k for k, names in enumerate(LATER, 1) if file.startswith(names)), 0)


def twins(texts: tuple[str, ...]) -> NDArray[np.int64]:
    """A number for each text, the same for those that share five words in a row which few texts have."""
    places: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for k, text in enumerate(texts):
        words = _WORDS.findall(text.lower())
        for start in range(len(words) - SHARED + 1):
            places[tuple(words[start : start + SHARED])].add(k)
    pairs = [(min(rows), row) for rows in places.values() if len(rows) <= FEW for row in rows]
    ones, (a, b) = np.ones(len(pairs)), np.array([*pairs, (0, 0)]).T
    joined = coo_matrix((np.append(ones, 1), (a, b)), shape=(len(texts), len(texts)))
    return np.asarray(connected_components(joined, directed=False)[1], np.int64)
