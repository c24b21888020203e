"""How often one caller may do one thing. Counted in this process, for minutes only, and never written down."""

from __future__ import annotations

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from attunement.domain.errors import ErrorCode, Throttled


class Throttle:
    """Counts what callers do and refuses what is too much.

    >>> throttle = Throttle()
    >>> throttle.hit("1 per minute", "sign-in", "192.0.2.7")
    >>> throttle.hit("1 per minute", "sign-in", "192.0.2.7")
    Traceback (most recent call last):
    ...
    attunement.domain.errors.Throttled: That was too often in a short time. Wait a minute, then try again.
    """

    def __init__(self) -> None:
        self._limiter = FixedWindowRateLimiter(MemoryStorage())
        self._items: dict[str, RateLimitItem] = {}

    def hit(self, most: str, what: str, who: str) -> None:
        """Count one use of ``what`` by ``who``.

        Parameters
        ----------
        most:
            The limit, as ``"600 per minute"``.

        Raises `Throttled` (``too-many-tries``) over it.
        """
        item = self._items.get(most) or self._items.setdefault(most, parse(most))
        if not self._limiter.hit(item, what, who):
            raise Throttled(
                ErrorCode.TOO_MANY_TRIES,
                "That was too often in a short time. Wait a minute, then try again.",
            )
