"""The heads fitted on sentences written for this project: needs and danger."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
RISK_C = 10.0
BACKGROUND = 10_000
BACKGROUND_WEIGHT = 0.1
ALARMS_ON_BACKGROUND = 0.0075
ALARMS_ON_HARD = 0.10


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentences, the number of the class each belongs to (-1 for none), and of what kind each is."""

    texts: tuple[str, ...]
    classes: NDArray[np.int64]
    kinds: tuple[str, ...]


def need_sentences() -> Sentences:
    """``data_needs*.yaml``: classes in the order of `Need`, -1 for sentences without a need."""
    names = [str(need) for need in Need]
    rows = [
        (text, names.index(name) if name in names else -1, name)
        for data in _files("data_needs*.yaml")
        for name, texts in data.items()
        for text in texts
    ]
    return _sentences(rows)


def risk_sentences() -> Sentences:
    """``data_risk*.yaml``: classes in the order of `RiskLevel`."""
    rows = [
        (text, RiskLevel(group["level"]).rank, group["kind"])
        for data in _files("data_risk*.yaml")
        for group in data
        for text in group["texts"]
    ]
    return _sentences(rows)


def _files(pattern: str) -> list[Any]:
    return [yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(HERE.glob(pattern))]


def _sentences(rows: list[tuple[str, int, str]]) -> Sentences:
    return Sentences(tuple(r[0] for r in rows), np.array([r[1] for r in rows]), tuple(r[2] for r in rows))


def need_head(cache: Path, encoder: Encoder) -> tuple[Linear, dict[str, Measured]]:
    """Five classes; a sentence without a need counts a fifth towards each, in fitting and in choosing how strictly.

    The figures are of five-fold cross-validation.
    """
    data = need_sentences()
    x = embed(data.texts, cache=cache, name="needs", encoder=encoder)
    fold = folds(len(x))
    best, best_loss, best_p = NEED_C[0], np.inf, np.zeros((len(x), len(Need)))
    for c in NEED_C:
        p = np.zeros((len(x), len(Need)))
        for k in range(5):
            p[fold == k] = softmax(_fit_needs(x[fold != k], data.classes[fold != k], c).scores(x[fold == k]))
        loss = -np.mean((np.log(p) * _wanted(data.classes)).sum(axis=1))
        if loss < best_loss:
            best, best_loss, best_p = c, float(loss), p
    has = data.classes >= 0
    right = (best_p.argmax(axis=1) == data.classes)[has].astype(np.float64)
    return _fit_needs(x, data.classes, best), {
        "needs, accuracy (own sentences, 5-fold)": bootstrap(lambda r: float(r.mean()), right),
        "needs, highest p on sentences without a need": bootstrap(lambda r: float(r.mean()), best_p[~has].max(axis=1)),
    }


def _wanted(classes: NDArray[np.int64]) -> NDArray[np.float64]:
    wanted = np.full((len(classes), len(Need)), 1 / len(Need))
    has = classes >= 0
    wanted[has] = np.eye(len(Need))[classes[has]]
    return wanted


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
    """Five levels, over a background of public comments; the threshold from which the head alone speaks of danger.

    The sentences of `need_sentences` are among the harmless: everyday stories, which the comments are not.

    It is the lowest at which at most ``ALARMS_ON_BACKGROUND`` of *other* comments, and ``ALARMS_ON_HARD`` of our own
    sentences without danger (cross-fitted), are flagged. The figures are cross-fitted too, with and without patterns.
    """
    data = risk_sentences()
    x = embed(data.texts, cache=cache, name="risk", encoder=encoder)
    calm = np.array([read_rules(text).level.rank < RiskLevel.INDIRECT.rank for text in background_texts])
    order = np.random.default_rng(SEED).permutation(np.flatnonzero(calm))
    other = background[order[BACKGROUND:]]
    harmless = _harmless(background[order[:BACKGROUND]], cache, encoder)
    fold = folds(len(x))
    crossed = np.zeros(len(x))
    for k in range(5):
        part = _fit_risk(x[fold != k], data.classes[fold != k], harmless)
        crossed[fold == k] = danger_of(part, x[fold == k])
    whole = _fit_risk(x, data.classes, harmless)
    threshold = float(
        max(
            np.quantile(danger_of(whole, other), 1 - ALARMS_ON_BACKGROUND),
            np.quantile(crossed[data.classes < RiskLevel.INDIRECT.rank], 1 - ALARMS_ON_HARD),
        )
    )
    return whole, threshold, _risk_measured(data, crossed >= threshold)


@dataclass(frozen=True, slots=True)
class _Harmless:
    x: NDArray[np.float32]
    classes: NDArray[np.int64]
    weights: NDArray[np.float64]


def _harmless(comments: NDArray[np.float32], cache: Path, encoder: Encoder) -> _Harmless:
    """Comments, each for little, and sentences of need: ``none`` where nothing is wanted, else ``distress``."""
    needs = need_sentences()
    stories = embed(needs.texts, cache=cache, name="needs", encoder=encoder)
    levels = np.where(needs.classes < 0, RiskLevel.NONE.rank, RiskLevel.DISTRESS.rank)
    return _Harmless(
        x=np.concatenate([comments, stories]),
        classes=np.concatenate([np.full(len(comments), RiskLevel.NONE.rank), levels]),
        weights=np.concatenate([np.full(len(comments), BACKGROUND_WEIGHT), np.ones(len(stories))]),
    )


def _fit_risk(x: NDArray[np.float32], classes: NDArray[np.int64], harmless: _Harmless) -> Linear:
    xs = np.concatenate([x, harmless.x])
    ys = np.concatenate([classes, harmless.classes])
    weights = np.concatenate([np.ones(len(x)), harmless.weights])
    head = LogisticRegression(C=RISK_C, max_iter=2000, random_state=SEED).fit(xs, ys, sample_weight=weights)
    return Linear(head.coef_.T, head.intercept_)


def danger_of(linear: Linear, x: NDArray[np.float32]) -> NDArray[np.float64]:
    """The probability of ``indirect`` and above."""
    return np.asarray(softmax(linear.scores(x))[:, RiskLevel.INDIRECT.rank :].sum(axis=1))


def _risk_measured(data: Sentences, head: NDArray[np.bool_]) -> dict[str, Measured]:
    rules = [read_rules(text) for text in data.texts]
    both = np.array(
        [
            rule.level.rank >= RiskLevel.INDIRECT.rank or (found and not rule.harmless)
            for rule, found in zip(rules, head, strict=True)
        ]
    )
    measured = {}
    for name, part in (
        ("found of explicit and imminent", data.classes >= RiskLevel.EXPLICIT.rank),
        ("found of indirect", data.classes == RiskLevel.INDIRECT.rank),
        ("wrongly flagged of the rest", data.classes < RiskLevel.INDIRECT.rank),
    ):
        for which, flags in (("with patterns", both), ("head alone", head)):
            values = flags[part].astype(np.float64)
            measured[f"danger, own sentences, {name} (n={part.sum()}), {which}"] = bootstrap(
                lambda r: float(r.mean()), values
            )
    return measured
