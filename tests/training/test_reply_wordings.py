"""What words say of what a turn does is learned from other turns, and weighs as much as it is said to."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from training.reply_data import Exchange
from training.reply_wordings import SHARE, N, TurnWords, beside_words
from training.sums import write_sums
from training.wordings import LEAST, write_table

from attunement.domain.reply import Behaviour
from attunement.reading.heads import Head
from attunement.reading.model_files import WORDINGS
from attunement.reading.network import SIZE
from attunement.reading.wordings import Wordings

SAID = {
    Behaviour.OPEN_QUESTION: "what do you make of", Behaviour.CLOSED_QUESTION: "did you already try",
    Behaviour.SIMPLE_REFLECTION: "so you feel tired of", Behaviour.COMPLEX_REFLECTION: "part of you longs for",
    Behaviour.INPUT: "research shows that", Behaviour.OTHER: "good morning and thanks for",
}  # fmt: skip
THINGS = ("rain", "school", "dinner", "sleep", "the garden", "your sister", "work", "music")


def turns() -> list[Exchange]:
    """Each behaviour in its own words, of eight things; skill is beside it and nothing to this."""
    return [
        Exchange(thing, "I do not know.", f"{said} {thing}", (*np.eye(N)[list(Behaviour).index(behaviour)], 1.0))
        for behaviour, said in SAID.items()
        for thing in THINGS
    ]


def test_words_tell_what_a_turn_does_where_the_network_knows_nothing() -> None:
    """Of a thing that no turn it learned from is about."""
    told = turns()
    words = TurnWords.of([turn for turn in told if turn.group != "music"])
    held = [turn for turn in told if turn.group == "music"]
    found = words.scores(np.zeros((len(held), N)), held).argmax(axis=1)
    assert found.tolist() == [list(Behaviour).index(behaviour) for behaviour in SAID]


def test_a_fold_is_read_by_the_words_of_the_others_alone() -> None:
    """Labels of what is held out change nothing of what is said of it."""
    told = turns()
    fold = {"behaviour+skill_rows": np.arange(8), "behaviour+skill_behaviour": np.zeros((8, N), np.float32)}
    swapped = [Exchange(t.group, t.before, t.reply, (*np.eye(N)[0], 1.0)) for t in told[:8]] + told[8:]
    np.testing.assert_array_equal(beside_words(fold, told), beside_words(fold, swapped))


def test_what_is_written_reads_as_it_was_measured(tmp_path: Path) -> None:
    told, rng = turns(), np.random.default_rng(3)
    words = TurnWords.of(told)
    write_table(tmp_path / WORDINGS, words.table)
    write_sums(tmp_path)
    table = Wordings.open(tmp_path / WORDINGS, said=N, made_by="training.reply_reader")
    head = Head(rng.normal(size=(SIZE, N)).astype(np.float32), rng.normal(size=N).astype(np.float32))
    mean = rng.normal(size=SIZE).astype(np.float32)
    ids = [101, 2061, 2017, 2514, 5458, 102]
    measured = (1 - SHARE) * head(mean) + words.table(ids) + words.bias
    np.testing.assert_allclose(words.beside(head)(mean) + table(ids), measured, atol=1e-2)


def test_of_no_turns_words_say_nothing() -> None:
    assert not TurnWords.of([]).table([101, 2061, 102]).any()


def test_what_few_turns_have_is_not_kept() -> None:
    """Nobody's sentence can be read from the table."""
    many, odd = turns(), Exchange("x", "", "zebra zigzag", (*np.eye(N)[5], 1.0))
    assert len(TurnWords.of([*many, *[odd] * (LEAST - 1)]).table.keys) == len(TurnWords.of(many).table.keys)
    assert len(TurnWords.of([*many, *[odd] * LEAST]).table.keys) > len(TurnWords.of(many).table.keys)
