"""The heads are read whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.damage import KINDS, damaged

from attunement.domain.errors import AttunementError, ErrorCode
from attunement.domain.reading import AsAnswer, Harm
from attunement.library.resources import models_folder
from attunement.reading.encoder import WIDTH
from attunement.reading.heads import EMERGENCIES, HARMS, Head, load_heads

FILE = models_folder() / "text" / "heads.npz"


def test_probabilities_of_any_vector_are_probabilities() -> None:
    heads = load_heads(FILE)
    vector = np.random.default_rng(1).normal(size=WIDTH).astype(np.float32)
    vector /= np.linalg.norm(vector)
    assert heads.emotions(vector).min() >= 0
    assert heads.emotions(vector).max() <= 1
    assert heads.needs(vector).sum() == pytest.approx(1, abs=1e-5)
    assert heads.risk_of(vector[None]).sum() == pytest.approx(1, abs=1e-5)
    assert ((heads.affect_of(vector) >= 1) & (heads.affect_of(vector) <= 5)).all()
    assert 0 <= heads.stress_of(vector) <= 1


@pytest.mark.parametrize(("score", "p", "least"), [(-40.0, 0.2, 0.3), (40.0, 0.8, 0.6), (0.0, 0.5, 0.45)])
def test_of_two_heads_of_emotion_the_one_counts_that_is_for_such_texts(score: float, p: float, least: float) -> None:
    """Where a text is half somebody telling of themselves, the middle of both scores and of both thresholds."""

    def saying(chance: float) -> Head:
        return Head(np.zeros((WIDTH, 28), np.float32), np.full(28, np.log(chance / (1 - chance)), np.float32))

    plain = np.stack([np.ones(28), np.zeros(28)]).astype(np.float32)
    heads = replace(
        load_heads(FILE), emotion=saying(0.2), felt=saying(0.8), platt=plain,
        telling=Head(np.zeros((384, 1), np.float32), np.full(1, score, np.float32)),
        thresholds=np.full(28, 0.3, np.float32), felt_thresholds=np.full(28, 0.6, np.float32),
    )  # fmt: skip
    vector = np.ones(WIDTH, np.float32)
    assert heads.emotions(vector) == pytest.approx(np.full(28, p), abs=1e-4)
    assert heads.least(vector) == pytest.approx(np.full(28, least), abs=1e-4)


def test_meanings_have_length_one_whatever_the_vector() -> None:
    vectors = np.random.default_rng(3).normal(size=(4, 384)).astype(np.float32)
    assert np.linalg.norm(load_heads(FILE).meanings(vectors), axis=1) == pytest.approx(1, abs=1e-5)


def test_the_window_that_speaks_most_of_danger_counts() -> None:
    heads = load_heads(FILE)
    windows = np.random.default_rng(2).normal(size=(5, WIDTH)).astype(np.float32)
    most = max(float(heads.risk_of(window[None])[2:].sum()) for window in windows)
    assert float(heads.risk_of(windows)[2:].sum()) == pytest.approx(most)


THRESHOLDS = np.array([0.9, 0.9, 0.7, 0.9], np.float32)


def told_of_harm(*windows: dict[str, float]) -> Harm:
    """What heads at `THRESHOLDS` tell of windows of these chances of harm, and of no emergency of a body."""
    told = np.array([[window.get(name, 0.0) for name in HARMS] for window in windows], np.float32)
    told[:, 0] = 1 - told.sum(axis=1)
    eye = np.zeros((384, len(HARMS)), np.float32)
    eye[: len(HARMS)] = np.eye(len(HARMS))
    none = Head(np.zeros((384, len(EMERGENCIES)), np.float32), np.array([9, 0, 0], np.float32))
    harm = Head(eye, np.zeros(len(HARMS), np.float32))
    heads = replace(load_heads(FILE), harm=harm, harm_thresholds=THRESHOLDS, emergency=none)
    scores = np.zeros((len(windows), WIDTH), np.float32)
    scores[:, : len(HARMS)] = np.log(np.maximum(told, 1e-6))
    return heads.harm_of(scores)


@pytest.mark.parametrize(
    ("windows", "harm"),
    [
        ([{"hurt": 0.95}], Harm.HURT),
        ([{"hurt": 0.85}], Harm.NONE),
        ([{"hurt_past": 0.99}], Harm.NONE),
        ([{}, {"worry": 0.97}, {"hurt": 0.92}], Harm.WORRY),
        ([{"worry": 0.75}], Harm.WORRY),
        ([{"hurt": 0.4, "worry": 0.35}], Harm.NONE),
        ([{"hurt": 0.35, "worry": 0.4}], Harm.WORRY),
        ([{"life": 0.95}], Harm.LIFE),
        ([{"life": 0.6, "worry": 0.35}], Harm.NONE),
    ],
)
def test_harm_is_told_of_the_worst_window_and_where_it_is_sure(windows: list[dict[str, float]], harm: Harm) -> None:
    """What is over is none; that it is a matter of minutes must be surer still."""
    assert told_of_harm(*windows) is harm


@pytest.mark.parametrize(
    ("told", "harm"), [([0.4, 0.5, 0.1], Harm.LIFE), ([0.4, 0.1, 0.5], Harm.LIFE), ([0.5, 0.4, 0.1], Harm.NONE)]
)
def test_a_body_in_danger_is_a_life_in_danger(told: list[float], harm: Harm) -> None:
    """Whosever it is, from the chance on at which the head of emergencies speaks, in any window."""
    quiet = Head(np.zeros((384, len(HARMS)), np.float32), np.eye(len(HARMS), dtype=np.float32)[0] * 20)
    weight = np.zeros((384, len(EMERGENCIES)), np.float32)
    weight[: len(EMERGENCIES)] = np.eye(len(EMERGENCIES))
    head = Head(weight, np.zeros(len(EMERGENCIES), np.float32))
    heads = replace(load_heads(FILE), harm=quiet, emergency=head, emergency_threshold=0.55)
    windows = np.zeros((2, 384), np.float32)
    windows[:, : len(EMERGENCIES)] = np.log([[0.98, 0.01, 0.01], told])
    assert heads.harm_of(windows) is harm


@pytest.mark.parametrize(("p", "answer"), [(0.7, AsAnswer.YES), (0.5, AsAnswer.NONE)])
def test_an_answer_is_told_where_it_is_sure(p: float, answer: AsAnswer) -> None:
    """Below, nobody answered."""
    chances = np.full(len(AsAnswer), (1 - p) / (len(AsAnswer) - 1), np.float32)
    chances[list(AsAnswer).index(AsAnswer.YES)] = p
    head = Head(np.zeros((384, len(AsAnswer)), np.float32), np.log(chances))
    assert replace(load_heads(FILE), answer=head).answer_of(np.zeros(384, np.float32)) is answer


@pytest.mark.parametrize("name", ["risk_weight", "harm_thresholds", "emergency_threshold", "answer_weight", "platt"])
@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf])
def test_numbers_that_are_none_are_refused(tmp_path: Path, name: str, number: float) -> None:
    """With one of them in a head, any text would be read as danger, or none."""
    with np.load(FILE) as arrays:
        kept = {key: arrays[key].copy() for key in arrays.files}
    kept[name].flat[-1] = number
    np.savez(tmp_path / "heads.npz", **kept)
    with pytest.raises(AttunementError, match=r"heads\.npz.*training\.text_reader") as caught:
        load_heads(tmp_path / "heads.npz")
    assert caught.value.code is ErrorCode.MODEL_BROKEN


@pytest.mark.parametrize("damage", ["missing", "cut", "text", "another shape", *KINDS])
def test_missing_or_damaged_heads_are_told_by_name(tmp_path: Path, damage: str) -> None:
    file = tmp_path / "heads.npz"
    if damage == "cut":
        file.write_bytes(FILE.read_bytes()[:5000])
    elif damage == "text":
        file.write_text("not heads")
    elif damage == "another shape":
        np.savez(file, version="0", emotion_weight=np.zeros((2, 2)), emotion_bias=np.zeros(2))
    elif damage in KINDS:
        file.write_bytes(damaged(FILE.read_bytes(), damage))
    with pytest.raises(AttunementError, match=r"heads\.npz") as caught:
        load_heads(file)
    assert caught.value.code is ErrorCode.MODEL_BROKEN
