"""The network that reads a reply and what it answers, and what it learns from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoModel

from attunement.domain.reply import Behaviour, Mechanism, Strategy
from attunement.reading.plain_text import clean
from attunement.reading.reply_windows import Window, reply_windows
from training.fine_tune import Planned, batches, half
from training.reply_data import LEVELS, Exchange, targets

BATCH = 16
SMOOTHED = 0.05
N = len(Mechanism)
HEADS = {"strategy": len(Strategy), "behaviour": len(Behaviour), "skill": 1, "reaction": 2}


@dataclass(frozen=True, slots=True)
class Encoded:
    """A window of an exchange as the network sees it; ``carried`` ``(n_tokens, 3)`` marks tokens of spans.

    ``offsets`` are where the reply's tokens stand in it.
    """

    window: Window
    carried: NDArray[np.float32]
    offsets: tuple[tuple[int, int], ...]


class ReplyNetwork(nn.Module):
    """Levels, strategy, behaviour and reaction from the states of a reply that was read after what it answers.

    With ``h`` the states of the reply's tokens, ``m`` their mean: ``r = h @ u`` says which tokens carry a mechanism,
    ``a`` is the mean of ``h`` weighted by ``sigmoid(r)``, levels are linear on ``(m, a)``, all else on ``m``.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(folder, add_pooling_layer=False)
        self.encoder.embeddings.word_embeddings.requires_grad_(False)
        size = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(0.1)
        self.carries = nn.Linear(size, N)
        self.levels = nn.ModuleList(nn.Linear(2 * size, LEVELS) for _ in Mechanism)
        self.heads = nn.ModuleDict({name: nn.Linear(size, n) for name, n in HEADS.items()})

    def states(self, ids: Tensor, mask: Tensor) -> Tensor:
        """``(n, tokens)`` ids and mask to ``(n, tokens, size)``."""
        return self.dropout(self.encoder(ids, attention_mask=mask).last_hidden_state.float())

    def empathy(self, states: Tensor, reply: Tensor) -> tuple[Tensor, Tensor]:
        """Levels ``(n, 3 mechanisms, 3)`` and what each token carries ``(n, tokens, 3)``, as logits."""
        carried = self.carries(states)
        there = reply[:, :, None].float()
        mean = (states * there).sum(dim=1) / there.sum(dim=1).clamp(min=1)
        weight = torch.sigmoid(carried) * there
        weight = weight / weight.sum(dim=1, keepdim=True).clamp(min=1e-6)
        focus = torch.einsum("ntm,ntd->nmd", weight, states)
        levels = [head(torch.cat([mean, focus[:, k]], dim=1)) for k, head in enumerate(self.levels)]
        return torch.stack(levels, dim=1), carried

    def head(self, name: str, states: Tensor, reply: Tensor) -> Tensor:
        """What a head gives ``(n, n_head)``, as scores."""
        there = reply[:, :, None].float()
        return self.heads[name]((states * there).sum(dim=1) / there.sum(dim=1).clamp(min=1))


@dataclass(frozen=True, slots=True)
class ReplyTask:
    """Exchanges of one kind: ``empathy``, or the heads (joined by ``+``) whose targets stand in this order."""

    name: str
    exchanges: list[Exchange]
    epochs: float
    weight: float = 1.0


class ReplyCourse:
    """Some tasks as a `Course` for a `ReplyNetwork`."""

    def __init__(self, tasks: Sequence[ReplyTask], tokenizer: Tokenizer) -> None:
        self._tasks = [task for task in tasks if task.exchanges]
        self._encoded = [encode(task.exchanges, tokenizer) for task in self._tasks]
        self._targets = [targets(task.exchanges) for task in self._tasks]

    def plan(self, seed: int) -> list[Planned]:
        """All batches of the run."""
        lengths = [[len(e.window.ids) for e in encoded] for encoded in self._encoded]
        return batches(lengths, [task.epochs for task in self._tasks], seed, BATCH)

    def loss(self, network: ReplyNetwork, planned: Planned, _rng: np.random.Generator) -> tuple[str, Tensor]:
        """What the network loses on a batch."""
        task, rows = self._tasks[planned.task], list(planned.rows)
        ids, mask, reply, carried = tensors([self._encoded[planned.task][row] for row in rows])
        target = torch.from_numpy(self._targets[planned.task][rows])
        with half():
            states = network.states(ids, mask)
        if task.name == "empathy":
            return task.name, task.weight * _empathy_loss(network, states.float(), reply, carried, target)
        names = task.name.split("+")
        parts = target.split([HEADS[name] for name in names], dim=1)
        losses = [
            _head_loss(name, network.head(name, states.float(), reply), y) for name, y in zip(names, parts, strict=True)
        ]
        return task.name, task.weight * torch.stack(losses).sum()


def _empathy_loss(network: ReplyNetwork, states: Tensor, reply: Tensor, carried: Tensor, levels: Tensor) -> Tensor:
    """Cross-entropy of levels, their squared distance (they are ordered), and cross-entropy of what carries them."""
    out, carries = network.empathy(states, reply)
    place = torch.arange(LEVELS, dtype=torch.float32)
    loss = torch.zeros(())
    for k in range(N):
        loss = loss + functional.cross_entropy(out[:, k], levels[:, k].long(), label_smoothing=SMOOTHED)
        loss = loss + 0.25 * (torch.softmax(out[:, k], dim=1) @ place - levels[:, k]).square().mean()
    tokens = functional.binary_cross_entropy_with_logits(carries, carried, reduction="none")
    return loss + (tokens.sum(dim=2) * reply).sum() / reply.sum()


def _head_loss(name: str, out: Tensor, target: Tensor) -> Tensor:
    if name == "reaction":
        return 0.5 * (out - target).square().mean(dim=0).sum()
    if name == "skill":
        return 0.3 * functional.binary_cross_entropy_with_logits(out, target)
    return functional.cross_entropy(out, target, label_smoothing=SMOOTHED)


def encode(exchanges: Sequence[Exchange], tokenizer: Tokenizer) -> list[Encoded]:
    """The first window of each exchange: 160 tokens of the reply, after the last 64 of what it answers."""
    return [windows_of(exchange, tokenizer)[0] for exchange in exchanges]


def windows_of(exchange: Exchange, tokenizer: Tokenizer) -> list[Encoded]:
    """All windows of an exchange, as `attunement.reading.reply_windows` lays them out."""
    tokenizer.no_truncation()
    before = tokenizer.encode(clean(exchange.before), add_special_tokens=False)
    reply = tokenizer.encode(clean(exchange.reply), add_special_tokens=False)
    encoded = []
    for window in reply_windows(before.ids, reply.ids):
        offsets = tuple(reply.offsets[window.start : window.start + window.n_reply])
        carried = np.zeros((len(window.ids), N), np.float32)
        for k, spans in enumerate(exchange.spans):
            for t, (start, end) in enumerate(offsets):
                carried[window.first + t, k] = any(start < b and a < end for a, b in spans)
        encoded.append(Encoded(window, carried, offsets))
    return encoded


def tensors(part: Sequence[Encoded]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Ids, mask, mask of the reply, and what is carried, padded to the longest."""
    longest = max(len(e.window.ids) for e in part)
    ids, mask = torch.zeros(len(part), longest, dtype=torch.long), torch.zeros(len(part), longest, dtype=torch.long)
    reply, carried = torch.zeros(len(part), longest), torch.zeros(len(part), longest, N)
    for k, e in enumerate(part):
        n, first = len(e.window.ids), e.window.first
        ids[k, :n], mask[k, :n] = torch.tensor(e.window.ids), 1
        reply[k, first : first + e.window.n_reply] = 1
        carried[k, :n] = torch.from_numpy(e.carried)
    return ids, mask, reply, carried
