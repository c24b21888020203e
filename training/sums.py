"""Writes ``SHA256SUMS`` of a folder of models, which readers check before they open its files.

    python -m training.sums models/text models/replies

What makes a folder writes them too; this is for files that were put together by hand.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from attunement.reading.model_files import DANGER_WORDS, HEADS, MODEL, SUMS, TOKENIZER, WORDINGS, line_of


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, help="folders of a network and its heads")
    for folder in parser.parse_args().folders:
        write_sums(folder)


def write_sums(folder: Path) -> None:
    """Write the checksums of the network in a folder, its heads, words and tokenizer, of those that are there."""
    files = (folder / name for name in (MODEL, HEADS, WORDINGS, DANGER_WORDS, TOKENIZER))
    lines = (line_of(file.name, file.read_bytes()) for file in files if file.is_file())
    (folder / SUMS).write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
