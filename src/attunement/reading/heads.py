"""The small linear heads over MiniLM vectors, as one file of arrays."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from attunement.domain.errors import AttunementError, ErrorCode
from attunement.domain.need import Need
from attunement.domain.reading import RiskLevel
from attunement.reading.encoder import SIZE

Array = NDArray[np.float32]
N_EMOTIONS = 28


@dataclass(frozen=True, slots=True)
class Heads:
    """Weights ``(384, n)`` and biases ``(n,)`` of each head, float32, and what makes their scores probabilities.

    ``labels`` (28) names the emotions; ``platt`` (2, 28) is slope and offset; ``thresholds`` and ``prevalence`` (28)
    lie in 0 to 1. ``affect`` gives valence, arousal, dominance; ``need`` the five needs in the order of `Need`;
    ``risk`` the five levels in the order of `RiskLevel`. ``risk_threshold`` is the probability of danger from which
    the head alone speaks. ``version`` names the training run.
    """

    version: str
    labels: tuple[str, ...]
    emotion_weight: Array
    emotion_bias: Array
    platt: Array
    thresholds: Array
    prevalence: Array
    affect_weight: Array
    affect_bias: Array
    need_weight: Array
    need_bias: Array
    risk_weight: Array
    risk_bias: Array
    risk_threshold: float

    def emotions(self, vector: Array) -> Array:
        """Calibrated probabilities of the 28 emotions of one text, ``(28,)``."""
        scores = vector @ self.emotion_weight + self.emotion_bias
        return np.asarray(1 / (1 + np.exp(-np.clip(scores * self.platt[0] + self.platt[1], -30, 30))), np.float32)

    def affect(self, vector: Array) -> Array:
        """Valence, arousal, dominance of one text, ``(3,)``, each 1 to 5."""
        return np.asarray(np.clip(vector @ self.affect_weight + self.affect_bias, 1, 5), np.float32)

    def needs(self, vector: Array) -> Array:
        """Probabilities of the five needs, ``(5,)``, summing to 1."""
        return _softmax(vector @ self.need_weight + self.need_bias)

    def risk(self, windows: Array) -> Array:
        """Probabilities of the five levels in the window that speaks most of danger, ``(5,)``; ``windows`` (n, 384)."""
        p = np.stack([_softmax(window @ self.risk_weight + self.risk_bias) for window in windows])
        return np.asarray(p[int(np.argmax(p[:, 2:].sum(axis=1)))], np.float32)


def load_heads(file: Path) -> Heads:
    """Read the heads from an ``.npz`` file.

    Raises
    ------
    AttunementError
        ``MODEL_BROKEN`` where the file is missing, damaged or of another shape.
    """
    try:
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
            found = {name: np.asarray(arrays[name]) for name in arrays.files}
        _check_shapes(found)
        return Heads(
            version=str(found.pop("version")),
            labels=tuple(str(label) for label in found.pop("labels")),
            risk_threshold=float(found.pop("risk_threshold")),
            **{name: np.asarray(array, np.float32) for name, array in found.items()},
        )
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise AttunementError(
            ErrorCode.MODEL_BROKEN,
            "The model file '{file}' is missing or damaged: put it back from the release, or make it again with "
            "'python -m training.goemotions_heads'.",
            file=str(file),
        ) from error


def _check_shapes(found: dict[str, NDArray[np.generic]]) -> None:
    widths = {"emotion": N_EMOTIONS, "affect": 3, "need": len(Need), "risk": len(RiskLevel)}
    for name, width in widths.items():
        if found[f"{name}_weight"].shape != (SIZE, width) or found[f"{name}_bias"].shape != (width,):
            raise ValueError(f"the head '{name}' has another shape")
    for name, shape in {"labels": (28,), "platt": (2, 28), "thresholds": (28,), "prevalence": (28,)}.items():
        if found[name].shape != shape:
            raise ValueError(f"'{name}' has another shape")


def _softmax(scores: Array) -> Array:
    e = np.exp(scores - scores.max())
    return np.asarray(e / e.sum(), np.float32)
