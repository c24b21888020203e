"""Why the offered practice: the linear score taken apart by group of features."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from attunement.domain.context import Context
from attunement.domain.decision import Reason
from attunement.domain.practice import Practice

MOST = 5


def reasons_for(
    names: Sequence[str], mean: NDArray[np.float64], x: NDArray[np.float64], pick: int, context: Context,
    practice: Practice, learned_from: int,
) -> tuple[Reason, ...]:  # fmt: skip
    """The strongest groups first; weaker ones are summed under ``the-rest``, so that all weights add up.

    A group's weight is ``Σ mᵢ(xᵢ - x̄ᵢ)`` over its columns, x̄ being the average of the candidates: how much it set
    this practice apart. ``fact['value']`` is the sum of the group's features of the offered practice.
    """
    parts = mean * (x[pick] - x.mean(axis=0))
    weights: dict[str, float] = {}
    values: dict[str, float] = {}
    for name, part, value in zip(names, parts, x[pick], strict=True):
        group = "people-here" if name.partition("/")[0] in PRACTICE_ALONE else _group(name)
        weights[group] = weights.get(group, 0.0) + float(part)
        values[group] = values.get(group, 0.0) + float(value)
    order = sorted((g for g in weights if abs(weights[g]) > 1e-9), key=lambda g: (-abs(weights[g]), g))
    told = [
        Reason(g, weights[g], {"value": round(values[g], 6), **_fact(g, context, practice, learned_from)})
        for g in order[:MOST]
    ]
    rest = sum(weights[g] for g in order[MOST:])
    return (*told, Reason("the-rest", rest)) if order[MOST:] else tuple(told)


PRACTICE_ALONE = frozenset({"always", "family", "medium", "length", "intensity"})


def _group(name: str) -> str:
    """History is told column by column, all else by what stands before the slash."""
    group, _, detail = name.partition("/")
    return f"{group}:{detail}" if group in {"helped", "tired", "new"} else group


def _fact(group: str, context: Context, practice: Practice, learned_from: int) -> dict[str, str | float | int]:
    kind, _, detail = group.partition(":")
    state = context.state
    if kind == "need":
        return {"need": detail, "source": "said" if f"need:{detail}" in state.said else "read"}
    if kind == "mood":
        return {"mood": detail, "source": "said" if "affect" in state.said else "read"}
    if kind == "theme":
        return {"source": "read"}
    if kind == "feeling":
        return {"feeling": detail, "source": "read"}
    if kind in {"helped", "tired", "new"}:
        return {"like": detail, "family": practice.family, "medium": practice.medium}
    return {"outcomes": learned_from} if group == "people-here" else {}
