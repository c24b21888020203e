"""From what is believed to a choice: shares over a floor, one pick, alternatives, reasons."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import compress

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from attunement.domain.context import Context
from attunement.domain.decision import Choice, Reason
from attunement.domain.practice import Practice
from attunement.domain.probabilities import Probabilities
from attunement.policy.asked import check_any, check_context, check_no_doubles
from attunement.policy.belief import Belief
from attunement.policy.breadth import GUARDED, Breadth
from attunement.policy.candidates import Array, Candidates, Ints
from attunement.policy.features import FeatureMap, shortlist
from attunement.policy.reasons import reasons_for
from attunement.policy.slate import Inclusion, Slate

EXPLORE_LEAST, EXPLORE_MOST = 0.04, 0.08
GUARDED_EVEN = 0.5
"""The even share where the guard against over-personalising speaks: so much brings variety back over its bound, however
much more of one kind is expected, and whatever breadth was asked for."""
TOLD = 0.01
BREADTH = "breadth"
FOR_ALL = 0.5
"""Of very many candidates, the part of the even share that all have alike."""
AT_ONCE = 256
"""How many candidates are weighed against each other in full; of more, those that look best are retrieved first."""
LOT = np.float32(1e-5)
"""Far less than any practice is better by: it only says which of equals are retrieved."""
Shares = Callable[[Belief, Array, Array], Array]
"""The share of each candidate, ``(n,)`` summing to 1, by what is believed, by their features ``(n, d)``, and by what is
taken from their scores ``(n,)``."""


def even_share(context: Context, *, least: float = EXPLORE_LEAST) -> float:
    """The share of chance that goes to all kinds alike: from ``least`` to 0.08, growing with the member's breadth."""
    return least + (EXPLORE_MOST - least) * context.breadth


def above_floor(shares: Array, floor: float) -> Array:
    """Each of n shares over a floor: ``floor + (1 - n·floor)·share``, which sums to 1 again.

    >>> above_floor(np.array([1.0, 0.0]), 0.1).tolist()
    [0.9, 0.1]
    """
    p = floor + (1 - floor * len(shares)) * shares
    return np.asarray(p / p.sum())


def choose(
    context: Context, candidates: Sequence[Practice], *, features: FeatureMap, belief: Belief, shares: Shares,
    even: float, learned_from: int, name: str, version: int, rng: Generator, breadth: Breadth | None = None,
) -> Choice:  # fmt: skip
    """Choose one practice by its share, two to stand beside it (`Slate`), and say why.

    The share ``even`` of chance (where the guard speaks, half at least) goes to all kinds of candidate alike, the rest
    by ``shares``. With ``breadth``, kinds
    met often lately count for less, and "alike" means every family and viewpoint (`chances`). Of more than `AT_ONCE`
    candidates those not retrieved have only their part of the even share, and reasons compare with those retrieved; the
    best of every family and viewpoint is. Of equals the moment itself draws the lot, so that none is favoured for good.

    Raises `Conflict` (``nothing-to-offer``) where there is no candidate, `NotFound` (``unknown-practice``) where one is
    not in the library, and `Invalid` (``bad-input``) where one is there twice or a number of the context is none.
    """
    check_any(candidates)
    check_context(context)
    those, view = features.catalogue.among(candidates), features.at(context)
    check_no_doubles(those.doubles)
    near, best = None, None
    if len(those) > AT_ONCE:
        scores = view.rough_scores(those, belief.mean) + _lots(context, len(those))
        near = shortlist(scores, AT_ONCE)
        if breadth:
            best = breadth.best_of_each(those, scores, near)
            near = np.union1d(near, best)
    weighed = those if near is None else those.part(near)
    x = view.matrix(weighed)
    aside, guarded = breadth.counterweight(context, weighed, view.past) if breadth else (np.zeros(len(x)), False)
    if guarded:
        context, even = replace(context, breadth=max(context.breadth, GUARDED)), max(even, GUARDED_EVEN)
    p = even * chances(those, breadth, best)
    p[... if near is None else near] += (1 - even) * shares(belief, x, aside)
    pick = drawn = _drawn(p, rng)
    retrieved = True
    if near is not None:
        retrieved = drawn in near
        if not retrieved:  # it was drawn by its part of the even share
            near, aside = np.append(near, drawn), np.append(aside, 0.0)
            weighed = those.part(near)
            x = view.matrix(weighed)
        pick = int(np.flatnonzero(near == drawn)[0])
    expected = x @ belief.mean
    worth = expected if retrieved else np.append(expected[:-1], -np.inf)  # what was not retrieved stands beside nothing
    slate = Slate(features.likeness, context, weighed, worth, view.past)
    places = [pick, *(int(k) for k in slate.beside(pick))]
    shown = [weighed[k].id for k in places]
    chance = p if near is None else p[near]
    return Choice(
        offered=shown[0],
        probabilities=Probabilities(those.listed, p),
        alternatives=tuple(shown[1:]),
        reasons=(
            *reasons_for(features.names, belief, x, pick, context, weighed[pick], learned_from),
            *_for_breadth(float(aside[pick]), weighed[pick]),
        ),
        expected=float(expected[pick]),
        policy=name,
        policy_version=version,
        features=dict(zip(shown, _named(features.names, x[places]), strict=True)),
        inclusion=Inclusion(slate, chance, dict(zip(shown, places, strict=True))),
        inclusion_error=max(0.0, 1 - float(chance.sum())) if len(chance) < len(p) else 0.0,
        guarded=guarded,
    )


def chances(candidates: Candidates, breadth: Breadth | None, best: Ints | None = None) -> Array:
    """How the even share is spread (n,): over families and viewpoints, or over candidates where there is no breadth.

    Where candidates are very many, half goes to all of them alike, so that one number in the log tells it of most
    (`OthersKept`), and half over families and viewpoints, each by the ``best`` of it, in these places.
    """
    n = len(candidates)
    if breadth is None:
        return np.full(n, 1 / n)
    if best is None:
        return breadth.evenly(candidates)
    p = np.full(n, FOR_ALL / n)
    p[best] += (1 - FOR_ALL) * breadth.evenly(candidates.part(best))
    return p


def least_chance(candidates: Sequence[Practice], breadth: Breadth) -> float:
    """The least that `chances` gives any of these; raises `Conflict` (``nothing-to-offer``) where there is none."""
    check_any(candidates)
    many = len(candidates) > AT_ONCE
    return FOR_ALL / len(candidates) if many else float(breadth.evenly(candidates).min())


def _for_breadth(aside: float, practice: Practice) -> tuple[Reason, ...]:
    """Told where a practice counted for more because little of its kind was met; it moves no expected reward."""
    return (Reason(BREADTH, 0.0, {"value": round(-aside, 6), "family": practice.family}),) if aside < -TOLD else ()


def _lots(context: Context, n: int) -> NDArray[np.float32]:
    """A little of score for each of n candidates, other ones at each moment and the same ones at the same."""
    moment = repr((context.state, context.met)).encode()
    return LOT * np.random.default_rng(zlib.crc32(moment)).random(n, np.float32)


def _drawn(p: Array, rng: Generator) -> int:
    """One of these places, each with its probability; they sum to 1 but for rounding."""
    reached = p.cumsum()
    place = int(reached.searchsorted(rng.random() * reached[-1], side="right"))
    return min(place, len(p) - 1)


def _named(names: Sequence[str], rows: Array) -> list[dict[str, float]]:
    """Of each row what is not zero, by name."""
    return [dict(zip(compress(names, row), filter(None, row), strict=True)) for row in rows.tolist()]
