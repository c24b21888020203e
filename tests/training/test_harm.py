"""What the head of harm is taken to say, and what it learns from."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="training is not installed")

from training.harm import harm_in
from training.own_sentences import answer_sentences, emergency_sentences, harm_sentences

from attunement.domain.reading import AsAnswer
from attunement.reading.heads import EMERGENCIES, HARMS, Head


def test_what_is_long_over_is_no_harm_that_goes_on() -> None:
    """Only what comes after it counts."""
    bias = np.log(np.array([0.1, 0.5, 0.1, 0.1, 0.1, 0.1], np.float32))
    assert harm_in(Head(np.zeros((2, 6), np.float32), bias), np.zeros((1, 2), np.float32)) == pytest.approx([0.4])


def test_there_are_sentences_of_every_kind() -> None:
    """A kind without any could not be told."""
    assert set(harm_sentences().classes) == set(range(len(HARMS)))
    assert set(emergency_sentences().classes) == set(range(len(EMERGENCIES)))
    assert set(answer_sentences().classes) == set(range(len(AsAnswer)))
