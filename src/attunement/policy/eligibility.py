"""Which practices may be offered at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf
from types import MappingProxyType

from attunement.domain.practice import AvoidWhen, Practice
from attunement.domain.reading import RiskLevel
from attunement.domain.state import State

FEWEST = 3
NONE_RESTS: Mapping[str, float] = MappingProxyType({})


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


def eligible(
    library: Sequence[Practice], state: State, *, rested: Mapping[str, float] = NONE_RESTS
) -> Sequence[Practice]:
    """The practices that fit now: none that should be avoided, none that rests; the library itself where all do.

    Where danger is read, only gentle ones (intensity 1) are left. Rest gives way where it would leave fewer than
    three, for those first that were sent to rest first; what must be avoided never does.

    Parameters
    ----------
    rested:
        For each practice that rests how many days ago that was asked for last (`policy.resting`).

    >>> from attunement.checks.examples import example_practices
    >>> three = {"example-0": 9.0, "example-1": 2.0, "example-2": 1.0}
    >>> [p.id for p in eligible(example_practices(5), State(), rested=three)]
    ['example-0', 'example-3', 'example-4']
    """
    holds = conditions(state)
    if not holds and not rested:
        return library
    safe = [p for p in library if not holds.intersection(p.avoid_when)]
    if AvoidWhen.RISK in holds:
        safe = [p for p in safe if p.intensity == 1]
    awake = [p for p in safe if p.id not in rested]
    if len(awake) >= FEWEST:
        return awake
    longest = sorted((rested.get(p.id, inf) for p in safe), reverse=True)[:FEWEST]
    return [p for p in safe if rested.get(p.id, inf) >= longest[-1]]


def gaps(library: Sequence[Practice]) -> list[frozenset[AvoidWhen]]:
    """The conditions under which nothing of a library is left to offer, as sets that hold together.

    A set is left out where a part of it leaves nothing already.

    >>> from dataclasses import replace
    >>> from attunement.checks.examples import example_practices
    >>> steady = [replace(p, intensity=2) for p in example_practices(5)]
    >>> [sorted(map(str, gap)) for gap in gaps(steady)]
    [['risk']]
    """
    moods = ((0.0, 0.0), (-1.0, 1.0), (-1.0, -1.0))
    states = [State(valence=v, arousal=a, risk=r) for r in (RiskLevel.NONE, RiskLevel.INDIRECT) for v, a in moods]
    found = [conditions(state) for state in states if not eligible(library, state)]
    return [gap for gap in found if not any(less < gap for less in found)]
