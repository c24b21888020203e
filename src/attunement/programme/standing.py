"""How what is learned stands: whether outcomes come as expected, told in means over many people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import numpy as np

from attunement.policy.drift import turns_out_better
from attunement.programme.drift import PROVEN, Alarm, Watched, access_alarm, access_pause, access_watched
from attunement.programme.house import House
from attunement.programme.overview import FEWEST

STRETCHES, LEAST = 12, 25
LATELY = 200


class State(StrEnum):
    """``early``: too few outcomes to say. ``well``: they come as expected. ``better``: they are better than that.

    ``changed``: they fell short of it lately, and no earlier version would have done better. ``paused``: one did, is
    served again, and nothing is learned until a steward lets learning go on.
    """

    EARLY = "early"
    WELL = "well"
    BETTER = "better"
    CHANGED = "changed"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Outcomes that came one after the other, up to ``until``: means of what was expected and of what came (0 to 1)."""

    until: datetime
    outcomes: int
    expected: float
    came: float


@dataclass(frozen=True, slots=True)
class Standing:
    """The state, what it rests on, and how predictions compared with outcomes over time, oldest first.

    ``version`` is the one served. ``outcomes`` counts those looked at since the last alarm, of which ``needed`` are
    needed to say anything; ``latest`` are the means over up to 200 of the newest. ``alarm`` is that for which learning
    is paused, or else the last one.
    """

    state: State
    version: int
    outcomes: int
    needed: int
    latest: Stretch | None
    alarm: Alarm | None
    stretches: tuple[Stretch, ...]


def access_standing(house: House) -> Standing:
    """How what is learned stands now. Means of fewer than five people are not told."""
    with house.store.read() as connection:
        pause, alarm, seen = access_pause(connection), access_alarm(connection), access_watched(connection)
        version = house.policies.newest(connection).version
    fresh = [w for w in seen if alarm is None or w.decided > alarm.watched_from]
    return Standing(
        state=State.PAUSED if pause else _state(alarm, fresh), version=version, outcomes=len(fresh), needed=PROVEN,
        latest=_stretch(fresh[-LATELY:]), alarm=pause or alarm, stretches=stretches(seen),
    )  # fmt: skip


def _state(alarm: Alarm | None, fresh: Sequence[Watched]) -> State:
    if len(fresh) < PROVEN:
        return State.CHANGED if alarm is not None and alarm.good is None else State.EARLY
    better = turns_out_better([w.expected for w in fresh], [w.reward for w in fresh])
    return State.BETTER if better and better[-1].found >= len(fresh) - LATELY else State.WELL


def stretches(seen: Sequence[Watched]) -> tuple[Stretch, ...]:
    """Up to twelve stretches of at least 25 outcomes of at least five people each."""
    size = max(LEAST, -(-len(seen) // STRETCHES))
    parts: list[list[Watched]] = [[]]
    for one in seen:
        if len(parts[-1]) >= size and _enough(parts[-1]):
            parts.append([])
        parts[-1].append(one)
    if len(parts) > 1 and (len(parts[-1]) < LEAST or not _enough(parts[-1])):
        parts[-2:] = [parts[-2] + parts[-1]]
    return tuple(stretch for part in parts if len(part) >= LEAST and (stretch := _stretch(part)))


def _stretch(part: Sequence[Watched]) -> Stretch | None:
    if not _enough(part):
        return None
    expected, came = np.mean([(w.expected, w.reward) for w in part], axis=0)
    return Stretch(part[-1].at, len(part), float(expected), float(came))


def _enough(part: Sequence[Watched]) -> bool:
    return len({w.member for w in part}) >= FEWEST
