"""What words say of danger counts for the levels of danger alone, and leaves what a probability means as it was."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy.special import expit
from training.danger_words import COLUMNS, LEVELS, MEANT, SHARE, beside_danger_words, log_odds, to_scale
from training.held_out import chosen, held_out
from training.own_sentences import harm_sentences, risk_sentences

from attunement.library.resources import models_folder
from attunement.reading.encoder import WIDTH
from attunement.reading.heads import EMERGENCIES, HARMS, SEEN, Head
from attunement.reading.model_files import HEADS
from attunement.reading.network import SIZE
from attunement.reading.wordings import DANGER_SAID, SAID
from training import danger_words

CLASSES = {"risk": 5, "emergency": len(EMERGENCIES), "harm": len(HARMS)}


def alone(name: str) -> Head:
    rng = np.random.default_rng(5)
    return Head(rng.normal(size=(SIZE, CLASSES[name])).astype(np.float32), np.zeros(CLASSES[name], np.float32))


def test_no_sentence_that_is_held_out_is_learned_from(monkeypatch: pytest.MonkeyPatch) -> None:
    """All figures of danger, its threshold and its scale rest on them."""
    monkeypatch.setattr(danger_words, "background", lambda data: ["It rained."])
    told, own = danger_words._of_danger(Path()), risk_sentences()
    kept = chosen(own.texts, ~held_out(own))
    left_out = set(chosen(own.texts, held_out(own))) - set(kept)  # a few were written twice, in other rounds
    assert len(left_out) > 5000
    assert not left_out & set(told.texts)
    assert len(told.texts) == len(told.tells) == len(told.counted) == len(kept) + 1


def test_words_of_harm_learn_of_what_goes_on_and_of_nothing_held_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is long over is no harm to be found."""
    monkeypatch.setattr(danger_words, "harmless", lambda data: ["It rained."])
    told, own = danger_words._of_harm(Path()), harm_sentences()
    kept = ~held_out(own)
    assert told.texts == [*chosen(own.texts, kept), "It rained."]
    assert told.tells.tolist() == [*(own.classes[kept] >= HARMS.index("hurt")).tolist(), False]


@pytest.mark.parametrize("name", list(COLUMNS))
def test_what_words_say_raises_every_level_of_danger_alike_and_no_other(name: str) -> None:
    """What they say of feeling, and of the other danger, is not heard."""
    vectors = np.zeros((SAID + DANGER_SAID, WIDTH), np.float32)
    vectors[:, SIZE:] = np.eye(SAID + DANGER_SAID)
    heard = beside_danger_words(alone(name), name)
    told = np.zeros((SAID + DANGER_SAID, CLASSES[name]))
    told[SAID + COLUMNS[name], LEVELS[name]] = SHARE[name]
    assert len(heard.weight) == SEEN[name] == WIDTH
    np.testing.assert_allclose(heard(vectors), told, atol=1e-6)


def test_where_words_say_nothing_the_head_says_what_it_said() -> None:
    vectors = np.pad(np.random.default_rng(6).normal(size=(4, SIZE)), ((0, 0), (0, WIDTH - SIZE))).astype(np.float32)
    np.testing.assert_allclose(beside_danger_words(alone("risk"), "risk")(vectors), alone("risk")(vectors), atol=1e-4)


@pytest.mark.parametrize(("louder", "shifted"), [(1.0, 0.0), (3.0, 0.0), (0.4, 1.5)])
def test_however_loud_a_head_is_its_probabilities_mean_the_same(louder: float, shifted: float) -> None:
    """Put to scale, of those that it says are as likely, as many tell of danger: by slope and offset of `MEANT`."""
    rng = np.random.default_rng(7)
    vectors = np.zeros((4000, WIDTH), np.float32)
    vectors[:, 0] = rng.normal(size=4000)
    head = Head(np.zeros((SIZE, 5), np.float32), np.zeros(5, np.float32))
    head.weight[0, 2:], head.bias[2:] = 3.0 * louder, shifted
    tells = rng.random(4000) < expit(2 * vectors[:, 0] - 1)
    said = log_odds(to_scale(head, vectors, tells)(vectors))
    np.testing.assert_allclose(expit(MEANT[0] * said + MEANT[1]), expit(2 * vectors[:, 0] - 1), atol=0.03)


def test_what_ships_is_the_head_alone_at_one_scale_beside_what_words_say() -> None:
    """Fine-tuning further begins with the head alone, which would shrink each time if it were the one that ships."""
    with np.load(models_folder() / "text" / HEADS) as arrays:
        ships, alone = arrays["risk_weight"], arrays["risk_alone_weight"]
    scale = np.linalg.norm(ships[:SIZE]) / np.linalg.norm(alone)
    assert 0.5 < scale < 1
    np.testing.assert_allclose(ships[:SIZE], scale * alone, atol=1e-5)
    said = np.zeros((SAID + DANGER_SAID, 5), np.float32)
    said[SAID + COLUMNS["risk"], LEVELS["risk"]] = scale * SHARE["risk"]
    np.testing.assert_allclose(ships[SIZE:], said, atol=1e-5)


def test_fine_tuning_further_begins_with_the_head_of_danger_alone() -> None:
    pytest.importorskip("torch")
    from training.shipped import shipped_state
    from training.tasks import Scale

    folder = models_folder() / "text"
    state = shipped_state(folder, Scale(np.zeros(3, np.float32), np.ones(3, np.float32)))
    with np.load(folder / HEADS) as arrays:
        np.testing.assert_array_equal(state["heads.risk.weight"].numpy().T, arrays["risk_alone_weight"])
        np.testing.assert_array_equal(state["heads.need.weight"].numpy().T, arrays["need_weight"])
