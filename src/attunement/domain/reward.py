"""What an outcome is worth: named definitions, so that a policy says what it was taught to seek."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from attunement.domain.errors import ErrorCode, Invalid

RATINGS = (1, 2, 3, 4, 5)
EQUAL_STEPS = (0.0, 0.25, 0.5, 0.75, 1.0)
LONGEST_NAME = 40
HEAVIEST = 100.0


@dataclass(frozen=True, slots=True)
class RewardDefinition:
    """A weighted mean of what is known of an outcome; parts that are not known do not count.

    ``Σ w·v / Σ w`` over the parts that are known. Where none with a weight is, an outcome is worth one half.

    Parameters
    ----------
    name:
        What people call it, 1 to 40 characters.
    rating, finishing, affect, skill:
        Weights, 0 to 100 and not all 0, of the rating (1 to 5), of finishing (0 or 1), of the change of valence (-1 to
        1 and beyond, taken to 0..1 around 0.5) and of the skill shown (0 to 1).
    steps:
        What each rating from 1 to 5 counts, five numbers from 0 to 1 that never fall. Equal steps take a 2 to be as far
        from a 1 as a 5 is from a 4; `ridits` count a rating by its rank instead.

    Raises `Invalid` (``bad-input``) for anything else.

    >>> REWARDS["helped-1"].of(finished=True, rating=5, affect_change=None)
    1.0
    >>> REWARDS["helped-1"].of(finished=True, rating=3, affect_change=0.0)
    0.6
    >>> REWARDS["helped-1"].of(finished=False, rating=None, affect_change=None)
    0.0
    """

    name: str
    rating: float
    finishing: float
    affect: float
    skill: float = 0.0
    steps: tuple[float, ...] = EQUAL_STEPS

    def __post_init__(self) -> None:
        if not 0 < len(self.name) <= LONGEST_NAME:
            raise Invalid(
                ErrorCode.BAD_INPUT, "Give it a name of 1 to {longest} characters.", longest=LONGEST_NAME
            )  # fmt: skip
        if not all(math.isfinite(w) and 0 <= w <= HEAVIEST for w in self.weights.values()):
            raise Invalid(ErrorCode.BAD_INPUT, "Each weight must be a number from 0 to 100.")
        if not any(self.weights.values()):
            raise Invalid(ErrorCode.BAD_INPUT, "At least one weight must be above 0, or nothing would count.")
        if len(self.steps) != len(RATINGS) or not all(
            0 <= low <= high <= 1 for low, high in zip((0.0, *self.steps), self.steps, strict=False)
        ):
            raise Invalid(ErrorCode.BAD_INPUT, "The steps of ratings must be five numbers from 0 to 1 that never fall.")

    @property
    def weights(self) -> Mapping[str, float]:
        """By part: rating, finishing, affect, skill."""
        return {"rating": self.rating, "finishing": self.finishing, "affect": self.affect, "skill": self.skill}

    def of(
        self, *, finished: bool, rating: int | None, affect_change: float | None, skill_shown: float | None = None
    ) -> float:
        """The reward, from 0 to 1."""
        parts = [(self.finishing, 1.0 if finished else 0.0)]
        if rating is not None:
            parts.append((self.rating, self.steps[rating - 1]))
        if affect_change is not None:
            parts.append((self.affect, min(1.0, max(0.0, 0.5 + affect_change / 2))))
        if skill_shown is not None:
            parts.append((self.skill, skill_shown))
        total = sum(weight for weight, _ in parts)
        return round(sum(weight * value for weight, value in parts) / total, 12) if total else 0.5


def ridits(counts: Mapping[int, int]) -> tuple[float, ...]:
    """What each rating from 1 to 5 counts by its rank: the share of ratings below it, and half of those like it.

    A number from 0 to 1 that takes no two neighbours to be equally far apart; over the ratings counted its mean is one
    half. ``counts`` says how often each rating was given, and at least one was.

    >>> ridits({3: 1, 4: 2, 5: 1})
    (0.0, 0.0, 0.125, 0.5, 0.875)

    Bross (1958), How to use ridit analysis, Biometrics 14.
    """
    total = sum(counts.get(r, 0) for r in RATINGS)
    return tuple(
        (sum(counts.get(below, 0) for below in RATINGS if below < r) + counts.get(r, 0) / 2) / total for r in RATINGS
    )


REWARDS = {
    definition.name: definition
    for definition in (
        RewardDefinition("helped-1", rating=0.6, finishing=0.2, affect=0.2),
        RewardDefinition("rating-1", rating=1.0, finishing=0.0, affect=0.0),
        RewardDefinition("finishing-1", rating=0.0, finishing=1.0, affect=0.0),
    )
}
DEFAULT_REWARD = "helped-1"
