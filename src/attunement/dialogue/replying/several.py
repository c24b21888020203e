"""Ways to say a message back: one thing of it, two that belong together or stand against each other, three at once."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attunement.dialogue.hearing.clauses import Clause, Kind
from attunement.dialogue.hearing.gist import Gist
from attunement.dialogue.hearing.loss import is_distant
from attunement.dialogue.hearing.mirror import capital
from attunement.dialogue.replying.filling import Filler

Way = tuple[str, dict[str, str]]
"""A part of ``replies.yaml`` and what stands in its slots."""
TWO_WORDS, THREE_WORDS = 22, 36
"""At most so many words are said back of two clauses, and of three."""
RAMBLES_FROM = 35
"""From so many words on, three things told are a lot at once."""
_OF_WHOM = re.compile(r"(?:he|she|they|it)\b", re.IGNORECASE)
"""How a clause begins that alone would not tell of whom it is."""
OFTEN_FELT = 0.5
"""How often a later reply says in one breath what was told and what it may be like; each time would be a form."""


def slots_of_clauses(clause: Clause, *more: Clause) -> dict[str, str]:
    """The slots for a clause and up to two more."""
    told = dict(zip(("second", "third"), [one.said for one in more], strict=False))
    return {"clause": clause.said, "Clause": capital(clause.said), "second": "", **told}


def three_of(gist: Gist) -> tuple[Clause, ...]:
    """The three things that matter most of a long message, in the order told; none where there are fewer."""
    gentle = [clause for clause in gist.best if clause.kind is not Kind.HARSH and clause.weight > 0][:3]
    short = sum(len(clause.said.split()) for clause in gentle) <= THREE_WORDS
    three = len(gentle) == 3 and short and gist.words >= RAMBLES_FROM
    return tuple(sorted(gentle, key=lambda clause: clause.place)) if three else ()


def lightly_together(gist: Gist) -> list[Way]:
    """How two things that do not weigh are said back together, so that neither is dropped."""
    told = [clause for clause in gist.best if clause.kind is Kind.PLAIN and clause.weight > -1][:2]
    pair = sorted(told, key=lambda clause: clause.place)
    if len(pair) < 2 or pair[1].place - pair[0].place != 1 or sum(len(c.said.split()) for c in pair) > TWO_WORDS:
        return []
    return [("light_contrast" if pair[1].but else "light_two", slots_of_clauses(*pair))]


def heavily(gist: Gist, best: Sequence[Clause], filler: Filler, *, felt: bool) -> list[Way]:
    """How what weighs is said back, the most telling way first; ``felt`` for sure with what it may be like."""
    ways: list[Way] = []
    lead, gentle = best[0], [clause for clause in best if clause.kind is not Kind.HARSH]
    if three := three_of(gist):
        ways.append(("three", slots_of_clauses(*three)))
    twice = gist.contrast is not None and " still " in f" {gist.contrast[1].said} "  # "and still you're still dizzy"
    if gist.contrast and (gist.mild or twice or _OF_WHOM.match(gist.contrast[1].said) or filler.chance(0.7)):
        ways.append(("light_contrast" if gist.mild or twice else "contrast", slots_of_clauses(*gist.contrast)))
    if lead.kind is not Kind.PLAIN and not is_distant(gist.text):
        ways.append(("hate" if " hate " in lead.said else str(lead.kind), slots_of_clauses(lead)))
    ways += _with_feeling(gist, best, filler)
    pair = sorted(gentle[:2], key=lambda clause: clause.place)
    fit = len(pair) == 2 and not pair[1].but and sum(len(c.said.split()) for c in pair) <= TWO_WORDS
    if fit and filler.chance(0.6 if felt and not gist.mild else 0.9):
        ways.append(("two", slots_of_clauses(*pair)))
    also = ("restate_felt",) if felt or filler.chance(OFTEN_FELT) else ()
    names = ("restate_mild",) if gist.mild else (*also, "restate")
    return ways + [(name, slots_of_clauses(clause)) for name in names for clause in gentle[:2]]


def _with_feeling(gist: Gist, best: Sequence[Clause], filler: Filler) -> list[Way]:
    reasons = [c for c in best if gist.feeling and gist.feeling not in c.said and _is_reason(c)]
    told = bool(reasons) and filler.chance(0.7)
    return [("because", slots_of_clauses(reasons[0]) | {"feeling": gist.feeling})] if told else []


def _is_reason(clause: Clause) -> bool:
    """Whether a clause may stand as what a feeling comes from: it was said to be, is a loss, or is what others do."""
    others = not clause.said.startswith(("you ", "you'")) and clause.weight > 0
    return clause.kind is Kind.LOSS or (clause.kind is Kind.PLAIN and (clause.reason or others))
