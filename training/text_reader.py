"""Makes ``models/text``: the fine-tuned network in 8-bit integers, its heads, their calibration, its card.

    python -m training.text_reader --name soup    # the last step of python -m training.rebuild text

Calibration, thresholds and figures are those of the network as it ships, in integers. Thresholds are chosen on dev
texts; what is reported of dev is cross-fitted over five folds.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from sklearn.linear_model import LogisticRegression, Ridge  # type: ignore[import-untyped]

from attunement.reading.encoder import Encoder
from attunement.reading.heads import WIDTHS, Head
from attunement.reading.model_files import HEADS, TOKENIZER
from attunement.reading.network import SIZE, Vectors
from attunement.reading.text_reader import TextReader
from training.calibration import calibrated_emotions, fit_platt, risk_threshold
from training.card import write_card
from training.checkins import felt_in_checkins
from training.corrections import note_of
from training.danger_words import beside_danger_words, danger_beside_words, write_danger_words
from training.emergency import emergency_figures, emergency_head, emergency_threshold
from training.evenness import Evenness, evenness
from training.harm import harm_figures, harm_head, harm_thresholds
from training.held_out import held_out
from training.measures import Measured, bootstrap, pearson
from training.networks import Network, batch, minilm_folder, open_tokenizer
from training.own_sentences import need_sentences, risk_sentences, stress_sentences
from training.public_data import DATA, emobank, goemotions, goemotions_labels
from training.quantise import write_encoder
from training.shipped import ALONE
from training.sums import write_sums
from training.tasks import Scale
from training.text_figures import checkin_figures, danger_figures, emoji_figures, harm_test_figures, stress_figures
from training.wordings import COLUMNS, beside_words, write_wordings

VERSION = "2026-12-01"
PAIRS, HELD_NEAR = "data_stress_pairs", 0.001
"""Passages of stress in pairs, and the inverse weight of the penalty on a head that is fitted to them."""
ABOUT = 16_000
"""Comments from which it is learned how to tell what a text is about."""


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the public sets")
    parser.add_argument("--cache", type=Path, default=Path(".cache"), help="where the fine-tuned network is")
    parser.add_argument("--name", default="reader", help="name of the run in the cache")
    parser.add_argument("--models", type=Path, default=Path("models"), help="where the artefacts are written")
    wanted = parser.parse_args()
    folder = wanted.models / "text"
    state = torch.load(wanted.cache / f"{wanted.name}.pt", weights_only=True)
    write_encoder(state, folder, tokenizer=minilm_folder() / TOKENIZER)
    write_wordings(folder, wanted.data)
    write_danger_words(folder, wanted.data)
    write_sums(folder)
    encoder = Encoder(folder=folder)
    heads, even = trained_heads(state), evenness(encoder, wanted.data)
    heads |= {name: beside_words(even.apply(heads[name]), columns) for name, columns in COLUMNS.items()}
    felt, felt_measured = felt_in_checkins(heads["emotion"], encoder, wanted.data)
    emotion = calibrated_emotions(heads["emotion"], felt, encoder, wanted.data)
    affect, affect_measured = _affect(heads["affect"], encoder, wanted.data)
    heads[ALONE] = heads["risk"]
    heads["risk"] = danger_beside_words(heads[ALONE], encoder)
    threshold = risk_threshold(heads["risk"], encoder, wanted.data)
    heads["harm"] = beside_danger_words(harm_head(heads["harm"], encoder, wanted.data), "harm")
    alarm = harm_thresholds(heads["harm"], encoder, goemotions(wanted.data, "dev").texts)
    heads |= {
        "affect": affect,
        "felt": felt.felt,
        "telling": felt.telling,
        "stress": _stress(encoder, even),
        "emergency": beside_danger_words(emergency_head(encoder, wanted.data), "emergency"),
        "meaning": _meaning(encoder, wanted.data),
    }
    body = emergency_threshold(heads["emergency"], encoder, wanted.data)
    least = {
        "thresholds": emotion.thresholds, "felt_thresholds": felt.thresholds, "risk_threshold": threshold,
        "harm_thresholds": alarm, "emergency_threshold": body,
    }  # fmt: skip
    prevalence = goemotions(wanted.data, "train").targets.mean(axis=0)
    _save(folder / HEADS, heads, goemotions_labels(wanted.data), least | {"platt": emotion.platt}, prevalence)
    write_sums(folder)
    measured = {
        **emotion.measured,
        **felt_measured,
        **checkin_figures(TextReader(models=wanted.models)),
        **emoji_figures(TextReader(models=wanted.models)),
        **affect_measured,
        **stress_figures(wanted.models, wanted.data),
        **_need_figure(heads["need"], encoder),
        **danger_figures(wanted.models, wanted.data),
        **harm_figures(heads["harm"], heads["answer"], alarm, encoder),
        **harm_test_figures(TextReader(models=wanted.models)),
        **emergency_figures(heads["emergency"], body, encoder),
    }
    note = note_of(wanted.cache, wanted.name)
    corrections = int(note.read_text().split()[0]) if note.exists() else 0
    write_card(
        folder / "card.md", measured, goemotions_labels(wanted.data), emotion, threshold, VERSION,
        corrections=corrections,
    )  # fmt: skip
    table = Table("figure", "value (95% interval)", title="The reader of texts")
    for name, value in measured.items():
        table.add_row(name, str(value))
    Console().print(table)


def trained_heads(state: Mapping[str, torch.Tensor]) -> dict[str, Head]:
    """The heads as they were trained, by name."""
    names = {name.split(".")[1] for name in state if name.startswith("heads.")}
    return {
        name: Head(state[f"heads.{name}.weight"].numpy().T.copy(), state[f"heads.{name}.bias"].numpy())
        for name in sorted(names)
    }


def _unscaled(head: Head, scale: Scale) -> Head:
    """A head that was trained on standardised values, giving the values."""
    return Head(head.weight * scale.sd, head.bias * scale.sd + scale.mean)


def _affect(head: Head, encoder: Encoder, data: Path) -> tuple[Head, dict[str, Measured]]:
    train, dev = emobank(data, "train"), emobank(data, "dev")
    head = _unscaled(head, Scale.of(train.targets))
    found = head(encoder.encode(dev.texts))
    names = ("valence", "arousal", "dominance")
    return head, {
        f"EmoBank dev {name}, Pearson r": bootstrap(pearson, found[:, k].astype(np.float64), dev.targets[:, k])
        for k, name in enumerate(names)
    }


def _stress(encoder: Encoder, even: Evenness) -> Head:
    """A linear head on the finished vectors of own passages in pairs; slope and offset fitted on all those held out.

    The two of a pair differ in little but strain. The network knows them by heart, so the head is held near zero: less
    so, it learns what marks these passages.
    """
    own = stress_sentences()
    vectors = even.vectors(encoder.encode(own.texts)[:, :SIZE].astype(np.float64))
    y, held = own.classes, held_out(own)
    paired = ~held & np.array([file.startswith(PAIRS) for file in own.files])
    fitted = LogisticRegression(C=HELD_NEAR, max_iter=2000).fit(vectors[paired], y[paired])
    slope, offset = fit_platt(fitted.decision_function(vectors[held])[:, None], y[held, None].astype(np.float64))
    return even.unmapped(fitted.coef_.T * slope, fitted.intercept_ * slope + offset)


def _meaning(encoder: Encoder, data: Path) -> Head:
    """What maps the vectors to those of the network before it was fine-tuned, which tell what texts are about."""
    comments = goemotions(data, "train").texts[:ABOUT]
    texts = (*comments, *need_sentences().texts, *stress_sentences().texts, *risk_sentences().texts)
    fitted = Ridge(alpha=1.0).fit(encoder.encode(texts)[:, :SIZE], before_tuning(texts))
    return Head(fitted.coef_.T.astype(np.float32), fitted.intercept_.astype(np.float32))


def before_tuning(texts: Sequence[str]) -> Vectors:
    """Unit vectors of all-MiniLM-L6-v2 as it was, ``(n_texts, 384)``."""
    network, tokenizer = Network(minilm_folder(), {}).eval(), open_tokenizer(minilm_folder())
    order = sorted(range(len(texts)), key=lambda k: len(texts[k]))
    found = np.zeros((len(texts), SIZE), np.float32)
    with torch.inference_mode():
        for start in range(0, len(order), 64):
            part = order[start : start + 64]
            found[part] = network.means(*batch(tokenizer, [texts[k] for k in part])).numpy()
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), np.float32)


def _need_figure(head: Head, encoder: Encoder) -> dict[str, Measured]:
    own = need_sentences()
    held = held_out(own) & (own.classes >= 0)
    found = head(encoder.encode([t for t, h in zip(own.texts, held, strict=True) if h])).argmax(axis=1)
    right = (found == own.classes[held]).astype(np.float64)
    return {f"needs, accuracy (own sentences held out, n={held.sum()})": bootstrap(lambda r: float(r.mean()), right)}


def _save(
    file: Path, heads: Mapping[str, Head], labels: tuple[str, ...], scales: Mapping[str, NDArray[np.floating] | float],
    prevalence: NDArray[np.float64],
) -> None:  # fmt: skip
    arrays = {f"{name}_weight": heads[name].weight for name in (*WIDTHS, ALONE)}
    arrays |= {f"{name}_bias": heads[name].bias for name in (*WIDTHS, ALONE)}
    np.savez_compressed(
        file, allow_pickle=False, version=np.array(VERSION), labels=np.array(labels),
        prevalence=prevalence.astype(np.float32),
        **{name: np.asarray(value, np.float32) for name, value in {**arrays, **scales}.items()},
    )  # fmt: skip


if __name__ == "__main__":
    main()
