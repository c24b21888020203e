"""What members put right becomes something the reader of texts can learn from."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from attunement.cli.jsonl import as_line
from attunement.domain.need import Need

pytest.importorskip("torch", reason="training is not installed")
from training.corrections import correction_tasks, corrections_in, keep_apart, note_of

LABELS = ("joy", "sadness", "neutral")
SAD = {"text": "I miss my brother so much tonight.", "emotions": ("sadness",), "need": Need.HEARD}
NOTHING = {"text": "I went to the shop and then walked home.", "emotions": (), "need": None}
GERMAN = {"text": "Ich bin heute sehr müde und traurig.", "emotions": ("sadness",), "need": None}


def written(folder: Path, *lines: dict[str, object]) -> Path:
    """A file as ``attune corrections`` writes it."""
    file = folder / "corrections.jsonl"
    file.write_bytes(b"".join(map(as_line, lines)))
    return file


def test_each_line_is_what_its_writer_felt_and_wanted(tmp_path: Path) -> None:
    """No emotion at all is an answer too; a need that was left as read is none; other languages are left out."""
    found = corrections_in(written(tmp_path, SAD, NOTHING, GERMAN), LABELS)
    assert found.texts == (SAD["text"], NOTHING["text"])
    assert found.emotions.tolist() == [[0, 1, 0], [0, 0, 0]]
    assert found.needs.tolist() == [list(Need).index(Need.HEARD), -1]


def test_they_are_learned_as_they_were_told(tmp_path: Path) -> None:
    """Feelings of all, needs of those who told one, met more often than comments; no earlier run softens them."""
    emotion, need = correction_tasks(corrections_in(written(tmp_path, SAD, NOTHING), LABELS), 0.5)
    assert (emotion.head, len(emotion.texts), emotion.doubtful) == ("emotion", 2, False)
    assert (need.head, need.texts) == ("need", (SAD["text"],))
    assert need.targets.tolist() == [[float(one is Need.HEARD) for one in Need]]
    assert emotion.epochs == need.epochs > 0.5


def test_where_no_need_was_put_right_only_feelings_are_learned(tmp_path: Path) -> None:
    assert [task.head for task in correction_tasks(corrections_in(written(tmp_path, NOTHING), LABELS), 1)] == [
        "emotion"
    ]


@pytest.mark.parametrize(
    "line",
    [
        b"no json\n", b"[1]\n", b'{"text": "I am glad."}\n', b'{"text": 5, "emotions": [], "need": null}\n',
        b'{"text": "I am glad.", "emotions": ["glee"], "need": null}\n',
        b'{"text": "I am glad.", "emotions": [], "need": "money"}\n',
    ],
)  # fmt: skip
def test_a_line_that_is_no_correction_is_told_with_its_number(tmp_path: Path, line: bytes) -> None:
    file = written(tmp_path, SAD)
    file.write_bytes(file.read_bytes() + line)
    with pytest.raises(SystemExit, match="line 2: "):
        corrections_in(file, LABELS)


def test_where_there_is_nothing_to_learn_it_says_so(tmp_path: Path) -> None:
    """An empty export, or one in other languages alone."""
    for lines in ((), (GERMAN,)):
        with pytest.raises(SystemExit, match="nothing to learn"):
            corrections_in(written(tmp_path, *lines), LABELS)


def test_a_run_never_goes_on_with_other_corrections(tmp_path: Path) -> None:
    """Nor without them once it has begun with them; the note beside it says of how many texts they were."""
    file, cache = written(tmp_path, SAD), tmp_path / "cache"
    keep_apart(cache, "own", file, 1)
    (cache / "own.run.pt").touch()
    keep_apart(cache, "own", file, 1)
    assert note_of(cache, "own").read_text().split()[0] == "1"
    for other in (written(tmp_path, SAD, NOTHING), None):
        with pytest.raises(SystemExit, match="other corrections"):
            keep_apart(cache, "own", other, 2)
    keep_apart(cache, "another", None, 0)
    assert not note_of(cache, "another").exists()


def test_the_card_says_what_was_learned_from_members(tmp_path: Path) -> None:
    """And says nothing of it where nothing was."""
    from training.calibration import Calibrated
    from training.card import write_card

    emotion, file = Calibrated(np.zeros((2, 3)), np.zeros(3), np.zeros(3), {}), tmp_path / "card.md"
    write_card(file, {}, LABELS, emotion, 0.5, "today", corrections=1200)
    assert "put right of 1,200 of their own texts" in file.read_text(encoding="utf-8")
    write_card(file, {}, LABELS, emotion, 0.5, "today")
    assert "put right" not in file.read_text(encoding="utf-8")
