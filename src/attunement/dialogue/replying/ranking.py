"""Ranks candidate replies: about what was said, empathic, new in this talk, what the member prefers, a good length."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from attunement.dialogue.hearing.talk import Talk
from attunement.dialogue.replying.composer import COMPOSER
from attunement.domain.contracts import ExchangeReader
from attunement.domain.conversation import Candidate
from attunement.domain.reply import Mechanism, Strategy

EMPATHIC = 0.8
"""How much empathy as read counts beside the rest; candidates differ by a tenth of it or two, as they do in that."""
WORDS = (18, 55)
"""Replies between these many words fit a talk; shorter and longer ones lose."""
LEAST_WORDS = 4
"""Telling words a sentence is taken to have at least, so that one of two words is not all of a reply."""
MOST_SHOWN = 2
"""The highest level of a mechanism."""
BEHIND = 0.2
"""So far below the composer's best a language model's reply may rank and still be said in its place.

The composer says words back by design; a model that answers as well in words of its own loses up to half of what
being specific counts, which is this. One that falls further behind is short, general or said before.
"""
WEARS_OUT, LATELY = frozenset({"deserve", "deserves", "welcome", "allowed", "matter", "counts"}), 3
"""Words of comfort that turn hollow when one of so many replies before had them."""
_COMMON_WORDS = (
    "the and you your you're that this with for have has had are was were not but just what when how who which "
    "there they them their from about would could like feel feeling really very much more some one all can can't "
    "don't it's i'm my me"
)
_COMMON = frozenset(_COMMON_WORDS.split())


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate and what speaks for it, each part from 0 to 1; ``score`` is their weighted sum.

    ``empathic`` is how much of the three mechanisms of empathy a reader finds in it, as far as the member prefers to be
    listened to.
    """

    candidate: Candidate
    specific: float
    new: float
    fitting: float
    length: float
    empathic: float = 0.0

    @property
    def score(self) -> float:
        """Empathy counts most, then being specific, new, what the member prefers, and length."""
        return self.plain + EMPATHIC * self.empathic

    @property
    def plain(self) -> float:
        """All but empathy."""
        return 0.4 * self.specific + 0.25 * self.new + 0.2 * self.fitting + 0.15 * self.length


def ranked(
    candidates: Sequence[Candidate], talk: Talk, *, ideas: float, replies: ExchangeReader | None = None
) -> list[Ranked]:
    """The candidates, best first; ``ideas`` is what the member prefers, 0 (more listening) to 1 (more ideas).

    ``replies`` reads how empathic each is, where it can; nothing said in jest is answered by how empathic that sounds.
    """
    empathic = _empathic([c.text for c in candidates], talk, replies)
    found = [
        Ranked(c, _specific(c.text, talk), _new(c.text, talk), _fitting(c, talk, ideas), _length(c.text), shown)
        for c, shown in zip(candidates, (1 - 0.5 * ideas) * empathic, strict=True)
    ]
    return sorted(found, key=lambda r: -r.score)


def in_turn(found: Sequence[Ranked]) -> list[Candidate]:
    """The candidates in the order in which they should be tried, of those that `ranked` put best first.

    A language model's come before the composer's, except where they rank more than `BEHIND` below its best by all but
    empathy, for which the composer has many tries.
    """
    best = max((one.plain for one in found if one.candidate.by == COMPOSER), default=0.0)
    order = sorted(found, key=lambda one: one.candidate.by == COMPOSER or one.plain < best - BEHIND)
    return [one.candidate for one in order]


def _empathic(texts: Sequence[str], talk: Talk, replies: ExchangeReader | None) -> NDArray[np.float64]:
    """The mean of the expected levels of the mechanisms in each reply, as a share of the highest.

    That it asks is nothing to who wants to be asked nothing.
    """
    if replies is None or talk.now.playful or len(texts) < 2:
        return np.zeros(len(texts))
    counted = [one for one in Mechanism if not (talk.unasked and one is Mechanism.EXPLORATIONS)]
    read = replies.read([(talk.now.text, text) for text in texts])
    shown = np.array([[reading.empathy[one].expected for one in counted] for reading in read])
    return np.asarray(shown.mean(axis=1) / MOST_SHOWN)


def _specific(text: str, talk: Talk) -> float:
    """The share of the member's words in the sentence of the reply that holds most of them: 1 from a third on.

    By sentence, so that warmth beside what is said back, in words that are nobody's, does not speak against a reply.
    """
    theirs = _words(talk.now.text)
    for gist in talk.gists[-4:-1]:
        theirs |= _words(gist.text)
    own = [_words(sentence) for sentence in re.split(r"(?<=[.?]) ", text)]
    return min(1.0, 3 * max(len(words & theirs) / max(len(words), LEAST_WORDS) for words in own))


def _new(text: str, talk: Talk) -> float:
    """How little of it stands in what was said lately; where no word of it tells anything, nothing is new.

    A word of comfort that was said lately (`WEARS_OUT`) halves it.
    """
    own = _words(text) - _words(talk.now.text)
    if not _words(text):
        return 0.0
    most = max((len(own & _words(said)) / max(len(own), 1) for said in talk.said[-6:]), default=0.0)
    worn = any(own & WEARS_OUT & _words(said) for said in talk.said[-LATELY:])
    return (1 - most) * (1.0 if talk.opens_new(text) else 0.5) * (0.5 if worn else 1.0)


def _fitting(candidate: Candidate, talk: Talk, ideas: float) -> float:
    """A suggestion fits those who want ideas, anything else those who want to be heard; two questions fit nobody, and
    one nobody who wants none.
    """
    leaning = ideas if candidate.strategy is Strategy.SUGGESTION else 1 - 0.5 * ideas
    return leaning if candidate.text.count("?") <= (0 if talk.unasked else 1) else 0.3 * leaning


def _length(text: str) -> float:
    n, (least, most) = len(text.split()), WORDS
    return min(1.0, n / least, most / max(n, 1))


def _words(text: str) -> set[str]:
    return {w for w in re.findall(r"[a-z']{3,}", text.lower()) if w not in _COMMON}
