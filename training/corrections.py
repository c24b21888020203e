"""What members put right, for the reader of texts to learn from.

    attune corrections > corrections.jsonl
    python -m training.text_encoder --name own --start models/text --corrections corrections.jsonl --epochs 0.5
    python -m training.text_reader --name own

The lines are ``{"text", "emotions", "need"}``, of members who allow that what they write is learned from. What was
learned from words cannot be taken out of weights again: where somebody withdraws, export and train anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attunement.cli.jsonl import parse_lines, required_text
from attunement.domain.errors import Invalid
from attunement.domain.need import Need
from attunement.reading.language import LanguageTeller, can_read
from training.tasks import Array, Task, classes_loss, labels_loss

OFTEN = 4.0
"""How often one is met for each time a public comment is: there are few, and they are the writers' own word."""


@dataclass(frozen=True, slots=True)
class Corrections:
    """Texts, what their writers felt ``(n, n_labels)``, 0 or 1, and wanted ``(n,)``: a number of `Need`, or -1."""

    texts: tuple[str, ...]
    emotions: Array
    needs: NDArray[np.int64]


def corrections_in(file: Path, labels: Sequence[str]) -> Corrections:
    """The lines of ``attune corrections``; texts in languages that are not read are left out.

    Raises `SystemExit` where a line is none of these, or no text is left.
    """
    tell = LanguageTeller().tell
    rows: list[tuple[str, Array, int]] = []
    with file.open("rb") as source:
        for line in parse_lines(source):
            try:
                if isinstance(line.value, Invalid):
                    raise line.value
                rows.append(_row(line.value, labels))
            except Invalid as error:
                raise SystemExit(f"{file}, line {line.number}: {error}") from error
            except (KeyError, TypeError, ValueError) as error:
                raise SystemExit(
                    f"{file}, line {line.number}: 'emotions' or 'need' is not what the reader reads. Export it again."
                ) from error
    rows = [row for row in rows if can_read(row[0], tell(row[0]))]
    if not rows:
        raise SystemExit(f"{file} holds no correction of a text in English: there is nothing to learn from it.")
    texts, emotions, needs = zip(*rows, strict=True)
    return Corrections(texts, np.stack(emotions), np.array(needs))


def _row(line: dict[str, Any], labels: Sequence[str]) -> tuple[str, Array, int]:
    emotions, need = np.zeros(len(labels), np.float32), line["need"]
    emotions[[labels.index(name) for name in line["emotions"]]] = 1
    return required_text(line, "text"), emotions, -1 if need is None else list(Need).index(Need(need))


def correction_tasks(found: Corrections, epochs: float) -> list[Task]:
    """One task for what was felt, and one for what was wanted where that was put right; not softened by any model."""
    wanted = np.flatnonzero(found.needs >= 0)
    tasks = [Task("emotion", found.texts, found.emotions, labels_loss, OFTEN * epochs)]
    if wanted.size:
        needs = np.eye(len(Need), dtype=np.float32)[found.needs[wanted]]
        tasks.append(Task("need", tuple(found.texts[k] for k in wanted), needs, classes_loss, OFTEN * epochs))
    return tasks


def note_of(cache: Path, name: str) -> Path:
    """Where it is kept beside a run how many corrections it learned from, and from which."""
    return cache / f"{name}.corrections"


def keep_apart(cache: Path, name: str, file: Path | None, count: int) -> None:
    """Note what a run learns from, so that its card says so, and it never goes on with other corrections.

    Raises `SystemExit` where it was begun with others.
    """
    note, begun = note_of(cache, name), any(cache.glob(f"{name}.*pt"))
    made_from = note.read_text() if note.exists() else ""
    wanted = f"{count} {hashlib.sha256(file.read_bytes()).hexdigest()}" if file else ""
    if begun and made_from != wanted:
        raise SystemExit(f"The run '{name}' in {cache} was made from other corrections: choose another --name.")
    if wanted:
        cache.mkdir(parents=True, exist_ok=True)
        note.write_text(wanted)
