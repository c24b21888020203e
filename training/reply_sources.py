"""Which exchanges the reader of replies learns from and is measured on: public sets and own ones, or own ones alone."""

from __future__ import annotations

import argparse
import hashlib
import itertools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from training.public_data import DATA
from training.reply_data import (
    HERE,
    OWN_REPLIES,
    OWN_STRATEGIES,
    Exchange,
    annomi,
    empathic_reactions,
    epitome,
    esconv,
    own_replies,
    own_strategies,
)

FOLDS = 5
TOGETHER = 3
"""Networks that differ by their seed alone and of whose weights what ships is the mean."""
NOWHERE = Path("nowhere")
"""The folder of the public sets where own exchanges alone are wanted: there is none."""


def add_run_options(parser: argparse.ArgumentParser) -> None:
    """The options that name a run and what it is made from, the same for all that work on it."""
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the public sets")
    parser.add_argument("--own", type=Path, default=HERE, help=f"folder of {OWN_REPLIES} and {OWN_STRATEGIES}")
    parser.add_argument("--only-own", action="store_true", help="use these only")
    parser.add_argument("--cache", type=Path, default=Path(".cache"), help="where the run and its folds are kept")
    parser.add_argument("--name", default="replies", help="name of the run in the cache")
    parser.add_argument("--start", help="run of training.text_encoder, or models/text, to begin with; else MiniLM")


def sources_of(wanted: argparse.Namespace) -> tuple[Path, Path]:
    """The folder of public sets (`NOWHERE` for own exchanges alone) and the folder of own ones.

    Raises `SystemExit` where own exchanges alone are too few, and where the run was made from other sources.
    """
    data, own = NOWHERE if wanted.only_own else wanted.data, wanted.own
    if wanted.only_own:
        n_posts = len({e.group for e in own_replies(own)})
        if n_posts < FOLDS:
            raise SystemExit(f"{own / OWN_REPLIES} has replies to {n_posts} posts; at least {FOLDS} are needed.")
    _keep_apart(wanted.cache, wanted.name, data, own)
    return data, own


def learned_from(data: Path, own: Path = HERE) -> dict[str, list[Exchange]]:
    """What is learned from at last, by the name of the task; no exchanges where there are none.

    Own replies are among it only where EPITOME is not there; else they come before it (`reply_encoder.first_stage`).
    """
    return {
        "empathy": epitome(data) or own_replies(own),
        "strategy": esconv(data, "train") + own_strategies(own),
        "behaviour+skill": annomi(data),
        "reaction": empathic_reactions(data),
    }


def sets_of(data: Path, own: Path = HERE) -> dict[str, list[Exchange]]:
    """What is held out in cross-validation, by the name of the task; own exchanges only where EPITOME is not there."""
    sets = {
        "empathy": epitome(data) or own_replies(own),
        "behaviour+skill": annomi(data),
        "reaction": empathic_reactions(data),
    }
    return {task: exchanges for task, exchanges in sets.items() if exchanges}


def has_epitome(data: Path) -> bool:
    """Whether empathy is measured on EPITOME; else it is on own exchanges."""
    return bool(epitome(data))


def untaught(data: Path, own: Path = HERE) -> tuple[str, ...]:
    """The heads of which no exchange tells."""
    tasks = [task for task, exchanges in learned_from(data, own).items() if not exchanges]
    return tuple(head for task in tasks for head in task.split("+"))


def fold_of(exchanges: Sequence[Exchange], seed: int) -> dict[str, int]:
    """A fold for each group."""
    groups = sorted({e.group for e in exchanges})
    order = np.random.default_rng(seed).permutation(groups)
    return {str(group): k % FOLDS for k, group in enumerate(order)}


def read_together(seeds: Sequence[int], seed: int) -> list[int]:
    """The seeds of the networks whose mean reads the folds of a seed: it and those that follow, `TOGETHER` in all.

    >>> read_together(range(1, 6), 4)
    [4, 5, 1]
    """
    place = list(seeds).index(seed)
    return [*seeds[place:], *seeds[:place]][:TOGETHER]


def read_by(answers: Path) -> list[int]:
    """The seeds of the networks whose mean gave the answers in a file; none for answers of one network alone."""
    with np.load(answers) as arrays:
        return arrays["read_by"].tolist() if "read_by" in arrays.files else []


def left_out_together(
    groups: Mapping[str, Sequence[str]], folds_of: Mapping[int, Mapping[str, Mapping[str, int]]], seed: int, k: int,
) -> Iterator[tuple[dict[int, int], dict[str, list[int]]]]:  # fmt: skip
    """Which fold of each seed leaves out which rows: all together those that fold ``k`` of ``seed`` leaves out.

    Parameters
    ----------
    groups:
        The group of each row of a task.
    folds_of:
        The fold of each group, by seed and task.

    Yields a fold for each seed, and the rows of each task that all of these leave out; some rows every time.
    """
    others = [s for s in folds_of if s != seed]
    for places in itertools.product(range(FOLDS), repeat=len(others)):
        left = {seed: k} | dict(zip(others, places, strict=True))
        rows = {
            task: [r for r, g in enumerate(of) if all(folds_of[s][task][g] == fold for s, fold in left.items())]
            for task, of in groups.items()
        }
        if any(rows.values()):
            yield left, rows


def _keep_apart(cache: Path, name: str, data: Path, own: Path) -> None:
    """Note beside a run which own exchanges alone it is made from, so that it never goes on with weights of others."""
    note = cache / f"{name}.only-own"
    begun = any(cache.glob(f"{name}.*pt")) or any(cache.glob(f"{name}-[0-9]*-[0-9].*"))
    made_from, wanted = note.read_text() if note.exists() else "", _digest(own) if data == NOWHERE else ""
    if begun and made_from != wanted:
        raise SystemExit(f"The run '{name}' in {cache} was made from other exchanges: choose another --name.")
    if wanted:
        cache.mkdir(parents=True, exist_ok=True)
        note.write_text(wanted)
    elif made_from:
        note.unlink()


def _digest(own: Path) -> str:
    files = [file for name in (OWN_REPLIES, OWN_STRATEGIES) for file in sorted(own.glob(name))]
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()
