"""Which practice may be offered in a talk: one that fits the need, is short, and was not named before."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.random import Generator

from attunement.dialogue.hearing.asked_for import Asked, asked_for
from attunement.dialogue.hearing.talk import Talk
from attunement.domain.need import Need
from attunement.domain.practice import AvoidWhen, Medium, Practice
from attunement.domain.reading import Reading, RiskLevel

_COMMON_WORDS = (
    "that this with what your they them their from have just when then something somebody someone anybody nobody "
    "others other about would could should will were been being more much very some each every only into over after "
    "before because there where while here also still even like feel feels feeling felt know think thing things want "
    "wants need needs make makes made take takes find tell tells told says said does done doing going came come today "
    "tonight night day days week year years time times minute minutes people person life home really never always "
    "again ever once look looks gives give given keep keeps happens happened hard good small short long without "
    "yourself myself which than those these whom between whole half room away side part until"
)
_COMMON = frozenset(_COMMON_WORDS.split())
MOST_MINUTES = 12
LONG_TALK = 4
"""From this turn on a practice may be offered without having been asked for."""
NEAR = 0.1
"""What each word that a practice shares with what was said lately adds to its fit."""
LEAST_SHARED = 2
"""So many telling words a practice must share with what was said, to be offered without having been asked for: one may
be chance.
"""
_CALMING = re.compile(r"\b(?:calm\w*|breath\w*|nerves|nervous|relax\w*|panic\w*|ground\w*|sleep)\b", re.IGNORECASE)
_UNEASY = re.compile(
    r"\b(?:nervous\w*|nerves|anxi\w+|panic\w*|tense|stress\w*|restless|jittery|on edge|wound up|worried|shak(?:y|ing)|"
    r"can'?t (?:sleep|breathe|relax|switch off|calm down))\b",
    re.IGNORECASE,
)
"""Told lately, this asks for something that calms."""
PAUSE = 5
"""So many lines of the companion's must have passed since the last offer."""


def fitting_practice(
    talk: Talk, reading: Reading, practices: Sequence[Practice], risk: RiskLevel, *, moment: str, rng: Generator
) -> Practice | None:
    """One of the practices by chance among those that fit best, or None where it is not the time for one.

    Who asks for words to say to somebody may be offered one that rehearses such a talk.
    """
    asked = asked_for(talk.now.text)
    wanted, rehearsing = moment == "practice", asked is Asked.WORDS
    if asked in {Asked.FACT, Asked.RIGHT, Asked.PLACE} or (talk.unpractised and not wanted):
        return None
    offered_lately = any(f'"{p.title}"' in said for said in talk.said[-PAUSE:] for p in practices)
    early = talk.turn < LONG_TALK and asked is None
    if not wanted and (early or offered_lately or talk.now.group == "glad"):
        return None
    joking = any(gist.playful for gist in talk.gists[-4:])
    light = not talk.weighs and asked is None
    if not wanted and (light or talk.now.bit or talk.unasked or joking):
        return None
    open_now = [p for p in practices if _is_open(p, risk, wanted=wanted or rehearsing)]
    open_now = [p for p in open_now if not talk.was_said(f'"{p.title}"') and (_rehearses(p) or not rehearsing)]
    if not open_now:
        return None
    fit = np.array([max((reading.need.p.get(need, 0.0) for need in p.needs), default=0.0) for p in open_now])
    if wanted and (_CALMING.search(talk.now.text) or any(_UNEASY.search(gist.text) for gist in talk.gists[-3:])):
        fit = fit + np.array([Need.CALM in p.needs and p.medium is not Medium.READ for p in open_now])
        fit = fit + np.array([bool(_CALMING.search(f"{p.title} {p.summary}")) for p in open_now])
    about = _words(" ".join(gist.text for gist in talk.gists[-4:]))
    fit = fit + NEAR * np.array([len(about & _words(f"{p.title} {p.summary}")) for p in open_now])
    if not wanted:
        least = 1 if rehearsing else LEAST_SHARED
        near = [k for k, p in enumerate(open_now) if len(about & _words(f"{p.title} {p.summary}")) >= least]
        if not near:
            return None
        open_now, fit = [open_now[k] for k in near], fit[near]
    best = np.flatnonzero(fit >= fit.max() - 0.05)
    return open_now[int(rng.choice(best))]


def _rehearses(practice: Practice) -> bool:
    """Whether a practice lets a talk be tried out, or written, before it is had."""
    return practice.medium is Medium.REHEARSE or practice.family == "asking-for-what-one-needs"


def _words(text: str) -> set[str]:
    """The telling words of a text, without their endings."""
    found = (word for word in re.findall(r"[a-z]{4,}", text.lower()) if word not in _COMMON)
    return {re.sub(r"(?<=\w{4})(?:ing|ed|es|s|ly)$", "", word) for word in found}


def _is_open(practice: Practice, risk: RiskLevel, *, wanted: bool) -> bool:
    if practice.medium is Medium.REHEARSE and not wanted:
        return False
    risky = risk.rank >= RiskLevel.INDIRECT.rank and AvoidWhen.RISK in practice.avoid_when
    return not risky and practice.minutes <= MOST_MINUTES and practice.intensity < 3
