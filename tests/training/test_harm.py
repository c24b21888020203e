"""The heads of harm and of answers are fitted, and told of in the card."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="training is not installed")

from training.harm import fitted, harm_in, put_in_card
from training.measures import Measured
from training.own_sentences import answer_sentences, harm_sentences

from attunement.domain.reading import AsAnswer
from attunement.reading.heads import HARMS, Head


def test_what_weighs_more_decides_what_is_said_of_the_same_vector() -> None:
    """Of one vector under two labels the heavier is likelier; other vectors keep their own."""
    x = np.array([[4.0, 0.0], [4.0, 0.0], [0.0, 4.0]] * 20)
    head = fitted(x, np.array([0, 1, 2] * 20), 3, np.array([1.0, 5.0, 1.0] * 20))
    assert head(np.array([[4.0, 0.0], [0.0, 4.0]], np.float32)).argmax(axis=1).tolist() == [1, 2]


def test_what_is_long_over_is_no_harm_that_goes_on() -> None:
    """Only what comes after it counts."""
    bias = np.log(np.array([0.1, 0.6, 0.1, 0.1, 0.1], np.float32))
    assert harm_in(Head(np.zeros((2, 5), np.float32), bias), np.zeros((1, 2), np.float32)) == pytest.approx([0.3])


def test_figures_stand_once_in_the_card_however_often_they_are_put_there(tmp_path: Path) -> None:
    """After those of danger, in place of the old ones, and nothing else is touched."""
    card = tmp_path / "card.md"
    card.write_text("| danger, a | 1 |\n| harm, old | 2 |\n\nEnd.\n", encoding="utf-8")
    for value in (0.25, 0.5):
        put_in_card(card, {"harm, held out": Measured(value)})
    assert card.read_text(encoding="utf-8") == "| danger, a | 1 |\n| harm, held out | 0.500 |\n\nEnd.\n"


def test_there_are_sentences_of_every_kind() -> None:
    """A kind without any could not be told."""
    assert set(harm_sentences().classes) == set(range(len(HARMS)))
    assert set(answer_sentences().classes) == set(range(len(AsAnswer)))
