"""Models of somebody's own, from the command line and for a server."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from training.sums import write_sums

from attunement.domain.errors import AttunementError, Invalid
from attunement.library.resources import MODELS, models_folder
from attunement.privacy.programme_key import ProgrammeKey
from attunement.programme.house import open_house

if TYPE_CHECKING:
    from conftest import Attune

PAIR = {"post": "I failed again.", "reply": "I'm so sorry. What happened?", "draft": "What happened?"}
GIVEN = {
    "read": {"text": "I am so sad."}, "empathy": PAIR, "coach": PAIR,
    "strategy": {"conversation": [{"role": "supporter", "text": "What happened?"}]},
    "reply": {"conversation": [{"role": "seeker", "text": "I am so sad."}]},
}  # fmt: skip


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The models that ship, but for a head that takes every text for calm and one that finds no strategy likelier."""
    folder = tmp_path_factory.mktemp("models") / "ours"
    shutil.copytree(models_folder(), folder)
    for part, bias in (("text", "stress_bias"), ("replies", "strategy_bias")):
        file = folder / part / "heads.npz"
        with np.load(file) as arrays:
            kept = {key: arrays[key] for key in arrays.files}
        kept[bias][0] = -50 if part == "text" else 50
        np.savez(file, **kept)
        write_sums(folder / part)
    return folder


@pytest.mark.parametrize("command", GIVEN)
def test_a_command_reads_with_the_folder_it_is_given(attune: Attune, command: str, tmp_path: Path) -> None:
    """Every command that reads opens that folder: an empty one has no model."""
    result = attune(command, "--models", tmp_path, given=json.dumps(GIVEN[command]).encode())
    assert result.exit_code == 1
    assert "model-broken" in result.stderr
    assert str(tmp_path) in result.stderr


def test_a_body_is_read_with_the_folder_that_is_given(attune: Attune, tmp_path: Path) -> None:
    """An empty one has no model of stress."""
    (tmp_path / "beats.txt").write_text("800\n" * 200)
    result = attune("body", tmp_path / "beats.txt", "--models", tmp_path)
    assert (result.exit_code, "model-broken" in result.stderr) == (1, True)


def test_readings_say_whose_models_they_are_from(attune: Attune, ours: Path) -> None:
    """Weights of somebody's own read otherwise, and the folder's name stands with that of the reader."""
    given = json.dumps(GIVEN["read"]).encode()
    shipped, own = (json.loads(attune("read", *more, given=given).stdout) for more in ((), ("--models", ours)))
    assert own["stress"] < 0.01 < shipped["stress"]
    assert own["model"] == f"{shipped['model']}+ours"


def test_the_setting_is_as_good_as_the_option(attune: Attune, ours: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands and the programme that a server opens go by it."""
    monkeypatch.setenv(MODELS, str(ours))
    read = json.loads(attune("strategy", given=json.dumps(GIVEN["strategy"]).encode()).stdout)
    assert (read["strategy"], read["model"].endswith("+ours")) == (next(iter(read["p"])), True)


def test_a_programme_reads_with_the_folder_that_the_setting_names(
    ours: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Texts, replies and bodies alike; where the setting names no folder, nothing is opened."""
    monkeypatch.setenv(MODELS, str(ours))
    house = open_house(str(tmp_path / "a.db"), key=ProgrammeKey(bytes(32)))
    models = (house.reader.read(["I am sad."])[0].model, house.replies.read([("", "Hm.")])[0].model, house.body.model)
    house.close()
    assert all(model.endswith("+ours") for model in models)
    monkeypatch.setenv(MODELS, str(tmp_path / "none"))
    with pytest.raises(Invalid, match=MODELS):
        open_house(str(tmp_path / "b.db"), key=ProgrammeKey(bytes(32)))


def test_a_folder_that_is_not_there_is_misuse(attune: Attune, tmp_path: Path) -> None:
    """It is told before anything is read."""
    assert attune("read", "--models", tmp_path / "none", given=b"").exit_code == 2


def test_a_broken_model_of_somebodys_own_is_never_replaced_by_ours(ours: Path, tmp_path: Path) -> None:
    """Where a part is missing, nothing else is read in its place."""
    house = open_house(str(tmp_path / "a.db"), key=ProgrammeKey(bytes(32)), models=tmp_path)
    with pytest.raises(AttunementError, match="model file"):
        house.reader.read(["I am sad."])
    house.close()
