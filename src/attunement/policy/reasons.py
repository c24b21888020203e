"""Why the offered practice: the linear score taken apart by group of features."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from attunement.domain.context import Context
from attunement.domain.decision import Reason
from attunement.domain.practice import Practice
from attunement.domain.state import State
from attunement.policy.belief import Belief

MOST = 5
YOURS = "yours"
FAINT = 1e-9


def reasons_for(
    names: Sequence[str], belief: Belief, x: NDArray[np.float64], pick: int, context: Context, practice: Practice,
    learned_from: int,
) -> tuple[Reason, ...]:  # fmt: skip
    """The strongest groups first; weaker ones are summed under ``the-rest``, so that all weights add up.

    A group's weight is ``Σ bᵢ(xᵢ - x̄ᵢ)`` over its columns, b being what holds for everybody and x̄ the average of the
    candidates: how much it set this practice apart. ``yours`` is the same with what is the person's own, over all
    columns. ``fact['value']`` is the sum of the group's features of the offered practice.
    """
    groups, group_of = _groups(tuple(names))
    apart = x[pick] - np.ones(len(x)) @ x / len(x)
    values = [*np.bincount(group_of, x[pick]).tolist(), 1.0]
    weights = [*np.bincount(group_of, belief.everybody * apart).tolist(), float(belief.own @ apart)]
    strength = [abs(weight) for weight in weights]
    order = sorted((k for k, s in enumerate(strength) if s > FAINT), key=strength.__getitem__, reverse=True)
    told = [
        Reason(groups[k], weights[k],
               {"value": round(values[k], 6), **_fact(groups[k], context, practice, learned_from)})
        for k in order[:MOST]
    ]  # fmt: skip
    rest = order[MOST:]
    return (*told, Reason("the-rest", sum(weights[k] for k in rest))) if rest else tuple(told)


PRACTICE_ALONE = frozenset({"always", "family", "medium", "length", "intensity", "taste"})


@lru_cache(maxsize=8)
def _groups(names: tuple[str, ...]) -> tuple[list[str], NDArray[np.int64]]:
    """The groups there are by name, `YOURS` last, and which of them each column belongs to."""
    of_columns = [_group(name) for name in names]
    groups = sorted(set(of_columns))
    return [*groups, YOURS], np.array([groups.index(group) for group in of_columns])


def _group(name: str) -> str:
    """What helped and what is new are told column by column, all else by what stands before the slash."""
    if name.partition("/")[0] in PRACTICE_ALONE:
        return "people-here"
    group, _, detail = name.partition("/")
    return f"{group}:{detail}" if group in {"helped", "new"} else group


def _fact(group: str, context: Context, practice: Practice, learned_from: int) -> dict[str, str | float | int]:
    kind, _, detail = group.partition(":")
    state = context.state
    if kind == "need":
        return {"need": detail, "source": "said" if f"need:{detail}" in state.said else "read"}
    if kind == "mood":
        return {"mood": detail, "source": _source_of_mood(detail, state)}
    if kind == "theme":
        return {"source": "read"}
    if kind == "feeling":
        return {"feeling": detail, "source": "read"}
    if kind in {"helped", "new"}:
        return {"like": detail, "family": practice.family, "medium": practice.medium}
    if kind == YOURS:
        return {"outcomes": len(context.own.experiences)}
    return {"outcomes": learned_from} if group == "people-here" else {}


def _source_of_mood(mood: str, state: State) -> str:
    """Said, or else sensed where the body is what stirs the estimate up, or else read."""
    if "affect" in state.said:
        return "said"
    stirs = mood == "stirred" and state.sensed is not None and state.sensed >= state.arousal
    return "sensed" if stirs else "read"
