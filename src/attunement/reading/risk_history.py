"""Danger read in the light of what was read before."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from attunement.domain.reading import RiskLevel

REMEMBERED = timedelta(hours=72)


def with_history(level: RiskLevel, before: Iterable[RiskLevel]) -> RiskLevel:
    """The level of a text, given the levels read in the 72 hours before it.

    Distress soon after signs of danger is read as signs of danger: people who hint once often say less the next time,
    and help shown once more costs little. Anything else stays as it was read; good news is not held against anyone.

    >>> with_history(RiskLevel.DISTRESS, [RiskLevel.NONE, RiskLevel.EXPLICIT]).value
    'indirect'
    >>> with_history(RiskLevel.NONE, [RiskLevel.EXPLICIT]).value
    'none'
    """
    hinted = any(earlier.rank >= RiskLevel.INDIRECT.rank for earlier in before)
    return RiskLevel.INDIRECT if hinted and level is RiskLevel.DISTRESS else level
