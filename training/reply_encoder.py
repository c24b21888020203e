"""Fine-tunes MiniLM for the reader of replies: empathy, strategy, behaviour, concern and distress at once.

    pip install -e '.[train]'
    python -m training.reply_encoder --data FOLDER_OF_PUBLIC_SETS

It learns the strategies of supporters' turns and the replies written for this project; with that begin `TOGETHER`
networks that learn all tasks, each in an order of its own, and the mean of their weights is what ships: it reads as
well as the networks together would, at the cost of one. It can be interrupted: it goes on from ``--cache``.

With ``--start`` it begins with a network of ``training.text_encoder`` and not
with MiniLM as it is. With ``--only-own`` nothing but exchanges written for this project are learned from, or an
organisation's own (``--own FOLDER``), so that no terms of a public set of replies touch the weights. Its folds and its
reader are then made with the same options.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import torch
from torch import Tensor

from training.fine_tune import Recipe, fine_tune
from training.networks import averaged, minilm_folder, open_tokenizer, saved_run
from training.reply_data import HERE, Exchange, esconv, own_replies, own_strategies, targets
from training.reply_network import ReplyCourse, ReplyNetwork, ReplyTask
from training.reply_sources import TOGETHER, add_run_options, has_epitome, learned_from, sources_of
from training.shipped import shipped_encoder
from training.tasks import Scale

Kept = Callable[[str, Exchange], bool]
RATE, LATER_RATE = 8e-5, 8e-5


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_run_options(parser)
    wanted = parser.parse_args()
    data, own = sources_of(wanted)
    first = first_stage(data, wanted.cache, wanted.name, wanted.start, own=own)
    states = [
        learned(wanted.cache / f"{wanted.name}.{seed}.pt", partial(second_stage, data, first, seed=seed, own=own))
        for seed in range(1, TOGETHER + 1)
    ]
    torch.save(averaged(states), wanted.cache / f"{wanted.name}.pt")


def learned(file: Path, learn: Callable[..., ReplyNetwork]) -> dict[str, Tensor]:
    """The weights that ``file`` keeps; where there is none, ``learn(kept=...)`` is asked first."""
    if not file.exists():
        run = file.with_suffix(".run.pt")
        torch.save(learn(kept=run).state_dict(), file)
        run.unlink(missing_ok=True)
    state: dict[str, Tensor] = torch.load(file, weights_only=True)
    return state


def start_of(cache: Path, name: str) -> dict[str, Tensor]:
    """The encoder of a run of ``training.text_encoder``, or of the folder of shipped models that is so named.

    Raises `SystemExit` where there is neither.
    """
    if Path(name).is_dir():
        return shipped_encoder(Path(name))
    state = saved_run(cache, name, made_by=f"text_encoder --name {name} (or begin with --start models/text)")
    return {key.removeprefix("encoder."): v for key, v in state.items() if key.startswith("encoder.")}


def first_stage(data: Path, cache: Path, name: str, start: str | None, *, own: Path = HERE) -> dict[str, Tensor]:
    """The weights of a network that has learned strategies and own replies; kept, since every fold begins with them.

    Own replies are left for the second stage where there is no EPITOME: there they are what is held out.
    """
    done = cache / f"{name}.first.pt"
    if not done.exists():
        torch.manual_seed(1)
        network = ReplyNetwork(minilm_folder())
        if start is not None:
            network.encoder.load_state_dict(start_of(cache, start))
        tasks = [ReplyTask("strategy", esconv(data, "train") + own_strategies(own), 2)]
        if has_epitome(data):
            tasks.append(ReplyTask("empathy", own_replies(own), 3))
        course = ReplyCourse(tasks, open_tokenizer(minilm_folder()))
        fine_tune(network, course, Recipe(rate=RATE), kept=cache / f"{name}.first.run.pt")
        torch.save(network.state_dict(), done)
    state: dict[str, Tensor] = torch.load(done, weights_only=True)
    return state


def second_stage(
    data: Path, first: Mapping[str, Tensor], *, seed: int, own: Path = HERE, kept: Path | None = None,
    learn_from: Kept = lambda _task, _exchange: True,
) -> ReplyNetwork:  # fmt: skip
    """A network that begins with ``first`` and learns all tasks, from exchanges ``learn_from`` agrees to."""
    torch.manual_seed(seed)
    network = ReplyNetwork(minilm_folder())
    network.load_state_dict(first)
    tasks = [
        ReplyTask(t.name, [e for e in t.exchanges if learn_from(t.name, e)], t.epochs, t.weight)
        for t in tasks_of(data, own)
    ]
    course = ReplyCourse(tasks, open_tokenizer(minilm_folder()))
    return fine_tune(network, course, Recipe(rate=LATER_RATE, seed=seed, averaged=0.995), kept=kept)


def tasks_of(data: Path, own: Path = HERE) -> list[ReplyTask]:
    """What the second stage learns from."""
    sets = learned_from(data, own)
    return [
        ReplyTask("empathy", sets["empathy"], 4),
        ReplyTask("strategy", sets["strategy"], 0.4),
        ReplyTask("behaviour+skill", sets["behaviour+skill"], 2.5),
        ReplyTask("reaction", _standardised(sets["reaction"]), 2, 0.5),
    ]


def _standardised(exchanges: list[Exchange]) -> list[Exchange]:
    if not exchanges:
        return []
    values = targets(exchanges)
    rows = Scale.of(values.astype(float)).apply(values.astype(float))
    return [replace(e, target=tuple(map(float, row))) for e, row in zip(exchanges, rows, strict=True)]


if __name__ == "__main__":
    main()
