"""Makes a network compute in 8-bit integers."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Mapping
from pathlib import Path

import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic  # type: ignore[import-untyped]
from torch import Tensor

from attunement.reading.model_files import MODEL, TOKENIZER
from training.bert_graph import bert_graph
from training.sums import write_sums


def write_encoder(state: Mapping[str, Tensor], folder: Path, *, tokenizer: Path | None = None) -> None:
    """The encoder of a fine-tuned network in 8-bit integers, its tokenizer where there is one, and their checksums."""
    weights = {
        name.removeprefix("encoder."): value.float().numpy()
        for name, value in state.items()
        if name.startswith("encoder.")
    }
    folder.mkdir(parents=True, exist_ok=True)
    quantise(bert_graph(weights), folder / MODEL)
    if tokenizer is not None:
        (folder / TOKENIZER).write_bytes(tokenizer.read_bytes())
    write_sums(folder)


def quantise(model: onnx.ModelProto, file: Path) -> None:
    """Write a float model from `bert_graph` in 8-bit integers to ``file``.

    Products become dynamic 8-bit ones, each column of a weight with a scale of its own. Weights keep 7 of the 8 bits,
    so that sums never saturate and every processor finds the same numbers (ONNX Runtime, *Quantize ONNX models*,
    "reduce range").
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        whole, small = Path(folder) / "float32.onnx", Path(folder) / file.name
        onnx.save(model, whole)
        logging.getLogger().setLevel(logging.ERROR)  # it recommends steps for other kinds of models
        quantize_dynamic(
            whole, small, op_types_to_quantize=["MatMul", "Gather"], per_channel=True, reduce_range=True,
            weight_type=QuantType.QInt8, extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )  # fmt: skip
        file.write_bytes(small.read_bytes())
