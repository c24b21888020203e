"""What the linear policy sees of a practice for a member now: a named vector for each candidate.

Each column is named ``group`` or ``group/detail``; reasons are told by group. All values lie in [-1, 1] and are
rounded to multiples of 2**-12, so that sums of their products are exact in float64 (see `statistics`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from attunement.domain.context import Context
from attunement.domain.need import Need
from attunement.domain.practice import Medium, Practice, Skill
from attunement.policy.breadth import Breadth
from attunement.policy.candidates import REMEMBERED, Array, Candidates, Catalogue, Ints
from attunement.policy.likeness import Likeness
from attunement.policy.memory import HISTORY, Memory
from attunement.policy.traits import Traits

GRID = 4096.0
ALWAYS = "always"
NEEDS = tuple(Need)
MOODS = ("low", "stirred", "bright")
FEELINGS = ("sad", "anxious", "angry", "ashamed", "warm")
MOMENT = (ALWAYS, *(f"need:{n}" for n in NEEDS), *(f"mood:{m}" for m in MOODS), *(f"feeling:{f}" for f in FEELINGS))
"""What a moment is described by."""


class FeatureMap:
    """Turns a context and candidates into a matrix ``(n_candidates, n_features) float64``.

    Each column but the last eight is a trait of the practice times how far the moment meets it: ``mood:low/gentle`` is
    whether it is gentle times how low the member feels. What a practice is alone is always met in full.

    Parameters
    ----------
    library:
        All practices there are; what hangs on them alone is computed once.

    The names follow from the library's families and the house's own words, so a policy learned with one library
    goes on with another: columns are matched by name.
    """

    def __init__(self, library: Sequence[Practice]) -> None:
        self.catalogue = Catalogue(library)
        self.breadth, self.likeness = Breadth(self.catalogue), Likeness(self.catalogue)
        self.traits = Traits(self.catalogue)
        columns = _columns(self.traits.families)
        self.names: tuple[str, ...] = (*(name for name, _, _ in columns), "theme", *HISTORY)
        self.column = {name: i for i, name in enumerate(self.names)}
        self.theme = len(columns)
        self._trait = np.array([self.traits.place[trait] for _, trait, _ in columns])
        self.met_by = np.array([MOMENT.index(part) for _, _, part in columns] + [-1] * (1 + len(HISTORY)))
        self.rough = self._met_in_full(self.catalogue.everything.rows).astype(np.float32)
        self.columns_of_keys = np.ascontiguousarray(self.traits.keys.T)
        self.fixed = lru_cache(REMEMBERED)(self._fixed)

    def matrix(self, context: Context, candidates: Sequence[Practice]) -> Array:
        """The features of each candidate, in order; all of them must be in the library."""
        return self.at(context).matrix(self.catalogue.among(candidates))

    def at(self, context: Context) -> View:
        """How the library looks at a moment."""
        return View(self, context)

    def _fixed(self, candidates: Candidates) -> tuple[Array, Ints]:
        """Of candidates what the moment does not change: each column met in full (n, d), and their keys (n, 4)."""
        x, keys = on_grid(self._met_in_full(candidates.rows)), self.traits.keys[candidates.rows]
        x.flags.writeable = keys.flags.writeable = False  # they are remembered
        return x, keys

    def _met_in_full(self, rows: Ints) -> Array:
        """What each column is worth where the moment meets it in full (n, d); zeros for theme and history."""
        x = np.zeros((len(rows), len(self.met_by)))
        x[:, : self.theme] = self.traits.values[rows][:, self._trait]
        return x


class View:
    """What is seen of a library's practices at one moment; what all of them share of it is worked out once.

    Parameters
    ----------
    features:
        Of the library.
    context:
        The moment. ``past`` is what of it was met, by place in the library.
    """

    def __init__(self, features: FeatureMap, context: Context) -> None:
        self._features, self._near = features, context.state.near
        self.past = features.catalogue.past(context.met)
        self._moment = np.array(_moment(context))

    @cached_property
    def _memory(self) -> Memory:
        return Memory.of(self.past, self._features.traits)

    def matrix(self, candidates: Candidates) -> Array:
        """The features (n, d) of some of them."""
        fixed, keys = self._features.fixed(candidates)
        x, theme = fixed * on_grid(self._moment)[self._features.met_by], self._features.theme
        if self._near:
            x[:, theme] = on_grid(self._themes(candidates))
        if len(self.past):
            x[:, theme + 1 :] = on_grid(self._memory.seen(candidates.rows, keys))
        return np.asarray(x)

    def rough_scores(self, candidates: Candidates, mean: Array) -> NDArray[np.float32]:
        """What each candidate is worth by coefficients ``mean`` (d,), in float32."""
        features, theme = self._features, self._features.theme
        scores = features.rough @ (self._moment[features.met_by] * mean).astype(np.float32)
        if len(self.past):
            self._add_memory(scores, mean[theme + 1 :])
        if candidates is not features.catalogue.everything:
            scores = scores[candidates.rows]
        if self._near:
            scores += self._themes(candidates).astype(np.float32) * np.float32(mean[theme])
        return np.asarray(scores)

    def _add_memory(self, scores: NDArray[np.float32], mean: Array) -> None:
        """Add what the past is worth to the scores of the whole library; only few practices were met themselves."""
        worth = self._memory.worth(mean, self._features.traits).astype(np.float32)
        itself, *kinds = (worth.take(keys) for keys in self._features.columns_of_keys)
        for each in kinds:
            itself += each
        scores += itself
        met = self.past.rows
        scores[met] = scores[met] + self._memory.tired[met] * mean[4]

    def _themes(self, candidates: Candidates) -> Array:
        near = self._near
        return np.array([near.get(practice, 0.0) for practice in candidates.listed.ids])


def shortlist(scores: NDArray[np.float32], n: int) -> Ints:
    """The places of the ``n`` highest of more scores, in order."""
    return np.sort(np.argpartition(-scores, n)[:n])


def on_grid(x: Array) -> Array:
    """Rounded to the nearest multiples of 2**-12."""
    return np.asarray(np.rint(x * GRID) * (1 / GRID))


def _columns(families: Sequence[str]) -> list[tuple[str, str, str]]:
    """Of each column its name, the trait of a practice that it tells of, and what of the moment that is times."""
    alone = [f"family/{f}" for f in families] + [f"medium/{m}" for m in Medium]
    media = [(str(m), f"medium/{m}") for m in Medium]
    skills = [(str(s), str(s)) for s in Skill]
    fits = [("gentle", "gentle"), ("short", "short"), *skills, *media]
    return [
        *((name, name, ALWAYS) for name in (ALWAYS, *alone, "length", "intensity")),
        *((f"need:{n}", f"need:{n}", f"need:{n}") for n in NEEDS),
        *((f"mood:{mood}/{part}", trait, f"mood:{mood}") for mood in MOODS for part, trait in fits),
        *((f"feeling:{f}/{part}", trait, f"feeling:{f}") for f in FEELINGS for part, trait in skills),
    ]


def _moment(context: Context) -> list[float]:
    """How far each part of `MOMENT` is so, 0 to 1; and a last 0 for columns that the moment does not meet."""
    state = context.state
    sure_v, sure_a = max(0.0, 1 - state.valence_sd), max(0.0, 1 - state.arousal_sd)
    moods = max(0.0, -state.valence) * sure_v, max(0.0, state.arousal) * sure_a, max(0.0, state.valence) * sure_v
    needs, feelings = [state.needs.get(n, 0.0) for n in NEEDS], [state.feelings.get(f, 0.0) for f in FEELINGS]
    return [1.0, *needs, *moods, *feelings, 0.0]
