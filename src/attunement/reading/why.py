"""Which words of a text carried a reading."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from attunement.domain.need import Need
from attunement.domain.reading import Attribution, Reading, RiskLevel
from attunement.reading.emojis import Spelt
from attunement.reading.encoder import Parts
from attunement.reading.heads import Heads
from attunement.reading.network import Vectors

AFFECT = ("valence", "arousal", "dominance")
DANGER = "risk"
STRESS = "stress"


def what_can_be_asked(heads: Heads) -> tuple[str, ...]:
    """All that `direction` can be asked of: emotions, affect, stress, needs, risk."""
    return (*heads.labels, *AFFECT, STRESS, *(str(need) for need in Need), DANGER)


def asked_of(reading: Reading) -> tuple[str, ...]:
    """What is worth asking of one reading: the emotions found, affect, stress, the likeliest need, danger."""
    need = max(reading.need.p, key=lambda name: reading.need.p[name])
    return (*reading.emotion.labels, *AFFECT, STRESS, str(need), DANGER)


def direction(heads: Heads, vector: Vectors, what: str) -> Vectors:
    r"""The direction in which the asked-for score grows fastest at a text's vector; 0 past its end.

    Affect and stress are linear, so the score *is* ``vector @ direction`` and a constant; emotions are, for how much
    the text is somebody telling of themselves. A need is one of five and danger three levels of five: there it is the
    gradient of :math:`\log p` and of the log-odds.

    Raises `KeyError` where ``what`` is none of `what_can_be_asked`.
    """
    if what in heads.labels:
        k, told = heads.labels.index(what), heads.told(vector)
        slope = (1 - told) * heads.platt[0, k]
        return np.asarray(slope * heads.emotion.weight[:, k] + told * heads.felt.weight[:, k], np.float32)
    if what in AFFECT:
        return heads.affect.weight[:, AFFECT.index(what)]
    if what == STRESS:
        return heads.stress.weight[:, 0]
    if what == DANGER:
        p, first = heads.risk_of(vector[None]), RiskLevel.INDIRECT.rank
        danger, rest = p[first:] / max(p[first:].sum(), 1e-9), p[:first] / max(p[:first].sum(), 1e-9)
        return np.asarray(heads.risk.weight[:, first:] @ danger - heads.risk.weight[:, :first] @ rest, np.float32)
    needs = [str(need) for need in Need]
    if what not in needs:
        raise KeyError(what)
    chosen = np.eye(len(needs), dtype=np.float32)[needs.index(what)]
    return np.asarray(heads.need.weight @ (chosen - heads.needs(vector)), np.float32)


def attributions(parts: Parts, along: Vectors) -> tuple[Attribution, ...]:
    """How much lower a score would be without each word, in the order of the text, along the score's direction."""
    return tuple(
        Attribution(start, end, float(weight))
        for (start, end), weight in zip(parts.spans, parts.vectors[:, : len(along)] @ along, strict=True)
    )


def as_typed(found: Sequence[Attribution], spelt: Spelt) -> tuple[Attribution, ...]:
    """The same where the text was typed: what the words of an emoji did is what the emoji did."""
    typed = list[Attribution]()
    for one in found:
        start, end = spelt.typed((one.start, one.end))
        if typed and start < typed[-1].end:
            last = typed.pop()
            typed.append(Attribution(last.start, max(end, last.end), last.weight + one.weight))
        else:
            typed.append(Attribution(start, end, one.weight))
    return tuple(typed)
