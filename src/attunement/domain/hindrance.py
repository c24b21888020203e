"""What got in the way of a practice, as the member who did it says."""

from __future__ import annotations

from enum import StrEnum


class Hindrance(StrEnum):
    """Why a practice did not go well. A member's own word, and it moves what is offered to them next."""

    TOO_LONG = "too-long"
    TOO_MUCH = "too-much"
    NOT_MY_WAY = "not-my-way"
    WORDING = "wording"
    WRONG_MOMENT = "wrong-moment"
