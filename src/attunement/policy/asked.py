"""What a policy cannot be asked: to choose among nothing or among doubles, by numbers that are none."""

from __future__ import annotations

import math
from collections.abc import Sequence

from attunement.domain.context import Context
from attunement.domain.errors import Conflict, ErrorCode, Invalid
from attunement.domain.practice import Practice

ROUNDING = 1e-5
"""What is rounded to six digits may add up to a little more than it should."""


def check_any(candidates: Sequence[Practice]) -> None:
    """Raise `Conflict` (``nothing-to-offer``) where there is no candidate."""
    if not candidates:
        raise nothing_to_offer()


def nothing_to_offer() -> Conflict:
    """The error for a moment in which nothing may be offered."""
    return Conflict(
        ErrorCode.NOTHING_TO_OFFER,
        "No practice fits right now. The whole library is open to you all the same.",
    )


def check_no_doubles(doubles: int) -> None:
    """Raise `Invalid` (``bad-input``) where some of the candidates are the same: their probabilities would be lost."""
    if doubles:
        raise Invalid(
            ErrorCode.BAD_INPUT,
            "{doubles} of the candidates stand there twice. Give each practice once.",
            doubles=doubles,
        )


def check_candidates(candidates: Sequence[Practice]) -> None:
    """Raise `Conflict` where there is no candidate, and `Invalid` where one is there twice."""
    check_any(candidates)
    check_no_doubles(len(candidates) - len({practice.id for practice in candidates}))


def check_context(context: Context) -> None:
    """Raise `Invalid` (``bad-input``) where a number of a context is none, or is not where such numbers lie.

    A single one of these would decide the choice, and no probability would show it. Valence and arousal lie from -1 to
    1; their deviations, needs, feelings, nearness, rewards and breadth from 0 to 1; nothing was met in days to come.

    >>> check_context(Context(breadth=0.3))
    """
    state, met = context.state, context.met
    shares = (
        context.breadth, state.valence_sd, state.arousal_sd, abs(state.valence), abs(state.arousal),
        *state.needs.values(), *state.feelings.values(), *state.near.values(),
        *[one.reward for one in met if one.reward is not None],
    )  # fmt: skip
    days = [one.days_ago for one in met]
    numbers = sum(shares) + sum(days) + sum(weight for _, weight in context.leaning)
    if not (math.isfinite(numbers) and min(shares) >= 0 and max(shares) <= 1 + ROUNDING and min(days, default=0) >= 0):
        raise Invalid(
            ErrorCode.BAD_INPUT,
            "The context holds a number that is none, or that lies beyond what it can be. Correct it.",
        )
