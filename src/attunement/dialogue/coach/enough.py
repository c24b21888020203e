"""What a draft has already: whether it is good as it is, whether it asks, and whether there is hardly anything."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attunement.dialogue.coach.voice import sentences
from attunement.domain.coaching import Caution, Harm
from attunement.domain.reply import Mechanism, ReplyReading

CLEARLY = 2
FEW_WORDS = 8
_OPEN = re.compile(
    r"(?:^|[,;:] |- )(?:(?:and|so|but|oh|well) )?(?:what|how|why|where|when|who|which|would you (?:like|want)|"
    r"do you (?:want|feel like)|(?:can|could|will|would) you (?:tell|say|share)|tell me)\b.*\?",
    re.IGNORECASE | re.DOTALL,
)


def is_enough(reading: ReplyReading) -> bool:
    """Whether nothing need be added to a draft: all three ways of empathy show in it, or two of them clearly.

    Clearly is also where strong is likeliest, and a way shows also where that is likelier than not: another level may
    have been chosen only because weak is so rare (`MechanismReading`).
    """
    ways = reading.empathy.values()
    clearly = sum(CLEARLY in (found.level, max(range(3), key=found.p.__getitem__)) for found in ways)
    return all(found.level > 0 or found.p[0] < 0.5 for found in ways) or clearly > 1


def asks_openly(draft: str, reading: ReplyReading, cautions: Sequence[Caution] = ()) -> bool:
    """Whether a draft has an open question that is no reproach: a second one beside it would be one too many."""
    asking = [(start, end) for start, end in sentences(draft) if _OPEN.search(draft[start:end])]
    fair = [span for span in asking if not any(span[0] <= one.start < span[1] for one in cautions)]
    return bool(fair) or reading.empathy[Mechanism.EXPLORATIONS].level == CLEARLY


def is_short(draft: str) -> bool:
    """Whether a draft has hardly any words yet, so that twice its length has no room for a sentence.

    >>> is_short("That sucks"), is_short("You can always look for a flat that is cheaper.")
    (True, False)
    """
    return len(draft.split()) < FEW_WORDS


def is_bare_advice(draft: str, cautions: Sequence[Caution]) -> bool:
    """Whether there is hardly more than a hurried fix, which no question can stand after: "Just quit. How are you?"."""
    return is_short(draft) and any(caution.harm is Harm.HURRYING for caution in cautions)
