"""Made-up programmes in which it is known what helps whom: how much is lost by whoever chooses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from attunement.domain.context import Context, Experience, History
from attunement.domain.decision import Choice
from attunement.domain.need import Need
from attunement.domain.practice import Practice
from attunement.library.library import load_library
from attunement.library.resources import content_folder
from attunement.policy.features import FeatureMap
from attunement.policy.pooled import PooledPolicy
from attunement.simulation.comparison import WORLDS as MADE_UP
from attunement.simulation.world import Kind, World
from benchmarks.bandit_peers import MabWiser

Array = NDArray[np.float64]
WORLDS: Mapping[str, Kind] = {
    "low": MADE_UP["alike"], "medium": MADE_UP["differ"], "high": MADE_UP["differ-much"],
    "wears_off": MADE_UP["wears-off"], "turns": MADE_UP["tastes-turn"],
}  # fmt: skip
PEOPLE, STEPS, FOLDED_EVERY, EXPLORE = 30, 1000, 25, 0.02


class Chooser(Protocol):
    """Chooses a practice for somebody, by its place, and learns what it earned."""

    def choose(self, who: int, context: Context) -> int:
        """The place of the practice."""
        ...

    def learn(self, who: int, context: Context, place: int, reward: float) -> None:
        """What came of it, 0 to 1."""
        ...


Made = Callable[[Sequence[Practice], int, int], Chooser]
"""From the practices, how many people, and a seed."""


class Ours:
    """`PooledPolicy` as the programme runs it: one's own outcomes at once, everybody's folded in now and then."""

    def __init__(self, practices: Sequence[Practice], people: int, seed: int) -> None:
        self._practices, self._rng, self._n = practices, np.random.default_rng(seed), 0
        self._policy = PooledPolicy(FeatureMap(practices), explore=EXPLORE)
        self._own, self._shared = [History()] * people, [History()] * people
        self._place = {p.id: k for k, p in enumerate(practices)}
        self._day = [0.0] * people
        self._choice: Choice | None = None

    def choose(self, who: int, context: Context) -> int:
        """With the least breadth a member can ask for."""
        self._day[who] += context.met[0].days_ago if context.met else 0.0
        known = replace(context, breadth=0.0, own=self._own[who], shared=self._shared[who])
        self._choice = self._policy.decide(known, self._practices, rng=self._rng)
        return self._place[self._choice.offered]

    def learn(self, who: int, context: Context, place: int, reward: float) -> None:
        """Into the person's own history; into everybody's with every 25th."""
        assert self._choice is not None
        offered = self._choice.offered
        seen = Experience(self._choice.features[offered], reward, offered, self._day[who])
        self._own[who] = History((*self._own[who].experiences, seen))
        self._n += 1
        if self._n % FOLDED_EVERY == 0:
            changed = [k for k, own in enumerate(self._own) if own is not self._shared[k]]
            forgotten = self._policy.forget([self._shared[k] for k in changed])
            self._policy = forgotten.learn([self._own[k] for k in changed])
            self._shared = list(self._own)


class VowpalWabbit:
    """``cb_explore_adf`` on the same features of each practice, crossed with who it is where ``crossed``."""

    def __init__(self, practices: Sequence[Practice], seed: int, how: str, rate: float, crossed: bool) -> None:
        import vowpalwabbit  # type: ignore[import-untyped]

        options = f"--cb_explore_adf {how} {'-q PA' if crossed else ''} -l {rate} --quiet --random_seed {seed + 1}"
        self._bandit = vowpalwabbit.Workspace(options)
        self._features, self._practices = FeatureMap(practices), practices
        self._rng = np.random.default_rng(seed)

    def choose(self, who: int, context: Context) -> int:
        """By its probabilities."""
        rows = self._features.matrix(context, self._practices)
        lines = ["|A " + " ".join(f"{j}:{row[j]:.4g}" for j in np.flatnonzero(row).tolist()) for row in rows]
        self._lines = [f"shared |P p{who}", *lines]
        p = np.array(self._bandit.predict(self._lines))
        place = int(self._rng.choice(len(p), p=p / p.sum()))
        self._p = p[place] / p.sum()
        return place

    def learn(self, who: int, context: Context, place: int, reward: float) -> None:
        """As a cost, with the probability it was chosen by."""
        lines = list(self._lines)
        lines[place + 1] = f"0:{1 - reward:.4f}:{self._p:.5f} {lines[place + 1]}"
        self._bandit.learn(lines)


class OneModelAPractice:
    """MABWiser on what is known of the moment: it takes no features of practices, and does not know people."""

    def __init__(self, practices: Sequence[Practice], seed: int, how: str, alpha: float) -> None:
        self._arms = MabWiser(len(practices), seed, how, alpha)

    def choose(self, who: int, context: Context) -> int:
        """For the moment alone."""
        return self._arms.choose(_moment(context))

    def learn(self, who: int, context: Context, place: int, reward: float) -> None:
        """One at a time."""
        self._arms.learn(_moment(context), place, reward)


def families() -> Mapping[str, Mapping[str, Made]]:
    """Each library with the settings it is tried in."""
    ways = ("--squarecb", "--regcb --mellowness 0.01", "--cover 5 --epsilon 0.02", "--epsilon 0.05")
    vw = {
        f"{how} -l {rate}{' crossed' if crossed else ''}": (
            lambda p, _n, seed, how=how, rate=rate, crossed=crossed: VowpalWabbit(p, seed, how, rate, crossed)
        )
        for how in ways for rate in (0.2, 0.5) for crossed in (False, True)
    }  # fmt: skip
    mab = {
        f"{how} {alpha}": lambda p, _n, seed, how=how, alpha=alpha: OneModelAPractice(p, seed, how, alpha)
        for how, alpha in (("LinTS", 0.05), ("LinUCB", 0.1), ("LinGreedy", 0.05))
    }
    return {"vowpal-wabbit": vw, "mabwiser": mab}  # type: ignore[dict-item]


def regret(made: Made, kind: Kind, *, seed: int, steps: int = STEPS, people: int = PEOPLE) -> float:
    """Reward lost a decision against the best there was for that person then, on average."""
    world = World(_practices(), people=people, kind=kind, rng=np.random.default_rng(seed))
    chooser, rng, lost = made(world.practices, people, seed), np.random.default_rng(1000 + seed), 0.0
    for who in rng.integers(people, size=steps).tolist():
        context = world.comes(who)
        worth = world.worth(who, context)
        place = chooser.choose(who, context)
        lost += float(worth.max() - worth[place])
        reward = world.responds(who, world.practices[place], float(worth[place]))
        if reward is not None:
            chooser.learn(who, context, place, reward)
    return lost / steps


def _practices() -> tuple[Practice, ...]:
    """Every other one of the library."""
    return tuple(load_library(content_folder()).practices[::2])


def _moment(context: Context) -> Array:
    state = context.state
    return np.array([1.0, *(state.needs.get(need, 0.0) for need in Need), state.valence, state.arousal])
