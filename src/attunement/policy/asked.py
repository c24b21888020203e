"""What a policy cannot be asked: to choose among nothing or among doubles, by numbers that are none."""

from __future__ import annotations

import math
from collections.abc import Sequence

from attunement.domain.context import Context
from attunement.domain.errors import Conflict, ErrorCode, Invalid
from attunement.domain.practice import Practice


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
    """Raise `Invalid` (``bad-input``) where a number of a context is none or endless, or breadth is beyond 0 to 1.

    A single one of these would decide the choice, and no probability would show it.

    >>> check_context(Context(breadth=0.3))
    """
    state = context.state
    numbers = (
        state.valence, state.valence_sd, state.arousal, state.arousal_sd,
        *state.needs.values(), *state.feelings.values(), *state.near.values(),
        *[met.days_ago for met in context.met], *[met.reward for met in context.met if met.reward is not None],
        *[weight for _, weight in context.leaning],
    )  # fmt: skip
    if not (math.isfinite(sum(numbers)) and 0 <= context.breadth <= 1):
        raise Invalid(
            ErrorCode.BAD_INPUT,
            "The context holds a number that is none or is endless, or a breadth that is not from 0 to 1. Correct it.",
        )
