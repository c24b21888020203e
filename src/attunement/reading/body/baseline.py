"""What is usual for one person at rest, learned window by window, and leaning on other people where little is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from attunement.domain.errors import ErrorCode, Invalid
from attunement.reading.body.features import LEVELS

Array = NDArray[np.float64]
MOST = 240
"""Windows that are kept: the newest four hours of minutes."""
WINDOWS_OF_OTHERS = 20
"""How many windows of one's own the spread within other people is worth."""
SPREAD_OF_IQR = 1.349
VARIANCE_OF_MEDIAN = 3.0
"""Of n windows that follow each other, in variances of one: more than pi/2, for they resemble each other."""


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """Other people at rest, for each of the `LEVELS` ``(7,)``: where their centres lie, how far apart (standard
    deviation), and how far windows of one person lie apart (standard deviation)."""

    centre: Array
    between: Array
    within: Array


@dataclass(frozen=True, slots=True, eq=False)
class Baseline:
    """The levels of windows of one person at rest, ``rows`` (n, 7) in the order of `LEVELS`, NaN where not measured.

    >>> once = Baseline().updated(np.array([60.0, 3, 0, 0, 0, 32, 0]))
    >>> len(once.rows), len(once.updated(np.full(7, np.nan)).rows)
    (1, 1)
    """

    rows: Array = field(default_factory=lambda: np.empty((0, len(LEVELS))))

    def updated(self, levels: Array) -> Baseline:
        """With one more window ``(7,)``; a window without any level adds nothing. The oldest of 240 is forgotten."""
        if not np.isfinite(levels).any():
            return self
        return Baseline(np.vstack([self.rows, levels])[-MOST:])

    def counts(self) -> NDArray[np.int64]:
        """How many windows each level was measured in ``(7,)``."""
        return np.asarray(np.isfinite(self.rows).sum(axis=0), np.int64)

    def centre_and_spread(self, others: Population) -> tuple[Array, Array]:
        """Where the person's rest lies and how far a window at rest may lie from it, each ``(7,)``.

        The centre is the median, drawn towards that of other people the more, the fewer windows there are. The spread
        is that of windows (from the quartiles, pooled with other people's) plus what is not known of the centre:
        with no window of one's own, it is that between people.
        """
        n = self.counts().astype(float)
        own, spread = others.centre.copy(), others.within.copy()
        for k in np.flatnonzero(n > 0):
            low, own[k], high = np.quantile(self.rows[np.isfinite(self.rows[:, k]), k], (0.25, 0.5, 0.75))
            spread[k] = (high - low) / SPREAD_OF_IQR if n[k] > 1 else others.within[k]
        unsure = VARIANCE_OF_MEDIAN * others.within**2 / np.maximum(n, 1e-9)
        sure = others.between**2 / (others.between**2 + unsure)
        pooled = (n * spread**2 + WINDOWS_OF_OTHERS * others.within**2) / (n + WINDOWS_OF_OTHERS)
        return others.centre + sure * (own - others.centre), np.sqrt(pooled + others.between**2 * (1 - sure))

    def as_json(self) -> dict[str, object]:
        """The baseline as JSON."""
        rows = [[None if np.isnan(x) else round(float(x), 5) for x in row] for row in self.rows]
        return {"levels": list(LEVELS), "windows": rows}

    @classmethod
    def from_json(cls, value: Mapping[str, object]) -> Baseline:
        """A baseline from what `as_json` gave; raises `Invalid` (``bad-input``)."""
        try:
            rows = np.array(value["windows"], dtype=float).reshape(-1, len(LEVELS))
            if value["levels"] != list(LEVELS) or np.isinf(rows).any():
                raise ValueError("other levels")
        except (KeyError, ValueError, TypeError) as error:
            raise Invalid(
                ErrorCode.BAD_INPUT, "This is not a baseline of levels this version knows. Make it again."
            ) from error
        return cls(rows[-MOST:])
