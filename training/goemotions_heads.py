"""Makes the first reader: fits every head, measures it, writes ``models/first-reader/``.

    python -m training.goemotions_heads --data ../shared/data

Needs the ``train`` extra. Vectors and heads are kept in ``--cache``, so a stopped run goes on where it was.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from attunement.domain.reading import RiskLevel
from attunement.reading.encoder import Encoder
from attunement.reading.first_reader import FirstReader
from attunement.reading.stress import stress_of
from training.card import write_card
from training.embeddings import embed
from training.emotion_heads import EmotionHeads, affect_heads, emotion_heads
from training.linear_heads import Array, Linear, f1_score, sigmoid
from training.measures import Measured, auc, bootstrap
from training.public_data import DATA, dreaddit, goemotions
from training.sentence_heads import need_head, risk_head

VERSION = "2026-11-24"
RISK_ITEMS = Path(__file__).parents[1] / "benchmarks" / "data_risk_items.yaml"


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the public sets")
    parser.add_argument("--cache", type=Path, default=Path(".cache"), help="where vectors are kept")
    parser.add_argument("--models", type=Path, default=Path("models"), help="where the heads are written")
    wanted = parser.parse_args()
    encoder = Encoder(threads=2)
    emotion = emotion_heads(wanted.data, wanted.cache, encoder)
    affect, affect_measured = affect_heads(wanted.data, wanted.cache, encoder)
    need, need_measured = need_head(wanted.cache, encoder)
    train = goemotions(wanted.data, "train")
    x = embed(train.texts, cache=wanted.cache, name="goemotions-train", encoder=encoder)
    risk, threshold, risk_measured = risk_head(train.texts, x, wanted.cache, encoder)
    measured = {
        **emotion.measured,
        **affect_measured,
        **_stress(wanted.data, wanted.cache, encoder, emotion, affect),
        **need_measured,
        **risk_measured,
    }
    folder = wanted.models / "first-reader"
    folder.mkdir(parents=True, exist_ok=True)
    _save(folder / "heads.npz", emotion, affect, need, risk, threshold, train.targets.mean(axis=0))
    measured |= _danger(wanted.data, wanted.models)
    write_card(folder / "card.md", measured, emotion, threshold, VERSION)
    _show(measured)


def _stress(data: Path, cache: Path, encoder: Encoder, emotion: EmotionHeads, affect: Linear) -> dict[str, Measured]:
    held = dreaddit(data)
    x = embed(held.texts, cache=cache, name="dreaddit", encoder=encoder)
    p = sigmoid(emotion.linear.scores(x) * emotion.platt[0] + emotion.platt[1])
    vad = np.clip(affect.scores(x), 1, 5)
    stress = np.array(
        [
            stress_of(dict(zip(emotion.labels, row, strict=True)), valence=v, arousal=a)
            for row, (v, a, _) in zip(p, vad, strict=True)
        ]
    )
    truth = held.targets[:, 0]
    return {
        "stress, AUC on Dreaddit (never trained on)": bootstrap(auc, truth, stress, rounds=200),
        "stress, F1 at 0.5 on Dreaddit": bootstrap(lambda y, s: f1_score(y, s >= 0.5), truth, stress),
    }


def _danger(data: Path, models: Path) -> dict[str, Measured]:
    """How the finished reader does on sentences it has nothing to do with, and how often it flags real comments."""
    reader = FirstReader(models=models)

    def flagged(texts: Sequence[str]) -> NDArray[np.bool_]:
        return np.array([reading.risk.level.rank >= RiskLevel.INDIRECT.rank for reading in reader.read(texts)])

    items = yaml.safe_load(RISK_ITEMS.read_text(encoding="utf-8"))
    found = flagged([item["text"] for item in items])
    rank = np.array([RiskLevel(item["level"]).rank for item in items])
    comments = flagged(goemotions(data, "dev").texts).astype(np.float64)
    measured = {"danger, share of GoEmotions dev flagged": bootstrap(lambda r: float(r.mean()), comments)}
    for name, part in (
        ("found of imminent", rank == RiskLevel.IMMINENT.rank),
        ("found of explicit", rank == RiskLevel.EXPLICIT.rank),
        ("found of indirect", rank == RiskLevel.INDIRECT.rank),
        ("wrongly flagged of distress", rank == RiskLevel.DISTRESS.rank),
        ("wrongly flagged of none", rank == RiskLevel.NONE.rank),
    ):
        values = found[part].astype(np.float64)
        measured[f"danger, test sentences, {name} (n={part.sum()})"] = bootstrap(lambda r: float(r.mean()), values)
    return measured


def _save(
    file: Path, emotion: EmotionHeads, affect: Linear, need: Linear, risk: Linear, threshold: float, prevalence: Array
) -> None:
    arrays = {
        "platt": emotion.platt,
        "thresholds": emotion.thresholds,
        "prevalence": prevalence,
    }
    for name, linear in (("emotion", emotion.linear), ("affect", affect), ("need", need), ("risk", risk)):
        arrays[f"{name}_weight"], arrays[f"{name}_bias"] = linear.weight, linear.bias
    np.savez_compressed(
        file,
        version=np.array(VERSION),
        labels=np.array(emotion.labels),
        risk_threshold=np.float32(threshold),
        **{name: np.asarray(array, np.float32) for name, array in arrays.items()},
    )


def _show(measured: dict[str, Measured]) -> None:
    table = Table("figure", "value (95% interval)", title="The first reader")
    for name, value in measured.items():
        table.add_row(name, str(value))
    Console().print(table)


if __name__ == "__main__":
    main()
