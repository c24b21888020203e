"""Grows the trees of the model of forecasts, and writes them down as `attunement.foresight.trees` walks them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from attunement.foresight.forecast_model import LONGEST_H, with_fades
from attunement.foresight.trace import Trace
from attunement.foresight.trees import LEAVES
from training.esm_data import Item, Series

Array = NDArray[np.float64]
GROWN: Mapping[str, Any] = {
    "objective": "l1", "n_estimators": 200, "num_leaves": LEAVES - 1, "learning_rate": 0.1, "min_child_samples": 50,
    "n_jobs": 1, "random_state": 0, "verbose": -1,
}  # fmt: skip


def next_values(learned: Sequence[Item]) -> Iterator[tuple[str, list[float], float, float]]:
    """Of each value from a person's second on: the study, what was seen before, hours since the last, the value."""
    for item in learned:
        for person in item.people:
            yield from ((item.study, *one) for one in _of_one(person, item.mean))


def _of_one(person: Series, start: float) -> Iterator[tuple[list[float], float, float]]:
    trace = Trace(start=start)
    for at, value in zip(person.hours.tolist(), person.values.tolist(), strict=True):
        if trace.n:
            yield trace.seen(at), min(at - trace.last_h, LONGEST_H), value
        trace.update(at, value)


def grown(seen: Array, gap: Array, values: Array, weights: Array) -> dict[str, NDArray[Any]]:
    """Trees for the median of how far values lie from the person's mean, as arrays of `Trees`.

    ``seen`` (n, 25), ``gap``, ``values``, ``weights`` (n,) are those of `training.forecast.Cases`.
    """
    from lightgbm import LGBMRegressor

    x = np.array([with_fades(one, hours) for one, hours in zip(seen.tolist(), gap.tolist(), strict=True)])
    model = LGBMRegressor(**GROWN).fit(x, values - seen[:, 0], sample_weight=weights)
    roots = [tree["tree_structure"] for tree in model.booster_.dump_model()["tree_info"]]
    inputs, thresholds = np.zeros((len(roots), LEAVES - 2), np.uint8), np.full((len(roots), LEAVES - 2), np.inf)
    keeps, leaves = np.full((len(roots), LEAVES - 2), 0xFFFF, np.uint16), np.zeros((len(roots), LEAVES))
    for k, root in enumerate(roots):
        for at, (node, ruled) in enumerate(_nodes(root)):
            inputs[k, at], thresholds[k, at], keeps[k, at] = node["split_feature"], node["threshold"], ruled
        values_of = [leaf["leaf_value"] for leaf in _leaves(root)]
        leaves[k, : len(values_of)] = values_of
    return {"inputs": inputs, "thresholds": thresholds.astype(np.float32), "keeps": keeps,
            "leaves": leaves.astype(np.float32)}  # fmt: skip


def _nodes(node: Mapping[str, Any], first: int = 0) -> Iterator[tuple[Mapping[str, Any], int]]:
    """The inner nodes under this one, whose leftmost leaf is ``first``, with the leaves each keeps where it says no."""
    if "left_child" in node:
        if node["decision_type"] != "<=":
            raise ValueError(f"A node asks by {node['decision_type']}: only thresholds can be written down.")
        left = len(list(_leaves(node["left_child"])))
        yield node, 0xFFFF & ~(((1 << left) - 1) << first)
        yield from _nodes(node["left_child"], first)
        yield from _nodes(node["right_child"], first + left)


def _leaves(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The leaves under a node, from the left."""
    if "left_child" not in node:
        yield node
    else:
        yield from _leaves(node["left_child"])
        yield from _leaves(node["right_child"])
