"""A made-up programme in which it is known what helps whom: for trying policies, and for nothing else.

All of it is a simulation. Moods move as fitted to public studies of how people feel (`dynamics.yaml`); what helps whom
is invented: something for everybody, something of one's own, a need that fits, a mood that does not, what they write
of, and habit.
"""

from __future__ import annotations

import importlib.resources
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

import numpy as np
import yaml
from numpy.random import Generator
from numpy.typing import NDArray

from attunement.domain.affect import Affect
from attunement.domain.context import Context, Met
from attunement.domain.need import Need
from attunement.domain.practice import Medium, Practice
from attunement.foresight.state import estimate_state
from attunement.policy.embedding import principal, word_vectors

Array = NDArray[np.float64]
RECOVERS_DAYS = 7.0
WEARS = 0.15
FITS = 0.12
HARD = 0.10
NOISE = 0.2
KEPT = 60
HOMES_APART, SHOWS = 0.4, 10.0
DIRECTIONS, NEAREST = 6, 8
DAY_H = 24.0


@dataclass(frozen=True, slots=True)
class Kind:
    """What sort of world: how much people differ, how much the same thing wears off, how often an outcome comes.

    ``own`` is the standard deviation, over people, of what a family or a medium is worth to them (in rewards of 0 to 1,
    beside 0.08 that all share); ``wears`` is the loss for meeting a practice again at once; ``told`` the share of
    outcomes that are ever told; ``turn_h`` an hour at which everybody's tastes change to others, if any. Where there is
    more than one of ``groups``, people come in so many, whose tastes lie ``apart`` from each other's (a standard
    deviation, as ``own``) and which show in how they feel and what they need.
    """

    own: float = 0.12
    wears: float = WEARS
    told: float = 0.85
    turn_h: float = math.inf
    groups: int = 1
    apart: float = 0.0
    writes: float = 0.0


@dataclass(frozen=True, slots=True)
class Group:
    """What people of one group have in common: tastes (k,), how far moods lie from others' (2,), and needs (5,)."""

    taste: Array
    home: Array
    needs: Array


@dataclass(slots=True)
class Person:
    """One made-up person; ``taste`` and ``later`` (k,) are what kinds of practice are worth to them."""

    taste: Array
    later: Array
    needs: Array
    home: Array
    spread: Array
    half_life_h: Array
    mood: Array
    at_h: float = 0.0
    topic: int = 0
    met: list[tuple[float, str, float | None]] = field(default_factory=list)


class World:
    """People who come back at irregular times, and a library to choose from for them.

    Parameters
    ----------
    practices:
        What may be chosen.
    people:
        How many there are.
    kind:
        What sort of world it is.
    rng:
        Where all chance comes from: the same seed, the same people.
    """

    def __init__(self, practices: Sequence[Practice], *, people: int, kind: Kind, rng: Generator) -> None:
        self.practices = tuple(practices)
        self.kind = kind
        self._rng = rng
        families = sorted({p.family for p in practices})
        self._kinds = np.array([
            [*(p.family == f for f in families), *(p.medium == m for m in Medium), p.minutes > 10, p.intensity - 2]
            for p in practices
        ], float)  # fmt: skip
        self._fits = np.array([[n in p.needs for n in Need] for p in practices], float)
        self._hard = np.array([p.intensity / 3 for p in practices])
        self._place = {p.id: k for k, p in enumerate(practices)}
        self.shared = rng.normal(0, 0.08, self._kinds.shape[1])
        self._groups = [self._group() for _ in range(kind.groups)] if kind.groups > 1 else []
        self.people = [self._person() for _ in range(people)]
        if kind.writes:
            words = word_vectors(self.practices)
            self._near, self._about = np.clip(words @ words.T, 0, 1), principal(words, DIRECTIONS)
            self._ways = rng.permutation(np.resize([1.0, -1.0], self._about.shape[1]))

    def comes(self, who: int) -> Context:
        """Some hours pass for this person; what may be known of them then."""
        person, rng = self.people[who], self._rng
        gap = float(np.clip(rng.exponential(14.0), 2.0, 96.0))
        person.at_h += gap
        left = 0.5 ** (gap / person.half_life_h)
        shock = rng.normal(size=2) * person.spread * np.sqrt(1 - left**2)
        person.mood = np.clip(person.home + left * (person.mood - person.home) + shock, -1, 1)
        needs = [Need(n) for n in rng.choice(list(Need), size=1, p=person.needs)]
        state = estimate_state(affect=Affect(*np.round(person.mood, 3).tolist()), needs=needs, reading=None)
        if self.kind.writes:
            person.topic = int(rng.integers(len(self.practices)))
            state = replace(state, near=self._near_to(person.topic))
        met = tuple(Met(p, (person.at_h - at) / DAY_H, reward) for at, p, reward in person.met[-KEPT:][::-1])
        return Context(state, met)

    def worth(self, who: int, context: Context) -> Array:
        """What each practice is worth to this person now: the mean reward (n,), from 0 to 1."""
        person = self.people[who]
        taste = person.taste if person.at_h < self.kind.turn_h else person.later
        needs = np.array([context.state.needs.get(n, 0.0) for n in Need])
        value = 0.5 + self._kinds @ (self.shared + taste) + FITS * (self._fits @ needs)
        value -= HARD * self._hard * max(0.0, -float(person.mood[0]))
        if self.kind.writes:
            value += self.kind.writes * self._meets(person.topic)
        for at, practice, _ in person.met[-KEPT:]:
            value[self._place[practice]] -= self.kind.wears * math.exp(-(person.at_h - at) / DAY_H / RECOVERS_DAYS)
        return np.asarray(np.clip(value, 0.02, 0.98))

    def responds(self, who: int, practice: Practice, worth: float) -> float | None:
        """The reward that came of it, on a scale of steps of a tenth; None where none was told."""
        person, rng = self.people[who], self._rng
        reward = round(float(np.clip(worth + rng.normal(0, NOISE), 0, 1)), 1)
        told = reward if rng.random() < self.kind.told else None
        person.met.append((person.at_h, practice.id, told))
        return told

    def _near_to(self, topic: int) -> Mapping[str, float]:
        """The practices nearest to what somebody writes of, by words, and how near (over 0, to 1)."""
        near = self._near[topic]
        nearest = np.argsort(-near, kind="stable")[:NEAREST].tolist()
        return {self.practices[k].id: round(float(near[k]), 4) for k in nearest if near[k] > 0}

    def _meets(self, topic: int) -> Array:
        """How far each practice meets what somebody writes of (n,), -1 to 1."""
        length = np.linalg.norm(self._about, axis=1)
        return np.asarray(self._about @ (self._ways * self._about[topic]) / np.maximum(length * length[topic], 1e-9))

    def _person(self) -> Person:
        rng, k = self._rng, (self._kinds.shape[1],)
        drawn = [_of_people(axis, rng) for axis in ("valence", "arousal")]
        home, spread, half_life = (np.array(column) for column in zip(*drawn, strict=True))
        taste, later = rng.normal(0, self.kind.own, k), rng.normal(0, self.kind.own, k)
        wants = np.ones(len(Need))
        if self._groups:
            group = self._groups[int(rng.integers(len(self._groups)))]
            taste, later, wants = taste + group.taste, later + group.taste, 0.5 + SHOWS * group.needs
            home = np.clip(home + group.home, -0.9, 0.9)
        return Person(
            taste=taste, later=later, needs=rng.dirichlet(wants), home=home, spread=spread, half_life_h=half_life,
            mood=home.copy(),
        )  # fmt: skip

    def _group(self) -> Group:
        rng = self._rng
        taste = rng.normal(0, self.kind.apart, (self._kinds.shape[1],))
        return Group(taste, rng.normal(0, HOMES_APART, (2,)), rng.dirichlet(np.full(len(Need), 0.6)))


def _of_people(axis: str, rng: Generator) -> tuple[float, float, float]:
    fitted = _dynamics()[axis]
    middle, spread, half_life = (
        float(rng.normal(fitted[name]["mean"], fitted[name]["sd"]))
        for name in ("middle", "log_spread", "log_half_life_h")
    )
    return float(np.clip(middle, -0.9, 0.9)), math.exp(spread), math.exp(half_life)


@cache
def _dynamics() -> dict[str, dict[str, dict[str, float]]]:
    source = importlib.resources.files("attunement.simulation").joinpath("dynamics.yaml")
    loaded: dict[str, dict[str, dict[str, float]]] = yaml.safe_load(source.read_text(encoding="utf-8"))
    return loaded
