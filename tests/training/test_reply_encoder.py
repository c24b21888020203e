"""Networks of the reader of replies that are kept, and their mean."""

from pathlib import Path

import pytest

pytest.importorskip("torch", reason="training is not installed: pip install 'attunement[train]'")
pytest.importorskip("transformers", reason="training is not installed: pip install 'attunement[train]'")

import torch
from training.networks import averaged
from training.reply_encoder import learned


def test_what_was_learned_is_kept_and_not_learned_again(tmp_path: Path) -> None:
    """What the run was remembered in while it went on is gone once it is done."""
    asked: list[Path] = []

    def learn(kept: Path) -> object:
        asked.append(kept)
        kept.touch()
        return torch.nn.Linear(2, 1)

    file = tmp_path / "replies.2.pt"
    first = learned(file, learn)
    again = learned(file, learn)
    assert asked == [tmp_path / "replies.2.run.pt"]
    assert sorted(tmp_path.iterdir()) == [file]
    assert all(torch.equal(first[name], again[name]) for name in ("weight", "bias"))


def test_a_mean_is_of_the_networks_that_have_a_weight() -> None:
    found = averaged([{"a": torch.tensor([1.0, 2.0])}, {"a": torch.tensor([3.0, 6.0]), "b": torch.tensor([5.0])}])
    assert found["a"].tolist() == [2.0, 4.0]
    assert found["b"].tolist() == [5.0]
