"""The small linear heads over the encoder's vectors, as one file of arrays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from attunement.domain.need import Need
from attunement.domain.reading import AsAnswer, Harm, RiskLevel
from attunement.library.resources import UNREADABLE
from attunement.reading.model_files import broken, check_finite
from attunement.reading.network import SIZE
from attunement.reading.wordings import DANGER_SAID, SAID

Array = NDArray[np.float32]
N_EMOTIONS = 28
HARMS = ("none", "hurt_past", *(harm for harm in Harm if harm is not Harm.NONE))
"""What the head of harm tells apart: what is long over is told as such, so that it is not taken for what goes on."""
EMERGENCIES = ("none", "own", "theirs")
"""What the head of emergencies tells apart: whether a body is in danger by illness or accident, and whose."""
SURE = 30.0
"""A score that leaves no doubt."""
SURE_OF_LIFE, SURE_OF_ANSWER = 0.9, 0.6
"""What share of the harm must be that a life is in danger this minute, else nothing is said; and how likely an answer
must be."""


@dataclass(frozen=True, slots=True)
class Head:
    """A linear head, float32: ``score = vector[:m] @ weight + bias`` with ``weight`` (m, n) and ``bias`` (n,).

    Most look at what the network finds alone (``m`` 384), those of feeling also at what words say of it (``m`` 415),
    and those of danger at all of the vector (``m`` 418), with no weight on what is said of feeling.
    """

    weight: Array
    bias: Array

    def __call__(self, vectors: Array) -> Array:
        """Scores of a vector or of several ``(n_vectors, 418)``; what stands after the first ``m`` is left out."""
        return np.asarray(vectors[..., : len(self.weight)] @ self.weight + self.bias, np.float32)


@dataclass(frozen=True, slots=True)
class Heads:
    """All heads over the encoder's vectors, and what makes their scores probabilities.

    ``labels`` (28) names the emotions; ``platt`` (2, 28) is slope and offset; ``thresholds`` and ``prevalence`` (28)
    lie in 0 to 1. ``felt`` is the head of emotions for texts in which somebody tells of themselves, calibrated as it
    is, with ``felt_thresholds`` (28), and ``telling`` scores how much a text is one. ``affect`` gives valence, arousal,
    dominance; ``stress`` one score; ``need`` the five needs in the order of `Need`; ``risk`` the five levels in the
    order of `RiskLevel`; ``harm`` what `HARMS` names, ``emergency`` what `EMERGENCIES` does and ``answer`` what
    `AsAnswer` does, in their order; ``meaning`` a vector for comparing texts by what they are about. ``risk_threshold``
    is the probability of danger from which the head alone speaks, ``harm_thresholds`` (4) that of harm where each kind
    of `Harm` is the likeliest, and ``emergency_threshold`` that of emergencies. ``version`` names the training run.
    """

    version: str
    labels: tuple[str, ...]
    platt: Array
    thresholds: Array
    prevalence: Array
    felt_thresholds: Array
    risk_threshold: float
    harm_thresholds: Array
    emergency_threshold: float
    emotion: Head
    felt: Head
    telling: Head
    affect: Head
    stress: Head
    need: Head
    risk: Head
    harm: Head
    emergency: Head
    answer: Head
    meaning: Head

    def emotions(self, vector: Array, comment: Array | None = None) -> Array:
        """Calibrated probabilities of the 28 emotions of one text, ``(28,)``.

        The head of comments looks at the vector ``comment``, where one is given: who says what a comment feels goes by
        its words more than by its emojis.
        """
        told = self.told(vector)
        score = self.emotion(vector if comment is None else comment) * self.platt[0] + self.platt[1]
        return sigmoid((1 - told) * score + told * self.felt(vector))

    def told(self, vector: Array) -> float:
        """How much a text is somebody telling of themselves, as in a check-in, 0 to 1."""
        return float(sigmoid(self.telling(vector))[0])

    def always_told(self) -> Heads:
        """The same for texts that are known to be somebody telling of themselves."""
        return replace(self, telling=Head(np.zeros_like(self.telling.weight), np.full(1, SURE, np.float32)))

    def least(self, vector: Array) -> Array:
        """From which probability on an emotion is told of one text, ``(28,)``."""
        told = self.told(vector)
        return np.asarray((1 - told) * self.thresholds + told * self.felt_thresholds, np.float32)

    def affect_of(self, vector: Array) -> Array:
        """Valence, arousal, dominance of one text, ``(3,)``, each 1 to 5."""
        return np.clip(self.affect(vector), 1, 5)

    def stress_of(self, vector: Array) -> float:
        """How likely the writer of a text is under stress, 0 to 1."""
        return float(sigmoid(self.stress(vector))[0])

    def needs(self, vector: Array) -> Array:
        """Probabilities of the five needs, ``(5,)``, summing to 1."""
        return softmax(self.need(vector))

    def risk_of(self, windows: Array) -> Array:
        """Probabilities of the five levels in the window that speaks most of danger, ``(5,)``; ``windows`` (n, 418)."""
        p = np.stack([softmax(score) for score in self.risk(windows)])
        return np.asarray(p[int(np.argmax(p[:, 2:].sum(axis=1)))], np.float32)

    def harm_of(self, windows: Array) -> Harm:
        """What is told of harm in the window that speaks most of it; ``windows`` (n, 418).

        An emergency of somebody's body is a life in danger where nothing else is told.
        """
        found = self._harm_by_others(windows)
        return Harm.LIFE if found is Harm.NONE and self.tells_of_emergency(windows) else found

    def tells_of_emergency(self, windows: Array) -> bool:
        """Whether any window tells that a body is in danger by illness or accident, whosever; ``windows`` (n, 418)."""
        p = np.stack([softmax(score) for score in self.emergency(windows)])
        return bool(p[:, 1:].sum(axis=1).max() >= self.emergency_threshold)

    def _harm_by_others(self, windows: Array) -> Harm:
        p = np.stack([softmax(score) for score in self.harm(windows)])[:, 2:]
        worst = p[int(np.argmax(p.sum(axis=1)))]
        kind = int(worst.argmax())
        if worst.sum() < self.harm_thresholds[kind]:
            return Harm.NONE
        found = list(Harm)[1 + kind]
        return Harm.NONE if found is Harm.LIFE and worst.max() < SURE_OF_LIFE * worst.sum() else found

    def answer_of(self, vector: Array) -> AsAnswer:
        """What one text says as an answer to the plain question; `AsAnswer.NONE` where that is not clear."""
        p = softmax(self.answer(vector))
        return list(AsAnswer)[int(p.argmax())] if p.max() >= SURE_OF_ANSWER else AsAnswer.NONE

    def meanings(self, vectors: Array) -> Array:
        """Unit vectors ``(n_texts, 384)``: texts about alike things have a larger product."""
        found = self.meaning(vectors)
        return np.asarray(found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12), np.float32)


SEEN = {
    "emotion": SIZE + SAID, "felt": SIZE + SAID, "affect": SIZE + SAID,
    "risk": SIZE + SAID + DANGER_SAID, "emergency": SIZE + SAID + DANGER_SAID, "harm": SIZE + SAID + DANGER_SAID,
}  # fmt: skip
"""How much of a vector the heads look at that hear what words say by themselves."""
WIDTHS = {
    "emotion": N_EMOTIONS, "felt": N_EMOTIONS, "telling": 1, "affect": 3, "stress": 1,
    "need": len(Need), "risk": len(RiskLevel),
    "harm": len(HARMS), "emergency": len(EMERGENCIES), "answer": len(AsAnswer), "meaning": SIZE,
}  # fmt: skip
SHAPES = {
    "labels": (28,), "platt": (2, 28), "thresholds": (28,), "prevalence": (28,), "felt_thresholds": (28,),
    "harm_thresholds": (4,),
}  # fmt: skip


def load_heads(file: Path) -> Heads:
    """Read the heads from an ``.npz`` file.

    Raises
    ------
    AttunementError
        ``MODEL_BROKEN`` where the file is missing, damaged, of another shape, or holds what is no number.
    """
    try:
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
            found = {name: np.asarray(arrays[name]) for name in arrays.files}
        _check_shapes(found)
        check_finite(found)
        heads = {name: Head(found[f"{name}_weight"], found[f"{name}_bias"]) for name in WIDTHS}
        return Heads(
            version=str(found["version"]),
            labels=tuple(str(label) for label in found["labels"]),
            platt=np.asarray(found["platt"], np.float32),
            thresholds=np.asarray(found["thresholds"], np.float32),
            prevalence=np.asarray(found["prevalence"], np.float32),
            felt_thresholds=np.asarray(found["felt_thresholds"], np.float32),
            risk_threshold=float(found["risk_threshold"]),
            harm_thresholds=np.asarray(found["harm_thresholds"], np.float32),
            emergency_threshold=float(found["emergency_threshold"]),
            **heads,
        )
    except UNREADABLE as error:
        raise broken(file, made_by="training.text_reader") from error


def _check_shapes(found: dict[str, NDArray[np.generic]]) -> None:
    for name, width in WIDTHS.items():
        if found[f"{name}_weight"].shape != (SEEN.get(name, SIZE), width) or found[f"{name}_bias"].shape != (width,):
            raise ValueError(f"the head '{name}' has another shape")
    for name, shape in SHAPES.items():
        if found[name].shape != shape:
            raise ValueError(f"'{name}' has another shape")


def sigmoid(scores: Array) -> Array:
    """The logistic function."""
    return np.asarray(1 / (1 + np.exp(-np.clip(scores, -30, 30))), np.float32)


def softmax(scores: Array) -> Array:
    """Probabilities of one row of scores."""
    e = np.exp(scores - scores.max())
    return np.asarray(e / e.sum(), np.float32)
