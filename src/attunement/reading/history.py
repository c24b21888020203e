"""Danger and needs read in the light of what was read before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import reduce
from itertools import chain

from attunement.domain.contracts import Reader
from attunement.domain.need import in_light
from attunement.domain.reading import NeedReading, Reading, RiskLevel
from attunement.reading.risk import RULE_P

REMEMBERED = timedelta(hours=72)
MOST_EARLIER = 40
"""So many earlier texts can be given with a text to be read."""
TELLS = frozenset({"en", "und"})
"""Languages of which needs are read; without words there is nothing to read, and what was wanted before holds."""


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


def needs_with_history(reading: Reading, before: Sequence[Reading]) -> NeedReading:
    """What somebody wants by their newest text in the light of those before, oldest first (`in_light`, one by one).

    Texts that cannot be read tell nothing of needs and change none.
    """
    told = [one.need.p for one in before if one.language in TELLS]
    if not told or reading.language not in TELLS:
        return reading.need
    earlier = reduce(lambda known, newer: in_light(newer, known), told)
    return replace(reading.need, p=in_light(reading.need.p, earlier))


def read_with_history(
    reader: Reader, texts: Sequence[str], histories: Sequence[Sequence[str]]
) -> list[Reading]:  # fmt: skip
    """One reading for each text, in order, its risk and need in the light of what its writer wrote before.

    The rules are those of check-ins and conversations. Where `with_history` raises a level of risk, ``raised_from`` is
    the level of the text alone, and ``p`` at least what a rule that finds signs of danger stands for (0.7). Needs are
    as `needs_with_history` has it; all else is that of the text alone.

    Parameters
    ----------
    histories:
        For each text what was written in the 72 hours before, oldest first; none is a history too. Each is read by
        itself.

    >>> from attunement.reading.text_reader import TextReader
    >>> now = "I'm so tired and sad tonight."
    >>> alone, after = read_with_history(TextReader(), [now, now], [[], ["Nobody would miss me if I was gone."]])
    >>> alone.risk.level.value, after.risk.level.value, after.risk.raised_from.value
    ('distress', 'indirect', 'distress')
    """
    readings = reader.read([*texts, *chain.from_iterable(histories)])
    earlier = iter(readings[len(texts) :])
    before = [[next(earlier) for _ in history] for history in histories]
    return [_in_light(reading, known) for reading, known in zip(readings[: len(texts)], before, strict=True)]


def _in_light(reading: Reading, before: Sequence[Reading]) -> Reading:
    risk = reading.risk
    level = with_history(risk.level, [one.risk.level for one in before])
    if level is not risk.level:
        risk = replace(risk, level=level, p=max(risk.p, RULE_P[level]), raised_from=risk.level)
    return replace(reading, risk=risk, need=needs_with_history(reading, before))
