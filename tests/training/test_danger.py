"""The head of danger is fitted again near what it was: it learns what it is told, and of the rest says what it said."""

from __future__ import annotations

import numpy as np
from training.danger import learned_of_own, near
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


def test_of_everyday_life_alone_another_thing_is_learned_than_was_said() -> None:
    """Harmless, it has no danger and its distress as likely against none as before; else it has its level."""
    levels, life = np.array([0, 1, 2, 4, 0, 3]), np.array([True] * 4 + [False] * 2)
    said = SAID[:6]
    wanted = learned_of_own(said, levels, life)
    np.testing.assert_allclose(wanted.sum(axis=1), 1)
    assert not wanted[:2, 2:].any()
    np.testing.assert_allclose(wanted[:2, 1] / wanted[:2, 0], said[:2, 1] / said[:2, 0])
    assert wanted[2:4].argmax(axis=1).tolist() == [2, 4]
    assert wanted[2:4].max(axis=1).tolist() == [1, 1]
    np.testing.assert_array_equal(wanted[4:], said[4:])
