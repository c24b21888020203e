"""Writes a BERT encoder as an ONNX graph of the fewest operators, for one text a run.

ONNX Runtime has one operator for attention over all heads and one for the bent line between two products (domain
``com.microsoft``, its *Contrib Operators*). Exporters spell them out in dozens of small ones; with texts of some
twenty tokens, starting each of these costs as much as the products themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

Array = NDArray[np.float32]
FUSED = "com.microsoft"
EPSILON = 1e-12


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of a BERT encoder: layers, numbers a token, heads."""

    layers: int
    size: int
    heads: int


MINILM = Shape(layers=6, size=384, heads=12)


def bert_graph(weights: Mapping[str, Array], shape: Shape = MINILM) -> onnx.ModelProto:
    """The graph ``input_ids (1, n) int64 -> last_hidden_state (1, n, size) float32``; no padding, one segment.

    Parameters
    ----------
    weights:
        By the names of Hugging Face's ``BertModel`` (``encoder.layer.0.attention.self.query.weight`` ...); matrices
        as ``(out, in)``, as PyTorch keeps them.

    Raises `KeyError` where a weight is missing.

    Devlin et al. 2019, *BERT*, arXiv:1810.04805.
    """
    constants = dict(_constants(weights, shape))
    nodes = list(_embedding())
    for k in range(shape.layers):
        nodes += _layer(k, shape, last=k == shape.layers - 1)
    ids = helper.make_tensor_value_info("input_ids", onnx.TensorProto.INT64, [1, "tokens"])
    out = helper.make_tensor_value_info("last_hidden_state", onnx.TensorProto.FLOAT, [1, "tokens", shape.size])
    initial = [numpy_helper.from_array(array, name) for name, array in constants.items()]
    graph = helper.make_graph(nodes, "bert", [ids], [out], initial)
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(FUSED, 1)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=8)


def _constants(weights: Mapping[str, Array], shape: Shape) -> Iterator[tuple[str, NDArray[np.generic]]]:
    """All tables, matrices as ``(in, out)``; query, key and value side by side; the one segment within the places."""
    yield "words", weights["embeddings.word_embeddings.weight"]
    places = weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
    yield "places", np.asarray(places, np.float32)
    yield "words.gain", weights["embeddings.LayerNorm.weight"]
    yield "words.bias", weights["embeddings.LayerNorm.bias"]
    yield "zero", np.zeros(1, np.int64)
    for k in range(shape.layers):
        layer = f"encoder.layer.{k}"
        three = [f"{layer}.attention.self.{part}" for part in ("query", "key", "value")]
        yield f"{k}.qkv", np.concatenate([weights[f"{part}.weight"] for part in three]).T
        yield f"{k}.qkv.bias", np.concatenate([weights[f"{part}.bias"] for part in three])
        for name, place in (
            ("attended", f"{layer}.attention.output"), ("wide", f"{layer}.intermediate"), ("narrow", f"{layer}.output"),
        ):  # fmt: skip
            yield f"{k}.{name}", weights[f"{place}.dense.weight"].T
            yield f"{k}.{name}.bias", weights[f"{place}.dense.bias"]
            if f"{place}.LayerNorm.weight" in weights:
                yield f"{k}.{name}.gain", weights[f"{place}.LayerNorm.weight"]
                yield f"{k}.{name}.shift", weights[f"{place}.LayerNorm.bias"]


def _embedding() -> Iterator[onnx.NodeProto]:
    yield helper.make_node("Shape", ["input_ids"], ["tokens"], start=1, end=2)
    yield helper.make_node("Gather", ["words", "input_ids"], ["word"])
    yield helper.make_node("Slice", ["places", "zero", "tokens"], ["place"])
    yield helper.make_node("Add", ["word", "place"], ["both"])
    yield helper.make_node(
        "LayerNormalization", ["both", "words.gain", "words.bias"], ["0.in"], axis=-1, epsilon=EPSILON
    )


def _layer(k: int, shape: Shape, *, last: bool) -> Iterator[onnx.NodeProto]:
    """``h = norm(x + attention(x))``, then ``norm(h + narrow(gelu(wide(h))))``."""

    def named(*names: str) -> list[str]:
        return [f"{k}.{name}" for name in names]

    def normed(product: str, before: str, out: str) -> Iterator[onnx.NodeProto]:
        yield helper.make_node("Add", named(f"{product}.product", f"{product}.bias"), named(f"{product}.out"))
        yield helper.make_node("Add", named(f"{product}.out", before), named(f"{product}.sum"))
        inputs = named(f"{product}.sum", f"{product}.gain", f"{product}.shift")
        yield helper.make_node("LayerNormalization", inputs, [out], axis=-1, epsilon=EPSILON)

    yield helper.make_node("MatMul", named("in", "qkv"), named("qkv.product"))
    yield helper.make_node("Split", named("qkv.product"), named("q", "k", "v"), axis=-1)
    yield helper.make_node(
        "MultiHeadAttention", named("q", "k", "v", "qkv.bias"), named("heads"), domain=FUSED, num_heads=shape.heads
    )
    yield helper.make_node("MatMul", named("heads", "attended"), named("attended.product"))
    yield from normed("attended", "in", f"{k}.middle")
    yield helper.make_node("MatMul", named("middle", "wide"), named("wide.product"))
    yield helper.make_node("BiasGelu", named("wide.product", "wide.bias"), named("bent"), domain=FUSED)
    yield helper.make_node("MatMul", named("bent", "narrow"), named("narrow.product"))
    yield from normed("narrow", "middle", "last_hidden_state" if last else f"{k + 1}.in")
