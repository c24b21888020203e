"""Fine-tunes MiniLM for the reader of texts: emotion, affect, need, danger and stress at once.

    pip install -e '.[train]'
    python -m training.text_encoder --data FOLDER_OF_PUBLIC_SETS --name first
    python -m training.text_encoder --data FOLDER_OF_PUBLIC_SETS --name second --start first --epochs 3
    python -m training.text_encoder --data FOLDER_OF_PUBLIC_SETS --start first second --epochs 3 --affect-epochs 1.5

It can be interrupted: it goes on from ``--cache``. On two processors each run takes about an hour.
"""

from __future__ import annotations

import argparse
import copy
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from training.calibration import cross_fitted, sigmoid
from training.fine_tune import Recipe, fine_tune
from training.measures import macro_f1, pearson
from training.networks import Network, batch, minilm_folder, open_tokenizer
from training.own_sentences import need_sentences, risk_sentences
from training.public_data import DATA, emobank, goemotions
from training.shipped import shipped_state
from training.tasks import Task, TextCourse, own_split, reader_tasks

EPOCHS = 4.0


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the public sets")
    parser.add_argument("--cache", type=Path, default=Path(".cache"), help="where the run is kept")
    parser.add_argument("--name", default="reader", help="name of the run in the cache")
    parser.add_argument(
        "--start", nargs="*", default=[], help="earlier runs, or folders of shipped models, to go on from"
    )
    parser.add_argument("--epochs", type=float, default=EPOCHS)
    parser.add_argument("--affect-epochs", type=float, default=EPOCHS, help="how often each text of EmoBank is met")
    parser.add_argument("--rate", type=float, default=Recipe().rate)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    recipe = Recipe(rate=wanted.rate, seed=wanted.seed)
    torch.manual_seed(wanted.seed)
    tasks = reader_tasks(wanted.data, epochs=wanted.epochs, affect_epochs=wanted.affect_epochs)
    heads = TextCourse(tasks, open_tokenizer(minilm_folder())).heads
    earlier = [network_of(wanted.cache, name, heads) for name in wanted.start]
    network = averaged(earlier) if earlier else Network(minilm_folder(), heads)
    if earlier:
        tasks = [_softened(task, earlier) if task.head == "emotion" else task for task in tasks]
    course = TextCourse(tasks, open_tokenizer(minilm_folder()))
    fine_tune(network, course, recipe, kept=wanted.cache / f"{wanted.name}.run.pt")
    torch.save(network.state_dict(), wanted.cache / f"{wanted.name}.pt")
    for name, value in dev_figures(network, wanted.data).items():
        print(f"{name:40} {value:.4f}")


def network_of(cache: Path, name: str, heads: Mapping[str, int]) -> Network:
    """The network of a run in the cache, or of the folder of shipped models that is so named."""
    network = Network(minilm_folder(), heads).eval()
    shipped = Path(name).is_dir()
    found = shipped_state(Path(name)) if shipped else torch.load(cache / f"{name}.pt", weights_only=True)
    known = network.state_dict()
    network.load_state_dict(known | {key: value for key, value in found.items() if key in known})
    return network


def averaged(networks: Sequence[Network]) -> Network:
    """A network whose weights are the mean of theirs.

    Wortsman et al. 2022, *Model soups*, arXiv:2203.05482.
    """
    network, states = copy.deepcopy(networks[0]), [each.state_dict() for each in networks]
    network.load_state_dict({name: torch.stack([s[name] for s in states]).mean(dim=0) for name in states[0]})
    return network


def _softened(task: Task, teachers: Sequence[Network]) -> Task:
    """The task with targets half way between the labels and what earlier runs say on average.

    Labels of few annotators are noisy; Furlanello et al. 2018, *Born-again neural networks*, arXiv:1805.04770.
    """
    said = np.mean([sigmoid(outputs(teacher, task.texts, task.head)) for teacher in teachers], axis=0)
    return replace(task, targets=((task.targets + said) / 2).astype(np.float32))


def dev_figures(network: Network, data: Path) -> dict[str, float]:
    """What the network finds on texts it did not learn from; thresholds cross-fitted over five folds."""
    comments, sentences = goemotions(data, "dev"), emobank(data, "dev")
    scores = outputs(network, comments.texts, "emotion")
    affect = outputs(network, sentences.texts, "affect")
    figures = {"goemotions_dev_macro_f1": macro_f1(comments.targets, cross_fitted(scores, comments.targets)[1])}
    for k, name in enumerate(("valence", "arousal", "dominance")):
        figures[f"emobank_dev_{name}_r"] = pearson(affect[:, k], sentences.targets[:, k])
    own = risk_sentences()
    held = own_split(own.texts)
    texts, classes = tuple(np.array(own.texts, object)[held]), own.classes[held]
    danger = _softmax(outputs(network, texts, "risk"))[:, 2:].sum(axis=1)
    dev = _softmax(outputs(network, comments.texts, "risk"))[:, 2:].sum(axis=1)
    for threshold in (0.3, 0.5, 0.7):
        for low, high, name in ((3, 4, "explicit"), (2, 2, "indirect"), (1, 1, "distress"), (0, 0, "none")):
            part = (classes >= low) & (classes <= high)
            figures[f"risk_held_{name}_flagged_at_{threshold}"] = float((danger[part] >= threshold).mean())
        figures[f"goemotions_dev_flagged_at_{threshold}"] = float((dev >= threshold).mean())
    wants = need_sentences()
    held = own_split(wants.texts) & (wants.classes >= 0)
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


def _softmax(x: NDArray[np.float64]) -> NDArray[np.float64]:
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return np.asarray(e / e.sum(axis=1, keepdims=True))


if __name__ == "__main__":
    main()
