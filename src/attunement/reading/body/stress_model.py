"""The models of stress: small forests, one set for each set of signals there may be, as plain arrays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from attunement.library.resources import UNREADABLE
from attunement.reading.body.baseline import Population
from attunement.reading.body.features import LEVELS
from attunement.reading.body.inputs import HEART, INPUTS, SKIN, WARMTH
from attunement.reading.model_files import broken, check_finite

Array = NDArray[np.float64]
DEPTH = 5
INNER, LEAVES = 2**DEPTH - 1, 2**DEPTH
SIGNALS = {
    "beats+eda+temperature": HEART + SKIN + WARMTH,
    "beats+eda": HEART + SKIN,
    "beats": HEART,
    "rate+eda+temperature": HEART[:3] + SKIN + WARMTH,
    "rate+eda": HEART[:3] + SKIN,
    "rate": HEART[:3],
    "eda+temperature": SKIN + WARMTH,
    "eda": SKIN,
}
"""What each model sees: ``beats`` where single beats are known, ``rate`` where only a heart rate is."""
SURE = 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """Trees of depth 5, several to each member of the ensemble; a member learned from some people only.

    ``feature`` (members, trees, 31) int8 are columns, ``threshold`` (members, trees, 31) float32, ``leaf`` (members,
    trees, 32) float32 the share of stress (0 to 1), each tree in the order of a heap: node k has the children 2k+1 (up
    to the threshold) and 2k+2. ``slope`` and ``offset`` turn the mean log-odds of members into a calibrated one.
    """

    feature: NDArray[np.int8]
    threshold: NDArray[np.float32]
    leaf: NDArray[np.float32]
    slope: float
    offset: float

    def members(self, x: Array) -> Array:
        """What each member says of windows ``x`` (n, columns): log-odds ``(n, members)``, not calibrated."""
        x = x.astype(np.float32)
        trees = np.arange(self.feature.shape[0] * self.feature.shape[1])
        feature, threshold = self.feature.reshape(-1, INNER), self.threshold.reshape(-1, INNER)
        node = np.zeros((len(x), trees.size), int)
        for _ in range(DEPTH):
            seen = np.take_along_axis(x, feature[trees, node].astype(int), axis=1)
            node = 2 * node + 1 + (seen > threshold[trees, node])
        leaf = self.leaf.reshape(-1, LEAVES)[trees, node - INNER]
        return log_odds(leaf.reshape(len(x), *self.feature.shape[:2]).mean(axis=2))

    def log_odds(self, x: Array) -> tuple[Array, Array]:
        """Calibrated log-odds of stress ``(n,)`` of windows ``x``, and how far the members lie apart ``(n,)``."""
        members = self.members(x) * self.slope + self.offset
        return members.mean(axis=1), members.std(axis=1)


@dataclass(frozen=True, slots=True, eq=False)
class StressModel:
    """Forests by the signals there are, other people at rest, and how far arousal of like windows lies apart (sd)."""

    version: str
    forests: Mapping[str, Forest]
    others: Population
    arousal_sd: float

    def log_odds(self, signals: str, inputs: Array) -> tuple[float, float]:
        """Calibrated log-odds of stress of one window's `INPUTS` ``(13,)``, and how far the members lie apart."""
        columns = [INPUTS.index(name) for name in SIGNALS[signals]]
        middle, apart = self.forests[signals].log_odds(inputs[None, columns])
        return float(middle[0]), float(apart[0])


def log_odds(p: NDArray[np.floating]) -> Array:
    """Log-odds of probabilities, kept within 0.001 to 0.999.

    >>> float(log_odds(np.array(0.5)))
    0.0
    """
    p = np.clip(np.asarray(p, float), SURE, 1 - SURE)
    return np.asarray(np.log(p / (1 - p)), float)


def save_stress_model(file: Path, model: StressModel) -> None:
    """Write a model as an ``.npz`` file."""
    arrays: dict[str, NDArray[np.generic]] = {
        "version": np.array(model.version),
        "others": np.stack([model.others.centre, model.others.between, model.others.within]),
        "arousal_sd": np.array(model.arousal_sd),
    }
    for signals, forest in model.forests.items():
        arrays |= {
            f"{signals}/feature": forest.feature, f"{signals}/threshold": forest.threshold,
            f"{signals}/leaf": forest.leaf.astype(np.float16),
            f"{signals}/calibration": np.array([forest.slope, forest.offset]),
        }  # fmt: skip
    np.savez_compressed(file, allow_pickle=False, **arrays)


def load_stress_model(file: Path) -> StressModel:
    """Read a model from an ``.npz`` file.

    Raises
    ------
    AttunementError
        ``MODEL_BROKEN`` where the file is missing, damaged, of another shape, or holds what is no number.
    """
    try:
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
            found = {name: np.asarray(arrays[name]) for name in arrays.files}
        check_finite({name: a for name, a in found.items() if not name.endswith("/threshold")})
        others = found["others"].reshape(3, len(LEVELS)).astype(float)
        return StressModel(
            version=str(found["version"]),
            forests={signals: _forest(found, signals) for signals in SIGNALS},
            others=Population(*others),
            arousal_sd=float(found["arousal_sd"]),
        )
    except UNREADABLE as error:
        raise broken(file, made_by="training.body_stress") from error


def _forest(found: Mapping[str, NDArray[np.generic]], signals: str) -> Forest:
    feature, threshold, leaf = (found[f"{signals}/{part}"] for part in ("feature", "threshold", "leaf"))
    slope, offset = (float(x) for x in np.asarray(found[f"{signals}/calibration"], float))
    trees = feature.shape[:2]
    if (feature.shape, threshold.shape, leaf.shape) != ((*trees, INNER), (*trees, INNER), (*trees, LEAVES)):
        raise ValueError(f"the forest '{signals}' has another shape")
    if feature.min() < 0 or feature.max() >= len(SIGNALS[signals]) or np.isnan(threshold).any():
        raise ValueError(f"the forest '{signals}' sees what is not there")
    return Forest(feature.astype(np.int8), threshold.astype(np.float32), leaf.astype(np.float32), slope, offset)
