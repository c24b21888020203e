"""What the linear policy sees of a practice for a member now: a named vector for each candidate.

Each column is named ``group`` or ``group/detail``; reasons are told by group. All values lie in [-1, 1] and are
rounded to multiples of 2**-12, so that sums of their products are exact in float64 (see `statistics`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from attunement.domain.context import Context, Met
from attunement.domain.need import Need
from attunement.domain.practice import Medium, Practice, Skill
from attunement.policy.breadth import Breadth
from attunement.policy.likeness import Likeness

GRID = 4096.0
MOODS = ("low", "stirred", "bright")
FEELINGS = ("sad", "anxious", "angry", "ashamed", "warm")
HISTORY = (
    "helped/practice",
    "helped/family",
    "helped/medium",
    "helped/length",
    "tired/practice",
    "tired/family",
    "new/family",
)
FATIGUE_DAYS = 7.0
SHRINK = 2.0
RECENT = 5


def length_of(practice: Practice) -> str:
    """``short`` (up to 5 minutes), ``middle`` or ``long`` (over 10)."""
    return "short" if practice.minutes <= 5 else "middle" if practice.minutes <= 10 else "long"


class FeatureMap:
    """Turns a context and candidates into a matrix ``(n_candidates, n_features) float64``.

    Parameters
    ----------
    library:
        All practices there are; the static part of each is computed once.

    The names follow from the library's families and the house's own words, so a policy learned with one library
    goes on with another: columns are matched by name.
    """

    def __init__(self, library: Sequence[Practice]) -> None:
        self._row = {p.id: row for row, p in enumerate(library)}
        families = sorted({p.family for p in library})
        self._families = families
        self.names: tuple[str, ...] = (
            "always",
            *(f"family/{f}" for f in families),
            *(f"medium/{m}" for m in Medium),
            "length",
            "intensity",
            *(f"need:{n}" for n in Need),
            *(f"mood:{mood}/{part}" for mood in MOODS for part in ("gentle", "short", *Skill, *Medium)),
            *(f"feeling:{feeling}/{skill}" for feeling in FEELINGS for skill in Skill),
            "theme",
            *HISTORY,
        )
        self.column = {name: i for i, name in enumerate(self.names)}
        self._library = library
        self.breadth, self.likeness = Breadth(library), Likeness(library)
        self._static = np.array([self._static_row(p) for p in library])
        self._rough = self._static.astype(np.float32)
        self._alike = _numbered([_keys(p) for p in library])
        self._kinds = int(self._alike.max(initial=-1)) + 1
        self._column_of_kind = np.zeros(self._kinds, np.int64)
        self._column_of_kind[self._alike] = np.arange(4)
        self._is_family = self._column_of_kind == 1
        self._theme = self.column["theme"]
        always, a_mood = 3 + len(families) + len(Medium), 2 + len(Skill) + len(Medium)
        wide = [always, *[1] * len(Need), *[a_mood] * len(MOODS), *[len(Skill)] * len(FEELINGS), 1 + len(HISTORY)]
        self._met_by = np.arange(len(wide)).repeat(wide)

    def _static_row(self, p: Practice) -> list[float]:
        """What each column is worth where the moment meets it in full; zeros for theme and history."""
        skills, media = [float(p.skill == s) for s in Skill], [float(p.medium == m) for m in Medium]
        main = [1.0, *(float(p.family == f) for f in self._families), *media]
        main += [float(np.clip(np.log(p.minutes / 6) / np.log(20 / 6), -1, 1)), float(p.intensity - 2)]
        mood = [float(p.intensity == 1), float(p.minutes <= 5), *skills, *media]
        needs = [float(n in p.needs) for n in Need]
        return [*main, *needs, *mood * len(MOODS), *skills * len(FEELINGS), *[0.0] * (1 + len(HISTORY))]

    def matrix(self, context: Context, candidates: Sequence[Practice]) -> NDArray[np.float64]:
        """The features of each candidate, in order; all of them must be in the library."""
        near = context.state.near
        rows = np.array([self._row[p.id] for p in candidates])
        x = self._static[rows] * self._weights(context)
        if near:
            x[:, self._theme] = [near.get(p.id, 0.0) for p in candidates]
        self._add_history(x[:, self._theme + 1 :], context.met, rows)
        return np.asarray(np.rint(x * GRID) / GRID)

    def shortlist(
        self, context: Context, candidates: Sequence[Practice], mean: NDArray[np.float64], n: int
    ) -> NDArray[np.int64]:
        """Places of the ``n`` candidates that score highest by coefficients ``mean`` (d,); scored in float32."""
        return np.sort(np.argpartition(-self.rough_scores(context, candidates, mean), n)[:n])

    def rough_scores(
        self, context: Context, candidates: Sequence[Practice], mean: NDArray[np.float64]
    ) -> NDArray[np.float32]:
        """What each candidate is worth by coefficients ``mean`` (d,), in float32."""
        known = candidates is self._library
        rows = np.arange(len(self._library)) if known else np.array([self._row[p.id] for p in candidates])
        weights = (self._weights(context) * mean).astype(np.float32)
        scores = (self._rough if known else self._rough[rows]) @ weights
        kinds, tired = self._memory(context.met)
        worth = mean[self._theme + 1 :]
        by_kind = kinds[:, 0] * worth[self._column_of_kind] + kinds[:, 1:] @ worth[5:]
        scores += by_kind.astype(np.float32)[self._alike if known else self._alike[rows]].sum(axis=1)
        scores += (tired if known else tired[rows]) * np.float32(worth[4])
        if near := context.state.near:
            scores += np.array([near.get(p.id, 0.0) for p in candidates], np.float32) * np.float32(mean[self._theme])
        return np.asarray(scores)

    def _weights(self, context: Context) -> NDArray[np.float64]:
        """How far the moment meets each column: what a practice is alone, always in full."""
        state = context.state
        needs = [state.needs.get(n, 0.0) for n in Need]
        feelings = [state.feelings.get(f, 0.0) for f in FEELINGS]
        return np.array([1.0, *needs, *self._moods(context), *feelings, 0.0])[self._met_by]

    @staticmethod
    def _moods(context: Context) -> tuple[float, float, float]:
        state = context.state
        sure_v, sure_a = max(0.0, 1 - state.valence_sd), max(0.0, 1 - state.arousal_sd)
        return (
            max(0.0, -state.valence) * sure_v,
            max(0.0, state.arousal) * sure_a,
            max(0.0, state.valence) * sure_v,
        )

    def _add_history(self, x: NDArray[np.float64], met: Sequence[Met], rows: NDArray[np.int64]) -> None:
        """Shrunken mean rewards of the like, tiredness of the recent, and what is new; zeros where nothing is known."""
        if not met:
            return
        kinds, tired = self._memory(met)
        alike = self._alike[rows]
        x[:, :4], x[:, 4], x[:, 5:] = kinds[alike, 0], tired[rows], kinds[alike[:, 1], 1:]

    def _memory(self, met: Sequence[Met]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Of each kind how it helped, how often it was met lately, whether it is new (k, 3); of each practice how tired
        of it the member is (n,). A kind is a practice, a family, a medium or a length; only families get tiring or new.
        """
        kinds, tired = np.zeros((self._kinds, 3)), np.zeros(len(self._row))
        known = [(self._row[m.practice], m.days_ago, m.reward) for m in met if m.practice in self._row]
        if not known:
            return kinds, tired
        rows = np.array([row for row, _, _ in known])
        rated = [reward is not None for _, _, reward in known]
        keys = self._alike[rows[rated]].ravel()
        rewards = np.array([reward for _, _, reward in known if reward is not None]).repeat(self._alike.shape[1])
        kinds[:, 0] = shrunken_means(keys, rewards, size=self._kinds)
        families = self._alike[rows, 1]
        kinds[:, 1] = np.bincount(families[:RECENT], minlength=self._kinds) / RECENT
        kinds[:, 2] = self._is_family
        kinds[families, 2] = 0.0
        np.maximum.at(tired, rows, np.exp(np.array([ago for _, ago, _ in known]) / -FATIGUE_DAYS))
        return kinds, tired


def _keys(practice: Practice) -> tuple[str, str, str, str]:
    """What makes two practices alike, in the order of the first columns of `HISTORY`."""
    return practice.id, practice.family, practice.medium, length_of(practice)


def _numbered(keys: Sequence[tuple[str, ...]]) -> NDArray[np.int64]:
    """A number for every key (n, k), different in different columns."""
    numbers: dict[tuple[int, str], int] = {}
    table = [[numbers.setdefault((i, key), len(numbers)) for i, key in enumerate(row)] for row in keys]
    return np.array(table, np.int64).reshape(len(keys), -1)


def shrunken_means(keys: NDArray[np.int64], rewards: NDArray[np.float64], *, size: int) -> NDArray[np.float64]:
    """Mean rewards by key as a difference from the middle, ``2·Σ(r - 1/2) / (n + 2)``: near nothing while few.

    ``keys`` (n,) from 0 to ``size`` - 1, ``rewards`` (n,) from 0 to 1; the result ``(size,)`` lies in -1 to 1.

    >>> shrunken_means(np.array([1, 1]), np.array([1.0, 1.0]), size=3).tolist()
    [0.0, 0.5, 0.0]
    """
    n = np.bincount(keys, minlength=size)
    total = np.bincount(keys, weights=rewards, minlength=size)
    return np.asarray(2 * (total - n / 2) / (n + SHRINK))
