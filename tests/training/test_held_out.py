"""Which of our own sentences are held out from learning."""

import numpy as np
from training.held_out import LATER, held_out, twins
from training.own_sentences import Sentences, risk_sentences, stress_sentences


def sentences(texts: list[str], file: str = "data_risk") -> Sentences:
    return Sentences(tuple(texts), np.zeros(len(texts), np.int64), ("any",) * len(texts), (file,) * len(texts))


def joined(one: Sentences, other: Sentences) -> Sentences:
    return Sentences(
        one.texts + other.texts, np.append(one.classes, other.classes), one.kinds + other.kinds, one.files + other.files
    )


def numbered(n: int) -> list[str]:
    return [f"the {k} dog and {k + 1} cats slept on {k + 2} chairs" for k in range(0, 4 * n, 4)]


def test_sentences_that_share_five_words_in_a_row_are_twins() -> None:
    found = twins(
        ("We walked home in the rain again.", "They walked home in the rain, too.", "Nothing like these two.")
    )
    assert found[0] == found[1] != found[2]


def test_words_that_many_sentences_share_make_no_twins() -> None:
    found = twins(tuple(f"number {k}: I do not know what to say" for k in range(9)))
    assert len(set(found)) == 9


def test_twins_are_held_out_together() -> None:
    pairs = [text for k in range(200) for text in (f"w{k} x{k} y{k} z{k} v{k} one", f"w{k} x{k} y{k} z{k} v{k} two")]
    held = held_out(sentences(pairs))
    assert (held[::2] == held[1::2]).all()
    assert 0.05 < held.mean() < 0.25


def test_what_was_held_out_stays_so_when_more_is_written() -> None:
    old = sentences(numbered(300))
    whole = old
    for number, files in enumerate(LATER, 1):
        before = held_out(whole)
        new = sentences([text.replace("dog", f"horse{number}") for text in numbered(300)], files[0] + "_a")
        whole = joined(whole, new)
        assert (held_out(whole)[: len(before)] == before).all()


def test_each_level_and_kind_of_our_own_is_among_those_held_out() -> None:
    for own in (risk_sentences(), stress_sentences()):
        held = held_out(own)
        assert set(own.classes[held]) == set(own.classes)
        assert 0.08 < held.mean() < 0.2
