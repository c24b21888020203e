"""Checksums are of the network, its heads, words and tokenizer, and tell when one of them changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from training.sums import main

from attunement.domain.errors import AttunementError
from attunement.reading.model_files import HEADS, MODEL, SUMS, TOKENIZER, WORDINGS, checked


def test_a_folder_put_together_by_hand_is_listed_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its files are then what they should be, until one is taken from elsewhere; a card may change as it likes."""
    for name in (MODEL, HEADS, WORDINGS, TOKENIZER, "card.md"):
        (tmp_path / name).write_text(name)
    monkeypatch.setattr("sys.argv", ["sums", str(tmp_path)])
    main()
    listed = [line.split()[1] for line in (tmp_path / SUMS).read_text().splitlines()]
    assert listed == [MODEL, HEADS, WORDINGS, TOKENIZER]
    assert checked(tmp_path / HEADS, made_by="training.text_reader") == HEADS.encode()
    (tmp_path / HEADS).write_text("of another release")
    with pytest.raises(AttunementError, match=r"heads\.npz.*not of the same release"):
        checked(tmp_path / HEADS, made_by="training.text_reader")


def test_a_file_that_is_not_listed_is_not_opened(tmp_path: Path) -> None:
    """As that of a folder from before heads were listed."""
    (tmp_path / HEADS).write_text("heads")
    (tmp_path / SUMS).write_text("")
    with pytest.raises(AttunementError, match=r"heads\.npz"):
        checked(tmp_path / HEADS, made_by="training.text_reader")
