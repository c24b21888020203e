"""The heads fitted on sentences written for this project: needs and danger."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from attunement.domain.need import Need
from attunement.domain.reading import RiskLevel
from attunement.reading.encoder import Encoder
from attunement.reading.risk import read_rules
from training.embeddings import embed
from training.linear_heads import SEED, Linear, folds, softmax
from training.measures import Measured, bootstrap

HERE = Path(__file__).parent
NEED_C = (1.0, 3.0, 10.0, 30.0)
BACKGROUND = 3000
ALARMS_ON_BACKGROUND = 0.005


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentences, the number of the class each belongs to (-1 for none), and of what kind each is."""

    texts: tuple[str, ...]
    classes: NDArray[np.int64]
    kinds: tuple[str, ...]


def need_sentences() -> Sentences:
    """``data_needs.yaml``: classes in the order of `Need`, -1 for sentences without a need."""
    data = yaml.safe_load((HERE / "data_needs.yaml").read_text(encoding="utf-8"))
    names = [str(need) for need in Need]
    rows = [(text, names.index(name) if name in names else -1, name) for name, texts in data.items() for text in texts]
    return Sentences(tuple(r[0] for r in rows), np.array([r[1] for r in rows]), tuple(r[2] for r in rows))


def risk_sentences(name: str = "data_risk.yaml") -> Sentences:
    """``data_risk.yaml``: classes in the order of `RiskLevel`."""
    groups = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    rows = [(text, RiskLevel(g["level"]).rank, g["kind"]) for g in groups for text in g["texts"]]
    return Sentences(tuple(r[0] for r in rows), np.array([r[1] for r in rows]), tuple(r[2] for r in rows))


def need_head(cache: Path, encoder: Encoder) -> tuple[Linear, dict[str, Measured]]:
    """Five classes; a sentence without a need counts a fifth towards each. Accuracy by five-fold cross-validation."""
    data = need_sentences()
    x = embed(data.texts, cache=cache, name="needs", encoder=encoder)
    fold = folds(len(x))
    best, best_loss, best_p = NEED_C[0], np.inf, np.zeros((len(x), len(Need)))
    for c in NEED_C:
        p = np.zeros((len(x), len(Need)))
        for k in range(5):
            p[fold == k] = softmax(_fit_needs(x[fold != k], data.classes[fold != k], c).scores(x[fold == k]))
        loss = -np.mean(np.log(p[np.arange(len(x)), data.classes])[data.classes >= 0])
        if loss < best_loss:
            best, best_loss, best_p = c, float(loss), p
    has = data.classes >= 0
    right = (best_p.argmax(axis=1) == data.classes)[has].astype(np.float64)
    return _fit_needs(x, data.classes, best), {
        "needs, accuracy (own sentences, 5-fold)": bootstrap(lambda r: float(r.mean()), right),
        "needs, highest p on sentences without a need": bootstrap(lambda r: float(r.mean()), best_p[~has].max(axis=1)),
    }


def _fit_needs(x: NDArray[np.float32], classes: NDArray[np.int64], c: float) -> Linear:
    has = classes >= 0
    none = x[~has]
    stacked = np.concatenate([x[has], np.repeat(none, len(Need), axis=0)])
    targets = np.concatenate([classes[has], np.tile(np.arange(len(Need)), len(none))])
    weights = np.concatenate([np.ones(has.sum()), np.full(len(none) * len(Need), 1 / len(Need))])
    head = LogisticRegression(C=c, max_iter=1000, random_state=SEED).fit(stacked, targets, sample_weight=weights)
    return Linear(head.coef_.T, head.intercept_)


def risk_head(
    background_texts: tuple[str, ...], background: NDArray[np.float32], cache: Path, encoder: Encoder
) -> tuple[Linear, float, dict[str, Measured]]:
    """Five levels, over a background of public comments; the threshold is where few of *other* comments are flagged.

    The figures are of a head fitted on 70% of each kind of sentence and measured on the other 30%, with the
    patterns; the head returned is fitted on all.
    """
    data = risk_sentences()
    x = embed(data.texts, cache=cache, name="risk", encoder=encoder)
    calm = np.array([read_rules(text).level.rank < RiskLevel.INDIRECT.rank for text in background_texts])
    rng = np.random.default_rng(SEED)
    order = rng.permutation(np.flatnonzero(calm))
    used, other = order[:BACKGROUND], order[BACKGROUND : 4 * BACKGROUND]
    held = _held_out(data.kinds)

    def fit(rows: NDArray[np.bool_]) -> tuple[Linear, float]:
        xs = np.concatenate([x[rows], background[used]])
        ys = np.concatenate([data.classes[rows], np.zeros(len(used), np.int64)])
        weights = np.concatenate([np.ones(rows.sum()), np.full(len(used), 0.15)])
        head = LogisticRegression(C=10.0, max_iter=1000, random_state=SEED).fit(xs, ys, sample_weight=weights)
        linear = Linear(head.coef_.T, head.intercept_)
        danger = softmax(linear.scores(background[other]))[:, 2:].sum(axis=1)
        return linear, float(max(0.35, np.quantile(danger, 1 - ALARMS_ON_BACKGROUND)))

    linear, threshold = fit(~held)
    measured = _measure(data, held, x, linear, threshold)
    return *fit(np.ones(len(x), bool)), measured


def _held_out(kinds: tuple[str, ...]) -> NDArray[np.bool_]:
    rng = np.random.default_rng(SEED)
    held = np.zeros(len(kinds), bool)
    for kind in sorted(set(kinds)):
        places = np.flatnonzero(np.array(kinds) == kind)
        held[rng.permutation(places)[: round(0.3 * len(places))]] = True
    return held


def flagged(texts: tuple[str, ...], x: NDArray[np.float32], linear: Linear, threshold: float) -> NDArray[np.bool_]:
    """Which texts are read as indirect or above by patterns and head together, as `FirstReader` does."""
    danger = softmax(linear.scores(x))[:, 2:].sum(axis=1)
    rules = [read_rules(text) for text in texts]
    return np.array(
        [
            rule.level.rank >= RiskLevel.INDIRECT.rank or (not rule.harmless and p >= threshold)
            for rule, p in zip(rules, danger, strict=True)
        ]
    )


def _measure(
    data: Sentences, rows: NDArray[np.bool_], x: NDArray[np.float32], linear: Linear, threshold: float
) -> dict[str, Measured]:
    texts = tuple(text for text, row in zip(data.texts, rows, strict=True) if row)
    both = flagged(texts, x[rows], linear, threshold).astype(np.float64)
    head = (softmax(linear.scores(x[rows]))[:, 2:].sum(axis=1) >= threshold).astype(np.float64)
    classes = data.classes[rows]
    parts = {
        "recall on explicit and imminent": classes >= 3,
        "recall on indirect": classes == 2,
        "false alarms on idioms, distress, neutral": classes < 2,
    }
    measured = {}
    for name, part in parts.items():
        measured[f"danger, {name} (n={part.sum()})"] = bootstrap(lambda r: float(r.mean()), both[part])
        measured[f"danger, {name}, head alone"] = bootstrap(lambda r: float(r.mean()), head[part])
    return measured
