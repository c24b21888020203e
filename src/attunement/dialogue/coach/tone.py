"""Whether what a clause tells of hurts, is good, or is neither: by what was read from it and what it says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from attunement.dialogue.hearing.clauses import Clause
from attunement.dialogue.hearing.clauses import Kind as Told
from attunement.domain.reading import EmotionReading
from attunement.library.coach_words import Marks

NEUTRAL, STRAINED, GLAD = 2.88, 0.18, 3.03
LOW = 1.5
SORE, SORE_IN_GOOD, BRIGHT, MOST = 0.16, 0.2, 0.25, 1.5
_SAD = ("sadness", "grief", "fear", "nervousness", "anger", "annoyance", "disappointment", "remorse", "embarrassment")
_BRIGHT = ("joy", "love", "pride", "relief", "excitement", "gratitude", "admiration", "amusement")
_DENIED = re.compile(
    r"n't\b|\b(?:not|never|nobody|no one|no longer|without|would have|used to|want|wish|should (?:just )?be|"
    r"were (?:so |really |very )*(?:proud|happy|glad))\b"
)
_LAUGHS = re.compile(
    r"^(?!you\b)(?!.*\bwith you\b).*\blaugh(?:s|ed|ing)?\b(?! again)|"
    r"\band (?:he|she|they|every(?:one|body)|people|(?:the|your) \w+) (?:all |just )*laugh(?:s|ed)?\b"
    r"(?! (?:with you|again))"
)
_TEARS = re.compile(r"\b(?:cr(?:y|ies|ied|ying)|tears)\b")


@dataclass(frozen=True, slots=True)
class Tone:
    """How much a clause weighs (``sore``, 0 to 1.5) or gladdens (``glad``, 0 to 1.5); both 0 where it does neither.

    ``fact`` is whether it only tells the facts of a life, which nobody needs to be asked about.
    """

    sore: float
    glad: float
    fact: bool = False


def tone_of(clause: Clause, read: EmotionReading, in_good: bool, marks: Marks) -> Tone:
    """The tone of a clause, ``in_good`` for one in a post of good news.

    ``sore = 1.5 (2.88 - valence) + 0.8 (stress - 0.18) + p(strongest sad label)``, at least 0.8 for a loss, a harsh
    word about oneself and what ``marks.weighs`` names; 0 for what is no bad news (``marks.good``, ``marks.fair``), for
    facts of a life (``marks.light``) and below a bar, which is higher in a post of good news: nobody wants pity for
    having moved in March.
    """
    if in_good and _TEARS.search(clause.said):  # of joy as often as not
        return Tone(0.0, 0.0)
    weighs = clause.kind in {Told.LOSS, Told.HARSH, Told.DARK} or matches(
        marks.grave + marks.deed + marks.weighs, clause.said
    )
    denied = _is_denied(clause.said)
    good = not denied and matches(marks.good, clause.said)
    fair = good or (not denied and matches(marks.fair, clause.said))
    sore = LOW * (NEUTRAL - read.valence) + 0.8 * (read.stress - STRAINED) + _strongest(read, _SAD)
    if weighs and not fair:
        return Tone(min(max(sore, 0.8), MOST), 0.0)
    fact = matches(marks.light, clause.said)
    if not fair and not fact and sore >= (SORE_IN_GOOD if in_good else SORE):
        return Tone(min(sore, MOST), 0.0)
    bright = _strongest(read, _BRIGHT)
    glad = (
        in_good
        and not denied
        and not _LAUGHS.search(clause.said)
        and (good or (read.valence >= GLAD and bright >= BRIGHT))
    )
    return Tone(0.0, min(0.8 + bright, MOST) if glad else 0.0, fact)


def is_good(mood: EmotionReading) -> bool:
    """Whether a post as a whole tells of something good; what is good in another is set against what is not."""
    bright = _strongest(mood, _BRIGHT)
    sad = _strongest(mood, _SAD)
    return bright > sad and (mood.valence >= GLAD or bright >= BRIGHT)


def is_good_news(told: Sequence[str], marks: Marks) -> bool:
    """Whether what is told has good news in it and nothing that weighs but tears, which may well be of joy."""
    good = any(matches(marks.good, said) and not _is_denied(said) for said in told)
    heavy = marks.grave + marks.deed + marks.belief + marks.dark + marks.weighs
    return good and not any(matches(heavy, _TEARS.sub("", said)) for said in told)


def _is_denied(said: str) -> bool:
    return _DENIED.search(said.replace("can't stop", "")) is not None


def _strongest(read: EmotionReading, labels: tuple[str, ...]) -> float:
    return max(read.emotions[label] for label in labels)


def matches(patterns: tuple[re.Pattern[str], ...], said: str) -> bool:
    """Whether one of the marks is found in what is told back."""
    return any(pattern.search(said.lower()) for pattern in patterns)
