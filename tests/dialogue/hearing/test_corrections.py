"""Who or what it is about is taken as corrected, and was so before."""

from __future__ import annotations

import numpy as np
import pytest

from attunement.dialogue.companion import Companion
from attunement.dialogue.hearing.corrections import correction_in, put_right
from attunement.dialogue.replying.seed import seed_of
from attunement.domain.conversation import Line, Speaker

CORRECTED = [
    ("My dad is ill.", "sorry, I meant my stepdad", "My stepdad is ill."),
    ("My sister can't walk.", "not my sister, my sister in law", "My sister in law can't walk."),
    ("My dad left us.", "no, I said my brother, not my father", "My brother left us."),
    ("My boss yelled at me", "it's my manager, not my boss", "My manager yelled at me"),
    ("my mum is moving", "my stepmum, I mean", "my stepmum is moving"),
    ("I saw my brother", "oops, I mean my half-brother", "I saw my half-brother"),
    ("My dad is in hospital", "it isn't my dad, it's my grandad", "My grandad is in hospital"),
    ("I live in London", "not London, Leeds", "I live in Leeds"),
    ("I feel lonely", "no, not lonely. bored", "I feel bored"),
]
NONE = [
    ("My sister is ill.", "not my sister, she never calls"), ("My dad left", "I meant to call him"),
    ("My dad is ill", "it's my fault, not my dad's"), ("My dad is mean", "my brother is mean too"),
    ("I'm sad", "not today, tomorrow"), ("I'm tired", "not tired, dead"), ("My mum", "my mum, sorry for rambling"),
    ("Dad and mum", "I mean my mum is nice"), ("My friend lied", "I meant every word"), ("I said no", "I meant no"),
    ("My friend lied", "sorry, I was at work"), ("I love him", "I meant it"), ("My son is sick", "no, my sister"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "line", "read"), CORRECTED)
def test_what_was_said_before_is_put_right(before: str, line: str, read: str) -> None:
    """The line before is read with who or what it is, under any word for who it is not."""
    assert put_right([before, line]).texts[0] == read


@pytest.mark.parametrize(("before", "line"), NONE)
def test_what_corrects_nothing_is_left(before: str, line: str) -> None:
    """Meaning to do something, blame, contrasts and dark words are no corrections."""
    assert correction_in(line, [before]) is None


@pytest.mark.parametrize("salt", "abcd")
@pytest.mark.parametrize(("before", "line", "who"), [(b, n, r) for b, n, r in CORRECTED[:4]])
def test_it_is_thanked_for_and_gone_on_from(companion: Companion, before: str, line: str, who: str, salt: str) -> None:
    """The reply names who it is and says the fact again of them; nobody else is asked after from then on."""
    lines = [Line(Speaker.MEMBER, before), Line(Speaker.COMPANION, "That sounds hard."), Line(Speaker.MEMBER, line)]
    said = companion.reply(lines, rng=np.random.default_rng(seed_of(lines, salt=salt))).text
    right = who.split(" can't")[0].split(" is")[0].split(" left")[0].split(" yelled")[0].removeprefix("My ").lower()
    assert said.lower().count(f"your {right}") >= 2
    assert "not your" not in said.split(".")[1].lower()
    assert said.count("?") <= 1


def test_an_old_death_told_beside_is_no_fresh_grief(companion: Companion) -> None:
    """Who says it was the stepfather, as the father died long ago, is not taken to mourn."""
    texts = ("My father had a stroke", "Sorry, I meant my stepfather. My father died in 2009", "He squeezes my hand")
    lines: list[Line] = []
    for text in texts:
        lines.append(Line(Speaker.MEMBER, text))
        lines.append(Line(Speaker.COMPANION, companion.reply(lines).text))
    assert not any(word in lines[-1].text.lower() for word in ("miss", "grief", "your father", "loss"))
