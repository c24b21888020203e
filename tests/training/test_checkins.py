"""How a second head of emotions is learned from check-ins, and stands beside the first."""

from __future__ import annotations

import numpy as np
import pytest
from training.calibration import Beside, cross_fitted, sigmoid
from training.checkins import near
from training.evenness import Evenness
from training.own_sentences import checkins

from attunement.library.resources import models_folder
from attunement.reading.encoder import WIDTH
from attunement.reading.heads import Head, load_heads
from attunement.reading.network import SIZE

LABELS = load_heads(models_folder() / "text" / "heads.npz").labels


def test_check_ins_are_labelled_and_neutral_stands_alone() -> None:
    own = checkins(LABELS)
    assert own.targets.shape == (len(own.texts), 28)
    assert len(set(own.texts)) == len(own.texts)
    assert own.targets.sum(axis=1).min() == 1
    assert own.targets.any(axis=0).all()
    assert (own.targets[own.targets[:, -1] == 1].sum(axis=1) == 1).all()
    assert len(set(own.writers)) == 9


def test_a_head_for_check_ins_goes_from_the_first_only_as_far_as_they_ask() -> None:
    """One label is told by a number the first head does not look at; the words' part of the head stays as it was."""
    rng = np.random.default_rng(3)
    vectors = (rng.normal(size=(400, WIDTH)) * 0.3).astype(np.float32)
    targets = np.stack([vectors[:, 0] > 0, vectors[:, 1] > 0], axis=1).astype(float)
    weight = np.zeros((WIDTH, 2), np.float32)
    weight[0, 0], weight[WIDTH - 1, 1] = 20.0, 0.5
    first = Head(weight, np.zeros(2, np.float32))
    even = Evenness.of(vectors[:, :SIZE].astype(float), [np.zeros((2, SIZE))])
    head = near(first, even, vectors, targets)
    assert ((head(vectors) > 0) == (targets > 0)).mean() > 0.95
    assert ((first(vectors)[:, 1] > 0) == (targets[:, 1] > 0)).mean() < 0.65
    assert np.array_equal(head.weight[SIZE:], first.weight[SIZE:])
    assert head.weight[0, 0] == pytest.approx(20.0, abs=4.0)


def test_two_heads_say_what_the_share_of_each_makes_of_it() -> None:
    """At share 0 all is as the first alone says, at share 1 as the second does."""
    rng = np.random.default_rng(5)
    y = (rng.random((200, 1)) < 0.4).astype(float)
    scores, others = y * 2 + rng.normal(size=(200, 1)), rng.normal(size=(200, 1))
    alone_p, alone = cross_fitted(scores, y)
    p, found = cross_fitted(scores, y, Beside(np.zeros(200), others, np.array([0.5])))
    assert np.allclose(p, alone_p)
    assert np.array_equal(found, alone)
    p, found = cross_fitted(scores, y, Beside(np.ones(200), others, np.array([0.5])))
    assert np.allclose(p, sigmoid(others))
    assert np.array_equal(found, others >= 0)
