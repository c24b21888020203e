"""What words, and pairs of neighbours, say of danger by themselves: ``danger_words.npz`` of `training.text_reader`.

A logistic regression of whether a text tells of danger to life, one of whether it tells of an emergency of somebody's
body, and one of whether of harm by others or to others that goes on, on which words and pairs it has. The network knows
by heart what it was fine-tuned on, so a head over its vectors learns little more of it; a table that learns of the same
sentences afresh errs otherwise. Words and pairs that fewer than five texts of danger and emergencies have are left out.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp  # type: ignore[import-untyped]
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]

from attunement.domain.reading import RiskLevel
from attunement.reading.encoder import WINDOW, Encoder
from attunement.reading.heads import Head
from attunement.reading.model_files import DANGER_WORDS
from attunement.reading.network import Vectors
from attunement.reading.plain_text import clean
from attunement.reading.wordings import DANGER_SAID, SAID, Wordings
from training.background import background, harmless
from training.calibration import fit_platt
from training.emergency import learned_from
from training.harm import GOES_ON
from training.held_out import chosen, held_out
from training.measures import Array
from training.own_sentences import harm_sentences, risk_sentences
from training.variation import varied
from training.wordings import known_of, marked, rows_of, write_table

C, SEED = 30.0, 20261130
"""Inverse weight of the penalty, chosen among five by own sentences held out, with the danger tests in view."""
BACKGROUND = 0.3
"""How much a text counts in which hardly any danger is told."""
SHARE = {"risk": 1.0, "emergency": 1.0, "harm": 0.5}
"""How much what words say counts beside the head; of danger, before that is put to scale."""
MEANT = (0.8, 0.03)
"""Slope and offset that a logistic regression finds on the log-odds of danger of own sentences held out. What a talk
does at which probability was chosen by this scale, so each network that ships is put to it."""
COLUMNS = {"risk": 0, "emergency": 1, "harm": 2}
LEVELS = {"risk": slice(RiskLevel.INDIRECT.rank, None), "emergency": slice(1, None), "harm": slice(GOES_ON, None)}
"""The heads that hear it, of which column of the table, and for which of their classes it speaks."""


class Told(NamedTuple):
    """Texts, whether each tells of something ``(n,)``, and for how much each counts ``(n,)``."""

    texts: list[str]
    tells: NDArray[np.bool_]
    counted: Array


def write_danger_words(folder: Path, data: Path) -> None:
    """Learn the table from own sentences that are not held out, beside public comments, and write it."""
    learned = {"risk": _of_danger(data), "emergency": _of_emergencies(data), "harm": _of_harm(data)}
    rng = np.random.default_rng(SEED)
    ids = {
        name: marked([clean(varied(text, rng)) for text in told.texts], WINDOW - 2)
        for name, told in learned.items()
    }  # fmt: skip
    known = known_of([*ids["risk"], *ids["emergency"]])
    words = Wordings(known, np.zeros((len(known), DANGER_SAID), np.float32))
    for name, told in learned.items():
        fitted = LogisticRegression(C=C, solver="liblinear", tol=1e-3, random_state=SEED)
        fitted.fit(rows_of(ids[name], words), told.tells, sample_weight=told.counted)
        words.table[:, COLUMNS[name]] = fitted.coef_[0]
    write_table(folder / DANGER_WORDS, words)


def _of_danger(data: Path) -> Told:
    own, others = risk_sentences(), background(data)
    kept = ~held_out(own)
    tells = np.append(own.classes[kept] >= RiskLevel.INDIRECT.rank, np.zeros(len(others), bool))
    counted = np.append(np.ones(kept.sum()), np.full(len(others), BACKGROUND))
    return Told([*chosen(own.texts, kept), *others], tells, counted)


def _of_emergencies(data: Path) -> Told:
    texts, classes = learned_from(data)
    return Told(texts, classes > 0, np.ones(len(texts)))


def _of_harm(data: Path) -> Told:
    own, others = harm_sentences(), harmless(data)
    kept = ~held_out(own)
    tells = np.append(own.classes[kept] >= GOES_ON, np.zeros(len(others), bool))
    counted = np.append(np.ones(kept.sum()), np.full(len(others), BACKGROUND))
    return Told([*chosen(own.texts, kept), *others], tells, counted)


def beside_danger_words(head: Head, name: str) -> Head:
    """A head over the network's vectors, one of `COLUMNS`, that hears what words say as well."""
    said = np.zeros((SAID + DANGER_SAID, head.weight.shape[1]), np.float32)
    said[SAID + COLUMNS[name], LEVELS[name]] = SHARE[name]
    return Head(np.concatenate([head.weight, said]), head.bias)


def danger_beside_words(alone: Head, encoder: Encoder) -> Head:
    """The head of danger that hears what words say as well, to scale by sentences that were held out."""
    own = risk_sentences()
    held = held_out(own)
    tells = own.classes[held] >= RiskLevel.INDIRECT.rank
    return to_scale(beside_danger_words(alone, "risk"), encoder.encode(chosen(own.texts, held)), tells)


def to_scale(head: Head, vectors: Vectors, tells: NDArray[np.bool_]) -> Head:
    """The head of danger so scaled that a probability means what it always meant.

    Of texts that it did not learn from, ``vectors`` ``(n, 418)``, of which some are known to tell of danger ``(n,)``, a
    logistic regression on the log-odds of danger finds `MEANT`.
    """
    scale = np.float32(_platt(head, vectors, tells)[0] / MEANT[0])
    scaled = Head(head.weight * scale, head.bias * scale)
    bias = scaled.bias.copy()
    bias[LEVELS["risk"]] += (_platt(scaled, vectors, tells)[1] - MEANT[1]) / MEANT[0]
    return Head(scaled.weight, bias)


def _platt(head: Head, vectors: Vectors, tells: NDArray[np.bool_]) -> tuple[float, float]:
    slope, offset = fit_platt(log_odds(head(vectors))[:, None], tells[:, None].astype(np.float64))[:, 0]
    return float(slope), float(offset)


def log_odds(scores: NDArray[np.floating]) -> Array:
    """How much likelier danger is than none, in logits, ``(n,)``, of scores of the five levels ``(n, 5)``.

    >>> log_odds(np.log([[0.3, 0.2, 0.1, 0.2, 0.2]])).round(6).tolist()
    [0.0]
    """
    of, told = scores.astype(np.float64), LEVELS["risk"]
    return np.asarray(logsumexp(of[:, told], axis=1) - logsumexp(of[:, : told.start], axis=1))
