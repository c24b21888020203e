"""How much an outcome still counts, where old ones are to fade since people change."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from attunement.domain.context import Experience
from attunement.domain.errors import ErrorCode, Invalid

LEAST = 0.05


def weights(experiences: Sequence[Experience], half_life: float | None) -> NDArray[np.float64]:
    """By how much each outcome of one person counts, ``0.5 ** (days before their newest / half_life)``, (n,) up to 1.

    None counts for less than `LEAST`, so that a clock that once was wrong does not undo what is known of somebody.

    Ages are taken within a person and not from today, so that their part hangs on their outcomes alone: it can be taken
    out of sums again at any time, and nobody counts less for having stayed away. With a ``half_life`` (days) of None
    nothing fades. Raises `Invalid` (``bad-input``) where a day is no number.

    >>> seen = [Experience({}, 1.0, day=20.0), Experience({}, 0.0, day=10.0)]
    >>> weights(seen, 10.0).tolist(), weights(seen, None).tolist()
    ([1.0, 0.5], [1.0, 1.0])

    West & Harrison (1997), Bayesian forecasting and dynamic models, 2nd ed., 6.3; as a power of the likelihood, Ibrahim
    & Chen (2000), Power prior distributions for regression models, Statistical Science 15.
    """
    day = np.array([e.day for e in experiences])
    if not np.isfinite(day).all():
        raise Invalid(
            ErrorCode.BAD_INPUT, "An outcome cannot be learned from: its day must be a number. Nothing was learned."
        )
    if half_life is None or not len(day):
        return np.ones(len(day))
    return np.asarray(np.maximum(0.5 ** ((day.max() - day) / half_life), LEAST))
