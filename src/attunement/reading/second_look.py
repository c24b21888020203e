"""Whether danger that a pattern found is looked at again, and where: patterns know words, not what they are about."""

from __future__ import annotations

from attunement.domain.reading import RiskLevel
from attunement.reading.plain_text import normalise
from attunement.reading.risk import SENTENCE, RuleReading

UNSEEN = 0.2
"""Below this probability of danger, in the whole text and in the matched sentence by itself, the network sees none.

Chosen on our own sentences that were held out: of those in which a doubted pattern found danger, it is below in 50 of
107 harmless ones ("can't do this any more, the oat milk") and in 4 of 578 that do speak of danger. Patterns of what is
taken, asked for or to be soon are not doubted: the network knows too few of them, and there a miss weighs most.
"""


def sentences_matched(text: str, rules: RuleReading) -> str:
    """The sentences of the normalised text in which a pattern matched, without what stands around them.

    >>> from attunement.reading.risk import read_rules
    >>> text = "It rained. I wanna d1e. We had soup."
    >>> sentences_matched(text, read_rules(text))
    'i wanna die.'
    """
    if rules.matched is None:
        return ""
    start, end = rules.matched
    found = (m.group() for m in SENTENCE.finditer(normalise(text)) if m.start() < end and m.end() > start)
    return "".join(found).strip()


def set_aside(rules: RuleReading) -> RuleReading:
    """What is left of a pattern's danger where the network sees none: distress, so that a kind word is still said."""
    return RuleReading(RiskLevel.DISTRESS, rules.why, left=rules.left, places=rules.places)
