"""How good the signal of a window is, how much it can tell, and what was wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from attunement.domain.body import BodySignal, Flaw
from attunement.reading.body.cleaning import Cleaned
from attunement.reading.body.features import LEAST_BEATS, Features

COVERED = 0.8
MOST_CORRECTED = 0.1
WEIGHTS = {"heart": 0.5, "eda": 0.4, "temperature": 0.1}
RATE_OF_BEATS = 0.75
"""What a device's heart rate is worth, where single beats are worth 1: it hides the rhythm, and lags."""
ENOUGH_BEATS = 0.1
"""The share of beats that tells half of what all would: their level is known from a few."""
HEART_TELLS, SKIN_TELLS = 0.8, 0.7


@dataclass(frozen=True, slots=True)
class Evidence:
    """``quality`` (0 to 1): the share of the window with good signal, over the signals the recording has.

    ``worth`` (0 to 1): how much heart and skin together can tell; less signal is never worth more (but for single
    beats, of which the ones beside them decide whether they count as artefacts). ``signals`` names the model to be
    asked, None where there is neither.
    """

    quality: float
    worth: float
    signals: str | None
    flaws: tuple[Flaw, ...]


def evidence_of(cleaned: Sequence[Cleaned], features: Features, start: float, end: float) -> Evidence:
    """The evidence of the window from ``start`` to before ``end``, with its ``features``."""
    share = {c.kind: c.coverage(start, end) for c in cleaned}
    beats, eda = share.get(BodySignal.RR, 0.0), share.get(BodySignal.EDA, 0.0)
    rate = share.get(BodySignal.HEART_RATE, 0.0)
    told = beats * (1 + ENOUGH_BEATS) / (beats + ENOUGH_BEATS)
    heart = told + (1 - told) * RATE_OF_BEATS * rate
    had = {"eda": eda, "temperature": share.get(BodySignal.TEMPERATURE, 0.0)}
    had["heart"] = max(beats, RATE_OF_BEATS * rate) if BodySignal.RR in share else rate
    kinds = {"heart" if kind in (BodySignal.RR, BodySignal.HEART_RATE) else str(kind) for kind in share}
    weight = sum(WEIGHTS[kind] for kind in kinds)
    return Evidence(
        quality=sum(WEIGHTS[kind] * had[kind] for kind in kinds) / weight if weight else 0.0,
        worth=1 - (1 - HEART_TELLS * heart) * (1 - SKIN_TELLS * eda),
        signals=signals_of(features),
        flaws=_flaws(cleaned, features, share, start, end),
    )


def signals_of(features: Features) -> str | None:
    """The model to be asked by what was measured of heart and skin, None where neither was.

    >>> signals_of(dict.fromkeys(["heart_rate", "beats", "eda_mean", "temperature_mean"], 60.0))
    'beats+eda+temperature'
    """
    parts = []
    if np.isfinite(features["heart_rate"]):
        parts.append("beats" if features["beats"] >= LEAST_BEATS else "rate")
    if np.isfinite(features["eda_mean"]):
        parts.append("eda")
        if np.isfinite(features["temperature_mean"]):
            parts.append("temperature")
    return "+".join(parts) or None


def tells_less(signals: str, earlier: str) -> bool:
    """Whether some of the signals there were earlier are missing now; single beats tell the heart rate as well.

    >>> tells_less("rate+eda", "beats+eda"), tells_less("beats", "rate"), tells_less("rate", "eda")
    (True, False, False)
    """
    now, then = (set(one.replace("beats", "beats+rate").split("+")) for one in (signals, earlier))
    return now < then


def _flaws(
    cleaned: Sequence[Cleaned], features: Features, share: dict[BodySignal, float], start: float, end: float
) -> tuple[Flaw, ...]:
    found: set[Flaw] = {
        flaw for c in cleaned for flaw, a, b in c.spans if flaw is not Flaw.ARTEFACT and a < end and b >= start
    }
    if not share or min(share.values()) < COVERED:
        found.add(Flaw.GAP)
    for covers in (c.covers[c.between(start, end)] for c in cleaned if c.kind is BodySignal.RR):
        if covers.size and np.mean(covers == 0) > MOST_CORRECTED:
            found.add(Flaw.ARTEFACT)
        if features["beats"] < LEAST_BEATS:
            found.add(Flaw.FEW_BEATS)
    return tuple(flaw for flaw in Flaw if flaw in found)
