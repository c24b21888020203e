"""How right the reader of replies is: on what it never learned from, and in cross-validation leaving people out."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from training.public_data import DATA
from training.reply_data import esconv
from training.reply_figures import figures_of, shipped_figures

from attunement.domain.reply import Mechanism
from attunement.library.resources import models_folder
from attunement.reading.reply_reader import ReplyReader
from benchmarks.figures import Figure, quantile

CACHE = Path(".cache")
RUN = "replies"
BARS = {
    Mechanism.EMOTIONAL_REACTIONS: 0.77, Mechanism.INTERPRETATIONS: 0.62, Mechanism.EXPLORATIONS: 0.81,
}  # fmt: skip
OTHERS = {
    "AnnoMI reflection: F1": ("annomi_reflection_f1", ">= 0.75"),
    "AnnoMI: macro-F1 of four": ("annomi_macro_f1", None),
    "Empathic Reactions empathic concern: Pearson r": ("concern_r", None),
    "Empathic Reactions distress: Pearson r": ("distress_r", None),
}


def replies(quick: bool) -> Iterator[Figure]:
    """All figures of the reader of replies; what is not at hand is left out and said so."""
    if (DATA / "esconv_full").is_dir():
        f1 = shipped_figures(models_folder(), DATA)["ESConv valid, strategy of a turn: macro-F1"][0]
        yield Figure("esconv_valid_macro_f1", f1, "eight strategies, turns read with what they answer", bar=">= 0.28")
        yield from _speed(200 if quick else 1000)
    if (DATA / "epitome").is_dir() and any(CACHE.glob(f"{RUN}-*-*.npz")):
        yield from _cross_validated()
    else:
        print("EPITOME or its folds are not here: run python -m training.reply_folds (hours)", file=sys.stderr)


def _cross_validated() -> Iterator[Figure]:
    found = figures_of(DATA, CACHE, RUN)
    for mechanism, bar in BARS.items():
        for what, name, least in (("macro-F1", "macro_f1", bar), ("token-F1", "token_f1", 0.65)):
            values = found[f"EPITOME {mechanism}: {what}"]
            yield _mean(f"epitome_{name}_{mechanism}", values, f">= {least}")
    for name, (figure, bar_or_none) in OTHERS.items():
        yield _mean(figure, found[name], bar_or_none)


def _mean(name: str, values: list[float], bar: str | None) -> Figure:
    unit = f"cross-validated, people left out; mean and range of {len(values)} seeds"
    return Figure(name, float(np.mean(values)), unit, (min(values), max(values)), bar)


def _speed(n: int) -> Iterator[Figure]:
    reader, times = ReplyReader(), []
    reader.load()
    for turn in esconv(DATA, "valid")[:n]:
        begun = time.perf_counter()
        reader.read([(turn.before, turn.reply)])
        times.append((time.perf_counter() - begun) * 1e3)
    value, interval = quantile(times, 0.5)
    yield Figure("reply_p50_ms", value, "ms, one turn of a conversation with what it answers", interval)
