"""The range of a share that was seen a few times, or only in part."""

from __future__ import annotations

Z_80 = 1.2816


def share_range(share: float, n: float) -> tuple[float, float]:
    """The range that holds the true share in 8 of 10 cases: Wilson's, from n cases, which need not be whole.

    ``(p + z²/2n ± z·√(p(1-p)/n + z²/4n²)) / (1 + z²/n)``; the fewer cases, the nearer to all from 0 to 1.

    Parameters
    ----------
    share:
        p, from 0 to 1.
    n:
        Above 0.

    >>> [round(end, 2) for end in share_range(0.5, 10)], [round(end, 2) for end in share_range(0.5, 1000)]
    ([0.31, 0.69], [0.48, 0.52])

    Wilson (1927), Probable inference, the law of succession, and statistical inference, JASA 22.
    """
    middle = (share + Z_80**2 / (2 * n)) / (1 + Z_80**2 / n)
    half = Z_80 / (1 + Z_80**2 / n) * (share * (1 - share) / n + Z_80**2 / (4 * n**2)) ** 0.5
    return max(0.0, middle - half), min(1.0, middle + half)
