"""A finished head is taught a little more, and says the same of the rest."""

from __future__ import annotations

import numpy as np
import pytest
import yaml

pytest.importorskip("sklearn", reason="training is not installed")

from training.held_out import WAITING, held_out, round_of
from training.newest import NEWEST, nearer
from training.own_sentences import risk_sentences
from training.text_figures import RISK_ITEMS

from attunement.reading.heads import Head


def said_by(head: Head, x: np.ndarray) -> np.ndarray:
    """The probabilities, by hand."""
    e = np.exp(x @ head.weight + head.bias)
    return e / e.sum(axis=1, keepdims=True)


def test_it_comes_nearer_to_what_is_new_and_stays_with_the_rest() -> None:
    """Of two kinds of texts that share no direction, only the one that is relabelled is told otherwise."""
    old, new = np.tile([4.0, 0.0], (200, 1)), np.tile([0.0, 4.0], (20, 1))
    head = Head(np.array([[1.0, -1.0], [1.0, -1.0]]), np.zeros(2))
    x = np.concatenate([old, new])
    said = said_by(head, x)
    said[len(old) :] = [0.0, 1.0]
    found = nearer(head, x, said, np.where(np.arange(len(x)) < len(old), 1.0, 10.0))
    assert said_by(head, new)[0, 1] < 0.001
    assert said_by(found, new)[0, 1] > 0.9
    assert said_by(found, old)[0] == pytest.approx(said_by(head, old)[0], abs=0.02)


def test_with_nothing_new_a_head_stays_as_it_is() -> None:
    """What it says already costs least where its weights already are."""
    head = Head(np.array([[1.0, -0.5], [0.25, 2.0]]), np.array([0.1, -0.2]))
    x = np.array([[1.0, 2.0], [-1.0, 0.5]])
    found = nearer(head, x, said_by(head, x), np.ones(2))
    assert found.weight == pytest.approx(head.weight, abs=1e-4)
    assert found.bias == pytest.approx(head.bias, abs=1e-4)


def test_the_newest_sentences_are_of_the_last_round_and_none_is_measured_by() -> None:
    """Of those that were learned; some are held out of the learning, and none stands among the test sentences."""
    own = risk_sentences()
    newest = np.array([file.startswith(NEWEST) for file in own.files])
    rounds = [round_of(file) for file in own.files]
    learned = [r for r, file in zip(rounds, own.files, strict=True) if not file.startswith(WAITING)]
    assert {r for r, new in zip(rounds, newest, strict=True) if new} == {max(learned)}
    assert 0 < (held_out(own) & newest).sum() < newest.sum() / 3
    measured = {item["text"] for item in yaml.safe_load(RISK_ITEMS.read_text(encoding="utf-8"))}
    assert measured.isdisjoint(text for text, new in zip(own.texts, newest, strict=True) if new)
