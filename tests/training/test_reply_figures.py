"""Figures and choices of cross-validation, from made-up scores."""

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="training is not installed: pip install 'attunement[train]'")
pytest.importorskip("transformers", reason="training is not installed: pip install 'attunement[train]'")

from training.networks import open_tokenizer
from training.reply_data import HERE, own_replies
from training.reply_figures import figures_of
from training.reply_folds import fold_of
from training.reply_network import encode
from training.reply_reader import choices_of
from training.reply_sources import NOWHERE

from attunement.domain.reply import Mechanism
from attunement.library.resources import models_folder

RNG = np.random.default_rng(3)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two folds of our own exchanges, read by a network that is nearly always right."""
    monkeypatch.setattr("training.reply_figures.minilm_folder", lambda: models_folder() / "text")
    exchanges, tokenizer = own_replies(HERE), open_tokenizer(models_folder() / "text")
    folds = fold_of(exchanges, 1)
    for k in range(2):
        rows = [r for r, e in enumerate(exchanges) if folds[e.group] == k]
        held = [exchanges[r] for r in rows]
        levels = np.eye(3)[np.array([e.target for e in held]).astype(int)] * 4
        carried = [e.carried[e.window.first : e.window.first + e.window.n_reply] for e in encode(held, tokenizer)]
        np.savez(
            tmp_path / f"own-1-{k}.npz",
            empathy_rows=rows,
            empathy_levels=levels + RNG.normal(size=levels.shape),
            empathy_tokens=8 * np.concatenate(carried) - 4,
        )
    return tmp_path


def test_figures_are_of_what_is_there_and_named_for_it(cache: Path) -> None:
    figures = figures_of(NOWHERE, cache, "own", HERE)
    assert len(figures) == 6 * len(Mechanism)
    assert all(name.startswith("Own exchanges, ") and len(values) == 1 for name, values in figures.items())
    assert all(figures[f"Own exchanges, {m}: macro-F1"][0] > 0.8 for m in Mechanism)


def test_levels_are_chosen_where_no_skill_was_taught(cache: Path) -> None:
    choices, skill = choices_of(NOWHERE, cache, "own", HERE)
    assert len(choices) == len(Mechanism)
    assert all(0.4 <= choice.temperature <= 4 and choice.offset[0] == 0 for choice in choices)
    assert skill is None


def test_folds_of_other_sets_are_refused(cache: Path) -> None:
    """And those of a run with a longer name are not taken for one's own."""
    with np.load(cache / "own-1-0.npz") as fold:
        np.savez(cache / "own-other-1-0.npz", reaction_rows=[0])
        np.savez(cache / "both-1-0.npz", **fold, reaction_rows=[0])
    assert len(figures_of(NOWHERE, cache, "own", HERE)) == 6 * len(Mechanism)
    with pytest.raises(SystemExit, match="not of empathy"):
        figures_of(NOWHERE, cache, "both", HERE)


def test_without_folds_nothing_is_chosen(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no folds"):
        choices_of(NOWHERE, tmp_path, "own", HERE)
