"""What the head of harm is taken to say, and what it learns from."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

pytest.importorskip("sklearn", reason="training is not installed")

from training.harm import GOES_ON, KNOWN, LEAST, harm_head, harm_in, harm_kinds, harm_thresholds, near
from training.held_out import SEEN, chosen, held_out, round_of
from training.own_sentences import answer_sentences, emergency_sentences, harm_sentences
from training.text_figures import harm_test

from attunement.domain.reading import AsAnswer
from attunement.reading.heads import EMERGENCIES, HARMS, Head
from attunement.reading.text_reader import TextReader
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


def test_a_head_near_another_learns_what_is_new_and_else_says_what_it_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it never saw is told as before; the dearer it is to leave the other, the nearer it stays."""
    rng = np.random.default_rng(4)
    head = Head(rng.normal(size=(6, 3)).astype(np.float32), np.zeros(3, np.float32))
    seen = np.eye(6, dtype=np.float32)[[0, 1, 2] * 20]
    wanted = np.array([2, 0, 1] * 20)
    fitted = near(head, seen, wanted, np.ones(60))
    assert fitted(np.eye(6, dtype=np.float32)[:3]).argmax(axis=1).tolist() == [2, 0, 1]
    np.testing.assert_allclose(fitted.weight[3:], head.weight[3:], atol=1e-3)
    monkeypatch.setattr(harm, "NEAR", 1.0)
    held = near(head, seen, wanted, np.ones(60))
    assert np.abs(held.weight - head.weight).max() < np.abs(fitted.weight - head.weight).max() / 3


def test_the_head_learns_of_what_the_network_has_not_and_of_nothing_held_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its thresholds and figures rest on sentences held out; what the network knows by heart counts little."""
    asked: dict[str, np.ndarray | list[str]] = {}

    def encode(texts: list[str]) -> np.ndarray:
        asked["texts"] = texts
        return np.zeros((len(texts), 4), np.float32)

    def kept(head: Head, vectors: np.ndarray, classes: np.ndarray, counted: np.ndarray) -> Head:
        asked.update(classes=classes, counted=counted)
        return head

    monkeypatch.setattr(harm, "harmless", lambda data: ["It rained."])
    monkeypatch.setattr(harm, "near", kept)
    harm_head(Head(np.zeros((4, 6), np.float32), np.zeros(6, np.float32)), SimpleNamespace(encode=encode), Path())  # type: ignore[arg-type]
    own = harm_sentences()
    assert asked["texts"] == [*chosen(own.texts, ~held_out(own)), "It rained."]
    assert not set(asked["texts"]) & set(chosen(own.texts, held_out(own)))
    files = chosen(own.files, ~held_out(own))
    lately = np.array([round_of(file) > SEEN for file in files])
    assert set(asked["counted"][:-1][lately]) == {1.0}
    assert set(asked["counted"][:-1][~lately]) == {KNOWN}
    assert asked["classes"][-1] == 0


def test_each_kind_speaks_from_a_chance_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Comments are often taken for a threat and never for a worry, so that a worry is told from less on."""
    monkeypatch.setattr(harm, "held_out", lambda own: np.ones(len(own.texts), bool))
    monkeypatch.setitem(harm.LEAST, "worry", 0.0)
    head = Head(np.eye(len(HARMS), dtype=np.float32), np.zeros(len(HARMS), np.float32))
    hurt, life, worry, threat = range(GOES_ON, len(HARMS))

    def encode(texts: list[str]) -> np.ndarray:
        vectors = np.zeros((len(texts), len(HARMS)), np.float32)
        vectors[:, 0] = 8.0
        if texts[0] == "a comment":
            vectors[: len(texts) // 2, threat] = np.linspace(6.0, 9.0, len(texts) // 2)
        vectors[: len(texts) // 10, hurt] = 7.0
        return vectors

    comments = ("a comment",) * 2000
    least = harm_thresholds(head, SimpleNamespace(encode=encode), comments)  # type: ignore[arg-type]
    assert least[worry - GOES_ON] == 0
    assert least[life - GOES_ON] == LEAST["life"]
    found = encode(list(comments))
    told = (harm_kinds(head, found) == threat - GOES_ON) & (harm_in(head, found) > least[threat - GOES_ON])
    assert told.sum() == 1
    assert least[hurt - GOES_ON] > 0


def test_of_the_blind_test_every_kind_is_measured() -> None:
    """What ships hears most of what goes on, and hardly anything in what is harmless or long over."""
    told = {kind: found.mean() for kind, found in harm_test(TextReader(), "blind").items()}
    assert list(told) == [str(kind) for kind in HARMS]
    assert max(told["none"], told["hurt_past"]) < 0.05
    assert min(told[kind] for kind in ("hurt", "life", "worry", "threat")) > 0.6


def test_hurt_that_is_told_quietly_is_heard_more_often_than_not() -> None:
    """And next to nothing in the same words where nothing is wrong."""
    told = {kind: found.mean() for kind, found in harm_test(TextReader(), "quiet").items()}
    assert list(told) == ["none", "hurt"]
    assert told["none"] < 0.05
    assert told["hurt"] > 0.5
