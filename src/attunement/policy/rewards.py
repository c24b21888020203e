"""What an outcome is worth: named definitions, so that a policy says what it was taught to seek."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RewardDefinition:
    """A weighted mean of what is known of an outcome; parts that are not known do not count.

    Parameters
    ----------
    rating, finishing, affect:
        Weights (0 or more) of the rating (1 to 5, taken to 0..1), of finishing (0 or 1) and of the change of valence
        (-1 to 1 and beyond, taken to 0..1 around 0.5).

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

    def of(self, *, finished: bool, rating: int | None, affect_change: float | None) -> float:
        """The reward, from 0 to 1."""
        parts = [(self.finishing, 1.0 if finished else 0.0)]
        if rating is not None:
            parts.append((self.rating, (rating - 1) / 4))
        if affect_change is not None:
            parts.append((self.affect, min(1.0, max(0.0, 0.5 + affect_change / 2))))
        total = sum(weight for weight, _ in parts)
        return round(sum(weight * value for weight, value in parts) / total, 12) if total else 0.5


REWARDS = {
    definition.name: definition
    for definition in (
        RewardDefinition("helped-1", rating=0.6, finishing=0.2, affect=0.2),
        RewardDefinition("rating-1", rating=1.0, finishing=0.0, affect=0.0),
        RewardDefinition("finishing-1", rating=0.0, finishing=1.0, affect=0.0),
    )
}
DEFAULT_REWARD = "helped-1"
