"""How fast PyTorch reads texts without integers: the same network, and one of the size of RoBERTa-base."""

from __future__ import annotations

import time
from collections.abc import Sequence

import torch
from transformers import BertConfig, BertModel

from attunement.library.resources import models_folder

BATCH = 32
SIZES = {
    "PyTorch, same size, float32": BertConfig(
        hidden_size=384, num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536
    ),
    "PyTorch, size of RoBERTa-base, float32": BertConfig(vocab_size=50_265),
}


def per_second(texts: Sequence[str]) -> dict[str, float]:
    """Texts a second of each, in batches of 32 padded to the longest; weights are random, which takes as long."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(models_folder() / "text" / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.enable_padding()
    return {name: len(texts) / _seconds(BertModel(size).eval(), tokenizer, texts) for name, size in SIZES.items()}


def _seconds(model: BertModel, tokenizer: object, texts: Sequence[str]) -> float:
    begun = time.perf_counter()
    with torch.inference_mode():
        for start in range(0, len(texts), BATCH):
            encoded = tokenizer.encode_batch(list(texts[start : start + BATCH]))  # type: ignore[attr-defined]
            ids = torch.tensor([e.ids for e in encoded])
            model(ids, attention_mask=torch.tensor([e.attention_mask for e in encoded]))
    return time.perf_counter() - begun
