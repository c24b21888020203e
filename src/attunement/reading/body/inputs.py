"""What the models of stress see: the levels of a window and of the minutes before it, against the person's own rest."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from attunement.reading.body.features import LEVELS

Array = NDArray[np.float64]
FARTHEST = 6.0
"""Spreads; beyond, it is an artefact or exercise, and no more telling."""
HEART, SKIN, WARMTH = (
    ("heart_rate", "heart_rate_3_min", "heart_rate_change_10", "log_rmssd"),
    ("log_eda", "log_scr", "log_scr_3_min", "eda_drift", "log_eda_change_5", "log_eda_change_10"),
    ("temperature_drift", "temperature_change_5", "temperature_change_10"),
)
INPUTS = HEART + SKIN + WARMTH
"""``_3_min`` is the mean of this window and those that began up to three minutes before; ``_change_5`` and ``_10`` the
difference from the mean of the five, or the median of the ten minutes before. All in spreads of the person's rest."""


def inputs_of(levels: Array, starts: Array, centre: Array, spread: Array) -> Array:
    """What the models see of the newest window ``(13,)``; 0 (as usual) where something was not measured.

    Parameters
    ----------
    levels:
        ``(n, 7)`` in the order of `LEVELS`, of this window (last) and windows before it.
    starts:
        ``(n,)`` unix seconds, rising.
    centre, spread:
        ``(7,)`` of the person's rest.
    """
    now, before, starts = levels[-1], levels[:-1], starts[-1] - starts[:-1]
    z = dict(zip(LEVELS, (now - centre) / spread, strict=True))
    recent = np.vstack([before[starts < 180], now])
    mean = dict(zip(LEVELS, (_over(np.nanmean, recent) - centre) / spread, strict=True))
    five = dict(zip(LEVELS, (now - _over(np.nanmean, before[starts <= 300])) / spread, strict=True))
    ten = dict(zip(LEVELS, (now - _over(np.nanmedian, before[starts <= 600])) / spread, strict=True))
    seen = [
        z["heart_rate"], mean["heart_rate"], ten["heart_rate"], z["log_rmssd"],
        z["log_eda"], z["log_scr"], mean["log_scr"], z["eda_drift"], five["log_eda"], ten["log_eda"],
        z["temperature_drift"], five["temperature"], ten["temperature"],
    ]  # fmt: skip
    return np.asarray(np.clip(np.nan_to_num(np.array(seen)), -FARTHEST, FARTHEST), np.float64)


def _over(what: Callable[..., Array], rows: Array) -> Array:
    """The mean or median of each column over what was measured; NaN where nothing was."""
    found = np.full(rows.shape[1], np.nan)
    known = np.isfinite(rows).any(axis=0)
    if known.any():
        found[known] = what(rows[:, known], axis=0)
    return found
