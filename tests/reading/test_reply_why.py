"""What was read of a reply can be taken apart into its words."""

from __future__ import annotations

import pytest

from attunement.domain.errors import ErrorCode, Invalid
from attunement.domain.reading import Attribution
from attunement.domain.reply import Mechanism, Strategy
from attunement.reading.reply_reader import ReplyReader
from attunement.reading.reply_why import EMPATHY, SKILL, WHAT, asked_of_turn

READER = ReplyReader()
POST = "My sister has stopped talking to me and I don't know what I did."
SHARED = "I went through the same with my brother two years ago."
ASKED = "What was the last thing she said to you?"
ADVICE = "You could write her a letter and leave it at her door."


def heavier(reply: str, half: str, what: str) -> bool:
    """Whether the words of one half of a reply weigh more than those of the other, on average."""
    words, start = READER.why((POST, reply), what), reply.index(half)
    here = [word.weight for word in words if start <= word.start < start + len(half)]
    there = [word.weight for word in words if not start <= word.start < start + len(half)]
    return sum(here) / len(here) > sum(there) / len(there)


@pytest.mark.parametrize(
    ("half", "other", "what"),
    [
        (SHARED, ASKED, Strategy.SELF_DISCLOSURE), (ASKED, SHARED, Strategy.QUESTION),
        (ADVICE, ASKED, Strategy.SUGGESTION), (ASKED, ADVICE, "open_question"),
        (ASKED, ADVICE, Mechanism.EXPLORATIONS), (SHARED, ASKED, Mechanism.INTERPRETATIONS),
    ],
)  # fmt: skip
def test_the_sentence_that_does_it_weighs_most(half: str, other: str, what: str) -> None:
    """Whether it comes first or last."""
    assert heavier(f"{half} {other}", half, str(what))
    assert heavier(f"{other} {half}", half, str(what))


def test_everything_that_is_read_of_a_reply_can_be_asked_for() -> None:
    """Three mechanisms, concern, distress, eight strategies, six behaviours, skill: each for every word, in order."""
    assert len(WHAT) == len(set(WHAT)) == 3 + 2 + 8 + 6 + 1
    for what in WHAT:
        words = READER.why((POST, ASKED), what)
        assert [ASKED[word.start : word.end] for word in words] == ASKED.split()
    reading = READER.read([(POST, ASKED)])[0]
    assert asked_of_turn(reading) == (Strategy.QUESTION, "open_question", SKILL)
    assert {*EMPATHY, *asked_of_turn(reading)} <= set(WHAT)


def test_a_word_that_stands_alone_carries_all() -> None:
    """Its weight is the score less that of no words at all."""
    (word,) = READER.why((POST, "Yes."), Strategy.OTHER)
    assert (word.start, word.end) == (0, 4)
    assert abs(word.weight) > 0.5


def test_of_a_long_reply_pieces_are_told_and_they_cover_it() -> None:
    """At most some sixty, in the order of the reply, the question among many weeks of weather the strongest."""
    weather = "It rained here all morning and the bus was late. "
    reply = weather * 20 + ASKED + " " + weather * 20
    pieces = READER.why((POST, reply), Strategy.QUESTION)
    assert 10 < len(pieces) <= 66
    assert (pieces[0].start, pieces[-1].end) == (0, len(reply.rstrip()))
    strongest = max(pieces, key=lambda piece: piece.weight)
    assert strongest.start < reply.index(ASKED) + len(ASKED)
    assert strongest.end > reply.index(ASKED)


def test_the_same_is_told_again_and_after_forgetting() -> None:
    """What is remembered is no other than what is worked out anew."""
    first: tuple[Attribution, ...] = READER.why((POST, SHARED), SKILL)
    assert READER.why((POST, SHARED), SKILL) == first
    READER.forget()
    assert READER.why((POST, SHARED), SKILL) == first


@pytest.mark.parametrize("reply", ["", "  ", "😀", "Das tut mir wirklich sehr leid für dich."])
def test_where_nothing_is_read_nothing_is_told(reply: str) -> None:
    """No words for what was never read."""
    assert READER.why((POST, reply), SKILL) == ()


def test_an_unknown_question_is_refused_by_name() -> None:
    """The message names it."""
    with pytest.raises(Invalid, match="kindness") as caught:
        READER.why((POST, ASKED), "kindness")
    assert caught.value.code is ErrorCode.BAD_INPUT
