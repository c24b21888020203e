"""Fine-tunes MiniLM for the reader of texts: emotion, affect, need, danger and stress at once.

    pip install -e '.[train]'
    python -m training.text_encoder --data FOLDER_OF_PUBLIC_SETS --name first

Several such runs stand behind what ships: `training.rebuild` has them in order. A run begins with the mean of the
weights of those it starts from; with no epochs, it is that mean alone. With ``--teacher`` it learns from a larger
network as well (`training.teacher`), with ``--corrections`` from what members put right (`training.corrections`). It
can be interrupted: it goes on from ``--cache``. On two processors a run takes up to an hour.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.special import softmax  # type: ignore[import-untyped]
from torch import Tensor

from training.calibration import cross_fitted, sigmoid
from training.corrections import correction_tasks, corrections_in, keep_apart
from training.fine_tune import Recipe, fine_tune
from training.held_out import held_out
from training.measures import macro_f1, pearson
from training.networks import Network, averaged, batch, minilm_folder, open_tokenizer
from training.own_sentences import need_sentences, risk_sentences
from training.public_data import DATA, emobank, goemotions, goemotions_labels
from training.shipped import shipped_scores, shipped_state
from training.tasks import Scale, Task, TextCourse, reader_tasks
from training.teacher import taught

EPOCHS = 4.0
Link = Callable[[NDArray[np.float64]], NDArray[np.float64]]
LINKS: dict[str, Link] = {"emotion": sigmoid, "risk": partial(softmax, axis=1)}
"""From scores to probabilities, for the heads whose labels are softened."""


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the public sets")
    parser.add_argument("--cache", type=Path, default=Path(".cache"), help="where the run is kept")
    parser.add_argument("--name", default="reader", help="name of the run in the cache")
    parser.add_argument(
        "--start", nargs="*", default=[], help="earlier runs, or folders of shipped models, to go on from"
    )
    parser.add_argument("--teacher", help="a run of training.teacher in the cache that is asked as well")
    parser.add_argument("--corrections", type=Path, help="what members put right, as attune corrections writes it")
    parser.add_argument("--epochs", type=float, default=EPOCHS)
    parser.add_argument("--affect-epochs", type=float, default=EPOCHS, help="how often each text of EmoBank is met")
    parser.add_argument("--frozen", type=int, default=0, help="lowest layers, and word vectors, that stay as they are")
    parser.add_argument("--rate", type=float, default=Recipe().rate)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    recipe = Recipe(rate=wanted.rate, seed=wanted.seed)
    torch.manual_seed(wanted.seed)
    told = _corrections(wanted)
    tasks = reader_tasks(wanted.data, epochs=wanted.epochs, affect_epochs=wanted.affect_epochs)
    heads = TextCourse(tasks, open_tokenizer(minilm_folder())).heads
    network = Network(minilm_folder(), heads)
    if wanted.start:
        scale = Scale.of(emobank(wanted.data, "train").targets)
        network.load_state_dict(
            network.state_dict() | averaged([state_of(wanted.cache, name, scale) for name in wanted.start])
        )
    if wanted.start and wanted.epochs:
        tasks = _softened(tasks, wanted)
    if wanted.teacher:
        tasks = taught(tasks, wanted.cache, wanted.teacher, kept=wanted.cache / f"{wanted.name}.said")
    tasks = [*tasks, *told]
    if wanted.frozen:
        for part in (network.encoder.embeddings, *network.encoder.encoder.layer[: wanted.frozen]):
            part.requires_grad_(False)
    course = TextCourse(tasks, open_tokenizer(minilm_folder()))
    fine_tune(network, course, recipe, kept=wanted.cache / f"{wanted.name}.run.pt")
    torch.save(network.state_dict(), wanted.cache / f"{wanted.name}.pt")
    for name, value in dev_figures(network, wanted.data).items():
        print(f"{name:40} {value:.4f}")


def _corrections(wanted: argparse.Namespace) -> list[Task]:
    found = corrections_in(wanted.corrections, goemotions_labels(wanted.data)) if wanted.corrections else None
    keep_apart(wanted.cache, wanted.name, wanted.corrections, len(found.texts) if found else 0)
    return correction_tasks(found, wanted.epochs) if found else []


def state_of(cache: Path, name: str, affect: Scale) -> dict[str, Tensor]:
    """The weights of a run in the cache, or of the folder of shipped models that is so named (`shipped_state`)."""
    if Path(name).is_dir():
        return shipped_state(Path(name), affect)
    state: dict[str, Tensor] = torch.load(cache / f"{name}.pt", weights_only=True)
    return state


def _softened(tasks: Sequence[Task], wanted: argparse.Namespace) -> list[Task]:
    """Tasks whose labels are doubtful, with targets half way between the labels and what earlier runs say on average.

    What they say is kept in the cache for when the run goes on. Labels of few annotators are noisy; Furlanello et al.
    2018, *Born-again neural networks*, arXiv:1805.04770.
    """
    kept, doubtful = wanted.cache / f"{wanted.name}.taught.npz", [task for task in tasks if task.doubtful]
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        np.savez(kept, *(np.mean([_said(wanted.cache, name, t) for name in wanted.start], axis=0) for t in doubtful))
    with np.load(kept) as file:
        said = iter([file[name] for name in file.files])
    return [replace(t, targets=((t.targets + next(said)) / 2).astype(np.float32)) if t.doubtful else t for t in tasks]


def _said(cache: Path, name: str, task: Task) -> NDArray[np.float64]:
    """The probabilities that an earlier run gives for the texts of a task."""
    if Path(name).is_dir():
        return LINKS[task.head](shipped_scores(Path(name), task.texts, task.head))
    network = Network(minilm_folder(), {task.head: task.targets.shape[1]}).eval()
    known = network.state_dict()
    found: dict[str, Tensor] = torch.load(cache / f"{name}.pt", weights_only=True)
    network.load_state_dict({key: found[key] for key in known})
    return LINKS[task.head](outputs(network, task.texts, task.head))


def dev_figures(network: Network, data: Path) -> dict[str, float]:
    """What the network finds on texts it did not learn from; thresholds cross-fitted over five folds."""
    comments, sentences = goemotions(data, "dev"), emobank(data, "dev")
    scores = outputs(network, comments.texts, "emotion")
    affect = outputs(network, sentences.texts, "affect")
    figures = {"goemotions_dev_macro_f1": macro_f1(comments.targets, cross_fitted(scores, comments.targets)[1])}
    for k, name in enumerate(("valence", "arousal", "dominance")):
        figures[f"emobank_dev_{name}_r"] = pearson(affect[:, k], sentences.targets[:, k])
    own = risk_sentences()
    held = held_out(own)
    texts, classes = tuple(np.array(own.texts, object)[held]), own.classes[held]
    danger = softmax(outputs(network, texts, "risk"), axis=1)[:, 2:].sum(axis=1)
    dev = softmax(outputs(network, comments.texts, "risk"), axis=1)[:, 2:].sum(axis=1)
    for threshold in (0.3, 0.5, 0.7):
        for low, high, name in ((3, 4, "explicit"), (2, 2, "indirect"), (1, 1, "distress"), (0, 0, "none")):
            part = (classes >= low) & (classes <= high)
            figures[f"risk_held_{name}_flagged_at_{threshold}"] = float((danger[part] >= threshold).mean())
        figures[f"goemotions_dev_flagged_at_{threshold}"] = float((dev >= threshold).mean())
    wants = need_sentences()
    held = held_out(wants) & (wants.classes >= 0)
    out = outputs(network, tuple(np.array(wants.texts, object)[held]), "need")
    figures["need_held_accuracy"] = float((out.argmax(axis=1) == wants.classes[held]).mean())
    return figures


def outputs(network: Network, texts: Sequence[str], head: str) -> NDArray[np.float64]:
    """What a head gives for texts, ``(n_texts, n)``."""
    tokenizer = open_tokenizer(minilm_folder())
    order = sorted(range(len(texts)), key=lambda k: len(texts[k]))
    rows: list[NDArray[np.float64]] = [np.zeros(0)] * len(texts)
    with torch.inference_mode():
        for start in range(0, len(order), 64):
            part = order[start : start + 64]
            out = network(*batch(tokenizer, [texts[k] for k in part]), (head,))[head].double().numpy()
            for k, row in zip(part, out, strict=True):
                rows[k] = row
    return np.stack(rows)


if __name__ == "__main__":
    main()
