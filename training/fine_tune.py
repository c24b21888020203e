"""Fine-tunes an encoder on several tasks at once; stops and goes on wherever it was.

Each step takes one batch of one task; the tasks are shuffled over the whole run, texts of like length together. The
weights that are kept are a running mean of the last ones (Izmailov et al. 2018, *Averaging weights leads to wider
optima*, arXiv:1803.05407).
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np
import torch
from rich.progress import Progress
from torch import Tensor, nn

BATCH = 32
POOL = 32
AVERAGED_EVERY = 5
KEEP_EVERY_S = 120.0
Net = TypeVar("Net", bound=nn.Module)
Net_contra = TypeVar("Net_contra", bound=nn.Module, contravariant=True)


@dataclass(frozen=True, slots=True)
class Planned:
    """A batch: the number of its task, and which rows of it."""

    task: int
    rows: tuple[int, ...]


class Course(Protocol[Net_contra]):
    """What is learned, batch by batch."""

    def plan(self, seed: int) -> list[Planned]:
        """All batches, in the order they are taken; the same for the same seed."""
        ...

    def loss(self, network: Net_contra, planned: Planned, rng: np.random.Generator) -> tuple[str, Tensor]:
        """The name of the task of a batch, and what the network loses on it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How to learn: peak rate of the highest layer and of heads, weight decay, share of warm-up, mean of weights.

    Rates of lower layers fall by ``layer_decay`` with each layer down.
    """

    rate: float = 8e-5
    head_rate: float = 1e-3
    layer_decay: float = 0.9
    decay: float = 0.01
    warm_up: float = 0.06
    averaged: float = 0.999
    seed: int = 1


def fine_tune(network: Net, course: Course[Net], recipe: Recipe, *, kept: Path | None = None) -> Net:
    """The network, fine-tuned in place; its layers are under ``encoder`` and all else is a head.

    ``kept`` is the file where the run is remembered every two minutes, and from which it goes on.
    """
    torch.manual_seed(recipe.seed)
    optimiser = torch.optim.AdamW(_groups(network, recipe), weight_decay=recipe.decay, betas=(0.9, 0.98), fused=True)
    plan = course.plan(recipe.seed)
    mean = {name: value.clone() for name, value in network.state_dict().items()}
    first = 0
    if kept is not None and kept.exists():
        saved = torch.load(kept, weights_only=True)
        network.load_state_dict(saved["network"])
        optimiser.load_state_dict(saved["optimiser"])
        mean, first = saved["mean"], saved["step"]
    network.train()
    losses: dict[str, float] = {}
    told = time.monotonic()
    with Progress() as progress:
        bar = progress.add_task("fine-tuning", total=len(plan), completed=first)
        for step in range(first, len(plan)):
            _set_rates(optimiser, recipe, step / len(plan))
            name, loss = course.loss(network, plan[step], np.random.default_rng([recipe.seed, step]))
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            _average(mean, network, recipe.averaged, step)
            losses[name] = 0.98 * losses.get(name, float(loss.detach())) + 0.02 * float(loss.detach())
            said = " ".join(f"{name} {value:.3f}" for name, value in losses.items())
            progress.update(bar, completed=step + 1, description=said)
            if time.monotonic() - told > KEEP_EVERY_S or step + 1 == len(plan):
                told = time.monotonic()
                progress.console.print(f"step {step + 1} of {len(plan)}: {said}")
                _keep(kept, {"network": network.state_dict(), "optimiser": optimiser.state_dict(), "mean": mean,
                             "step": step + 1})  # fmt: skip
    network.load_state_dict(mean)
    return network.eval()


def half() -> torch.autocast:
    """Products in bfloat16 where the processor has instructions for them; elsewhere they would be slower."""
    return torch.autocast("cpu", torch.bfloat16, enabled=torch.cpu._is_avx512_bf16_supported())


def batches(lengths: Sequence[Sequence[int]], epochs: Sequence[float], seed: int, size: int = BATCH) -> list[Planned]:
    """All batches of a run: ``lengths`` of the texts of each task, and how often each text is met."""
    rng = np.random.default_rng(seed)
    plan = []
    for number, (length, often) in enumerate(zip(lengths, epochs, strict=True)):
        wanted, rows = round(often * len(length)), np.zeros(0, np.int64)
        while len(rows) < wanted:
            rows = np.concatenate([rows, rng.permutation(len(length))])
        rows = rows[:wanted]
        for start in range(0, len(rows), size * POOL):
            pool = sorted(rows[start : start + size * POOL], key=lambda row: length[row])
            plan += [Planned(number, tuple(map(int, pool[k : k + size]))) for k in range(0, len(pool), size)]
    return [plan[k] for k in rng.permutation(len(plan))]


def _groups(network: nn.Module, recipe: Recipe) -> list[dict[str, object]]:
    names = [name for name, _ in network.named_parameters()]
    layers = 1 + max(_layer(name) for name in names)
    groups = []
    for name, value in network.named_parameters():
        if value.requires_grad:
            in_encoder = name.startswith("encoder.")
            rate = recipe.rate * recipe.layer_decay ** (layers - 1 - _layer(name)) if in_encoder else recipe.head_rate
            groups.append({"params": [value], "lr": rate, "peak": rate})
    return groups


def _layer(name: str) -> int:
    """The number of the layer a parameter of the encoder belongs to, -1 below the first."""
    return next((int(part) for part in name.split(".") if part.isdigit()), -1) if name.startswith("encoder.") else -1


def _set_rates(optimiser: torch.optim.Optimizer, recipe: Recipe, done: float) -> None:
    """Up in a straight line, then down in one."""
    share = done / recipe.warm_up if done < recipe.warm_up else (1 - done) / (1 - recipe.warm_up)
    for group in optimiser.param_groups:
        group["lr"] = group["peak"] * max(share, 1e-3)


def _average(mean: dict[str, Tensor], network: nn.Module, averaged: float, step: int) -> None:
    keep = min(averaged, step / (step + 10))
    if step % AVERAGED_EVERY == 0:
        for name, value in network.named_parameters():
            if value.requires_grad:
                mean[name].lerp_(value.detach(), 1 - keep**AVERAGED_EVERY)


def _keep(file: Path | None, what: Mapping[str, object]) -> None:
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_suffix(".part")
        torch.save(what, unfinished)
        unfinished.replace(file)
