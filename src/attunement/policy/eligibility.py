"""Which practices may be offered at all."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from attunement.domain.practice import AvoidWhen, Practice
from attunement.domain.reading import RiskLevel
from attunement.domain.state import State

FEWEST = 3


def conditions(state: State) -> frozenset[AvoidWhen]:
    """Which of the conditions practices avoid hold now; see `AvoidWhen` for what each means."""
    holds = set()
    if state.risk.rank >= RiskLevel.INDIRECT.rank:
        holds.add(AvoidWhen.RISK)
    if state.valence < -0.5 and state.arousal > 0.5:
        holds.add(AvoidWhen.OVERWHELMED)
    if state.valence < -0.3 and state.arousal < -0.5:
        holds.add(AvoidWhen.DRAINED)
    return frozenset(holds)


def eligible(library: Sequence[Practice], state: State, *, rested: Collection[str] = ()) -> Sequence[Practice]:
    """The practices that fit now: none that should be avoided, none that rests; the library itself where all do.

    Where danger is read, only gentle ones (intensity 1) are left. Rest gives way where it would leave fewer than
    three; what must be avoided never does.
    """
    holds = conditions(state)
    if not holds and not rested:
        return library
    safe = [p for p in library if not holds.intersection(p.avoid_when)]
    if AvoidWhen.RISK in holds:
        safe = [p for p in safe if p.intensity == 1]
    awake = [p for p in safe if p.id not in rested]
    return awake if len(awake) >= FEWEST else safe
