"""Signals of a made-up body, for tests of what a programme does with them."""

from __future__ import annotations

from functools import partial

import numpy as np

from attunement.domain.body import BodyReading, BodySignal, Channel, Recording
from attunement.programme.body import do_read_body
from attunement.programme.house import House

NOON = 1_777_636_800.0  # 1 May 2026, 12:00 UTC, when the clock of these tests stands still


def signals(minutes: int, *, end: float = 0.0, bpm: float = 70.0, skin: float = 1.0, seed: int = 1) -> Recording:
    """Heart rate and skin conductance each second, of so many minutes until ``end`` minutes from noon."""
    rng, t = np.random.default_rng(seed), np.arange(60.0 * minutes)
    times = NOON + 60 * (end - minutes) + t
    heart, sweat = bpm + rng.normal(0, 1, t.size), skin + 0.05 * np.sin(t / 9) + rng.normal(0, 0.01, t.size)
    return Recording(
        (Channel(BodySignal.HEART_RATE, times, np.float32(heart)), Channel(BodySignal.EDA, times, np.float32(sweat))),
        "made",
    )


STIRRED = partial(signals, bpm=100.0, skin=4.0)


def stirred_after_rest(house: House, member: str) -> BodyReading:
    """Twelve minutes of rest, then three with a quick heart and wet skin until now; the last of these."""
    end = (house.clock().timestamp() - NOON) / 60
    do_read_body(house, member, signals(12, end=end - 3), rest=True)
    return do_read_body(house, member, STIRRED(3, end=end)).readings[-1]
