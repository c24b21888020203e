"""Whether learning when to reach people helps: made-up people, helped by it at some moments, burdened at others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import numpy as np

from attunement.policy.receptivity import Reached, ReceptivityPolicy
from attunement.policy.timing import Reachable, even_share, why_not
from benchmarks.figures import Figure

PEOPLE, DAYS, BEGUN = 60, 30, datetime(2026, 5, 4, 0, 30, tzinfo=UTC)
NAMES = ("always", "evening", "low")
HOUR, COST = timedelta(hours=1), 0.03
WHO = Reachable(on=True, a_day=1)


def reaching_figures(*, seeds: int) -> Iterator[Figure]:
    """What a message adds to the reward, learned and at even chances, and how many are sent of those agreed to."""
    learned = np.array([_month(seed, learns=True) for seed in range(seeds)])
    even = np.array([_month(seed, learns=False) for seed in range(seeds)])
    unit = f"added by a message; {PEOPLE} made-up people, {DAYS} days, {seeds} seeds; helps of an evening when low"
    for name, column, told in (("reach_effect", 0, unit), ("reach_sent_share", 1, "sent, of those agreed to")):
        ours, peers = float(np.median(learned[:, column])), float(np.median(even[:, column]))
        spread = (float(learned[:, column].min()), float(learned[:, column].max()))
        yield Figure(name, ours, told, spread, None, {"even chances": peers})


def _month(seed: int, *, learns: bool) -> tuple[float, float]:
    """The mean effect of a message in the second half of a month, and the share of the agreed number that was sent."""
    rng, policy = np.random.default_rng(seed), ReceptivityPolicy(NAMES)
    effects, sent = list[float](), np.zeros((PEOPLE, DAYS), int)
    latest: list[datetime | None] = [None] * PEOPLE
    for day in range(DAYS):
        lows, seen = rng.random((PEOPLE, 24)) < 0.3, list[Reached]()
        for hour in range(24):
            now = BEGUN + timedelta(days=day, hours=hour)
            for who in range(PEOPLE):
                before = () if latest[who] is None else (latest[who],)
                if why_not(now, WHO, sent=before) is not None:  # type: ignore[arg-type]
                    continue
                moment = (1.0, float(hour >= 17), float(lows[who, hour]))
                share = even_share(now, WHO, sent_today=int(sent[who, day]), every=HOUR)
                p = policy.probability(moment, cost=COST, share=share) if learns else share
                send = bool(rng.random() < p)
                effect = 0.15 if moment[1] and moment[2] else -0.03
                reward = float(np.clip(0.3 + send * effect + rng.normal(0, 0.2), 0, 1))
                seen.append(Reached(moment, send, min(p, 0.999), reward))
                if send:
                    sent[who, day], latest[who] = sent[who, day] + 1, now
                    if day >= DAYS // 2:
                        effects.append(effect)
        policy = policy.learn(seen)
    return float(np.mean(effects)), float(sent[:, DAYS // 2 :].mean())
