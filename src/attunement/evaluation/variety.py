"""How varied a list of practices is: by kind, by likeness, against what somebody takes up, and over weeks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb, exp, floor, log, sqrt
from statistics import NormalDist, median

import numpy as np
from numpy.typing import NDArray

from attunement.domain.practice import Viewpoint

UNLIKE = frozenset({Viewpoint.STRANGER, Viewpoint.OPPONENT, Viewpoint.GROUP})
"""Eyes that are neither one's own nor those of somebody close or of an onlooker."""
WITHIN_95 = NormalDist().inv_cdf(0.975)


def entropy(counts: Iterable[float]) -> float:
    """How evenly kinds were met, ``-Σ p ln p`` in nats: 0 where all is one kind (or nothing), ``ln k`` where even.

    ``counts`` are 0 or more, one for each kind.

    Shannon (1948), A mathematical theory of communication.

    >>> round(exp(entropy([4, 4, 0])), 9), entropy([3]), entropy([0, 0])
    (2.0, 0.0, 0.0)
    """
    some = [float(n) for n in counts if n > 0]
    total = sum(some)
    return max(0.0, log(total) - sum(n * log(n) for n in some) / total) if some else 0.0


def effective(counts: Iterable[float]) -> float:
    """How many kinds there would be if they came evenly, ``exp(entropy)``: 0 of nothing, else 1 to k.

    Hill (1973), Diversity and evenness: a unifying notation and its consequences, Ecology 54.

    >>> effective([4, 4, 0]), effective([0, 0, 0])
    (2.0, 0.0)
    """
    some = [n for n in counts if n > 0]
    return round(exp(entropy(some)), 9) if some else 0.0


def effective_if_even(n: int, kinds: int) -> float:
    """About how many that would be on average in ``n`` even draws of so many kinds.

    By the first-order correction of the entropy of a sample, ``ln k - (k - 1)/2n`` (Miller 1955), kept above what a
    single kind has and below ``n``.

    >>> effective_if_even(1, 10), round(effective_if_even(40, 10), 1)
    (1.0, 8.9)
    """
    if n <= 1 or kinds <= 1:
        return 1.0
    return float(max(1.0, min(n, kinds * exp(-(kinds - 1) / (2 * n)))))


def coverage(counts: Sequence[float]) -> float:
    """The share of kinds met at least once, 0 to 1; 1 where there are no kinds.

    >>> coverage([3, 0, 1, 0])
    0.5
    """
    return sum(n > 0 for n in counts) / len(counts) if counts else 1.0


def intra_list_distance(likeness: NDArray[np.floating]) -> float:
    """How unlike the members of a list are, the mean of ``1 - s`` over its pairs: 0 where alike (or fewer than two).

    ``likeness`` (n, n) is symmetrical, 0 to 1.

    Ziegler et al. (2005), Improving recommendation lists through topic diversification, WWW.

    >>> intra_list_distance(np.array([[1, 0.5, 0], [0.5, 1, 1], [0, 1, 1]]))
    0.5
    """
    above = likeness[np.triu_indices(len(likeness), 1)]
    return float(1 - above.mean()) if len(above) else 0.0


def unlike_share(lists: Sequence[Collection[Viewpoint]]) -> float:
    """The share, 0 to 1, of practices that look through the eyes of a stranger, an opponent or a group.

    >>> unlike_share([[Viewpoint.OWN], [Viewpoint.CLOSE, Viewpoint.STRANGER]])
    0.5
    """
    return sum(not UNLIKE.isdisjoint(of_one) for of_one in lists) / max(len(lists), 1)


def calibration_error(own: Sequence[float], met: Sequence[float]) -> float:
    """How far what was met lies from somebody's own interests: 0 where the shares agree, 1 where no kind is shared.

    The Jensen-Shannon divergence in bits, ``(KL(p, m) + KL(q, m)) / 2`` with ``m = (p + q) / 2``. Unlike Steck's
    divergence it is finite where something was never met. 0 where either is empty.

    Steck (2018), Calibrated recommendations, RecSys. Lin (1991), Divergence measures based on the Shannon entropy.

    >>> calibration_error([2, 0], [0, 1]), calibration_error([1, 3], [2, 6])
    (1.0, 0.0)
    """
    if not sum(own) or not sum(met):
        return 0.0
    p, q = [n / sum(own) for n in own], [n / sum(met) for n in met]
    middle = [(a + b) / 2 for a, b in zip(p, q, strict=True)]
    bits = (entropy(middle) - (entropy(p) + entropy(q)) / 2) / log(2)
    return min(1.0, max(0.0, round(bits, 12)))


@dataclass(frozen=True, slots=True)
class Drift:
    """By how much something changed a week, with a range that holds it in 95 of 100 cases."""

    a_week: float
    low: float
    high: float


def drift(weeks: Sequence[int], values: Sequence[float]) -> Drift | None:
    """The change a week: the median slope over all pairs of weeks, and the range Kendall's rank test leaves open.

    With N slopes in order, the range reaches from the ``(N - C)/2``-th to the one as far from the end, where ``C = 1.96
    √(n(n - 1)(2n + 5)/18)``. It asks nothing of how values scatter, and one odd week cannot turn it. None for fewer
    than four weeks, which leave everything open.

    Parameters
    ----------
    weeks:
        Their numbers, each once.
    values:
        One for each of them, such as `entropy_of_few`.

    Sen (1968), Estimates of the regression coefficient based on Kendall's tau, JASA 63.

    >>> drift([0, 1, 2, 3, 4], [2.0, 1.8, 1.6, 1.4, 0.0])
    Drift(a_week=-0.2, low=-1.4, high=-0.2)
    """
    told = list(zip(weeks, values, strict=True))
    n, most = len(told), comb(len(told), 2)
    if n < 4:
        return None
    slopes = sorted(round((b[1] - a[1]) / (b[0] - a[0]), 9) for a, b in combinations(told, 2))
    outside = (most - WITHIN_95 * sqrt(n * (n - 1) * (2 * n + 5) / 18)) / 2
    first = max(0, floor(outside) - 1)
    return Drift(median(slopes), slopes[first], slopes[-1 - first])


def entropy_of_few(counts: Sequence[int]) -> float:
    """The entropy of what few meetings are a sample of, ``entropy + (kinds met - 1) / 2n`` in nats.

    So that a week with few meetings does not look narrow for that alone.

    Miller (1955), Note on the bias of information estimates.

    >>> round(entropy_of_few([1, 1]) - entropy([1, 1]), 3)
    0.25
    """
    met = sum(n > 0 for n in counts)
    return entropy(counts) + (met - 1) / (2 * sum(counts)) if met else 0.0
