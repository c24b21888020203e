"""What somebody wrote is told back to them: whole clauses, the second person, their own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attunement.dialogue.retell import clauses, shortenings, things, turned


@pytest.mark.parametrize(
    ("post", "told"),
    [
        ("My dad left us last week.", ["your dad left you last week"]),
        ("Im so tired, and I cant sleep!", ["you're so tired", "you can't sleep"]),
        ("I was late because my boss called me.", ["you were late", "your boss called you"]),
        ("Lost my keys again", ["you lost your keys again"]),
        ("Feeling empty since March.", ["you're feeling empty since March"]),
        ("I THINK NOBODY LIKES ME AT ALL", ["nobody likes you at all"]),
        ("So honestly I just feel stuck here tbh", ["you just feel stuck here"]),
        ("Why does my sister hate me?", []),
        ("You know how you feel when you fail?", []),
        ("Anyone here?", []),
        ("", []),
    ],
)
def test_statements_are_told_back_and_nothing_else(post: str, told: list[str]) -> None:
    """Statements in order, joined ones apart; questions and what is addressed to the reader are left."""
    assert [clause.said for clause in clauses(post)] == told


def test_a_clause_is_shortened_only_where_it_still_ends_well() -> None:
    """No shorter form ends in a word that wants another after it."""
    said = "you wanted to call your sister because you missed her"
    assert list(shortenings(said)) == [said, "you wanted to call your sister"]
    assert list(shortenings("you are so tired of")) == []


def test_verbs_follow_the_person_but_only_next_to_it() -> None:
    """The verb after "I" turns, the verb after somebody else stays."""
    assert turned("i was sure he was there, as i always am") == "you were sure he was there, as you always are"
    assert turned("my cat is mine and myself i am") == "your cat is yours and yourself you are"


def test_things_are_theirs_and_named_once() -> None:
    """People and matters, in order; small words and the ways of speech are no things."""
    assert things("My mum and my mum's sister. In my opinion my job is fine.") == ("your mum", "your job")


@given(st.text(max_size=400))
def test_any_text_is_borne(text: str) -> None:
    """No text breaks it; what is told back has no first person left, no mark, no line end."""
    for clause in clauses(text):
        words = clause.said.lower().split()
        assert not {"i", "my", "me", "i'm"} & set(words)
        assert clause.said.isprintable()
        assert not set("{}<>[]@#") & set(clause.said)
