"""Danger read in the light of what was read before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import chain

from attunement.domain.contracts import Reader
from attunement.domain.reading import Reading, RiskLevel
from attunement.reading.risk import RULE_P

REMEMBERED = timedelta(hours=72)
MOST_EARLIER = 40
"""So many earlier texts can be given with a text to be read."""


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


def read_with_history(
    reader: Reader, texts: Sequence[str], histories: Sequence[Sequence[str]]
) -> list[Reading]:  # fmt: skip
    """One reading for each text, in order, its risk in the light of what its writer wrote in the 72 hours before.

    The rule is `with_history`, the same as for check-ins and conversations. Where it raises a level, ``raised_from`` is
    the level of the text alone, and ``p`` at least what a rule that finds signs of danger stands for (0.7).

    Parameters
    ----------
    histories:
        For each text the earlier ones, oldest first; none is a history too. Each is read by itself.

    >>> from attunement.reading.text_reader import TextReader
    >>> now = "I'm so tired and sad tonight."
    >>> alone, after = read_with_history(TextReader(), [now, now], [[], ["Nobody would miss me if I was gone."]])
    >>> alone.risk.level.value, after.risk.level.value, after.risk.raised_from.value
    ('distress', 'indirect', 'distress')
    """
    readings = reader.read([*texts, *chain.from_iterable(histories)])
    earlier = iter(readings[len(texts) :])
    levels = [[next(earlier).risk.level for _ in history] for history in histories]
    return [_in_light(reading, before) for reading, before in zip(readings[: len(texts)], levels, strict=True)]


def _in_light(reading: Reading, before: Iterable[RiskLevel]) -> Reading:
    risk = reading.risk
    level = with_history(risk.level, before)
    if level is risk.level:
        return reading
    return replace(reading, risk=replace(risk, level=level, p=max(risk.p, RULE_P[level]), raised_from=risk.level))
