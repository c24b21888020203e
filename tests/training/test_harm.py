"""What the head of harm is taken to say, and what it learns from."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="training is not installed")

from training.harm import GOES_ON, LATELY, chosen, harm_head, harm_in
from training.held_out import held_out
from training.own_sentences import answer_sentences, emergency_sentences, harm_sentences

from attunement.domain.reading import AsAnswer
from attunement.reading.heads import EMERGENCIES, HARMS, Head
from training import harm


def test_what_is_long_over_is_no_harm_that_goes_on() -> None:
    """Only what comes after it counts."""
    bias = np.log(np.array([0.1, 0.5, 0.1, 0.1, 0.1, 0.1], np.float32))
    assert harm_in(Head(np.zeros((2, 6), np.float32), bias), np.zeros((1, 2), np.float32)) == pytest.approx([0.4])


def test_there_are_sentences_of_every_kind() -> None:
    """A kind without any could not be told."""
    assert set(harm_sentences().classes) == set(range(len(HARMS)))
    assert set(emergency_sentences().classes) == set(range(len(EMERGENCIES)))
    assert set(answer_sentences().classes) == set(range(len(AsAnswer)))


def test_fitted_once_more_it_learns_what_was_written_lately_but_what_is_held_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Told by what marks them, late sentences are known then; of others it says what it said."""
    own = harm_sentences()
    lately = {
        t: int(k) for t, k, file in zip(own.texts, own.classes, own.files, strict=True) if file.startswith(LATELY)
    }
    heard: list[str] = []

    def encode(texts: list[str]) -> np.ndarray:
        heard.extend(texts)
        vectors = np.zeros((len(texts), 8), np.float32)
        for vector, text in zip(vectors, texts, strict=True):
            vector[lately.get(text, 7)] = 3.0
        return vectors

    monkeypatch.setattr(harm, "background", lambda data: ["It rained."] * 50)
    before = Head(np.zeros((8, len(HARMS)), np.float32), np.zeros(len(HARMS), np.float32))
    after = harm_head(before, SimpleNamespace(encode=encode), Path())  # type: ignore[arg-type]
    left_out = set(chosen(own.texts, held_out(own))) - set(chosen(own.texts, ~held_out(own)))
    assert len(left_out) > 300
    assert not left_out & set(heard)
    marks = np.eye(8, dtype=np.float32) * 3.0
    assert after(marks)[: len(HARMS)].argmax(axis=1).tolist() == list(range(len(HARMS)))
    of_others = harm_in(after, marks[7:])
    assert of_others == pytest.approx(harm_in(before, marks[7:]), abs=0.05)
    assert (harm_in(after, marks)[GOES_ON : len(HARMS)] > 0.8).all()
