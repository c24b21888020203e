"""Which replies end without a question: they leave room, where nothing was asked and nothing is dangerous."""

from __future__ import annotations

from attunement.dialogue.hearing.asked_for import asked_for
from attunement.dialogue.hearing.facts import fact_in
from attunement.dialogue.hearing.felt_words import GLAD
from attunement.dialogue.hearing.talk import Talk
from attunement.dialogue.replying.asking import only_asks
from attunement.dialogue.replying.filling import literal_of
from attunement.domain.reading import RiskLevel
from attunement.domain.reply import Strategy
from attunement.library.companion_words import CompanionWords
from attunement.reading.risk import read_rules

_ASKED_AFTER = frozenset({"pregnancy"})
"""News that changes a life: whether it is good is asked, and not left to stand."""
_RESTING = frozenset({Strategy.RESTATEMENT, Strategy.REFLECTION, Strategy.AFFIRMATION})
"""Strategies whose replies need no question."""


def may_rest(talk: Talk, strategy: Strategy, words: CompanionWords) -> bool:
    """Whether a reply may end without a question: not early, not after danger, and never to who asked something."""
    asks = "?" in talk.now.text or only_asks(talk.now) or asked_for(talk.now.text) is not None
    news = talk.now.group == GLAD and talk.gists[-2:-1] and talk.gists[-2].group != GLAD  # what gladdens is asked after
    bare = (
        bool(news)
        or talk.now.topic in _ASKED_AFTER
        or is_silent(talk)
        or talk.now.right
        or not (strategy in _RESTING or fact_in(talk.now))
    )
    return talk.turn > 2 and "?" in talk.last_said and not (asks or bare or spoke_of_danger(talk, words))


def spoke_of_danger(talk: Talk, words: CompanionWords) -> bool:
    """Whether danger was spoken of, by them or by what was said to it; a line that only reads a little dark is none."""
    theirs = any(read_rules(gist.text).level.rank >= RiskLevel.INDIRECT.rank for gist in talk.gists)
    steps = (line for step in words.safety.steps.values() for line in (*step.open, *step.ask))
    return theirs or any(talk.was_said(literal_of(line).strip()) for line in steps)


def is_silent(talk: Talk) -> bool:
    """Whether this reply says nothing back: the two before did, and this line is light."""
    return talk.echoed and not (talk.weighs or talk.tender or only_asks(talk.now))


def p_rest(talk: Talk) -> float:
    """How likely a reply ends without a question where it may: the likelier the less there is to ask."""
    return 0.9 if fact_in(talk.now) else 0.8


def rested(shape: tuple[str, ...]) -> tuple[str, ...]:
    """A shape that ends on room to go on where it ended on a question.

    >>> rested(("warm", "reflect", "question")), rested(("reflect", "offer"))
    (('warm', 'reflect', 'invite'), ('reflect', 'offer'))
    """
    return (*shape[:-1], "invite") if shape[-1] in {"question", "people"} else shape
