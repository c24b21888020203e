"""Learns to forecast how people will feel from how they felt: ``models/forecast``.

    python -m training.forecast --data FOLDER_OF_PUBLIC_SETS      # some minutes on one core

It learns from the studies whose licence allows it (`esm_data.LEARNED_FROM`) and is measured on all others, whole.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from rich.progress import track
from torch import Tensor, nn

from attunement.domain.forecast import LEVELS
from attunement.foresight.forecast_model import HALF, LAYERS, LONGEST_H
from attunement.foresight.trace import FLIPPED, HALF_LIVES_H, STEADY, Trace
from attunement.library.resources import models_folder
from training.esm_data import LEARNED_FROM, Item, items
from training.forecast_card import write_card
from training.forecast_trees import grown, next_values
from training.public_data import DATA

Array = NDArray[np.float32]
VERSION = "forecast-2026-11-26c"
HIDDEN, BATCH, EPOCHS, RATE = 32, 2048, 8, 2e-3
FURTHEST = 8
BENT = 0.8


@dataclass(frozen=True, slots=True)
class Cases:
    """``seen`` (n, 25) of traces, hours to the time asked for ``gap`` (n,), what came ``values``, ``weights`` (n,)."""

    seen: Array
    gap: Array
    values: Array
    weights: Array


class Network(nn.Module):
    """`ForecastModel` in PyTorch; see there."""

    def __init__(self) -> None:
        super().__init__()
        n, fades = len(STEADY), len(HALF_LIVES_H)
        sizes = {"middle": (n + fades, 1), "spread": (n, len(LEVELS))}
        for part, (into, out) in sizes.items():
            for layer, (a, b) in enumerate(((into, HIDDEN), (HIDDEN, HIDDEN), (HIDDEN, out)), start=1):
                setattr(self, f"{part}{layer}", nn.Linear(a, b))
        with torch.no_grad():
            for part, least in (("middle", 0.0), ("spread", -4.0)):
                getattr(self, f"{part}3").weight.mul_(0.2)
                getattr(self, f"{part}3").bias.fill_(least)

    def forward(self, x: Tensor, fades: Tensor, mean: Tensor) -> Tensor:
        """Quantiles (n, 19) from standardised ``x`` (n, 25), ``fades`` (n, 3) and the plain ``mean`` (n,)."""
        middle = mean + self._through("middle", torch.cat([x, fades], 1))[:, 0]
        out = nn.functional.softplus(self._through("spread", x))
        wide = 1 + out[:, -1:] * (1 - fades[:, 1:2])
        up, down = out[:, :HALF].cumsum(1) * wide, out[:, HALF:-1].cumsum(1) * wide
        return torch.cat([middle[:, None] - down.flip(1), middle[:, None], middle[:, None] + up], 1)

    def _through(self, part: str, x: Tensor) -> Tensor:
        for layer in (1, 2):
            x = nn.functional.silu(getattr(self, f"{part}{layer}")(x))
        return getattr(self, f"{part}3")(x)  # type: ignore[no-any-return]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the public sets")
    parser.add_argument("--to", type=Path, default=models_folder() / "forecast", help="where the model is written")
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    torch.set_num_threads(1)  # sums this small only wait for one another in several threads
    learned = list(items(wanted.data, *LEARNED_FROM))
    weights = learn(turned_round(cases_of(learned, np.random.default_rng(wanted.seed))), seed=wanted.seed)
    plain = turned_round(plain_cases(learned))
    weights |= grown(plain.seen, plain.gap, plain.values, plain.weights)
    wanted.to.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(wanted.to / "forecast.npz", version=np.array(VERSION), **weights)
    write_card(wanted.to / "card.md", wanted.to / "forecast.npz", wanted.data, VERSION)


def cases_of(learned: Sequence[Item], rng: np.random.Generator) -> Cases:
    """What a trace shows before each value, one and several steps ahead; each study weighs by the root of its size.

    Every series is seen twice, with and without a clock. The scales of both are bent at random, since others' are.
    """
    sizes = {study: sum(len(p.values) for i in learned if i.study == study for p in i.people) for study in LEARNED_FROM}
    seen: list[list[float]] = []
    gaps, values, weights = list[float](), list[float](), list[float]()
    for item in track(learned, "Following people"):
        for hours, felt, mean, clock in _twice(item, rng):
            trace = Trace(start=mean, clock=clock)
            for k in range(len(felt)):
                for ahead in (0, int(rng.integers(1, FURTHEST + 1))):
                    if k + ahead < len(felt):
                        seen.append(trace.seen(hours[k + ahead]))
                        gaps.append(min(hours[k + ahead] - trace.last_h, LONGEST_H))
                        values.append(felt[k + ahead])
                        weights.append((0.5 if ahead else 1.0) / sizes[item.study] ** 0.5)
                trace.update(hours[k], felt[k])
    weighed = np.array(weights, np.float32)
    return Cases(np.array(seen, np.float32), np.array(gaps, np.float32), np.array(values, np.float32),
                 weighed / weighed.mean())  # fmt: skip


def plain_cases(learned: Sequence[Item]) -> Cases:
    """What trees grow from: one step ahead, on scales as they are, with a clock; trees do not stretch to other scales.

    So they are asked together with the network, which learned from scales that were bent.
    """
    studies, seen, gaps, values = zip(*next_values(learned), strict=True)
    sizes = Counter(studies)
    weights = np.array([sizes[study] ** -0.5 for study in studies], np.float32)
    return Cases(np.array(seen, np.float32), np.array(gaps, np.float32), np.array(values, np.float32),
                 weights / weights.mean())  # fmt: skip


def _twice(item: Item, rng: np.random.Generator) -> Iterator[tuple[list[float], list[float], float, bool]]:
    """Hours, values, what is expected of anybody, and whether there is a clock."""
    everybody = np.concatenate([p.values for p in item.people])
    for series in item.people:
        for clock in (True, False):
            power, down = float(np.exp(rng.uniform(-BENT, BENT))), bool(rng.integers(2))
            values = _bent(series.values, power, down)
            yield series.hours.tolist(), values.tolist(), float(_bent(everybody, power, down).mean()), clock


def _bent(values: NDArray[np.float64], power: float, down: bool) -> NDArray[np.float64]:
    return np.asarray(1 - (1 - values) ** power if down else values**power)


def turned_round(cases: Cases) -> Cases:
    """The cases, and the same on scales turned round, so that calm and tense are forecast alike."""
    partner = [STEADY.index(FLIPPED.get(name, name)) for name in STEADY]
    deviation = np.array([name not in {"mean", "sd", "few", "seen", "lowest", "highest"} for name in STEADY])
    seen = cases.seen[:, partner] * np.where(deviation, -1, 1).astype(np.float32)
    seen[:, 0] = 1 - cases.seen[:, 0]
    return Cases(
        np.concatenate([cases.seen, seen]), np.tile(cases.gap, 2), np.concatenate([cases.values, 1 - cases.values]),
        np.tile(cases.weights, 2),
    )  # fmt: skip


def learn(cases: Cases, *, seed: int) -> dict[str, Array]:
    """The weights that make the pinball loss over all quantiles least (Koenker & Bassett 1978, Econometrica 46)."""
    torch.manual_seed(seed)
    middle, spread = cases.seen.mean(axis=0), cases.seen.std(axis=0) + 1e-6
    x = torch.tensor((cases.seen - middle) / spread)
    fades = torch.tensor(np.stack([0.5 ** (cases.gap / half) for half in HALF_LIVES_H], 1).astype(np.float32))
    mean, values, weights = (torch.tensor(a) for a in (cases.seen[:, 0], cases.values, cases.weights))
    chances = torch.tensor(LEVELS, dtype=torch.float32)
    network = Network()
    steps = EPOCHS * len(x) // BATCH
    optimiser = torch.optim.AdamW(network.parameters(), RATE, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, steps)
    for _ in track(range(steps), "Learning"):
        rows = torch.randint(0, len(x), (BATCH,))
        error = values[rows, None] - network(x[rows], fades[rows], mean[rows])
        loss = (torch.maximum(chances * error, (chances - 1) * error).mean(1) * weights[rows]).mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
    return _plain(network, middle, spread)


def _plain(network: Network, middle: Array, spread: Array) -> dict[str, Array]:
    """Weights for values as they are: the first layers take the standardising into themselves."""
    weights = {}
    for name in LAYERS:
        layer = getattr(network, name)
        weights[name], weights[f"{name}_bias"] = (p.detach().numpy().copy() for p in (layer.weight, layer.bias))
    for name in ("middle1", "spread1"):
        n = len(STEADY)
        weights[f"{name}_bias"] -= weights[name][:, :n] @ (middle / spread)
        weights[name][:, :n] /= spread
    return weights


if __name__ == "__main__":
    main()
