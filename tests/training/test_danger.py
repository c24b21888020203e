"""The head of danger is fitted again near what it was: it learns what it is told, and of the rest says what it said."""

from __future__ import annotations

import numpy as np
from training.danger import near
from training.measures import Array

from attunement.reading.heads import Head, softmax

RNG = np.random.default_rng(7)
HEAD = Head(RNG.normal(size=(12, 5)).astype(np.float32), RNG.normal(size=5).astype(np.float32))
SEEN = RNG.normal(size=(400, 12)).astype(np.float32)
SAID = np.array([softmax(score) for score in HEAD(SEEN)], np.float64)


def _found(head: Head) -> Array:
    return np.array([softmax(score) for score in head(SEEN)], np.float64)


def test_told_what_it_said_the_head_stays() -> None:
    again = near(HEAD, SEEN, SAID, np.ones(len(SEEN)))
    assert np.abs(again.weight - HEAD.weight).max() < 1e-3
    assert np.abs(_found(again) - SAID).max() < 1e-3


def test_told_otherwise_of_some_it_learns_that_and_hardly_leaves_the_rest() -> None:
    """The some lie on one side of a direction, as moments of everyday life do."""
    some = SEEN[:, 0] > 1
    target = np.where(some[:, None], np.eye(5)[0], SAID)
    again = _found(near(HEAD, SEEN, target, np.ones(len(SEEN))))
    before, after = SAID[some, 0].mean(), again[some, 0].mean()
    assert after > before + 0.3
    assert np.abs(again - SAID)[SEEN[:, 0] < 0].mean() < (after - before) / 4


def test_what_counts_more_is_learned_more() -> None:
    some = SEEN[:, 0] > 1
    target = np.where(some[:, None], np.eye(5)[0], SAID)
    little, much = (
        _found(near(HEAD, SEEN, target, np.where(some, weight, 1.0)))[some, 0].mean() for weight in (0.2, 5.0)
    )
    assert much > little
