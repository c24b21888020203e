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
        self._by_id = {p.id: p for p in library}
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
            *HISTORY,
        )
        self.column = {name: i for i, name in enumerate(self.names)}
        self._static = {p.id: self._static_part(p) for p in library}

    def _static_part(
        self, p: Practice
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        main = [1.0, *(float(p.family == f) for f in self._families), *(float(p.medium == m) for m in Medium)]
        main += [float(np.clip(np.log(p.minutes / 6) / np.log(20 / 6), -1, 1)), float(p.intensity - 2)]
        needs = [float(n in p.needs) for n in Need]
        skills = [float(p.skill == s) for s in Skill]
        mood = [
            float(p.intensity == 1),
            float(p.minutes <= 5),
            *skills,
            *(float(p.medium == m) for m in Medium),
        ]
        return np.array(main), np.array(needs), np.array(mood), np.array(skills)

    def matrix(self, context: Context, candidates: Sequence[Practice]) -> NDArray[np.float64]:
        """The features of each candidate, in order."""
        state = context.state
        parts = [self._static.get(p.id) or self._static_part(p) for p in candidates]
        main, needs, mood, skills = (np.stack([part[i] for part in parts]) for i in range(4))
        need_weights = np.array([state.needs.get(n, 0.0) for n in Need])
        feelings = np.array([state.feelings.get(f, 0.0) for f in FEELINGS])
        columns = [main, needs * need_weights]
        columns += [mood * weight for weight in self._moods(context)]
        columns += [skills * weight for weight in feelings]
        columns.append(self._history(context.met, candidates))
        return np.round(np.hstack(columns) * GRID) / GRID

    @staticmethod
    def _moods(context: Context) -> tuple[float, float, float]:
        state = context.state
        sure_v, sure_a = max(0.0, 1 - state.valence_sd), max(0.0, 1 - state.arousal_sd)
        return (
            max(0.0, -state.valence) * sure_v,
            max(0.0, state.arousal) * sure_a,
            max(0.0, state.valence) * sure_v,
        )

    def _history(self, met: Sequence[Met], candidates: Sequence[Practice]) -> NDArray[np.float64]:
        """Shrunken mean rewards of the like, tiredness of the recent, and what is new; zeros where nothing is known."""
        out = np.zeros((len(candidates), len(HISTORY)))
        known = [(self._by_id[m.practice], m) for m in met if m.practice in self._by_id]
        if not known:
            return out
        helped = [Tally() for _ in range(4)]
        last_seen: dict[str, float] = {}
        for practice, m in known:
            last_seen[practice.id] = min(m.days_ago, last_seen.get(practice.id, np.inf))
            if m.reward is not None:
                for tally, key in zip(helped, _keys(practice), strict=True):
                    tally.add(key, m.reward)
        recent = [practice.family for practice, _ in known[:5]]
        families = {practice.family for practice, _ in known}
        for row, candidate in zip(out, candidates, strict=True):
            row[:4] = [tally.mean(key) for tally, key in zip(helped, _keys(candidate), strict=True)]
            row[4] = np.exp(-last_seen.get(candidate.id, np.inf) / FATIGUE_DAYS)
            row[5] = recent.count(candidate.family) / 5
            row[6] = float(candidate.family not in families)
        return out


def _keys(practice: Practice) -> tuple[str, str, str, str]:
    return practice.id, practice.family, practice.medium, length_of(practice)


class Tally:
    """Mean rewards by key, as a difference from the middle (0.5), shrunk towards nothing while few.

    >>> tally = Tally(); tally.add("listen", 1.0); tally.mean("listen"), tally.mean("read")
    (0.3333333333333333, 0.0)
    """

    def __init__(self) -> None:
        self._sums: dict[str, tuple[int, float]] = {}

    def add(self, key: str, reward: float) -> None:
        """Count one reward (0 to 1)."""
        n, total = self._sums.get(key, (0, 0.0))
        self._sums[key] = (n + 1, total + reward)

    def mean(self, key: str) -> float:
        """The shrunken mean, from -1 to 1."""
        n, total = self._sums.get(key, (0, 0.0))
        return float(2 * (total - n / 2) / (n + SHRINK))
