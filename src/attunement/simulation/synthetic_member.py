"""One synthetic member: made up, with stated likes, a mood that moves, and answers that follow from both.

All of it is invented. It serves to try machinery (does the policy find what it was told is there? is a page readable
with three weeks on it?) and says nothing about what helps people. No figure measured on it may be given as an effect.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.random import Generator

from attunement.domain.affect import Affect
from attunement.domain.need import Need
from attunement.domain.practice import Medium, Practice
from attunement.simulation.check_in_texts import mood_of, texts_by_mood

STAY = 0.7
SHOCK = 0.3
NOISE = 0.15
WEARS_OFF = 0.12
FITS_NEED = 0.25


@dataclass(frozen=True, slots=True)
class Likes:
    """What a synthetic member was made to like.

    ``families`` and ``media`` add to the worth of a practice (about -0.3 to 0.3 each); ``minutes`` is the length they
    like best, in minutes; ``valence`` and ``arousal`` (-1 to 1) are where their mood returns to.
    """

    families: Mapping[str, float]
    media: Mapping[Medium, float]
    minutes: float
    valence: float
    arousal: float

    @classmethod
    def drawn(cls, families: Sequence[str], rng: Generator) -> Likes:
        """Likes at random: two families and one medium stand out, one family is disliked."""
        best, second, worst = rng.permutation(len(families))[:3]
        taste = dict.fromkeys(families, 0.0)
        taste.update({families[best]: 0.3, families[second]: 0.2, families[worst]: -0.25})
        media = {medium: float(rng.uniform(-0.08, 0.08)) for medium in Medium}
        media[list(Medium)[int(rng.integers(len(Medium)))]] = 0.25
        minutes = float(rng.choice([4.0, 8.0, 14.0]))
        return cls(taste, media, minutes, float(rng.uniform(-0.4, 0.3)), float(rng.uniform(-0.3, 0.4)))


class Response(NamedTuple):
    """What a synthetic member does with a practice; ``rating`` (1 to 5) and ``after`` are there where they say so."""

    finished: bool
    rating: int | None
    after: Affect | None


class SyntheticMember:
    """Made up from a seed: the same seed and the same questions give the same answers.

    Mood is AR(1) on each axis, ``x' = μ + 0.7(x - μ) + N(0, 0.3²)``, cut to -1..1. The worth of a practice is
    ``0.45 + family + medium + need fit - 0.1·|ln(minutes/liked)| - 0.12·times met``, cut to 0..1; answers are
    drawn around it with noise of 0.15.

    Parameters
    ----------
    likes:
        What they were made to like.
    rng:
        Where all chance comes from.

    >>> from attunement.domain.practice import Medium
    >>> likes = Likes({}, {}, 5.0, valence=-0.2, arousal=0.1)
    >>> a, b = (SyntheticMember(likes, np.random.default_rng(3)) for _ in range(2))
    >>> [a.next_mood() for _ in range(5)] == [b.next_mood() for _ in range(5)]
    True
    """

    def __init__(self, likes: Likes, rng: Generator) -> None:
        self.likes = likes
        self._rng = rng
        self._met: dict[str, int] = {}
        self.mood = Affect(likes.valence, likes.arousal)

    def next_mood(self) -> Affect:
        """Some hours pass; where they are now."""
        self.mood = Affect(
            self._moved(self.mood.valence, self.likes.valence), self._moved(self.mood.arousal, self.likes.arousal)
        )
        return self.mood

    def needs(self) -> tuple[Need, ...]:
        """One need, or two, that go with the mood more often than not."""
        first = {
            "low-still": Need.HEARD, "low-stirred": Need.CALM, "middle": Need.UNDERSTAND,
            "bright-still": Need.CONNECT, "bright-stirred": Need.ACT,
        }[mood_of(self.mood)]  # fmt: skip
        any_one = list(Need)[int(self._rng.integers(len(Need)))]
        roll = self._rng.random()
        return (first,) if roll < 0.6 else (any_one,) if roll < 0.8 else tuple(dict.fromkeys((first, any_one)))

    def says(self) -> str:
        """A sentence that goes with the mood."""
        texts = texts_by_mood()[mood_of(self.mood)]
        return texts[int(self._rng.integers(len(texts)))]

    def worth(self, practice: Practice, needs: Sequence[Need] = ()) -> float:
        """What a practice is worth to them now, from 0 to 1, without noise."""
        likes = self.likes
        value = 0.45 + likes.families.get(practice.family, 0.0) + likes.media.get(practice.medium, 0.0)
        value += FITS_NEED * bool(set(needs) & set(practice.needs))
        value -= 0.1 * abs(float(np.log(practice.minutes / likes.minutes)))
        value -= WEARS_OFF * self._met.get(practice.id, 0)
        return min(1.0, max(0.0, value))

    def responds(self, practice: Practice, needs: Sequence[Need] = ()) -> Response:
        """What they do with a practice they took up; meeting it again is worth less."""
        worth = float(np.clip(self.worth(practice, needs) + self._rng.normal(0, NOISE), 0, 1))
        self._met[practice.id] = self._met.get(practice.id, 0) + 1
        finished = bool(self._rng.random() < 0.35 + 0.6 * worth)
        rating = 1 + round(4 * worth) if self._rng.random() < 0.85 else None
        lift = 0.5 * (worth - 0.4) + float(self._rng.normal(0, 0.08))
        calmer = self.mood.arousal * 0.7
        after = Affect(round(float(np.clip(self.mood.valence + lift, -1, 1)), 2), round(calmer, 2))
        if finished:
            self.mood = after
        return Response(finished, rating, after if self._rng.random() < 0.7 else None)

    def _moved(self, value: float, home: float) -> float:
        moved = home + STAY * (value - home) + float(self._rng.normal(0, SHOCK))
        return round(float(np.clip(moved, -1, 1)), 2)
