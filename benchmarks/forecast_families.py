"""The two families of forecasts the field knows, learned from the studies ours was: a state space, a recurrent network.

Both are told what ours is told: the mean of an item, then each value of a person at its hour. Neither saw the studies
they are measured on.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.optimize import minimize
from torch import Tensor, nn
from torch.nn.functional import l1_loss
from training.esm_data import LEARNED_FROM, Item, Series, items

Array = NDArray[np.float64]
KEPT = Path(".cache/forecast_peers")
LONGEST, FITTED_ON, FIFTH = 150, 600, 5
FIRST_GUESS = np.log([0.15, 0.12, 6.0, 0.1, 60.0, 0.1])
SIZE, EPOCHS, PATIENCE, BATCH, RATE = 32, 40, 4, 64, 3e-3
Says = Callable[["Padded"], Array]


@dataclass(frozen=True, slots=True)
class Padded:
    """People side by side: ``values``, ``hours`` and ``there`` ``(n, longest)``, and the mean of the item of each."""

    values: Array
    hours: Array
    there: NDArray[np.bool_]
    start: Array

    @classmethod
    def of(cls, people: Sequence[tuple[Series, float]], *, longest: int | None = None) -> Padded:
        """Of people and the means of their items."""
        n = min(longest or 10**9, max(len(p.values) for p, _ in people))
        values, hours = np.zeros((len(people), n)), np.zeros((len(people), n))
        there = np.zeros((len(people), n), bool)
        for k, (p, _) in enumerate(people):
            m = min(n, len(p.values))
            values[k, :m], hours[k, :m], there[k, :m] = p.values[:m], p.hours[:m], True
            hours[k, m:] = p.hours[m - 1]
        return cls(values, hours, there, np.array([start for _, start in people]))

    def gaps(self) -> Array:
        """Hours since the value before, 0 for the first."""
        return np.diff(self.hours, axis=1, prepend=self.hours[:, :1])


def family_ratio(item: Item, says: Says) -> float:
    """Mean absolute error over the baseline's: of all people of an item, from their second value on."""
    people = Padded.of([(p, item.mean) for p in item.people if len(p.values) > 1])
    later = people.there.copy()
    later[:, 0] = False
    mean = people.values.cumsum(axis=1) / np.arange(1, people.values.shape[1] + 1)
    before, last = np.roll(mean, 1, axis=1)[later], np.roll(people.values, 1, axis=1)[later]
    came, apart = people.values[later], last - before
    phi = float(apart @ (came - before) / (apart @ apart + 1e-12))
    said = np.clip(says(people)[later], 0, 1)
    return float(np.abs(said - came).mean() / np.abs(before + phi * apart - came).mean())


def state_space(data: Path) -> Says:
    """A person's level, a slow and a fast mood around it that fade by the hour, and a scatter; by Kalman's filter.

    ``y = m + s + f + e``: ``m ~ N(mean of the item, τ²)``, ``s`` and ``f`` Ornstein-Uhlenbeck processes. The six
    numbers are those of greatest likelihood over people of the studies. Oravecz, Tuerlinckx & Vandekerckhove (2011), A
    hierarchical latent stochastic differential equation model for affective dynamics, Psychological Methods 16(4).
    """
    file = KEPT / "state_space.npy"
    if not file.exists():
        everyone = list(_everyone(data))
        chosen = np.random.default_rng(0).choice(len(everyone), min(FITTED_ON, len(everyone)), replace=False)
        people = Padded.of([everyone[k] for k in chosen], longest=LONGEST)
        found = minimize(lambda x: _filtered(people, np.exp(x))[1], FIRST_GUESS, method="Nelder-Mead",
                         options={"maxiter": 500, "xatol": 0.01, "fatol": 1e-4})  # fmt: skip
        KEPT.mkdir(parents=True, exist_ok=True)
        np.save(file, found.x)
    numbers = np.exp(np.load(file))
    return lambda people: _filtered(people, numbers)[0]


def _filtered(people: Padded, numbers: Array) -> tuple[Array, float]:
    """What is expected before each value (n, longest), and minus the mean log-likelihood of a value."""
    level, slow, slow_h, fast, fast_h, scatter = numbers.tolist()
    n, longest = people.values.shape
    gaps, spread = people.gaps(), np.array([level, slow, fast]) ** 2
    mean, cov = np.zeros((n, 3)), np.tile(np.diag(spread), (n, 1, 1))
    said, loss = np.zeros((n, longest)), 0.0
    for k in range(longest):
        fades = np.stack([np.ones(n), np.exp(-gaps[:, k] / slow_h), np.exp(-gaps[:, k] / fast_h)], axis=1)
        mean, cov = mean * fades, cov * fades[:, :, None] * fades[:, None, :]
        cov[:, range(3), range(3)] += spread * (1 - fades**2)
        said[:, k] = people.start + mean.sum(axis=1)
        gain = cov.sum(axis=2)
        variance = gain.sum(axis=1) + scatter**2
        miss, there = people.values[:, k] - said[:, k], people.there[:, k]
        loss += float((0.5 * (np.log(variance) + miss**2 / variance))[there].sum())
        step = np.where(there, miss / variance, 0.0)
        mean = mean + gain * step[:, None]
        cov = cov - np.where(there, 1 / variance, 0.0)[:, None, None] * gain[:, :, None] * gain[:, None, :]
    return said, loss / people.there.sum()


class _Recurrent(nn.Module):
    """A gated recurrent unit that reads values with the hours between them, and is asked for the next at its hour.

    Cho et al. (2014), Learning phrase representations using RNN encoder-decoder, EMNLP, arXiv:1406.1078.
    """

    def __init__(self) -> None:
        super().__init__()
        self.unit = nn.GRU(6, SIZE, batch_first=True)
        self.head = nn.Sequential(nn.Linear(SIZE + 4, SIZE), nn.Tanh(), nn.Linear(SIZE, 1))

    def forward(self, seen: Tensor, asked: Tensor) -> Tensor:
        """From what was seen ``(n, longest, 6)`` and is asked ``(n, longest, 4)``: how far from the running mean."""
        states, _ = self.unit(seen)
        before = torch.cat([torch.zeros_like(states[:, :1]), states[:, :-1]], dim=1)
        return torch.as_tensor(self.head(torch.cat([before, asked], dim=2))[:, :, 0])


def recurrent(data: Path) -> Says:
    """The network, taught by mean absolute error; a fifth of the people say when to stop."""
    torch.manual_seed(0)
    network, file = _Recurrent(), KEPT / "recurrent.pt"
    if not file.exists():
        _teach(network, list(_everyone(data)))
        KEPT.mkdir(parents=True, exist_ok=True)
        torch.save(network.state_dict(), file)
    network.load_state_dict(torch.load(file, weights_only=True))
    return lambda people: _asked(network, people)


def _teach(network: _Recurrent, everyone: Sequence[tuple[Series, float]]) -> None:
    """Leave in the network the weights that did best for those held out."""
    names = sorted({p.person for p, _ in everyone})
    held = set(np.random.default_rng(0).permutation(names)[: len(names) // FIFTH].tolist())
    learn, watch = ([one for one in everyone if (one[0].person in held) is apart] for apart in (False, True))
    optimiser, rng = torch.optim.AdamW(network.parameters(), lr=RATE), np.random.default_rng(0)
    best, waited, kept = math.inf, 0, network.state_dict()
    for _ in range(EPOCHS):
        for chunk in np.array_split(rng.permutation(len(learn)), max(1, len(learn) // BATCH)):
            people = Padded.of([learn[k] for k in chunk], longest=LONGEST)
            optimiser.zero_grad()
            _missed(network, people).backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
        with torch.inference_mode():
            missed = float(_missed(network, Padded.of(watch, longest=LONGEST)))
        if missed < best:
            best, waited, kept = missed, 0, {name: value.clone() for name, value in network.state_dict().items()}
        elif (waited := waited + 1) == PATIENCE:
            break
    network.load_state_dict(kept)


def _missed(network: _Recurrent, people: Padded) -> Tensor:
    seen, asked, mean = _inputs(people)
    said = mean + network(seen, asked)
    there = torch.from_numpy(people.there)
    return l1_loss(said[there], torch.from_numpy(people.values).float()[there])


def _asked(network: _Recurrent, people: Padded) -> Array:
    with torch.inference_mode():
        seen, asked, mean = _inputs(people)
        return np.asarray((mean + network(seen, asked)).double().numpy())


def _inputs(people: Padded) -> tuple[Tensor, Tensor, Tensor]:
    """What was seen at each value, what is known of the next one's hour before it, and the running mean before it."""
    count = np.arange(1, people.values.shape[1] + 1)
    mean = (people.start[:, None] + people.values.cumsum(axis=1)) / (1 + count)
    before = np.concatenate([people.start[:, None], mean[:, :-1]], axis=1)
    gap, turn = np.log1p(people.gaps()), 2 * np.pi * people.hours / 24
    hour = [np.sin(turn), np.cos(turn)]
    many = np.broadcast_to(np.log(count), people.values.shape)
    seen = [people.values - people.start[:, None], people.values - mean, gap, *hour, many]
    parts = (np.stack(seen, axis=2), np.stack([gap, *hour, many], axis=2), before)
    first, second, third = (torch.from_numpy(np.ascontiguousarray(part)).float() for part in parts)
    return first, second, third


def _everyone(data: Path) -> Iterator[tuple[Series, float]]:
    for study in LEARNED_FROM:
        for item in items(data, study):
            yield from ((p, item.mean) for p in item.people if len(p.values) > 2)
