"""Cross-validates the reader of replies, leaving out whole seekers, transcripts and writers.

    python -m training.reply_folds --data FOLDER_OF_PUBLIC_SETS --seeds 5     # five folds each; goes on where it was

What ships is the mean of some networks' weights (`training.reply_encoder`), and so it is here: an exchange is read by
the mean of as many, of seeds that follow one another, each with the fold that left it out. Each seed has its own folds.

Levels and spans are chosen, and scores are turned into probabilities, for each fold by what the other four found. With
``--only-own`` (``--own FOLDER``) own exchanges are held out instead, all replies to a post together.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.special import softmax

from training.networks import averaged, minilm_folder, open_tokenizer
from training.reply_data import Exchange
from training.reply_encoder import first_stage, learned, second_stage
from training.reply_figures import report
from training.reply_network import HEADS, Encoded, ReplyNetwork, tensors, windows_of
from training.reply_sources import (
    FOLDS,
    add_run_options,
    fold_of,
    left_out_together,
    read_by,
    read_together,
    sets_of,
    sources_of,
)

FoldsOf = dict[int, dict[str, dict[str, int]]]
"""The fold of each group, by seed and task."""


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_run_options(parser)
    parser.add_argument("--seeds", type=int, default=5)
    wanted = parser.parse_args()
    data, own = sources_of(wanted)
    first = first_stage(data, wanted.cache, wanted.name, wanted.start, own=own)
    sets = sets_of(data, own)
    seeds = range(1, wanted.seeds + 1)
    folds_of = {seed: {task: fold_of(exchanges, seed) for task, exchanges in sets.items()} for seed in seeds}
    files = {(seed, k): wanted.cache / f"{wanted.name}-{seed}-{k}.pt" for k in range(FOLDS) for seed in seeds}
    for (seed, k), file in files.items():

        def learn_from(task: str, e: Exchange, folds: dict[str, dict[str, int]] = folds_of[seed], k: int = k) -> bool:
            return folds.get(task, {}).get(e.group) != k

        learned(file, partial(second_stage, data, first, seed=seed, own=own, learn_from=learn_from))
    for (seed, k), file in files.items():
        answers, together = file.with_suffix(".npz"), read_together(seeds, seed)
        if not answers.exists() or read_by(answers) != together:
            of_these = {s: folds_of[s] for s in together}
            np.savez(answers, **answers_of_fold(files, sets, of_these, seed, k), read_by=together)
    report(data, wanted.cache, wanted.name, own)


def answers_of_fold(
    files: Mapping[tuple[int, int], Path], sets: Mapping[str, list[Exchange]], folds_of: FoldsOf, seed: int, k: int
) -> dict[str, NDArray[np.generic]]:
    """What is said of the exchanges of a fold, and which they are.

    Each is read by the mean of the networks of these seeds, each of the fold that left it out.
    """
    states = {
        (s, fold): torch.load(file, weights_only=True)
        for (s, fold), file in files.items()
        if s in folds_of and (s != seed or fold == k)
    }
    network = ReplyNetwork(minilm_folder()).eval()
    groups = {task: [e.group for e in exchanges] for task, exchanges in sets.items()}
    answers: dict[str, list[NDArray[np.generic]]] = {}
    for left, rows in left_out_together(groups, folds_of, seed, k):
        network.load_state_dict(averaged([states[place] for place in left.items()]))
        for task, of in rows.items():
            if of:
                answers.setdefault(f"{task}_rows", []).append(np.array(of))
                for name, value in answers_to(network, [sets[task][r] for r in of], task).items():
                    answers.setdefault(f"{task}_{name}", []).append(value)
    return {name: np.concatenate(parts) for name, parts in answers.items()}


def answers_to(network: ReplyNetwork, exchanges: Sequence[Exchange], task: str) -> dict[str, NDArray[np.generic]]:
    """Scores of a task's heads; for ``empathy`` levels ``(n, 3, 3)`` and tokens ``(tokens of first windows, 3)``.

    A reply shows as much as that of its windows that shows most, as `attunement.reading.reply_reader` has it; what else
    is asked of a reply is asked of its first window.
    """
    tokenizer = open_tokenizer(minilm_folder())
    windows = [windows_of(e, tokenizer)[: None if task == "empathy" else 1] for e in exchanges]
    out = _of_windows(network, [window for some in windows for window in some], task)
    ends = np.cumsum([len(some) for some in windows])
    if task != "empathy":
        return {name: np.stack(values) for name, values in out.items()}
    return {
        "levels": np.stack([_most(np.stack(some)) for some in _split(out["levels"], ends)]),
        "tokens": np.concatenate([some[0] for some in _split(out["tokens"], ends)]),
    }


def _of_windows(network: ReplyNetwork, encoded: Sequence[Encoded], task: str) -> dict[str, list[NDArray[np.float32]]]:
    """What the heads give for each window."""
    order = sorted(range(len(encoded)), key=lambda r: len(encoded[r].window.ids))
    rows: dict[str, list[NDArray[np.float32]]] = {}
    with torch.inference_mode():
        for start in range(0, len(order), 32):
            part = order[start : start + 32]
            ids, mask, reply, _ = tensors([encoded[r] for r in part])
            states = network.states(ids, mask)
            out = _out(network, states, reply, task)
            for name, values in out.items():
                kept = rows.setdefault(name, [np.zeros(0, np.float32)] * len(encoded))
                for place, r in enumerate(part):
                    row = values[place].numpy()
                    kept[r] = row[reply[place].bool().numpy()] if name == "tokens" else row
    return rows


def _split(rows: list[NDArray[np.float32]], ends: NDArray[np.int64]) -> list[list[NDArray[np.float32]]]:
    """Rows of windows by the reply they are of."""
    return [rows[begin:end] for begin, end in zip([0, *ends[:-1].tolist()], ends.tolist(), strict=True)]


def _most(levels: NDArray[np.float32]) -> NDArray[np.float32]:
    """Of windows ``(n, 3, 3)`` the scores ``(3, 3)``: for each mechanism those of the window that shows most."""
    expected = softmax(levels, axis=2) @ np.arange(3)
    return levels[expected.argmax(axis=0), np.arange(levels.shape[1])]


def _out(network: ReplyNetwork, states: torch.Tensor, reply: torch.Tensor, task: str) -> dict[str, torch.Tensor]:
    if task == "empathy":
        levels, tokens = network.empathy(states, reply)
        return {"levels": levels, "tokens": tokens}
    return {name: network.head(name, states, reply) for name in task.split("+") if name in HEADS}


if __name__ == "__main__":
    main()
