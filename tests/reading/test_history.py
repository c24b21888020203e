"""Danger and needs are read in the light of what was written before."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from attunement.domain.need import Need
from attunement.domain.reading import SIGNS, RiskLevel
from attunement.reading.history import read_with_history, with_history
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
    assert alone == reader.read([SAD])[0]
    assert (other.risk, good.risk) == (alone.risk, reader.read([FINE])[0].risk)


def test_all_but_risk_and_need_stays_as_it_was_read(reader: TextReader) -> None:
    """And whoever looks at the probability alone sees danger where the level says so."""
    (after,), (alone,) = read_with_history(reader, [SAD], [[HINT]]), reader.read([SAD])
    assert replace(after, risk=alone.risk, need=alone.need) == alone
    assert alone.risk.p < 0.5 < after.risk.p


def test_what_was_wanted_before_speaks_where_the_text_leaves_it_open(reader: TextReader) -> None:
    """An open line after a racing heart asks to calm down; a plain wish stays what it is; the newest counts most."""
    restless = "My heart will not stop racing and I cannot settle at all."
    still, plain = "Still the same, an hour on.", "What do I write in the email to my boss, what is the first step?"
    after, changed = read_with_history(reader, [still, plain], [[restless], [restless]])
    alone = reader.read([still, plain])
    assert max(after.need.p, key=after.need.p.__getitem__) is Need.CALM
    assert after.need.p[Need.CALM] > alone[0].need.p[Need.CALM] + 0.1
    assert max(changed.need.p, key=changed.need.p.__getitem__) is Need.ACT
    (early, late) = read_with_history(reader, [still, still], [[restless, plain], [plain, restless]])
    assert late.need.p[Need.CALM] > early.need.p[Need.CALM]
    assert sum(after.need.p.values()) == pytest.approx(1)


@pytest.mark.parametrize("before", [["No puedo más con todo esto, necesito que alguien me escuche."], []])
def test_texts_of_which_no_need_is_read_change_none(reader: TextReader, before: list[str]) -> None:
    """Nor is one in another language given a need by those before."""
    (after,) = read_with_history(reader, [SAD], [before])
    assert after.need == reader.read([SAD])[0].need
    unread = "Hoy estoy cansada y quiero dormir en mi casa."
    assert read_with_history(reader, [unread], [[SAD]])[0].need == reader.read([unread])[0].need


def test_a_history_for_no_text_is_refused(reader: TextReader) -> None:
    """There is one for each text, if only an empty one."""
    with pytest.raises(ValueError, match="zip"):
        read_with_history(reader, [SAD, SAD], [[HINT]])
