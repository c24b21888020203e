"""What the policy believes before it has learned anything, in units of reward (0 to 1).

Modest and overridable by some tens of outcomes: fitting the need and the theme matters most, gentle and short things
suit hard moments, what helped a person before will tend to again, and the same thing too soon tires.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

NOISE_VARIANCE = 0.06
MEANS = {
    "always": 0.5,
    "theme": 0.25,
    "helped/practice": 0.15,
    "helped/family": 0.20,
    "helped/medium": 0.15,
    "helped/length": 0.10,
    "tired/practice": -0.30,
    "tired/family": -0.10,
    "new/family": 0.03,
    "mood:low/gentle": 0.08,
    "mood:low/short": 0.04,
    "mood:stirred/gentle": 0.08,
    "mood:stirred/short": 0.05,
    "mood:stirred/steadying": 0.12,
    "mood:bright/approaching": 0.05,
    "mood:bright/imagining": 0.04,
    "feeling:anxious/steadying": 0.08,
    "feeling:ashamed/steadying": 0.06,
    "feeling:ashamed/noticing": 0.03,
    "feeling:sad/noticing": 0.04,
    "feeling:sad/steadying": 0.03,
    "feeling:angry/imagining": 0.04,
    "feeling:angry/expressing": 0.05,
    "feeling:warm/approaching": 0.04,
}
NEED_MEAN = 0.25
DEVIATIONS = {"always": 0.3, "theme": 0.08, "need": 0.08, "helped": 0.10, "tired": 0.10, "new": 0.05, "taste": 0.10}
DEVIATION = 0.05


def prior(names: Sequence[str]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The prior mean and standard deviation of each coefficient.

    >>> mean, deviation = prior(("always", "need:calm", "family/validating"))
    >>> mean.tolist(), deviation.tolist()
    ([0.5, 0.25, 0.0], [0.3, 0.08, 0.05])
    """
    mean = np.array([NEED_MEAN if n.startswith("need:") else MEANS.get(n, 0.0) for n in names])
    deviation = np.array([DEVIATIONS.get(n.partition("/")[0].partition(":")[0], DEVIATION) for n in names])
    return mean, deviation
