"""Forests are walked as they were grown, and a damaged file is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.damage import KINDS, damaged

from attunement.domain.errors import AttunementError, ErrorCode
from attunement.library.resources import models_folder
from attunement.reading.body.inputs import INPUTS, inputs_of
from attunement.reading.body.reader import BodyReader
from attunement.reading.body.stress_model import (
    DEPTH,
    INNER,
    LEAVES,
    SIGNALS,
    Forest,
    load_stress_model,
    log_odds,
    save_stress_model,
)

FILE = models_folder() / "body" / "stress.npz"


def test_a_tree_is_walked_by_its_thresholds() -> None:
    """One tree that asks five times whether x is over 0, 1, 2, 3, 4: the leaf is how often it was."""
    threshold, leaf = np.zeros((1, 1, INNER)), np.zeros((1, 1, LEAVES))
    for node in range(INNER):
        threshold[0, 0, node] = (node + 1).bit_length() - 1
    for k in range(LEAVES):
        leaf[0, 0, k] = k.bit_count() / 10
    forest = Forest(np.zeros((1, 1, INNER), np.int8), np.float32(threshold), np.float32(leaf), 1.0, 0.0)
    x = np.array([[-1.0], [0.5], [2.5], [9.0]])
    assert forest.members(x)[:, 0] == pytest.approx(log_odds(np.array([0.0, 0.1, 0.3, DEPTH / 10])), abs=1e-5)


def test_members_that_agree_lie_nowhere_apart() -> None:
    """Two members of the same tree: the mean is theirs, calibrated, and they lie 0 apart; of other trees, not."""
    rng = np.random.default_rng(0)
    leaf = np.repeat(rng.uniform(0.1, 0.9, (1, 1, LEAVES)), 2, axis=0).astype(np.float32)
    feature, threshold = np.zeros((2, 1, INNER), np.int8), np.zeros((2, 1, INNER), np.float32)
    same = Forest(feature, threshold, leaf, 2.0, 1.0)
    middle, apart = same.log_odds(np.array([[1.0]]))
    assert middle == pytest.approx(2 * log_odds(leaf[0, 0, -1:]) + 1)
    assert apart == pytest.approx([0])
    leaf[1] = 1 - leaf[1]
    assert replace(same, leaf=leaf).log_odds(np.array([[1.0]]))[1] > 0


def test_a_model_goes_through_a_file(tmp_path: Path) -> None:
    """Written and read, it says the same, but for the fourth digit."""
    model = load_stress_model(FILE)
    save_stress_model(tmp_path / "stress.npz", model)
    again, x = load_stress_model(tmp_path / "stress.npz"), np.random.default_rng(0).normal(0, 2, len(INPUTS))
    for signals in SIGNALS:
        assert again.log_odds(signals, x) == pytest.approx(model.log_odds(signals, x), abs=1e-3)


def test_the_model_that_ships_has_learned_the_plain_things() -> None:
    """For every set of signals, a quicker heart and wetter skin than at rest are more likely stress than usual is."""
    model, usual = load_stress_model(FILE), np.zeros(len(INPUTS))
    up = np.array([3.0 * (name.startswith(("heart", "log_eda", "log_scr"))) for name in INPUTS])
    for signals in SIGNALS:
        assert model.log_odds(signals, up)[0] > model.log_odds(signals, usual)[0] + 0.5
    assert np.all(model.others.between > 0)
    assert np.all(model.others.within > 0)
    assert 50 < model.others.centre[0] < 100


@pytest.mark.parametrize("how", ["missing", "empty", "text", "cut", "shape", "column", "number", *KINDS])
def test_a_damaged_file_is_told(tmp_path: Path, how: str) -> None:
    """Missing, empty, something else, half of it, wrong bytes or shapes, no numbers: model-broken, and what to do."""
    file = tmp_path / "body" / "stress.npz"
    file.parent.mkdir()
    data = FILE.read_bytes()
    if how in ("empty", "text", "cut"):
        file.write_bytes({"empty": b"", "text": b"not a model", "cut": data[: len(data) // 2]}[how])
    elif how in KINDS:
        file.write_bytes(damaged(data, how))
    elif how != "missing":
        with np.load(FILE) as arrays:
            found = {name: arrays[name] for name in arrays.files}
        wrong = {
            "shape": ("eda/leaf", found["eda/leaf"][:, :, :5]),
            "column": ("eda/feature", found["eda/feature"] + 50),
            "number": ("eda/calibration", found["eda/calibration"] * np.nan),
        }
        name, array = wrong[how]
        found[name] = array
        np.savez(file, **found)
    with pytest.raises(AttunementError) as raised:
        BodyReader(models=tmp_path).load()
    assert raised.value.code is ErrorCode.MODEL_BROKEN


def test_what_the_models_see_by_hand() -> None:
    """The heart at 60, 60, 60 and 90, rest at 60 and a spread of 10: up by 3 spreads, by 1 over three minutes."""
    levels = np.full((4, 7), np.nan)
    levels[:, 0] = [60, 60, 60, 90]
    seen = dict(zip(INPUTS, inputs_of(levels, 60.0 * np.arange(4), np.full(7, 60.0), np.full(7, 10.0)), strict=True))
    assert seen["heart_rate"] == 3
    assert seen["heart_rate_3_min"] == 1
    assert seen["heart_rate_change_10"] == 3
    assert all(seen[name] == 0 for name in INPUTS if not name.startswith("heart"))
