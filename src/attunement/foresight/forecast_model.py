"""The shipped model of forecasts: from what is seen of a trace to quantiles. ``models/forecast`` has its card."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from attunement.domain.errors import AttunementError, ErrorCode
from attunement.domain.forecast import LEVELS
from attunement.foresight.trace import HALF_LIVES_H, STEADY
from attunement.foresight.trees import Trees
from attunement.library.resources import UNREADABLE, models_folder

Array = NDArray[np.float64]
HALF = len(LEVELS) // 2
LONGEST_H = 240.0
_DEVIATIONS = tuple(STEADY.index(name) for name in ("last", "hour", "weekday", "q50"))
_SEEN = STEADY.index("seen")
LAYERS = tuple(f"{part}{layer}" for part in ("middle", "spread") for layer in (1, 2, 3))


@dataclass(frozen=True, slots=True, eq=False)
class ForecastModel:
    """Two small networks and some trees, which say how far values ahead lie from the person's mean.

    The median is the mean of what the first network and the trees say, who err differently; of somebody never seen the
    trees know nothing. The second network says how far values lie about the median. It does not see how long ago the
    last observation was; its widths are multiplied by a factor that grows with that. So a gap can only widen an
    interval. Each network has two layers with x·sigmoid(x) and a linear one (Elfwing et al. 2018, arXiv:1702.03118);
    they stand side by side in one matrix a layer, which costs half.

    Parameters
    ----------
    layers:
        Three pairs of weights and offsets: ``(2h, 28)``, ``(2h, 2h)`` and ``(1 + 19, 2h)``.
    trees:
        See the same 28 numbers as the first network.
    version:
        Which model it is.
    """

    layers: tuple[tuple[Array, Array], ...]
    trees: Trees
    version: str

    @classmethod
    def of(cls, weights: dict[str, Array], trees: Trees, version: str) -> ForecastModel:
        """Put the two networks, ``middle1`` to ``spread3`` each with a ``…_bias``, side by side."""
        n = len(STEADY) + len(HALF_LIVES_H)
        spread1 = np.pad(weights["spread1"], ((0, 0), (0, len(HALF_LIVES_H))))
        first = np.vstack([weights["middle1"], spread1])
        if first.shape[1] != n or len(weights["spread3"]) != len(LEVELS):
            raise ValueError(f"weights for {first.shape[1]} inputs, not {n}")
        matrices = (first, _beside(weights, 2), _beside(weights, 3))
        offsets = (np.concatenate([weights[f"{part}{k}_bias"] for part in ("middle", "spread")]) for k in (1, 2, 3))
        return cls(tuple(zip(matrices, offsets, strict=True)), trees, version)

    def quantiles(self, seen: list[float], gap_h: float) -> Array:
        """Values at each of `LEVELS` (19,), from 0 to 1 and rising, so many hours after the last observation."""
        return self.looked(seen, gap_h)[0]

    def looked(self, seen: list[float], gap_h: float) -> tuple[Array, Array]:
        """`quantiles`, and what their middle is made of (45,): what a `Lesson` may put right.

        That is 1, products of what was seen that may count differently among other people (level and spread, the pull
        of the last value, rhythms that are well known), and the last hidden numbers of the first network.
        """
        fading = with_fades(seen, gap_h)
        fades, x = fading[len(seen) :], np.array(fading)
        grown = self.trees(x) if seen[_SEEN] else None
        for matrix, offset in self.layers[:2]:
            z = matrix @ x + offset
            x = z / (1 + np.exp(-z))
        matrix, offset = self.layers[2]
        z = matrix @ x + offset
        out = np.log1p(np.exp(z[1:]))
        up_down = out[:-1].reshape(2, HALF).cumsum(axis=1) * (1 + out[-1] * (1 - fades[1]))
        found = np.full(len(LEVELS), seen[0] + z[0])
        found[HALF + 1 :] += up_down[0]
        found[:HALF] -= up_down[1, ::-1]
        found, moved = np.minimum(np.maximum(found, 0.0), 1.0), float(z[0])
        if grown is not None:
            moved = (moved + grown) / 2
            found = with_median(found, seen[0] + moved)
        return found, np.concatenate([_products(seen, fades, moved), x[: len(x) // 2]])


def with_median(quantiles: Array, median: float) -> Array:
    """Quantiles with another median; the others give way only where it goes past them.

    Moved as a whole, a range at the floor of a scale would lose the very floor where most values lie.

    >>> with_median(np.array([0.0, 0.0, 0.5]), 0.2).tolist()
    [0.0, 0.2, 0.5]
    """
    half = len(quantiles) // 2
    median = min(1.0, max(0.0, median))
    return np.concatenate([np.minimum(quantiles[:half], median), [median], np.maximum(quantiles[half + 1 :], median)])


def with_fades(seen: list[float], gap_h: float) -> list[float]:
    """What was seen (25), and how much of 1 is left after so many hours at each half-life (3)."""
    gap = min(gap_h, LONGEST_H)
    return [*seen, *(0.5 ** (gap / half) for half in HALF_LIVES_H)]


def _products(seen: list[float], fades: list[float], moved: float) -> list[float]:
    mean, sd, few, well = seen[:4]
    last, hour, weekday, middle = (seen[k] for k in _DEVIATIONS)
    return [
        1.0, moved, moved * few, moved * sd, mean * mean, mean * sd, last * well, *(last * fade for fade in fades),
        hour * well, weekday * well, middle * well,
    ]  # fmt: skip


def _beside(weights: dict[str, Array], layer: int) -> Array:
    """The matrices of both networks in one, with nothing between them."""
    a, b = weights[f"middle{layer}"], weights[f"spread{layer}"]
    return np.block([[a, np.zeros((len(a), b.shape[1]))], [np.zeros((len(b), a.shape[1])), b]])


@cache
def shipped_model() -> ForecastModel:
    """The network that ships, opened once."""
    return open_model(models_folder() / "forecast" / "forecast.npz")


def open_model(file: Path) -> ForecastModel:
    """Raises `AttunementError` (``model-broken``) where the file is missing, damaged or of another form."""
    try:
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
            weights = {name: arrays[name].astype(np.float64) for layer in LAYERS for name in (layer, f"{layer}_bias")}
            trees = Trees(
                arrays["inputs"].T.astype(np.intp, order="C"), arrays["thresholds"].T.astype(np.float64, order="C"),
                arrays["keeps"].T.copy(order="C"), arrays["leaves"].astype(np.float64),
            )  # fmt: skip
            version = str(arrays["version"])
        model = ForecastModel.of(weights, trees, version)
        if not np.isfinite(model.quantiles([0.5] * len(STEADY), 1.0)).all():
            raise ValueError("weights that are not numbers")
    except UNREADABLE as error:
        raise AttunementError(
            ErrorCode.MODEL_BROKEN,
            "The model file '{file}' is missing or damaged: put it back from the release, or make it again with "
            "'python -m training.forecast'.",
            file=str(file),
        ) from error
    return model
