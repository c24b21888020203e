"""What is taken from a public set, of a small one in its format."""

import csv
import gzip
from pathlib import Path

from training.public_data import everyday_situations

ROWS = [
    ("situation", "My tent is packed."),
    ("utterance", "Where are you going?"),
    ("situation", "My tent is packed."),
    ("situation", "My sister lent me her car."),
    ("situation", "The train was late again."),
]


def test_each_situation_is_taken_once_and_nothing_that_was_said(tmp_path: Path) -> None:
    folder = tmp_path / "empathetic_dialogues"
    folder.mkdir()
    with gzip.open(folder / "empathetic_dialogues_intents.csv.gz", "wt", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("Type", "Text"), *ROWS])
    everything = ("My tent is packed.", "My sister lent me her car.", "The train was late again.")
    assert everyday_situations(tmp_path) == everything
    some = everyday_situations(tmp_path, 2)
    assert len(set(some)) == 2
    assert set(some) < set(everything)
    assert everyday_situations(tmp_path, 2) == some
