"""Danger is read in the light of what was written before."""

from __future__ import annotations

from itertools import product

import pytest

from attunement.domain.reading import SIGNS, RiskLevel
from attunement.reading.risk_history import read_with_history, with_history
from attunement.reading.text_reader import TextReader

SAD = "I'm so tired and sad tonight."
HINT = "Nobody would miss me if I was gone."
FINE = "We had a lovely day at the lake."


@pytest.mark.parametrize(("level", "earlier"), list(product(RiskLevel, RiskLevel)))
def test_only_distress_after_signs_of_danger_is_raised(level: RiskLevel, earlier: RiskLevel) -> None:
    """To signs of danger; whatever else was read stays as it was."""
    raised = level is RiskLevel.DISTRESS and earlier in SIGNS
    assert with_history(level, [RiskLevel.NONE, earlier]) is (RiskLevel.INDIRECT if raised else level)


def test_a_history_raises_the_risk_of_its_own_text_alone(reader: TextReader) -> None:
    """Of several texts each is read with what stands before it, and says from where it was raised."""
    alone, after, other, good = read_with_history(reader, [SAD, SAD, SAD, FINE], [[], [HINT, FINE], [FINE], [HINT]])
    assert (alone.risk.level, after.risk.level, after.risk.raised_from) == (
        RiskLevel.DISTRESS, RiskLevel.INDIRECT, RiskLevel.DISTRESS,
    )  # fmt: skip
    assert other == alone == reader.read([SAD])[0]
    assert good == reader.read([FINE])[0]


def test_all_but_the_risk_stays_as_it_was_read(reader: TextReader) -> None:
    """And whoever looks at the probability alone sees danger where the level says so."""
    (after,), (alone,) = read_with_history(reader, [SAD], [[HINT]]), reader.read([SAD])
    assert (after.emotion, after.need, after.language, after.model) == (
        alone.emotion, alone.need, alone.language, alone.model,
    )  # fmt: skip
    assert alone.risk.p < 0.5 < after.risk.p


def test_a_history_for_no_text_is_refused(reader: TextReader) -> None:
    """There is one for each text, if only an empty one."""
    with pytest.raises(ValueError, match="zip"):
        read_with_history(reader, [SAD, SAD], [[HINT]])
