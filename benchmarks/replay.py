"""Replays public situations as posts: ``python -m benchmarks.replay FOLDER > posts.jsonl``, then ``attune replay``.

``FOLDER`` holds ``empathetic_dialogues`` and ``esconv_full`` as their own pages describe them. Their texts stay with
whoever runs this: nothing of them belongs into the repository.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

FIRST = datetime(2026, 1, 1, 8, tzinfo=UTC)


def posts(folder: Path) -> Iterator[dict[str, str]]:
    """One post a situation: its author, an invented time seven minutes after the one before, and the text."""
    texts = [*_empathetic_dialogues(folder / "empathetic_dialogues"), *_esconv(folder / "esconv_full")]
    for number, (author, text) in enumerate(texts):
        yield {"member": author, "time": (FIRST + timedelta(minutes=7 * number)).isoformat(), "text": text}


def _empathetic_dialogues(folder: Path) -> Iterator[tuple[str, str]]:
    with gzip.open(folder / "empathetic_dialogues_intents.csv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["Type"] == "situation":
                yield row["Dialog_ID"], row["Text"].replace("_comma_", ",")


def _esconv(folder: Path) -> Iterator[tuple[str, str]]:
    for part in ("train", "valid"):
        for number, line in enumerate((folder / f"{part}.jsonl").read_text(encoding="utf-8").splitlines()):
            talk = json.loads(line)
            first = next(turn["text"] for turn in talk["dialog"] if turn["speaker"] == "usr")
            yield f"esconv:{part}:{number}", talk.get("situation") or first


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m benchmarks.replay FOLDER > posts.jsonl")
    for post in posts(Path(sys.argv[1])):
        print(json.dumps(post, ensure_ascii=False))
