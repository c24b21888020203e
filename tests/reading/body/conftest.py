"""People made of numbers: what their sensors would give, minute by minute, at rest or stirred up."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from attunement.domain.body import BodySignal, Channel, Recording
from attunement.reading.body.reader import BodyReader

NOON = 1_777_636_800.0  # 1 May 2026, 12:00 UTC
Make = Callable[..., Recording]


def _beats(minutes: int, stirred: tuple[int, ...], rng: np.random.Generator) -> Channel:
    times, values, t = list[float](), list[float](), 0.0
    while t < 60 * minutes:
        rr = (650 if t // 60 in stirred else 850) + rng.normal(0, 15)
        t += rr / 1e3
        times.append(NOON + t)
        values.append(rr)
    return Channel(BodySignal.RR, np.array(times), np.float32(values))


def _skin(minutes: int, stirred: tuple[int, ...], rng: np.random.Generator) -> Channel:
    t = np.arange(60.0 * minutes)
    up = np.isin(t // 60, stirred)
    value = 1 + 1.5 * up + 0.05 * np.sin(t / 9) * (1 + 8 * up) + rng.normal(0, 0.002, t.size)
    return Channel(BodySignal.EDA, NOON + t, np.float32(value))


def _warmth(minutes: int, rng: np.random.Generator) -> Channel:
    t = np.arange(60.0 * minutes)
    return Channel(BodySignal.TEMPERATURE, NOON + t, np.float32(32 + rng.normal(0, 0.02, t.size)))


def _rate(minutes: int, stirred: tuple[int, ...], rng: np.random.Generator) -> Channel:
    t = np.arange(60.0 * minutes)
    value = np.where(np.isin(t // 60, stirred), 92, 71) + rng.normal(0, 0.5, t.size)
    return Channel(BodySignal.HEART_RATE, NOON + t, np.float32(value))


@pytest.fixture(scope="session")
def make() -> Make:
    """Makes a recording of so many minutes from noon, stirred up in some of them, with the kinds asked for."""

    def recording(
        minutes: int = 8, stirred: tuple[int, ...] = (), kinds: str = "rr eda temperature", seed: int = 1
    ) -> Recording:
        rng = np.random.default_rng(seed)
        made = {
            "rr": _beats(minutes, stirred, rng), "eda": _skin(minutes, stirred, rng),
            "temperature": _warmth(minutes, rng), "heart_rate": _rate(minutes, stirred, rng),
        }  # fmt: skip
        return Recording(tuple(made[kind] for kind in kinds.split()), "made")

    return recording


@pytest.fixture(scope="session")
def body_reader() -> BodyReader:
    return BodyReader()
