"""Traits: how somebody usually is and what they do, as numbers that say how well they are known."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from attunement.domain.messages import N_
from attunement.domain.need import Need
from attunement.domain.practice import Medium

UNKNOWN = (0.0, np.inf)
MOOD_SD, RATING_SD = 0.3, 1.0
IMAGINED = 2
"""How many answers with the usual scatter stand beside one's own when that is worked out."""
NIGHT, MORNING, DAY, EVENING = "night", "morning", "day", "evening"
Array = NDArray[np.float64]
Measure = tuple[float, float]
"""A value and its squared error; infinite where it is not known."""


@dataclass(frozen=True, slots=True)
class Trait:
    """One way in which people differ, in words that go on from "people who": with more and with less of it.

    ``family`` is the title of the family it is about, if any.
    """

    name: str
    more: str
    less: str
    family: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """What sets some people apart: a trait, of which they have more (or less) than all others."""

    trait: Trait
    more: bool

    def words(self, translate: Callable[[str], str] = str) -> str:
        """In words that go on from "people who"; ``translate`` is a gettext function."""
        return translate(self.trait.more if self.more else self.trait.less).format(family=self.trait.family)


@dataclass(frozen=True, eq=False)
class Known:
    """What is known of n people in d traits: ``values`` and squared ``errors``, (n, d) each; infinite where unknown."""

    values: Array
    errors: Array

    @property
    def middle(self) -> Array:
        """The mean of each trait over those of whom it is known (d,)."""
        there = np.isfinite(self.errors)
        return np.asarray((self.values * there).sum(axis=0) / np.maximum(there.sum(axis=0), 1))

    @property
    def deviation(self) -> Array:
        """The standard deviation of each, errors among it (d,); 1 where all are alike."""
        there = np.isfinite(self.errors)
        squares = ((self.values - self.middle) ** 2 * there).sum(axis=0) / np.maximum(there.sum(axis=0), 1)
        return np.asarray(np.where(squares > 0, np.sqrt(squares), 1.0))

    def counted(self, middle: Array, scale: Array) -> tuple[Array, Array]:
        """Values and errors counted from a middle in units of a scale (d,); values are 0 where unknown."""
        there = np.isfinite(self.errors)
        return np.where(there, (self.values - middle) / scale, 0.0), self.errors / scale**2


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """One check-in, by the clock where the person is; ``valence`` and ``arousal`` (-1 to 1) where they were told."""

    at: datetime
    valence: float | None
    arousal: float | None
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """One practice that was ended: finished or stopped, and rated 1 to 5 where it was."""

    family: str
    medium: Medium
    finished: bool
    rating: int | None


BY_THEMSELVES = (
    Trait("mood", N_("are mostly in good spirits"), N_("are often low")),
    Trait("mood-spread", N_("have moods that move a lot"), N_("have even moods")),
    Trait("arousal", N_("are often stirred up"), N_("are mostly calm")),
    Trait("need/heard", N_("often want to be heard"), N_("seldom ask to be heard")),
    Trait("need/calm", N_("often want to calm down"), N_("seldom ask for calm")),
    Trait("need/understand", N_("often want to understand something"), N_("seldom ask to understand something")),
    Trait("need/act", N_("often want to do something about it"), N_("seldom ask for something to do about it")),
    Trait("need/connect", N_("often want to feel closer to someone"), N_("seldom ask to feel closer to someone")),
    Trait("time/night", N_("check in at night"), N_("hardly ever check in at night")),
    Trait("time/morning", N_("check in in the morning"), N_("hardly ever check in in the morning")),
    Trait("time/day", N_("check in by day"), N_("hardly ever check in by day")),
    Trait("time/evening", N_("check in in the evening"), N_("hardly ever check in in the evening")),
    Trait("often", N_("come often"), N_("come now and then")),
)
"""What check-ins alone show: all there is of a newcomer."""
WITH_PRACTICES = (
    Trait("finish", N_("finish what they start"), N_("often stop before the end")),
    Trait("rating", N_("rate practices high"), N_("rate practices low")),
    Trait("rating-spread", N_("rate very unevenly"), N_("rate evenly")),
    Trait("medium/read", N_("finish what there is to read"), N_("seldom finish what there is to read")),
    Trait("medium/write", N_("finish writing practices"), N_("seldom finish writing practices")),
    Trait("medium/listen", N_("finish listening practices"), N_("seldom finish listening practices")),
    Trait("medium/see", N_("finish practices with a picture"), N_("seldom finish practices with a picture")),
    Trait("medium/together", N_("finish practices with another person"),
          N_("seldom finish practices with another person")),
    Trait("medium/rehearse", N_("finish rehearsals"), N_("seldom finish rehearsals")),
)  # fmt: skip
FAMILY = (N_("finish practices of the kind “{family}”"), N_("seldom finish practices of the kind “{family}”"))


def traits_for(families: Mapping[str, str]) -> tuple[Trait, ...]:
    """All traits, in the order of `measured`; ``families`` are the titles by id."""
    of_families = (Trait(f"family/{f}", *FAMILY, title) for f, title in families.items())
    return (*BY_THEMSELVES, *WITH_PRACTICES, *of_families)


def measured(check_ins: Sequence[CheckedIn], done: Sequence[Done], *, families: Sequence[str]) -> tuple[Array, Array]:
    """Somebody's traits, in the order of `traits_for`: values and squared errors (d,) each.

    Means come with the error of a mean, shares as ``2·arcsin √share`` with an error of one over their number, which is
    the same for small shares and large (Anscombe 1948, Biometrika 35); rates and spreads as logarithms.

    >>> from datetime import UTC
    >>> once = CheckedIn(datetime(2026, 5, 1, 23, tzinfo=UTC), -0.5, None, (Need.CALM,))
    >>> values, errors = measured([once], [], families=[])
    >>> float(values[0]), np.isinf(errors[[0, 1, 2]]).tolist()
    (-0.5, [False, True, True])
    """
    table = [*_by_themselves(check_ins), *_with_practices(done, families)]
    values, errors = np.array(table, float).T
    return values, errors


def stacked(people: Sequence[tuple[Array, Array]], d: int) -> Known:
    """People of whom `measured` told, one below the other, in d traits."""
    values, errors = (np.array([part[k] for part in people]).reshape(len(people), d) for k in (0, 1))
    return Known(values, errors)


def _by_themselves(check_ins: Sequence[CheckedIn]) -> list[Measure]:
    valence = [c.valence for c in check_ins if c.valence is not None]
    arousal = [c.arousal for c in check_ins if c.arousal is not None]
    asked = [c.needs for c in check_ins if c.needs]
    times = [_time_of_day(c.at) for c in check_ins]
    return [
        _mean(valence, MOOD_SD), _spread(valence, MOOD_SD), _mean(arousal, MOOD_SD),
        *(_share([need in needs for needs in asked]) for need in Need),
        *(_share([time == part for time in times]) for part in (NIGHT, MORNING, DAY, EVENING)),
        _rate([c.at for c in check_ins]),
    ]  # fmt: skip


def _with_practices(done: Sequence[Done], families: Sequence[str]) -> list[Measure]:
    ratings = [float(d.rating) for d in done if d.rating is not None]
    return [
        _share([d.finished for d in done]), _mean(ratings, RATING_SD), _spread(ratings, RATING_SD),
        *(_share([d.finished for d in done if d.medium == medium]) for medium in Medium),
        *(_share([d.finished for d in done if d.family == family]) for family in families),
    ]  # fmt: skip


def _time_of_day(at: datetime) -> str:
    return NIGHT if at.hour < 5 or at.hour >= 22 else MORNING if at.hour < 11 else DAY if at.hour < 17 else EVENING


def _mean(told: Sequence[float], usual_sd: float) -> Measure:
    if not told:
        return UNKNOWN
    return fmean(told), _variance(told, usual_sd) / len(told)


def _spread(told: Sequence[float], usual_sd: float) -> Measure:
    """The log of the standard deviation."""
    if len(told) < 3:
        return UNKNOWN
    return math.log(_variance(told, usual_sd)) / 2, 0.5 / (len(told) - 1)


def _variance(told: Sequence[float], usual_sd: float) -> float:
    """How much answers of one person scatter, with `IMAGINED` that scatter as usual."""
    middle = fmean(told)
    squares = sum((value - middle) ** 2 for value in told)
    return (squares + IMAGINED * usual_sd**2) / (len(told) - 1 + IMAGINED)


def _share(told: Sequence[bool]) -> Measure:
    if not told:
        return UNKNOWN
    return 2 * math.asin(math.sqrt((sum(told) + 0.375) / (len(told) + 0.75))), 1 / (len(told) + 0.5)


def _rate(times: Sequence[datetime]) -> Measure:
    """The log of how often a day, from three times that do not all lie on one day."""
    days = (max(times) - min(times)).total_seconds() / 86400 if times else 0.0
    if len(times) < 3 or days < 1:
        return UNKNOWN
    return math.log((len(times) - 1) / days), 1 / (len(times) - 1)
