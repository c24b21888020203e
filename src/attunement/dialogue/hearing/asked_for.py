"""What somebody asks for in so many words: words to say, a decision weighed, ideas, a fact, or where there is help."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from attunement.dialogue.hearing.addressed import is_addressed
from attunement.dialogue.hearing.asked_words import (
    BLAME,
    DECISION,
    FACT_FORM,
    FACTUAL,
    GIVEN_UP,
    IDEAS,
    NORMAL,
    ONLY_HEARD,
    OPINION,
    PASS,
    PLACE,
    PRACTICAL,
    REFUSED,
    RIGHT,
    WHILE,
    WHY,
    WORDS,
    WORLD,
)
from attunement.dialogue.hearing.plain import written_out
from attunement.reading.plain_text import normalise


class Asked(StrEnum):
    """What a message asks for."""

    WORDS = "words"
    FACT = "fact"
    RIGHT = "right"
    PLACE = "place"
    DECISION = "decision"
    IDEAS = "ideas"


def asked_for(text: str) -> Asked | None:
    """What a message asks for; None where it asks for nothing of the kind.

    >>> [asked_for(t) for t in ("What should I say to her?", "Is it legal to keep my deposit?", "Any ideas?")]
    [<Asked.WORDS: 'words'>, <Asked.FACT: 'fact'>, <Asked.IDEAS: 'ideas'>]
    >>> asked_for("Should I tell her?"), asked_for("Why does she hate me?")
    (<Asked.DECISION: 'decision'>, None)
    >>> asked_for("Can she do that?"), asked_for("Where can I get help with debt?")
    (<Asked.RIGHT: 'right'>, <Asked.PLACE: 'place'>)
    >>> asked_for("I don't want any advice.") is None
    True
    """
    plain = _without_refusal(_typed_out(text))
    if WORDS.search(plain):
        return Asked.WORDS
    parts = re.split(r"(?<=[.?!;])\s+|\n+", plain)
    kinds = ((Asked.RIGHT, RIGHT.match), (Asked.PLACE, PLACE.match), (Asked.FACT, _asks_fact))
    for kind, is_asked in kinds:
        if any(is_asked(part) for part in parts):
            return kind
    if DECISION.search(plain):
        return Asked.DECISION
    return Asked.IDEAS if IDEAS.search(plain) and not GIVEN_UP.search(plain) else None


def wants_no_advice(texts: Iterable[str]) -> bool:
    """Whether somebody said that they want no advice or only to be listened to, and asked for none since.

    >>> wants_no_advice(["just listen to me", "he laughed"]), wants_no_advice(["no advice please", "any ideas?"])
    (True, False)
    >>> wants_no_advice(["he doesn't want advice"])
    False
    """
    wanted = False
    for text in texts:
        asked = asked_for(text) in {Asked.IDEAS, Asked.WORDS, Asked.DECISION}
        plain = normalise(text)
        wanted = not asked and (wanted or any(_is_said(cue, plain) for cue in (REFUSED, ONLY_HEARD)))
    return wanted


def is_practical(text: str, topic: str) -> bool:
    """Whether things for an occasion are asked for, or how to spend a time somewhere, and nothing of the ``topic``.

    >>> is_practical("What should I wear?", ""), is_practical("what can I do at work?", "work")
    (True, False)
    """
    plain = normalise(text)
    return bool(PRACTICAL.search(plain)) or (not topic and bool(WHILE.search(plain)))


def open_question(text: str) -> str:
    """What an open question asks: ``blame`` (of oneself), ``pass`` (whether it will), ``normal`` (whether it is),
    ``why``, ``opinion``.

    Empty where it is none of these.

    >>> [open_question(t) for t in ("Why does he do that?", "Will it ever stop?", "Is it my fault?", "And you?")]
    ['why', 'pass', 'normal', '']
    >>> open_question("could i have done more")
    'blame'
    >>> open_question("wud u go"), open_question("would you please stop")
    ('opinion', '')
    """
    plain = _typed_out(text)
    kinds = (("blame", BLAME), ("pass", PASS), ("normal", NORMAL), ("why", WHY), ("opinion", OPINION))
    return next((name for name, pattern in kinds if pattern.search(plain)), "")


def _typed_out(text: str) -> str:
    """A text as `normalise` gives it, with short forms written out ("wat wud u do")."""
    return normalise(written_out(normalise(text)))


def _asks_fact(sentence: str) -> bool:
    """Whether one sentence asks after a rule, an office, a price or the like."""
    if WORLD.match(sentence):
        return True
    return bool(FACT_FORM.match(sentence) and FACTUAL.search(sentence)) and not sentence.endswith(".")


def _is_said(cue: re.Pattern[str], plain: str) -> bool:
    return any(is_addressed(plain, *match.span()) for match in cue.finditer(plain))


def _without_refusal(plain: str) -> str:
    """The text without what says that advice is not wanted, in which it would be found asked for."""
    return REFUSED.sub(lambda m: " " if is_addressed(plain, *m.span()) else m.group(), plain)
