"""What words say by themselves is counted once a word, and read whole or not at all."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from tests.damage import KINDS, damaged
from training.sums import write_sums

from attunement.domain.errors import AttunementError, ErrorCode
from attunement.library.resources import models_folder
from attunement.reading.encoder import WIDTH, Encoder
from attunement.reading.network import CLS, SEP, SIZE
from attunement.reading.wordings import DANGER_SAID, SAID, Wordings, keys_of

FILE = models_folder() / "text" / "wordings.npz"
DANGER = FILE.with_name("danger_words.npz")


def saying(**said: float) -> Wordings:
    """A table in which word 7, word 9 and the pair of them say so much, each in a column of its own."""
    table = np.zeros((3, SAID), np.float32)
    table[0, 0], table[1, 1], table[2, 2] = said["seven"], said["nine"], said["both"]
    return Wordings(keys_of([7, 9]), table)


def test_words_and_neighbours_say_what_the_table_has_by_the_root_of_how_many_they_are() -> None:
    """Twice the same word is once; the other way round is another pair; what is unknown takes nothing away."""
    words = saying(seven=1.0, nine=2.0, both=4.0)
    assert words([7, 9])[:3] == pytest.approx(np.array([1, 2, 4]) / np.sqrt(3))
    assert words([7, 9, 7, 9])[:3] == pytest.approx(words([7, 9])[:3])
    assert words([9, 7])[:3] == pytest.approx(np.array([1, 2, 0]) / np.sqrt(2))
    assert words([7, 11, 9, 12])[:3] == pytest.approx(np.array([1, 2, 0]) / np.sqrt(2))


@pytest.mark.parametrize("ids", [[11], [11, 12], [65_534, 65_534]])
def test_where_nothing_is_known_nothing_is_said(ids: list[int]) -> None:
    assert not saying(seven=1.0, nine=2.0, both=4.0)(ids).any()


def test_a_table_of_nothing_says_nothing() -> None:
    nothing = Wordings(keys_of([7])[:0], np.zeros((0, SAID), np.float32))
    assert not nothing([7, 9]).any()


def test_a_vector_ends_with_what_its_words_say(encoder: Encoder) -> None:
    """After the numbers of the network, which are its states' mean: first of feeling, then of danger."""
    tokens = [CLS, *encoder._network.tokens("I am so proud of her").ids, SEP]
    found = encoder.encode(["I am so proud of her"])[0]
    assert found.shape == (WIDTH,)
    assert found[:SIZE] == pytest.approx(encoder._network.states(tokens).mean(axis=0))
    tables = ((FILE, SAID), (DANGER, DANGER_SAID))
    feeling, danger = (Wordings.open(file, said=said, made_by="training.text_reader")(tokens) for file, said in tables)
    assert found[SIZE:] == pytest.approx(np.concatenate([feeling, danger]))


def test_a_word_that_names_a_feeling_says_so() -> None:
    """The table that ships: of these words each says most of its own emotion."""
    named = {
        "thanks": "gratitude",
        "scared": "fear",
        "confused": "confusion",
        "proud": "pride",
        "disgusting": "disgust",
    }
    with np.load(models_folder() / "text" / "heads.npz") as heads:
        labels = heads["labels"].tolist()
    said = Encoder().encode(list(named))[:, SIZE:]
    most = said[:, [labels.index(emotion) for emotion in named.values()]].argmax(axis=0)
    assert [list(named)[k] for k in most] == list(named)


def test_words_of_danger_say_so_and_harmless_ones_beside_them_do_not() -> None:
    """The tables that ship: of danger to life, of a body in danger, and of harm that others do."""
    texts = ["better off without me", "chest pain", "my husband slapped me", "my husband made me laugh"]
    life, body, harm = Encoder().encode(texts)[:, -DANGER_SAID:].T
    assert [life.argmax(), body.argmax(), harm.argmax()] == [0, 1, 2]
    assert life[3] < 0 < life[0]
    assert harm[2] > harm[3] + 1


@pytest.mark.parametrize("name", [FILE.name, DANGER.name])
@pytest.mark.parametrize("damage", ["missing", "another shape", "no number", *KINDS])
def test_a_missing_or_damaged_table_is_told_by_name(tmp_path: Path, damage: str, name: str) -> None:
    """With a number that is none, any text would be read as anything."""
    shutil.copytree(models_folder() / "text", tmp_path / "text")
    file = tmp_path / "text" / name
    with np.load(file) as arrays:
        keys, table = arrays["keys"], arrays["table"].copy()
    if damage == "missing":
        file.unlink()
    elif damage == "another shape":
        np.savez(file, keys=keys, table=table[:, 1:])
    elif damage == "no number":
        table[3, 1] = np.nan
        np.savez(file, keys=keys, table=table)
    else:
        file.write_bytes(damaged(file.read_bytes(), damage))
    if damage != "missing":
        write_sums(tmp_path / "text")
    with pytest.raises(AttunementError, match=rf"{re.escape(name)}.*training\.text_reader") as caught:
        Encoder(folder=tmp_path / "text").load()
    assert caught.value.code is ErrorCode.MODEL_BROKEN
