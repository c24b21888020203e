"""What a supporter is told about a talk and its member, in words: the same on the page and over HTTP."""

from __future__ import annotations

from collections.abc import Callable

from attunement.domain.messages import N_
from attunement.domain.need import Need
from attunement.domain.reading import RiskLevel
from attunement.domain.reply import Strategy
from attunement.library.library import Library
from attunement.programme.conversations.hard_moments import Before
from attunement.programme.conversations.summary import Sentence, Told
from attunement.web.rendering import EMOTION_WORDS, NEED_WORDS

Translate = Callable[[str], str]
DANGER = {
    RiskLevel.INDIRECT: N_("May point to danger"),
    RiskLevel.EXPLICIT: N_("Speaks of danger"),
    RiskLevel.IMMINENT: N_("Danger right now"),
}
STRATEGY_WORDS = {
    Strategy.QUESTION: N_("asked a question"),
    Strategy.RESTATEMENT: N_("said back what it understood"),
    Strategy.REFLECTION: N_("named a feeling"),
    Strategy.SELF_DISCLOSURE: N_("told of itself"),
    Strategy.AFFIRMATION: N_("encouraged"),
    Strategy.SUGGESTION: N_("suggested something"),
    Strategy.INFORMATION: N_("gave information"),
    Strategy.OTHER: N_("said something else"),
}
BY_A_PERSON = {
    **STRATEGY_WORDS,
    Strategy.RESTATEMENT: N_("said back what they understood"),
    Strategy.SELF_DISCLOSURE: N_("told of themselves"),
}
TOLD = {
    Told.BROUGHT: N_("What brought them:"),
    Told.FEELING: N_("The strongest feeling a computer read, %(what)s:"),
    Told.ASKED: N_("They asked for:"),
    Told.DANGER: N_("%(what)s:"),
    Told.TRIED: N_("The companion %(what)s."),
    Told.OFFERED: N_("The companion offered a practice, %(what)s."),
    Told.WROTE: N_("%(who)s, as a computer read it, %(what)s."),
}
UNREAD = N_("%(who)s wrote to them.")
BEFORE = N_(
    "Two days or less before %(times)s of %(hard)s low moments they wished %(need)s; before other check-ins it was "
    "%(other)s of %(others)s."
)
COLLEAGUE = N_("A colleague")


def has_words_for(one: Sentence, library: Library) -> bool:
    """Whether there are words for it: a practice may have left the library."""
    return one.told is not Told.OFFERED or one.is_ in library


def sentence_words(one: Sentence, library: Library, translate: Translate) -> str:
    """A sentence of a summary, without its quote; only where there are words for it."""
    words = {
        Told.FEELING: lambda: translate(EMOTION_WORDS.get(one.is_, one.is_)),
        Told.DANGER: lambda: translate(DANGER[RiskLevel(one.is_)]),
        Told.TRIED: lambda: translate(STRATEGY_WORDS[Strategy(one.is_)]),
        Told.OFFERED: lambda: library.practice(one.is_).title,
        Told.WROTE: lambda: translate(BY_A_PERSON[Strategy(one.is_)]),
    }
    says = TOLD[one.told] if one.is_ or one.told is not Told.WROTE else UNREAD
    what = words[one.told]() if one.is_ and one.told in words else ""
    return translate(says) % {"what": what, "who": one.who or translate(COLLEAGUE)}


def before_words(one: Before, translate: Translate) -> str:
    """What came before hard moments, with the counts it rests on."""
    return translate(BEFORE) % {
        "times": one.times, "hard": one.hard, "other": one.other, "others": one.others,
        "need": translate(NEED_WORDS[Need(one.need)]),
    }  # fmt: skip
