"""People and matters somebody spoke of as theirs."""

from __future__ import annotations

from attunement.dialogue.hearing.things import things


def test_things_are_theirs_and_named_once() -> None:
    """People and matters, in order; small words and the ways of speech are no things."""
    assert things("My mum and my mum's sister. In my opinion my job is fine.") == ("your mum", "your job")
