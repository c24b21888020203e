"""Reads the weights of a network that ships back into the form it is fine-tuned in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor

from attunement.reading.encoder import Encoder
from attunement.reading.heads import Head
from attunement.reading.model_files import MODEL
from attunement.reading.network import SIZE
from training.bert_graph import MINILM
from training.tasks import Scale

AS_TRAINED = ("emotion", "need", "risk", "stress", "harm", "answer")
"""Heads that ship as they were fine-tuned, or as they can be fine-tuned further; of danger, that is `ALONE`."""
ALONE = "risk_alone"
"""The head of danger as it was before it heard words and was put to scale: what is fine-tuned further."""


def shipped_state(folder: Path, affect: Scale) -> dict[str, Tensor]:
    """The encoder and the heads in ``folder`` by their names in `training.networks.Network`.

    What words say by themselves is no part of it. ``affect`` is the scale on which values of affect are learned; the
    head that ships gives the values themselves.
    """
    with np.load(folder / "heads.npz") as arrays:
        kept = {name: name for name in (*AS_TRAINED, "affect")} | {"risk": ALONE}
        heads = {name: (arrays[f"{of}_weight"][:SIZE], arrays[f"{of}_bias"]) for name, of in kept.items()}
    weight, bias = heads["affect"]
    heads["affect"] = weight / affect.sd, (bias - affect.mean) / affect.sd
    state = {f"encoder.{name}": value for name, value in shipped_encoder(folder).items()}
    for name, (weight, bias) in heads.items():
        state[f"heads.{name}.weight"] = torch.from_numpy(weight.T.copy())
        state[f"heads.{name}.bias"] = torch.from_numpy(bias)
    return state


def shipped_scores(folder: Path, texts: Sequence[str], head: str) -> NDArray[np.float64]:
    """What a head of `AS_TRAINED` in ``folder`` gives for texts, ``(n_texts, n)``, read as they are when it serves."""
    with np.load(folder / "heads.npz") as arrays:
        scores = Head(arrays[f"{head}_weight"], arrays[f"{head}_bias"])
    return scores(Encoder(folder=folder).encode(texts)).astype(np.float64)


def shipped_encoder(folder: Path) -> dict[str, Tensor]:
    """The weights in ``folder`` by their names in ``BertModel``: what `bert_graph` and `quantise` wrote, as floats.

    They differ from those that were fine-tuned by what 8-bit integers leave out.

    Raises `FileNotFoundError` where nothing ships there.
    """
    found = {a.name: numpy_helper.to_array(a) for a in onnx.load(folder / MODEL).graph.initializer}

    def matrix(name: str) -> Tensor:
        whole = found[f"{name}_quantized"].astype(np.float32) - found[f"{name}_zero_point"].astype(np.float32)
        return torch.from_numpy(whole * found[f"{name}_scale"])

    def vector(name: str) -> Tensor:
        return torch.from_numpy(found[name].copy())

    state = {
        "embeddings.word_embeddings.weight": matrix("words"),
        "embeddings.position_embeddings.weight": vector("places"),
        "embeddings.token_type_embeddings.weight": torch.zeros(2, MINILM.size),
        "embeddings.LayerNorm.weight": vector("words.gain"),
        "embeddings.LayerNorm.bias": vector("words.bias"),
    }
    for k in range(MINILM.layers):
        layer = f"encoder.layer.{k}"
        three = zip(matrix(f"{k}.qkv").T.chunk(3), vector(f"{k}.qkv.bias").chunk(3), strict=True)
        for part, (weight, bias) in zip(("query", "key", "value"), three, strict=True):
            state[f"{layer}.attention.self.{part}.weight"] = weight.contiguous()
            state[f"{layer}.attention.self.{part}.bias"] = bias.contiguous()
        for name, place in (
            ("attended", f"{layer}.attention.output"), ("wide", f"{layer}.intermediate"), ("narrow", f"{layer}.output"),
        ):  # fmt: skip
            state[f"{place}.dense.weight"] = matrix(f"{k}.{name}").T.contiguous()
            state[f"{place}.dense.bias"] = vector(f"{k}.{name}.bias")
            if name != "wide":
                state[f"{place}.LayerNorm.weight"] = vector(f"{k}.{name}.gain")
                state[f"{place}.LayerNorm.bias"] = vector(f"{k}.{name}.shift")
    return state
