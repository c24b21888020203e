"""How somebody is now, by all they told over the last hours and not by the newest word alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import reduce

from attunement.domain.need import Need, in_light
from attunement.domain.state import State
from attunement.foresight.state import CHANCE, READ_SD, aged, weighed

YOUNG_H = 0.5
"""So long what was told last does not age."""
Told = tuple[datetime, State]


def state_by(told: Sequence[Told], now: datetime) -> State:
    """The state at ``now`` by what was told before, each part by whatever tells of it best.

    Oldest first, each state ages until the next is told (`aged`), and the next is then laid over it:

    - where somebody puts themselves on the axes, or says what they want, that stands alone from then on;
    - what was only read is weighed against what is left of before, by precision (1/sd²), and what somebody said they
      want counts beside what is read for as long as it has not faded;
    - a want that was only read is seen in the light of those read before (`in_light`), as far as these have not faded;
    - feelings, practices that are near and danger are those of the newest words.

    Parameters
    ----------
    told:
        When, and the state it spoke of, in any order; what is later than ``now`` counts as of now.
    now:
        The time asked for.

    >>> from datetime import UTC, timedelta
    >>> nine = datetime(2026, 5, 4, 9, tzinfo=UTC)
    >>> low = State(valence=-0.8, valence_sd=0.15, said=frozenset({"affect"}))
    >>> written = State(valence=0.1, valence_sd=0.6, feelings={"warm": 0.3})
    >>> round(state_by([(nine, low), (nine + timedelta(hours=1), written)], nine + timedelta(hours=1)).valence, 2)
    -0.6

    The weighing is that of Kalman (1960), A new approach to linear filtering and prediction problems, J. Basic Eng. 82.
    """
    if not told:
        return State()
    in_order = sorted(told, key=lambda one: one[0])
    last, state = reduce(_followed, in_order[1:], in_order[0])
    hours = _hours(last, now)
    return aged(state, hours) if hours > YOUNG_H else state


def _followed(before: Told, newer: Told) -> Told:
    return newer[0], _laid_over(newer[1], aged(before[1], _hours(before[0], newer[0])))


def _laid_over(newer: State, before: State) -> State:
    """The newer state, completed by what is left of the one before."""
    said = newer.said
    valence, arousal = (newer.valence, newer.valence_sd), (newer.arousal, newer.arousal_sd)
    if "affect" not in newer.said:
        valence = weighed(valence, (before.valence, before.valence_sd))
        arousal = weighed(arousal, (before.arousal, before.arousal_sd))
        if before.valence_sd < READ_SD:
            said |= before.said & {"affect"}
    needs: Mapping[Need, float] = newer.needs
    wanted = frozenset(f"need:{need}" for need in before.needs) & before.said
    if not any(name.startswith("need:") for name in newer.said):
        wants = _wants if wanted or not newer.needs else _wants_in_light
        needs = wants(newer.needs, before.needs)
        said |= wanted
    wrote = bool(newer.feelings)
    return replace(
        newer, valence=valence[0], valence_sd=valence[1], arousal=arousal[0], arousal_sd=arousal[1], needs=needs,
        feelings=newer.feelings if wrote else before.feelings, near=newer.near if wrote else before.near, said=said,
    )  # fmt: skip


def _wants(read: Mapping[Need, float], left: Mapping[Need, float]) -> dict[Need, float]:
    """What is left of wants, and of what is read now as much as they leave room for."""
    room = max(0.0, 1 - sum(left.values()))
    every = dict.fromkeys([*left, *read])
    return {need: round(left.get(need, 0.0) + room * read.get(need, 0.0), 6) for need in every}


def _wants_in_light(read: Mapping[Need, float], left: Mapping[Need, float]) -> dict[Need, float]:
    """What is read now in the light of what is left of what was read before."""
    found = in_light(_chances(read), _chances(left))
    return {need: round((p - CHANCE) / (1 - CHANCE), 6) for need, p in found.items() if p > CHANCE}


def _chances(weights: Mapping[Need, float]) -> dict[Need, float]:
    """Weights of a `State`, how far each need lies over chance, as chances that sum to 1; the others share the rest."""
    over = {need: CHANCE + (1 - CHANCE) * weight for need, weight in weights.items() if weight > 0}
    others = [need for need in Need if need not in over]
    rest = max(0.0, 1 - sum(over.values())) / max(1, len(others))
    return over | dict.fromkeys(others, rest)


def _hours(since: datetime, until: datetime) -> float:
    return max(0.0, (until - since).total_seconds() / 3600)
