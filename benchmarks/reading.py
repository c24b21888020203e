"""Reading: how right, how fair and how fast the readers of texts and of replies are.

Right and fair are measured on the public sets in the folder ``ATTUNEMENT_DATA`` (default ``../shared/data``) and on our
own test sentences; sets that are not there are left out and said so. ``--quick`` reads a part of each.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from training.calibration import fit_thresholds, folds
from training.measures import Measured, auc, bootstrap, calibration_error, f1_score, macro_f1, pearson
from training.public_data import DATA, Labelled, dreaddit, emobank, everyday_situations, goemotions
from training.text_figures import HARM_TESTS, TESTS, checkin_figures, danger_test, emoji_figures, harm_test

from attunement.domain.reading import Reading, RiskLevel
from attunement.library.resources import models_folder
from attunement.reading.text_reader import TextReader
from attunement.simulation.check_in_texts import texts_by_mood
from benchmarks.fairness import own_swaps, public_swaps
from benchmarks.figures import Figure, Interval, quantile, run
from benchmarks.stress import fitted_here

Say = Callable[[str], None]
ITEMS = Path(__file__).with_name("data_risk_items.yaml")
PART = 600


def measure(quick: bool, say: Say) -> Iterator[Figure]:
    """All figures, the fast ones last, when everything is warm."""
    reader = TextReader()
    reader.load()
    for name, figures in (("goemotions", _emotion), ("emobank", _affect), ("dreaddit", _stress)):
        if (DATA / name).is_dir():
            say(f"Reading {name}")
            yield from figures(reader, quick)
        else:
            print(f"{name} is not in {DATA}: left out", file=sys.stderr)
    say("Reading our own check-ins and sentences of danger")
    yield from _checkins(reader)
    yield from _danger(reader)
    if (DATA / "fairness_text").is_dir():
        say("Swapping who a sentence is about")
        yield from public_swaps(reader, DATA, quick=quick)
    yield from own_swaps(reader)
    say("Reading replies")
    yield from _replies(quick)
    say("Timing")
    yield from _speed(reader, quick)
    folders = [models_folder() / name for name in ("text", "replies")]
    size = sum(file.stat().st_size for folder in folders for file in folder.iterdir()) / 1e6
    yield Figure("text_stack_mb", size, "MB in the repository", bar="<= 60")
    yield Figure("memory_mb", _memory(), "MB, a process that reads texts and replies, at its most", bar="<= 350")


def _replies(quick: bool) -> Iterator[Figure]:
    """By the recipe of the reader of replies, which comes with the extra."""
    if not _has_torch():
        print("PyTorch and transformers are not installed (extra 'train'): replies left out", file=sys.stderr)
        return
    from benchmarks.replies import replies

    yield from replies(quick)


def _emotion(reader: TextReader, quick: bool) -> Iterator[Figure]:
    """On dev, which calibration and thresholds have seen: so thresholds are chosen anew, each fifth by the others."""
    dev = _part(goemotions(DATA, "dev"), quick)
    p = np.array([list(reading.emotion.emotions.values()) for reading in reader.read(dev.texts)])
    found, fold = np.zeros(p.shape, bool), folds(len(p))
    for k in range(5):
        found[fold == k] = p[fold == k] >= fit_thresholds(p[fold != k])
    yield _figure("goemotions_dev_macro_f1", bootstrap(macro_f1, dev.targets, found), "28 labels", ">= 0.55")
    yield Figure("goemotions_dev_ece", calibration_error(dev.targets, p), "mean of 28 labels", bar="<= 0.03")


def _affect(reader: TextReader, quick: bool) -> Iterator[Figure]:
    dev = _part(emobank(DATA, "dev"), quick)
    readings = [reading.emotion for reading in reader.read(dev.texts)]
    for k, (name, bar) in enumerate((("valence", 0.77), ("arousal", 0.54), ("dominance", 0.47))):
        found = np.array([getattr(reading, name) for reading in readings])
        yield _figure(f"emobank_dev_{name}_r", bootstrap(pearson, found, dev.targets[:, k]), "Pearson", f">= {bar}")


def _stress(reader: TextReader, quick: bool) -> Iterator[Figure]:
    held = _part(dreaddit(DATA), quick)
    p = np.array([reading.emotion.stress for reading in reader.read(held.texts)])
    truth = held.targets[:, 0]
    f1 = bootstrap(lambda y, s: f1_score(y, s >= 0.5), truth, p)
    yield _figure("dreaddit_f1", f1, "at 0.5; never learned from, so all subreddits are held out", ">= 0.82")
    yield _figure("dreaddit_auc", bootstrap(auc, truth, p, rounds=200), "never learned from", None)
    yield from fitted_here(DATA, quick=quick)


def _checkins(reader: TextReader) -> Iterator[Figure]:
    """By writers none of whose check-ins was learned from."""
    f1, silent, short_f1, short_silent, plain_f1, plain_silent = checkin_figures(reader).values()
    emojis, danger = emoji_figures(reader).values()
    yield _figure("checkins_macro_f1", f1, "28 labels, 260 own check-ins", None)
    yield _figure("checkins_silent", silent, "of check-ins that tell of a feeling, none found", None)
    yield _figure("short_checkins_macro_f1", short_f1, "28 labels, 260 own short check-ins", None)
    yield _figure("short_checkins_silent", short_silent, "of those that tell of a feeling, none found", None)
    yield _figure("plain_checkins_macro_f1", plain_f1, "28 labels, 400 own check-ins of few and plain words", None)
    yield _figure("plain_checkins_silent", plain_silent, "of those that tell of a feeling, none found", None)
    yield _figure("emojis_macro_f1", emojis, "28 labels, 140 own check-ins with emojis", None)
    yield _figure("emojis_danger_told_rightly", danger, "of 78 lines with emojis", None)


def _danger(reader: TextReader) -> Iterator[Figure]:
    """Of seven test sets, the first of cases that are hard on purpose, of two of harm, and of everyday life."""
    items = yaml.safe_load(ITEMS.read_text(encoding="utf-8"))
    yield from _danger_in(reader, "risk", [(item["text"], RiskLevel(item["level"])) for item in items])
    for name in TESTS:
        yield from _danger_in(reader, f"risk_{name}", danger_test(name))
    for name in HARM_TESTS:
        for kind, told in harm_test(reader, name).items():
            share = bootstrap(lambda f: float(f.mean()), told)
            yield _figure(f"harm_{name}_told_of_{kind}", share, f"of {len(told)} own test sentences", None)
    if (DATA / "empathetic_dialogues").is_dir():
        flagged = _flagged(reader, everyday_situations(DATA))
        share = bootstrap(lambda f: float(f.mean()), flagged)
        yield _figure("risk_everyday_alarms", share, f"of {len(flagged)} situations, EmpatheticDialogues", None)


def _danger_in(reader: TextReader, of: str, items: list[tuple[str, RiskLevel]]) -> Iterator[Figure]:
    flagged = _flagged(reader, [text for text, _ in items])
    rank = np.array([level.rank for _, level in items])
    for name, chosen, bar in (
        ("recall_explicit", rank >= RiskLevel.EXPLICIT.rank, ">= 0.97"),
        ("recall_indirect", rank == RiskLevel.INDIRECT.rank, ">= 0.85"),
        ("false_alarms", rank < RiskLevel.INDIRECT.rank, "<= 0.03"),
    ):
        share = bootstrap(lambda f: float(f.mean()), flagged[chosen])
        yield _figure(f"{of}_{name}", share, f"of {chosen.sum()} own test sentences", bar)


def _flagged(reader: TextReader, texts: Sequence[str]) -> NDArray[np.float64]:
    """1 for each text that is read as danger."""
    return np.array([r.risk.level.rank >= RiskLevel.INDIRECT.rank for r in reader.read(texts)], float)


def _speed(reader: TextReader, quick: bool) -> Iterator[Figure]:
    texts = [f"{text} {k}" for k in range(40) for group in texts_by_mood().values() for text in group]
    few = texts[: 400 if quick else 3000]
    begun = time.perf_counter()
    reader.read(few)
    yield Figure(
        "texts_per_s", len(few) / (time.perf_counter() - begun), "short texts, one batch", bar=">= 400",
        peers=_peers(few[:200]),
    )  # fmt: skip
    alone = [f"{text} again" for text in texts[: 200 if quick else 1000]]
    times = _times(lambda text: reader.read([text]), alone)
    for name, q, bar in (("single_p50_ms", 0.5, "<= 4"), ("single_p99_ms", 0.99, "<= 12")):
        yield Figure(name, *_both(quantile(times, q)), bar)
    why = _times(lambda text: reader.why(text, "sadness"), alone[:200])
    yield Figure("why_p99_ms", *_both(quantile(why, 0.99)), "<= 30")


def _memory() -> float:
    """In a process of its own: this one holds the peers as well (Linux; ``ru_maxrss`` would count the parent's)."""
    program = (
        "from pathlib import Path; from attunement.reading.text_reader import TextReader; "
        "from attunement.reading.reply_reader import ReplyReader; "
        "texts = [f'A quiet evening, number {k}.' for k in range(500)]; TextReader().read(texts); "
        "TextReader().why(texts[0], 'joy'); ReplyReader().read([(text, text) for text in texts]); "
        "print(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True).stdout
    return float(told) / 1e3


def _peers(texts: Sequence[str]) -> dict[str, float]:
    """Texts a second of PyTorch in 32-bit floats: the same network, and one of the size of RoBERTa-base."""
    if not _has_torch():
        print("PyTorch and transformers are not installed (extra 'train'): peers left out", file=sys.stderr)
        return {}
    from benchmarks.torch_peers import per_second

    return per_second(texts)


def _has_torch() -> bool:
    return all(importlib.util.find_spec(name) is not None for name in ("torch", "transformers"))


def _times(work: Callable[[str], list[Reading] | object], texts: Sequence[str]) -> list[float]:
    times = []
    for text in texts:
        begun = time.perf_counter()
        work(text)
        times.append((time.perf_counter() - begun) * 1e3)
    return times


def _both(measured: tuple[float, Interval]) -> tuple[float, str, Interval]:
    return measured[0], "ms, one short text alone", measured[1]


def _figure(name: str, measured: Measured, unit: str, bar: str | None) -> Figure:
    interval = None if measured.low is None or measured.high is None else (measured.low, measured.high)
    return Figure(name, measured.value, unit, interval, bar)


def _part(data: Labelled, quick: bool) -> Labelled:
    if not quick:
        return data
    chosen = np.random.default_rng(1).permutation(len(data.texts))[:PART]
    return Labelled(tuple(data.texts[k] for k in chosen), data.targets[chosen])


if __name__ == "__main__":
    run("Reading", measure)
