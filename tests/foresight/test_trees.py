"""Trees that are not walked say what a walk from the root would."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from attunement.foresight.trees import LEAVES, Trees

INPUTS = 3
THRESHOLDS = st.sampled_from([0.25, 0.5, 0.75])
VALUES = st.lists(st.sampled_from([0.0, 0.25, 0.4, 0.5, 0.9, 1.0]), min_size=INPUTS, max_size=INPUTS)


@dataclass(frozen=True)
class Node:
    """An inner node: at most the threshold goes left."""

    of: int
    threshold: float
    left: Node | float
    right: Node | float


def nodes(depth: int = 3) -> st.SearchStrategy[Node | float]:
    """Trees of up to eight leaves."""
    leaf = st.integers(-9, 9).map(float)
    if not depth:
        return leaf
    below = nodes(depth - 1)
    return st.one_of(leaf, st.builds(Node, st.integers(0, INPUTS - 1), THRESHOLDS, below, below))


def walked(tree: Node | float, x: list[float]) -> float:
    """From the root to a leaf."""
    while isinstance(tree, Node):
        tree = tree.left if x[tree.of] <= tree.threshold else tree.right
    return tree


def written(trees: list[Node | float]) -> Trees:
    """Trees as bits, a node at a time."""
    inputs, thresholds = np.zeros((len(trees), LEAVES), np.intp), np.full((len(trees), LEAVES), np.inf)
    keeps, values = np.full((len(trees), LEAVES), 0xFFFF, np.uint16), np.zeros((len(trees), LEAVES))

    def write(k: int, node: Node | float, at: int, leaf: int) -> tuple[int, int]:
        """Write what is under a node; how many nodes and leaves there are then."""
        if not isinstance(node, Node):
            values[k, leaf] = node
            return at, leaf + 1
        first, mine = leaf, at
        at, leaf = write(k, node.left, at + 1, leaf)
        inputs[k, mine], thresholds[k, mine] = node.of, node.threshold
        keeps[k, mine] = 0xFFFF - sum(1 << bit for bit in range(first, leaf))
        return write(k, node.right, at, leaf)

    for k, tree in enumerate(trees):
        write(k, tree, 0, 0)
    return Trees(inputs.T, thresholds.T, keeps.T, values)


@given(st.lists(nodes(), min_size=1, max_size=5), VALUES)
def test_they_say_what_walks_would_say(trees: list[Node | float], x: list[float]) -> None:
    """Single leaves, lopsided trees, and inputs on a threshold too."""
    assert written(trees)(np.array(x)) == sum(walked(tree, x) for tree in trees)
