"""What a member said is turned round whole, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.dialogue.clauses import Kind, clauses
from attunement.dialogue.mirror import mirrored


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("I am tired and was alone all day", "you are tired and were alone all day"),
        ("my sister was late", "your sister was late"),
        ("he told me I'm too much", "he told you you're too much"),
        ("we lost our flat", "you lost your flat"),
        ("I was there when he was", "you were there when he was"),
    ],
)
def test_the_first_person_becomes_the_second(said: str, told: str) -> None:
    """Pronouns and the verb "be" follow; everybody else stays."""
    assert mirrored(said) == told


@given(st.text(max_size=300))
def test_no_text_breaks_it_and_no_first_person_is_left(text: str) -> None:
    """Whatever is typed, what is told back holds no "I" and can be printed."""
    for clause in clauses(text):
        assert clause.said.isprintable()
        assert not {"i", "me", "my", "myself", "i'm"} & set(clause.said.lower().split())


@pytest.mark.parametrize(
    "said",
    ["Does anyone else feel this?", "you people are all the same", "I want to kill myself", "check http://x.org", "ok"],
)
def test_what_should_not_be_said_back_is_not(said: str) -> None:
    """Questions, what is addressed to others, danger, links and scraps are left out."""
    assert clauses(said) == ()


def test_kinds_are_told_apart() -> None:
    """A loss, a wish and a harsh word about oneself are not reflected alike."""
    kinds = [c.kind for c in clauses("My dog died. I want to feel normal again. I'm such a failure. I went to work.")]
    assert kinds == [Kind.LOSS, Kind.WISH, Kind.HARSH, Kind.PLAIN]
