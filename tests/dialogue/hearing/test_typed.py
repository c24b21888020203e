"""Messages are read as they were meant: quotes closed, points counted, "mum" as theirs, both named where two are."""

from __future__ import annotations

import pytest

from attunement.dialogue.hearing.clauses import clauses
from attunement.dialogue.hearing.plain import sentences
from attunement.dialogue.hearing.tone import bit_of


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('he called me "uptight"', 'he called you "uptight"'),
        ("They call me 'the moth'.", 'They call you "the moth"'),
        ('My son made me a card that says "well done mum"', 'My son made you a card that says "well done mum"'),
        ('Mum says "don\'t make trouble."', 'your mum says "don\'t make trouble"'),
    ],
)
def test_a_quotation_keeps_both_its_marks(text: str, said: str) -> None:
    """What stands in quotes at the end of a line is told back whole."""
    assert bit_of(sentences(text)).lower() == said.lower().replace("my son", "your son")


@pytest.mark.parametrize("text", ["He said \"I can't. I won't.\"", 'she wrote "never again'])
def test_a_quotation_of_which_a_part_is_missing_is_not_said_back(text: str) -> None:
    """Half of it would be put in the member's mouth."""
    assert clauses(text) == ()
    assert bit_of(sentences(text)) == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("me and my bro had a fight cos he broke my ps5", "you and your bro had a fight because he broke your ps5"),
        ("My sister and I haven't spoken since mum's funeral",
         "you and your sister haven't spoken since your mum's funeral"),
        ("me and Tom had a row last night", "you and Tom had a row last night"),
        ("yesterday me and my best friend went to the beach", "you and your best friend went to the beach"),
        ("My husband and me can't agree", "you and your husband can't agree"),
        ("my sister and my mum hate each other", "your sister and your mum hate each other"),
        ("had a row with girlfriend", "you had a row with your girlfriend"),
        ("I told mum and dad", "you told your mum and dad"),
    ],
)  # fmt: skip
def test_all_who_are_named_stay_named(text: str, said: str) -> None:
    """A subject of two is told back as two, and who is named without "my" is theirs."""
    assert [clause.said for clause in clauses(text)] == [said]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("my dad left and I cried", ["your dad left and you cried"]),
        ("my head hurts and I can't sleep", ["your head hurts", "you can't sleep"]),
        ("she hates my mum and me", ["she hates your mum and you"]),
        ("I want to be a mum", ["you want to be a mum"]),
        ("I'm a mum of two", ["you're a mum of two"]),
    ],
)
def test_what_is_no_subject_of_two_is_left(text: str, said: list[str]) -> None:
    """Two clauses stay two, and a mother is not always theirs."""
    assert [clause.said for clause in clauses(text)] == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no I haven't painted for months", "you haven't painted for months"),
        ("no my brother did it", "your brother did it"),
        ("nope, she lives in Spain now", "she lives in Spain now"),
    ],
)
def test_a_no_before_an_answer_is_not_said_back(text: str, said: str) -> None:
    """What comes after it is."""
    assert [clause.said for clause in clauses(text)] == [said]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I've got earplugs, they hurt", ["you've got earplugs, they hurt"]),
        ("My friend asked me whether I was ok", ["your friend asked you whether you were ok"]),
        ("he plays the radio loud so I can't hear him cry", ["he plays the radio loud so you can't hear him cry"]),
        ("I lost my job so I can't pay the rent", ["you lost your job so you can't pay the rent"]),
    ],
)
def test_what_belongs_together_is_one(text: str, said: list[str]) -> None:
    """What was asked, what came of it and a short word beside are not cut off."""
    assert [clause.said for clause in clauses(text)] == said


def test_counted_points_are_points() -> None:
    """Their numbers are not told back, and numbers in a sentence stay."""
    assert sentences("1. missed bus 2. forgot lunch 3. mum called") == ("missed bus", "forgot lunch", "my mum called")
    assert sentences("I was 1 of 2 there") == ("I was 1 of 2 there",)
