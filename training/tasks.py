"""What the encoder of the reader learns from: one task for each set of texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from attunement.domain.need import Need
from attunement.domain.reading import AsAnswer, RiskLevel
from attunement.reading.heads import HARMS
from attunement.reading.risk import read_rules
from attunement.reading.violence import tells_of_violence
from training.fine_tune import Planned, batches, half
from training.held_out import SEEN, held_out, round_of
from training.networks import Network, batch
from training.own_sentences import (
    ORDINARY,
    Sentences,
    answer_sentences,
    emotion_sentences,
    harm_sentences,
    need_sentences,
    risk_sentences,
    stress_sentences,
)
from training.public_data import emobank, goemotions, goemotions_labels
from training.variation import varied

Array = NDArray[np.float32]
Loss = Callable[[Tensor, Tensor], Tensor]
SEED = 20261124


@dataclass(frozen=True, slots=True)
class Task:
    """Texts and what one head should say of them.

    ``targets`` is ``(n_texts, n) float32``; ``loss`` compares what the head gives with them; ``epochs`` is how often
    each text is met, and ``weight`` how much a batch counts. Where labels are ``doubtful``, what earlier runs say is
    learned as well.
    """

    head: str
    texts: tuple[str, ...]
    targets: Array
    loss: Loss
    epochs: float
    weight: float = 1.0
    doubtful: bool = False


def labels_loss(out: Tensor, target: Tensor) -> Tensor:
    """Binary cross-entropy, summed over labels."""
    return functional.binary_cross_entropy_with_logits(out, target, reduction="none").sum(dim=1).mean()


def classes_loss(out: Tensor, target: Tensor) -> Tensor:
    """Cross-entropy against rows of probabilities."""
    return functional.cross_entropy(out, target)


def values_loss(out: Tensor, target: Tensor) -> Tensor:
    """Half the squared error in standard deviations, summed over values."""
    return 0.5 * (out - target).square().sum(dim=1).mean()


@dataclass(frozen=True, slots=True)
class Scale:
    """Means and standard deviations that bring values to a common scale, ``(n,)``."""

    mean: Array
    sd: Array

    @classmethod
    def of(cls, values: NDArray[np.float64]) -> Scale:
        """The scale of ``(n_texts, n)`` values."""
        return cls(values.mean(axis=0).astype(np.float32), values.std(axis=0).astype(np.float32))

    def apply(self, values: NDArray[np.float64]) -> Array:
        """Standardised values."""
        return ((values - self.mean) / self.sd).astype(np.float32)


def reader_tasks(data: Path, *, epochs: float, affect_epochs: float) -> list[Task]:
    """The tasks of the text reader; own sentences without those held out for choosing a threshold (`held_out`)."""
    comments = goemotions(data, "train")
    affect = emobank(data, "train")
    return [
        Task("emotion", comments.texts, comments.targets.astype(np.float32), labels_loss, epochs, doubtful=True),
        _own_emotion_task(goemotions_labels(data), 2 * epochs),
        Task("affect", affect.texts, Scale.of(affect.targets).apply(affect.targets), values_loss, affect_epochs),
        _need_task(2 * epochs),
        *_risk_tasks(comments.texts, epochs),
        *_stress_task(2 * epochs),
        _classes_task("harm", harm_sentences(), len(HARMS), 6 * epochs),
        _harmless_task(comments.texts, epochs / 2),
        _classes_task("answer", answer_sentences(), len(AsAnswer), 4 * epochs),
    ]


def _own_emotion_task(labels: tuple[str, ...], epochs: float) -> Task:
    own = emotion_sentences(labels)
    return Task(
        "emotion", own.texts, np.eye(len(labels), dtype=np.float32)[own.classes], labels_loss, epochs, doubtful=True
    )


def _need_task(epochs: float) -> Task:
    own = need_sentences()
    kept = ~held_out(own)
    targets = np.where((own.classes >= 0)[:, None], np.eye(len(Need))[own.classes], 1 / len(Need))
    texts = tuple(t for t, k in zip(own.texts, kept, strict=True) if k)
    return Task("need", texts, targets[kept].astype(np.float32), classes_loss, epochs)


def _risk_tasks(comments: tuple[str, ...], epochs: float) -> list[Task]:
    """Own sentences of all levels, and stories and comments among which there is no danger (distress is left open).

    Veiled sentences are doubtful. Ordinary ones are not; nor are those of rounds that no earlier run has seen, so that
    what it says of them is no second opinion.
    """
    own = risk_sentences()
    kept, ordinary = ~held_out(own), np.array([kind in ORDINARY for kind in own.kinds])
    newest = np.array([round_of(file) > SEEN for file in own.files])
    levels = np.eye(len(RiskLevel), dtype=np.float32)[own.classes]
    texts = np.array(own.texts, object)
    veiled, plain, new = kept & ~ordinary & ~newest, kept & ordinary & ~newest, kept & newest
    stories, calm = _without_danger(comments)
    return [
        Task("risk", tuple(texts[veiled]), levels[veiled], classes_loss, 2 * epochs, doubtful=True),
        Task("risk", tuple(texts[plain]), levels[plain], classes_loss, 6 * epochs),
        Task("risk", tuple(texts[new]), levels[new], classes_loss, 5 * epochs),
        Task("risk", stories, calm, classes_loss, epochs / 4, 0.5, doubtful=True),
    ]


def _classes_task(head: str, own: Sentences, n: int, epochs: float) -> Task:
    """Own sentences of ``n`` classes that are not held out."""
    kept = ~held_out(own)
    texts = tuple(t for t, k in zip(own.texts, kept, strict=True) if k)
    return Task(head, texts, np.eye(n, dtype=np.float32)[own.classes[kept]], classes_loss, epochs)


def _harmless_task(comments: tuple[str, ...], epochs: float) -> Task:
    """Comments, and sentences without danger, in which no rule finds violence: hardly any tells of harm."""
    own = risk_sentences()
    kept = ~held_out(own) & (own.classes == RiskLevel.NONE.rank)
    texts = (*_without_danger(comments)[0], *(t for t, k in zip(own.texts, kept, strict=True) if k))
    calm = tuple(text for text in texts if not tells_of_violence(text))
    none = np.full(len(HARMS), 0.05 / (len(HARMS) - 1), np.float32)
    none[0] = 0.95
    return Task("harm", calm, np.tile(none, (len(calm), 1)), classes_loss, epochs)


def _without_danger(comments: tuple[str, ...]) -> tuple[tuple[str, ...], Array]:
    needs = need_sentences()
    calm = [t for t in comments if read_rules(t).level is RiskLevel.NONE]
    chosen = np.random.default_rng(SEED).choice(len(calm), 12_000, replace=False)
    none = np.tile(np.array([[0.8, 0.2, 0, 0, 0]], np.float32), (len(chosen), 1))
    story = np.where((needs.classes < 0)[:, None], [[0.95, 0.05, 0, 0, 0]], [[0.2, 0.8, 0, 0, 0]]).astype(np.float32)
    return tuple(calm[k] for k in chosen) + needs.texts, np.concatenate([none, story])


def _stress_task(epochs: float) -> list[Task]:
    own = stress_sentences()
    if not own.texts:
        return []
    kept = ~held_out(own)
    texts = tuple(t for t, k in zip(own.texts, kept, strict=True) if k)
    return [Task("stress", texts, own.classes[kept, None].astype(np.float32), labels_loss, epochs)]


@dataclass(frozen=True, slots=True)
class TextCourse:
    """Some tasks as a `Course` for a `Network`; texts are varied each time they are met."""

    tasks: list[Task]
    tokenizer: Tokenizer

    @property
    def heads(self) -> Mapping[str, int]:
        """How many numbers each head must give."""
        return {task.head: task.targets.shape[1] for task in self.tasks}

    def plan(self, seed: int) -> list[Planned]:
        """All batches of the run."""
        lengths = [[len(text) for text in task.texts] for task in self.tasks]
        return batches(lengths, [task.epochs for task in self.tasks], seed)

    def loss(self, network: Network, planned: Planned, rng: np.random.Generator) -> tuple[str, Tensor]:
        """What the network loses on a batch."""
        task, rows = self.tasks[planned.task], list(planned.rows)
        ids, mask = batch(self.tokenizer, [varied(task.texts[row], rng) for row in rows])
        with half():
            out = network(ids, mask, (task.head,))[task.head]
        return task.head, task.weight * task.loss(out.float(), torch.from_numpy(task.targets[rows]))
