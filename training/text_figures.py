"""How the finished reader does on texts it has nothing to do with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from attunement.domain.reading import Harm, RiskLevel
from attunement.reading.heads import HARMS
from attunement.reading.text_reader import TextReader
from training.held_out import held_out
from training.measures import Measured, auc, bootstrap, f1_score, macro_f1
from training.own_sentences import ORDINARY, risk_sentences, targets_of
from training.public_data import dreaddit, everyday_situations, goemotions

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
TESTS = {
    "second": "data_risk_second.yaml", "third": "data_risk_everyday.yaml", "fourth": "data_risk_recovery.yaml",
    "fifth": "data_risk_members.yaml", "sixth": "data_risk_strangers.yaml", "seventh": "data_risk_newcomers.yaml",
}  # fmt: skip
"""Tests of danger by other writers: what people write, daily life, recovery and mourning, and three of all of it."""
HARM_TESTS = {"blind": "data_harm_strangers.yaml", "quiet": "data_harm_newcomers.yaml"}
"""Tests of harm by writers who saw no others: what people write, and what is told without a word for violence."""


def stress_figures(models: Path, data: Path) -> dict[str, Measured]:
    """On Dreaddit, which was not learned from."""
    held = dreaddit(data)
    p = np.array([reading.emotion.stress for reading in TextReader(models=models).read(held.texts)])
    truth = held.targets[:, 0]
    return {
        "stress, AUC on Dreaddit (never trained on)": bootstrap(auc, truth, p, rounds=200),
        "stress, F1 at 0.5 on Dreaddit": bootstrap(lambda y, s: f1_score(y, s >= 0.5), truth, p),
    }


def checkin_figures(reader: TextReader) -> dict[str, Measured]:
    """On check-ins, some short, some of plain words, by writers of whom nothing was learned; read as what they are."""
    told = reader.for_check_ins()
    return {
        **_felt_in(told, "data_checkins.yaml", "check-ins"),
        **_felt_in(told, "data_checkins_short.yaml", "short check-ins"),
        **_felt_in(told, "data_checkins_plain.yaml", "plain check-ins"),
    }


def _felt_in(reader: TextReader, file: str, of: str) -> dict[str, Measured]:
    items = yaml.safe_load((BENCHMARKS / file).read_text(encoding="utf-8"))
    readings = reader.read([item["text"] for item in items])
    labels = tuple(readings[0].emotion.emotions)
    truth = targets_of([item["feels"] for item in items], labels)
    found = targets_of([reading.emotion.labels for reading in readings], labels)
    feels = truth[:, :-1].any(axis=1)  # the last label is neutral
    silent = (~found[:, :-1].any(axis=1))[feels].astype(float)
    return {
        f"emotions in {of}, macro-F1, blind test (n={len(items)})": bootstrap(macro_f1, truth, found.astype(bool)),
        f"emotions in {of}, none found where one is told, blind test": bootstrap(lambda r: float(r.mean()), silent),
    }


def emoji_figures(reader: TextReader) -> dict[str, Measured]:
    """On check-ins and lines of danger with emojis, by a writer who did not know how emojis are read."""
    items = yaml.safe_load((BENCHMARKS / "data_emojis.yaml").read_text(encoding="utf-8"))
    felt, told = ([item for item in items if kind in item] for kind in ("feels", "level"))
    readings = reader.for_check_ins().read([item["text"] for item in felt])
    labels = tuple(readings[0].emotion.emotions)
    truth = targets_of([item["feels"] for item in felt], labels)
    found = targets_of([reading.emotion.labels for reading in readings], labels).astype(bool)
    danger = [RiskLevel(item["level"]).rank >= RiskLevel.INDIRECT.rank for item in told]
    levels = [reading.risk.level.rank for reading in reader.read([item["text"] for item in told])]
    right = (np.array(levels) >= RiskLevel.INDIRECT.rank) == np.array(danger)
    return {
        f"emotions in check-ins with emojis, macro-F1, blind test (n={len(felt)})": bootstrap(macro_f1, truth, found),
        f"danger in lines with emojis, told rightly, blind test (n={len(told)})": bootstrap(
            lambda r: float(r.mean()), right.astype(float)
        ),
    }


def danger_figures(models: Path, data: Path) -> dict[str, Measured]:
    """On sentences written by somebody who saw neither patterns nor training sentences, and on real comments."""
    reader = TextReader(models=models)

    def flagged(texts: Sequence[str]) -> NDArray[np.bool_]:
        return np.array([reading.risk.level.rank >= RiskLevel.INDIRECT.rank for reading in reader.read(texts)])

    items = yaml.safe_load((BENCHMARKS / "data_risk_items.yaml").read_text(encoding="utf-8"))
    found = flagged([item["text"] for item in items])
    rank = np.array([RiskLevel(item["level"]).rank for item in items])
    comments = flagged(goemotions(data, "dev").texts).astype(np.float64)
    measured = {"danger, share of GoEmotions dev flagged": bootstrap(lambda r: float(r.mean()), comments)}
    if (data / "empathetic_dialogues").is_dir():  # only measured on, so a card can be written without it
        everyday = flagged(everyday_situations(data)).astype(np.float64)
        name = f"danger, share of everyday situations flagged, EmpatheticDialogues (n={len(everyday)})"
        measured[name] = bootstrap(lambda r: float(r.mean()), everyday)
    own = risk_sentences()
    files = np.array(own.files)
    for part, of in (
        (np.isin(own.kinds, ORDINARY), "ordinary sentences held out"),
        (np.char.startswith(files, "data_risk_life"), "everyday sentences held out"),
        (np.char.startswith(files, "data_risk_close"), "sentences near the line held out"),
    ):
        held = held_out(own) & part
        measured |= _by_level(of, flagged(np.array(own.texts, object)[held]), own.classes[held])
    measured |= _by_level("test sentences", found, rank)
    for name in TESTS:
        test = danger_test(name)
        levels = np.array([level.rank for _, level in test])
        measured |= _by_level(f"{name} test", flagged([text for text, _ in test]), levels)
    return measured


def danger_test(name: str) -> list[tuple[str, RiskLevel]]:
    """The sentences of one of `TESTS`, and what each tells of."""
    groups = yaml.safe_load((BENCHMARKS / TESTS[name]).read_text(encoding="utf-8"))
    return [(text, RiskLevel(group["level"])) for group in groups for text in group["texts"]]


def harm_test_figures(reader: TextReader) -> dict[str, Measured]:
    """On lines by writers who saw no others: the shares of each kind that are taken to tell of harm, whichever."""
    return {
        f"harm, {name} test, taken to go on of {kind} (n={len(found)})": bootstrap(lambda r: float(r.mean()), found)
        for name in HARM_TESTS
        for kind, found in harm_test(reader, name).items()
    }


def harm_test(reader: TextReader, name: str) -> dict[str, NDArray[np.float64]]:
    """Of the lines of one of `HARM_TESTS`, for each of `HARMS` in it: 1 where harm is taken to go on, else 0."""
    groups = yaml.safe_load((BENCHMARKS / HARM_TESTS[name]).read_text(encoding="utf-8"))
    texts = {str(kind): [t for group in groups if group["kind"] == kind for t in group["texts"]] for kind in HARMS}
    return {
        kind: np.array([reading.risk.harm is not Harm.NONE for reading in reader.read(some)], np.float64)
        for kind, some in texts.items()
        if some
    }


def _by_level(of: str, found: NDArray[np.bool_], rank: NDArray[np.int64]) -> dict[str, Measured]:
    measured = {}
    for name, part in (
        ("found of imminent", rank == RiskLevel.IMMINENT.rank),
        ("found of explicit", rank == RiskLevel.EXPLICIT.rank),
        ("found of indirect", rank == RiskLevel.INDIRECT.rank),
        ("wrongly flagged of distress", rank == RiskLevel.DISTRESS.rank),
        ("wrongly flagged of none", rank == RiskLevel.NONE.rank),
    ):
        if not part.any():
            continue
        values = found[part].astype(np.float64)
        measured[f"danger, {of}, {name} (n={part.sum()})"] = bootstrap(lambda r: float(r.mean()), values)
    return measured
