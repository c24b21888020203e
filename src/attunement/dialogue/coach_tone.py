"""Whether what a clause tells of hurts, is good, or is neither: by what was read from it and what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass

from attunement.dialogue.clauses import Clause
from attunement.dialogue.clauses import Kind as Told
from attunement.domain.reading import EmotionReading
from attunement.library.coach_words import Marks

NEUTRAL, STRAINED, GLAD = 2.95, 0.35, 3.05
SORE, SORE_IN_GOOD, BRIGHT, MOST = 0.25, 0.3, 0.25, 1.5
_SAD = ("sadness", "grief", "fear", "nervousness", "anger", "annoyance", "disappointment", "remorse", "embarrassment")
_BRIGHT = ("joy", "love", "pride", "relief", "excitement", "gratitude", "admiration", "amusement")
_DENIED = re.compile(
    r"n't\b|\b(?:not|never|nobody|no one|no longer|without|would have|used to|want|wish|"
    r"were (?:so |really |very )*(?:proud|happy|glad))\b"
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


def tone_of(clause: Clause, read: EmotionReading, mood: EmotionReading, marks: Marks) -> Tone:
    """The tone of a clause in a post of a mood.

    ``sore = 2 (2.95 - valence) + 0.8 (stress - 0.35) + p(strongest sad label)``, at least 0.8 for a loss, a harsh word
    about oneself and what ``marks.weighs`` names; 0 for facts of a life (``marks.light``) and below a bar, which is
    higher in a post of good news: nobody wants pity for having moved in March.
    """
    in_good = is_good(mood)
    if in_good and _TEARS.search(clause.said):  # of joy as often as not
        return Tone(0.0, 0.0)
    weighs = clause.kind in {Told.LOSS, Told.HARSH, Told.DARK} or _any(marks.weighs, clause.said)
    denied = _DENIED.search(clause.said.replace("can't stop", ""))
    good = not denied and _any(marks.good, clause.said)
    sore = 2 * (NEUTRAL - read.valence) + 0.8 * (read.stress - STRAINED) + _strongest(read, _SAD)
    if weighs and not good:
        return Tone(min(max(sore, 0.8), MOST), 0.0)
    fact = _any(marks.light, clause.said)
    if not good and not fact and sore >= (SORE_IN_GOOD if in_good else SORE):
        return Tone(min(sore, MOST), 0.0)
    bright = _strongest(read, _BRIGHT)
    glad = in_good and not denied and (good or (read.valence >= GLAD and bright >= BRIGHT))
    return Tone(0.0, min(0.8 + bright, MOST) if glad else 0.0, fact)


def is_good(mood: EmotionReading) -> bool:
    """Whether a post as a whole tells of something good; what is good in another is set against what is not."""
    bright = _strongest(mood, _BRIGHT)
    sad = _strongest(mood, _SAD)
    return bright > sad and (mood.valence >= GLAD or bright >= BRIGHT)


def _strongest(read: EmotionReading, labels: tuple[str, ...]) -> float:
    return max(read.emotions[label] for label in labels)


def _any(patterns: tuple[re.Pattern[str], ...], said: str) -> bool:
    return any(pattern.search(said.lower()) for pattern in patterns)
