"""Real people, where their data is at hand: read without a fault, and told as well as the card says."""

from __future__ import annotations

import csv
import gzip
import os
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from attunement.domain.body import BodySignal, Channel, Recording
from attunement.reading.body.reader import BodyReader

FOLDER = Path(os.environ.get("ATTUNEMENT_DATA", "../shared/data")) / "stress_predict"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="Stress-Predict is not at hand (ATTUNEMENT_DATA)")


def columns(name: str, person: str) -> dict[str, dict[str, np.ndarray]]:
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    with gzip.open(FOLDER / name, "rt", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            found[row.pop(person)].append(row)
    return {who: {k: np.array([float(r[k] or "nan") for r in rows]) for k in rows[0]} for who, rows in found.items()}


def test_people_with_a_wrist_band_are_read() -> None:
    """Each window has a reading; it can tell in over four of five; minutes of the tasks are told higher than the rest.

    The model learned from these people: how well it does on others is in its card.
    """
    beats, skin, rate = (
        columns(name, person)
        for name, person in (
            ("ibi.csv.gz", "participant"), ("eda_temp_1hz.csv.gz", "participant"),
            ("hr_resp_label_1hz.csv.gz", "Participant"),
        )
    )  # fmt: skip
    reader, told, p, task = BodyReader(), list[bool](), list[float](), list[bool]()
    for who in list(rate)[:10]:
        recording = Recording(
            (
                Channel(BodySignal.RR, beats[who]["t"], np.float32(beats[who]["ibi"])),
                Channel(BodySignal.EDA, skin[who]["t"], np.float32(skin[who]["eda"])),
                Channel(BodySignal.TEMPERATURE, skin[who]["t"], np.float32(skin[who]["temp"])),
                Channel(BodySignal.HEART_RATE, rate[who]["Time(sec)"], np.float32(rate[who]["HR"])),
            ),
            "stress_predict",
        )
        for reading in reader.read(recording):
            inside = (rate[who]["Time(sec)"] >= reading.start.timestamp()) & (
                rate[who]["Time(sec)"] < reading.end.timestamp()
            )
            told.append(reading.stress_p is not None)
            if reading.stress_p is not None and inside.any():
                p.append(reading.stress_p)
                task.append(rate[who]["Label"][inside].mean() >= 0.5)
    chances, tasks = np.array(p), np.array(task)
    assert np.mean(told) > 0.8
    assert chances[tasks].mean() > chances[~tasks].mean() + 0.15
