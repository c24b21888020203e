"""What cross-validation found of the reader of replies."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from scipy.special import softmax  # type: ignore[import-untyped]

from attunement.domain.reply import Behaviour, Mechanism, Strategy
from attunement.reading.reply_heads import REFLECTIONS
from attunement.reading.reply_reader import ReplyReader
from attunement.reading.reply_spans import joined, smoothed
from training.measures import auc, f1_score, pearson
from training.networks import minilm_folder, open_tokenizer
from training.reply_choice import LevelChoice, choose, macro, reflects_from
from training.reply_data import HERE, Exchange, esconv, targets
from training.reply_network import encode
from training.reply_sources import has_epitome, sets_of
from training.reply_wordings import beside_words

Array = NDArray[np.float64]
Answers = dict[str, Array]
Figures = Callable[[list[Exchange], list[Answers]], Iterator[tuple[str, float]]]
QUESTIONS = [list(Behaviour).index(b) for b in (Behaviour.OPEN_QUESTION, Behaviour.CLOSED_QUESTION)]
INPUT = list(Behaviour).index(Behaviour.INPUT)


def report(data: Path, cache: Path, name: str, own: Path = HERE) -> None:
    """Print all figures of the folds that are there: the mean over seeds, and the least and the greatest."""
    figures = figures_of(data, cache, name, own)
    table = Table("figure", "mean over seeds", "least to greatest", "seeds")
    for figure, values in figures.items():
        table.add_row(figure, f"{np.mean(values):.3f}", f"{min(values):.3f} to {max(values):.3f}", str(len(values)))
    Console().print(table)


def figures_of(data: Path, cache: Path, name: str, own: Path = HERE) -> dict[str, list[float]]:
    """Each figure of the tasks there are exchanges for, once for each seed."""
    found: dict[str, list[float]] = {}
    sets, of = sets_of(data, own), "EPITOME" if has_epitome(data) else "Own exchanges,"
    figures: dict[str, Figures] = {
        "empathy": partial(_empathy, of), "behaviour+skill": _behaviour, "reaction": _reaction
    }  # fmt: skip
    for folds in folds_by_seed(cache, name, sets):
        for task, exchanges in sets.items():
            for figure, value in figures[task](exchanges, folds):
                found.setdefault(figure, []).append(value)
    return found


def folds_by_seed(cache: Path, name: str, sets: Mapping[str, Sequence[Exchange]]) -> list[list[Answers]]:
    """What was said of the exchanges of each seed's folds, by means of networks that had not learned from them.

    Raises `SystemExit` where they were held out of other sets than these.
    """
    seeds: dict[str, list[Answers]] = {}
    for file in sorted(cache.glob(f"{name}-[0-9]*-[0-9].npz")):
        with np.load(file) as arrays:
            fold = {k: arrays[k] for k in arrays.files}
        if {key.removesuffix("_rows") for key in fold if key.endswith("_rows")} != set(sets):
            raise SystemExit(f"{file} is not of {', '.join(sets)}: name the data it was made from, or another --name.")
        seeds.setdefault(file.stem.split("-")[-2], []).append(fold)
    return list(seeds.values())


def empathy_parts(pairs: Sequence[Exchange], fold: Answers) -> tuple[Array, Array, list[Array], list[Array]]:
    """Of one fold: scores ``(n, 3, 3)``, levels ``(n, 3)``, and for each reply its tokens' chances and truths."""
    held = [pairs[r] for r in fold["empathy_rows"].astype(int)]
    encoded = encode(held, open_tokenizer(minilm_folder()))
    truth = [e.carried[e.window.first : e.window.first + e.window.n_reply] for e in encoded]
    ends = np.cumsum([len(t) for t in truth])[:-1]
    raw = np.split(1 / (1 + np.exp(-fold["empathy_tokens"].astype(float))), ends)
    said = [
        smoothed(p, e.offsets, exchange.reply).astype(float) for p, e, exchange in zip(raw, encoded, held, strict=True)
    ]
    return fold["empathy_levels"].astype(float), targets(held).astype(int), said, [t.astype(float) for t in truth]


def choice_of(parts: Sequence[tuple[Array, Array, list[Array], list[Array]]], k: int) -> LevelChoice:
    """How a mechanism's levels and tokens are chosen, by all these folds."""
    return choose(
        np.concatenate([p[0][:, k] for p in parts]), np.concatenate([p[1][:, k] for p in parts]).astype(np.int64),
        [t[:, k] for p in parts for t in p[2]], [t[:, k] for p in parts for t in p[3]],
    )  # fmt: skip


def shipped_figures(models: Path, data: Path) -> dict[str, list[float]]:
    """The reader as it ships, on ESConv's valid split, which nothing learned from."""
    turns = esconv(data, "valid")
    if not turns:
        return {}
    readings = ReplyReader(models=models).read([(turn.before, turn.reply) for turn in turns])
    found = np.array([[reading.strategy[strategy] for strategy in Strategy] for reading in readings]).argmax(axis=1)
    truth = targets(turns).argmax(axis=1)
    f1 = [f1_score((truth == k).astype(float), found == k) for k in range(len(Strategy))]
    return {"ESConv valid, strategy of a turn: macro-F1": [float(np.mean(f1))]} | {
        f"ESConv valid, {strategy}: F1": [value] for strategy, value in zip(Strategy, f1, strict=True)
    }


def _empathy(of: str, pairs: list[Exchange], folds: list[Answers]) -> Iterator[tuple[str, float]]:
    parts = [empathy_parts(pairs, fold) for fold in folds]
    for k, mechanism in enumerate(Mechanism):
        plain, chosen, levels, shown, carried = [], [], [], [], []
        for n, (scores, level, tokens, truth) in enumerate(parts):
            others = parts[:n] + parts[n + 1 :]
            how = choice_of(others or parts, k)
            found = how.levels(scores[:, k])
            plain.append(scores[:, k].argmax(axis=1))
            chosen.append(found)
            levels.append(level[:, k])
            shown += [joined(t[:, k] >= how.cut) & (f > 0) for t, f in zip(tokens, found, strict=True)]
            carried += [t[:, k] for t in truth]
        y, z = np.concatenate(levels), np.concatenate(chosen)
        yield f"{of} {mechanism}: macro-F1", macro(y, z)
        yield f"{of} {mechanism}: macro-F1, likeliest level", macro(y, np.concatenate(plain))
        for level in range(3):
            yield f"{of} {mechanism}: F1 of level {level}", f1_score((y == level).astype(float), z == level)
        yield f"{of} {mechanism}: token-F1", f1_score(np.concatenate(carried), np.concatenate(shown))


def _behaviour(turns: list[Exchange], folds: list[Answers]) -> Iterator[tuple[str, float]]:
    rows = np.concatenate([f["behaviour+skill_rows"] for f in folds]).astype(int)
    y = targets([turns[r] for r in rows]).astype(float)
    of_folds = [softmax(beside_words(fold, turns), axis=1) for fold in folds]
    p = np.concatenate(of_folds)
    groups = [REFLECTIONS, QUESTIONS, [INPUT], [len(Behaviour) - 1]]
    said = np.stack([p[:, g].sum(axis=1) for g in groups], axis=1).argmax(axis=1)
    truth = np.stack([y[:, g].sum(axis=1) for g in groups], axis=1).argmax(axis=1)
    reflects = np.split(truth == 0, np.cumsum([len(part) for part in of_folds])[:-1])
    yield "AnnoMI reflection: F1", _reflections([part[:, REFLECTIONS].sum(axis=1) for part in of_folds], reflects)
    f1 = [f1_score((truth == k).astype(float), said == k) for k in range(4)]
    for name, value in zip(("reflection", "question", "input", "other"), f1, strict=True):
        yield f"AnnoMI {name}, where likeliest: F1", value
    yield "AnnoMI: macro-F1 of four, the likeliest", float(np.mean(f1))
    for name, (a, b) in {"complex reflection": REFLECTIONS, "closed question": QUESTIONS}.items():
        among = y[:, [a, b]].sum(axis=1) > 0.5
        truth_b = (y[among, b] > y[among, a]).astype(float)
        yield f"AnnoMI {name} among its kind: AUC", auc(truth_b, p[among, b] / p[among][:, [a, b]].sum(axis=1))
    skill = np.concatenate([f["behaviour+skill_skill"] for f in folds])[:, 0].astype(float)
    yield "AnnoMI good session, of a turn: AUC", auc(y[:, -1], skill)
    sessions = {g: [k for k, r in enumerate(rows) if turns[r].group == g] for g in {turns[r].group for r in rows}}
    means = np.array([skill[k].mean() for k in sessions.values()])
    yield "AnnoMI good session, of all its turns: AUC", auc(np.array([y[k[0], -1] for k in sessions.values()]), means)


def _reflections(p: Sequence[Array], reflects: Sequence[NDArray[np.bool_]]) -> float:
    """F1 of finding reflections, in each fold from the probability that the others chose."""
    said = []
    for n, one in enumerate(p):
        others = [k for k in range(len(p)) if k != n] or [n]
        said.append(
            one >= reflects_from(np.concatenate([p[k] for k in others]), np.concatenate([reflects[k] for k in others]))
        )
    return f1_score(np.concatenate(reflects).astype(float), np.concatenate(said))


def _reaction(essays: list[Exchange], folds: list[Answers]) -> Iterator[tuple[str, float]]:
    rows = np.concatenate([f["reaction_rows"] for f in folds]).astype(int)
    scores = np.concatenate([f["reaction_reaction"] for f in folds]).astype(float)
    y = targets([essays[r] for r in rows]).astype(float)
    for k, name in enumerate(("empathic concern", "distress")):
        yield f"Empathic Reactions {name}: Pearson r", pearson(scores[:, k], y[:, k])
